from page_stories import PARAGRAPHS

from dateline.page.flatten.flatten_html import flatten_html
from dateline.page.flatten.raw_block import RawBlock
from dateline.page.roles._closing import find_closing
from dateline.page.roles._outsiders import find_outsiders
from dateline.page.roles._teasers import find_listed, is_doubled, is_file_name, is_linked_teaser, opens_list
from dateline.page.roles.assign_roles import assign_roles
from dateline.page.wording.lists import read_list


def blocks_of(*texts):
    return [RawBlock(text) for text in texts]


def roles_of(html):
    flattened = flatten_html(html)
    return {b.text: c.role for b, c in zip(flattened.blocks, assign_roles(flattened), strict=True)}


def story(below=""):
    return "<h1>River floods town hall</h1><div>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + f"{below}</div>"


def test_names_of_files_and_doubled_words():
    assert is_file_name("[pier.png?width=640&h=20]")
    assert not is_file_name("The file pier.png was lost")
    assert is_doubled("The pier is shut The pier is shut")
    assert not is_doubled("The pier is shut. The pier is open")
    assert not is_doubled("")


def test_linked_lines_in_capitals_lead_elsewhere_and_unlinked_ones_do_not():
    line = "FERRY COMES BACK TO RIVERMOUTH"
    assert is_linked_teaser(RawBlock(line, link_chars=len(line)))
    assert not is_linked_teaser(RawBlock(line))
    assert is_linked_teaser(RawBlock("Ferry comes back (142)", link_chars=22))
    assert not is_linked_teaser(RawBlock("Ferry comes back (2011 pictures)", link_chars=32))


def test_a_list_under_a_label_ends_at_a_sentence():
    texts = ("Most read in Sport", "Goat wins race", "Rain stops play", PARAGRAPHS[0], "Goat wins again")
    opens = [opens_list(block) for block in blocks_of(*texts)]
    assert opens == [True, False, False, False, False]
    assert find_listed(blocks_of(*texts), [True] * 5, opens) == [1, 2]
    assert find_listed(blocks_of(texts[0], "What comes next", PARAGRAPHS[0]), [True] * 3, [True, False, False]) == []


def test_what_a_company_says_of_itself_closes_a_text():
    blocks = blocks_of(
        *PARAGRAPHS, "About Harbour Ferries", "Harbour Ferries runs four boats.", "It was founded in 1962."
    )
    assert sorted(find_closing(blocks, [True] * 8)) == [5, 6, 7]


def test_a_section_about_something_stays_in_the_middle_and_at_the_front():
    middle = blocks_of(*PARAGRAPHS[:3], "About the Harbour Ferries", *PARAGRAPHS, *PARAGRAPHS)
    assert find_closing(middle, [True] * len(middle)) == {}
    front = blocks_of("About Harbour Ferries", *PARAGRAPHS)
    assert find_closing(front, [True] * len(front)) == {}


def test_notices_close_a_text_and_sentences_like_them_do_not():
    notice = "Results may vary. Consult your physician before you swim in the river."
    assert sorted(find_closing(blocks_of(*PARAGRAPHS, notice), [True] * 6)) == [5]
    like = "The results that the mayor gave may vary by a vote."
    assert find_closing(blocks_of(*PARAGRAPHS, like), [True] * 6) == {}


def test_closings_have_a_known_match_and_a_source():
    for row in read_list("closings"):
        assert row["match"] in ("start", "any")
        assert row["source"]


def test_blocks_that_are_no_text_are_left_as_they_are():
    assert find_outsiders(blocks_of("pier.jpg"), [False]) == {}


def test_a_row_of_links_is_a_menu_however_the_page_scores_it():
    row = "".join(f"<a href='/{n}'>Harbour notice {n}</a> " for n in range(8))
    assert roles_of(story(f"<p>{row}</p>"))[" ".join(f"Harbour notice {n}" for n in range(8))] != "body"


def test_a_stated_summary_set_apart_is_the_standfirst_and_a_first_paragraph_is_not():
    head = f'<meta name="description" content="{PARAGRAPHS[4]}">'
    apart = (
        f"{head}<div><h1>River floods town hall</h1><p>{PARAGRAPHS[4]}</p></div>"
        + story()[len("<h1>River floods town hall</h1>") :]
    )
    assert roles_of(apart.replace(f"<p>{PARAGRAPHS[4]}</p></div>", "</div>", 2))[PARAGRAPHS[0]] == "body"
    inside = f'<meta name="description" content="{PARAGRAPHS[0]}">{story()}'
    assert roles_of(inside)[PARAGRAPHS[0]] == "body"
