import random

import pytest

from dateline.page.flatten.flatten_html import flatten_html


def texts(html):
    return [block.text for block in flatten_html(html).blocks]


def block(html, text):
    return next(block for block in flatten_html(html).blocks if block.text == text)


def test_block_elements_bound_blocks_and_inline_ones_do_not():
    html = "<div>Lund <b>froze</b>.<p>It <a href=/x>melted</a><p>again.</div>tail<ul><li>one<li>two</ul>"
    assert texts(html) == ["Lund froze.", "It melted", "again.", "tail", "one", "two"]


def test_cells_headings_and_captions_are_blocks():
    html = (
        "<table><caption>Results</caption><tr><th>Team<td>Goals</table><h2>More</h2>"
        "<figure><img src=a.jpg><figcaption>Ice"
    )
    assert texts(html) == ["Results", "Team", "Goals", "More", "Ice"]


def test_entities_are_decoded_and_white_space_folded():
    assert texts("<p> Fish\u00a0&amp;\n\tchips&nbsp;&#8211; &pound;3\x01now </p>") == ["Fish & chips – £3 now"]


def test_what_is_not_text_of_the_page_gives_no_block():
    html = (
        "<head><title>T</title><style>p{}</style></head><script>var a='<p>x</p>'</script><!-- <p>c</p> --><p>Seen</p>"
        "<svg><title>Icon</title><text>drawn</text></svg><template><p>stamp</p></template>"
        "<select><option>Sweden</select>"
        "<textarea>typed</textarea><noscript><p>Please enable scripts</p></noscript><iframe>frame</iframe>"
    )
    assert texts(html) == ["Seen"]


def test_noscript_counts_where_nothing_else_is_there():
    assert texts("<body><script>go()</script><noscript><p>The <b>whole</b> story.</p></noscript>") == [
        "The whole story."
    ]


LONG = "The ice on the harbour of Skarvik broke early on Monday, and three boats were lost to the sea."


@pytest.mark.parametrize("pair", ["<br><br>", "<br/>\n&nbsp;<br />", "<br><!-- x --><br>"])
def test_two_breaks_part_paragraphs(pair):
    assert texts(f"<p>One line{pair}another line</p>") == ["One line", "another line"]


def test_a_single_break_in_a_paragraph_is_white_space():
    assert texts("<p>Harbour Street 3<br>Skarvik</p>") == ["Harbour Street 3 Skarvik"]
    assert texts("<td>the boats that were still in the harbour when the<br>ice broke</td>") == [
        "the boats that were still in the harbour when the ice broke"
    ]


def test_single_breaks_between_paragraphs_of_font_soup_part_them():
    body = f"<b>Ice breaks</b><br>By Jane Doe<br>{LONG}<br>{LONG}<br>and more of it."
    html = f"<table><tr><td><font size=2>{body}</font></table>"
    assert texts(html) == ["Ice breaks", "By Jane Doe", LONG, f"{LONG} and more of it."]
    assert texts(f"<p>{LONG}<br>{LONG}</p>") == [LONG, LONG]


def test_links_under_each_other_are_blocks_of_their_own():
    assert texts("<p><a href=1>Ice in Skarvik</a><br><a href=2>boats lost</a></p>") == ["Ice in Skarvik", "boats lost"]


def test_inline_elements_without_white_space_between_keep_words_apart():
    assert texts("<p><a href=1>World</a><a href=2>politics</a></p>") == ["World politics"]
    assert texts("<p><span>By</span><span>Jane Doe</span></p>") == ["By Jane Doe"]
    assert texts("<p><span>T</span><span>he</span> <b>ha</b>rbour</p>") == ["The harbour"]


def test_markup_above_a_block_is_told():
    html = (
        '<main id=top><article class="Story big"><header><h1>Ice</h1></header><div role=navigation>'
        '<span class="crumb">Home</span></div></article></main>'
    )
    heading, crumb = flatten_html(html).blocks
    assert (heading.tag, heading.path) == ("h1", "body/main/article/header/h1")
    assert heading.classes == ("story", "big", "top")
    assert heading.semantics == {"main", "article", "header", "h1"}
    assert (crumb.classes[0], crumb.tag) == ("crumb", "div")
    assert crumb.semantics == {"main", "article", "nav"}


def test_classes_of_an_inline_element_count_only_if_it_holds_the_whole_block():
    assert block("<p class=a><i class=b>all</i></p>", "all").classes == ("b", "a")
    assert block("<p class=a><i class=b>part</i> and rest</p>", "part and rest").classes == ("a",)
    assert block("<p class=a>rest and <i class=b>part</i></p>", "rest and part").classes == ("a",)


def test_links_are_counted():
    found = block(
        "<p>See <a href=1>the list</a> and <a href=2>it<b> all</b></a>, <a name=x>here</a>",
        "See the list and it all, here",
    )
    assert (found.n_links, found.link_chars) == (2, len("the list") + len("it") + len("all"))


@pytest.mark.parametrize("how", ["hidden", 'style="color:red; display : none"', 'aria-hidden="true"'])
def test_hidden_text_is_a_block_that_says_so(how):
    html = f"<p>{LONG}</p><div {how}><p>secret</p></div><p>Open <span {how}>sesame</span> door</p>"
    blocks = flatten_html(html).blocks
    assert [(b.text, b.is_hidden) for b in blocks] == [
        (LONG, False),
        ("secret", True),
        ("Open door", False),
        ("sesame", True),
    ]


@pytest.mark.parametrize(("tag", "is_hidden"), [("<dialog>", True), ("<dialog id=d>", True), ("<dialog open>", False)])
def test_a_dialog_is_shown_only_where_it_is_open(tag, is_hidden):
    blocks = flatten_html(f"<p>{LONG}</p>{tag}Choose your island</dialog>").blocks
    assert [(b.text, b.is_hidden) for b in blocks][1:] == [("Choose your island", is_hidden)]


def test_a_page_whose_prose_is_all_hidden_is_not_hidden():
    html = f"<p>Loading</p><div hidden id=S:0><p>{LONG}</p><p>{LONG}</p></div>"
    assert not any(b.is_hidden for b in flatten_html(html).blocks)


def test_pictures_belong_to_the_words_of_their_figure_cell_or_link():
    html = (
        "<p>Before<figure><img src='data:,x' data-src=ice.jpg><figcaption>The ice</figcaption></figure>"
        f"<td><a href=x><img src=/b.gif></a><br>Boats</td><table><tr><td><img src=c.gif><p>{LONG * 10}</p></table>"
    )
    assert block(html, "The ice").image_urls == ("ice.jpg",)
    assert block(html, "Before").image_urls == ()
    cell = "<table><tr><td><a href=x><img src=/b.gif></a><br>Boats<td>Nets</table>"
    assert block(cell, "Boats").image_urls == ("/b.gif",)
    assert block(cell, "Nets").image_urls == ()
    layout = f"<table><tr><td><img src=c.gif><p>Short</p>{LONG * 10}</table>"
    assert block(layout, "Short").image_urls == ()


def test_list_items_are_bullets():
    assert block("<ul><li>Ice", "Ice").is_bullet
    assert block("<p>• Ice</p>", "• Ice").is_bullet
    assert not block("<p>Ice</p>", "Ice").is_bullet


def test_lines_of_preformatted_text_break_at_blank_lines():
    wrapped = LONG.replace(", ", ",\n")
    html = f"<pre>\nSKARVIK (SNA)\n\n{wrapped}\n\nMore &amp; more\n</pre>"
    found = flatten_html(html).blocks
    assert [b.text for b in found] == ["SKARVIK (SNA)", LONG, "More & more"]
    assert [html[b.raw_start : b.raw_end] for b in found] == [
        "SKARVIK (SNA)",
        wrapped,
        "More &amp; more",
    ]


def test_deep_and_long_pages_are_walked():
    assert texts("<div>" * 10_000 + "deep") == ["deep"]
    deep = flatten_html("<span class=a>x " * 30_000).blocks[0]
    assert (len(deep.text), len(deep.classes)) == (59_999, 1)
    assert len(texts("<div class=a>x" * 25_000)) == 25_000
    links = flatten_html("<a href=/x>word</a> " * 50_000).blocks[0]
    assert links.n_links == 50_000


def test_time_tags_name_their_block():
    html = "<p>Ice</p><p>Posted <time datetime=2007-07-03 pubdate>3 July</time> in Skarvik</p>"
    found = [s for s in flatten_html(html).statements if s.source == "time_tag"]
    assert [(s.key, s.value, s.block_no) for s in found] == [("pubdate", "2007-07-03", 1)]


def test_blocks_come_in_the_order_of_the_page():
    words = [f"w{number}" for number in range(200)]
    html = "".join(
        random.Random(1).choice(["<p>{}", "<div>{}</div>", "<li>{}", "<h2>{}</h2>"]).format(w) for w in words
    )
    assert texts(html) == words


def test_control_characters_alone_are_no_block():
    assert texts("<p>\x01</p><p>ice<br>\x02<br>\x03<b>\x04</b></p>\x1b") == ["ice"]


@pytest.mark.parametrize("html", ["", "   ", "<", "<p", "<!--", "<script>", "&", "\x00", "<html></html>"])
def test_pages_with_nothing_in_them_give_nothing_or_little(html):
    assert len(texts(html)) <= 1


def test_a_byline_after_a_single_break_is_a_block_of_its_own():
    raw = "<p>Ferry wins<br>By <a href='/doe'>Ann Doe</a><br>Harbour Staff Writer<br>The ferry of the town won.</p>"
    texts = [block.text for block in flatten_html(raw).blocks]
    assert texts == ["Ferry wins", "By Ann Doe", "Harbour Staff Writer The ferry of the town won."]


def test_a_line_of_verse_that_begins_with_by_stays_in_its_stanza():
    raw = "<p>By the river they went down,<br>by the mill and through the town,<br>by the weir</p>"
    assert len(flatten_html(raw).blocks) == 1
