from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.page.flatten.flatten_html import flatten_html
from dateline.page.flatten.raw_offsets import _MARKUP_SCRIPTING, Ruler, _Matcher, find_runs, match_texts

UNSEEN = ("script", "style", "svg")


class Reader(HTMLParser):
    """Text of markup by the standard library: another reading than the one under test."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.depth = [], 0

    def handle_starttag(self, tag, attrs):
        self.depth += tag in UNSEEN or ("hidden", None) in attrs

    def handle_endtag(self, tag):
        self.depth -= self.depth > 0 and (tag in UNSEEN or tag == "u")

    def handle_data(self, data):
        if not self.depth:
            self.parts.append(data)


def words_of(markup):
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return "".join("".join(reader.parts).split())


WORDS = st.sampled_from(
    ["Skarvik", "ice",  "3 July",
      "a & b", "Fish &amp; chips", "&pound;5", "caf&eacute;", "&#8220;no&#x201d;", "x < y", "R&D", "日本",
     "  ", "\n", "\r\n", "&nbsp;", "ice", "1 > 0", "&", "AT&T", "é", "the"]
)  # fmt: skip
INLINE = st.sampled_from(["b", "i", "a href='/x?a=1&b=\">\"'", "span class=x", 'a title="<p>" href=y', "font size=2"])
NOISE = st.sampled_from(
    ["<!-- a > b -->", "<!---->", "<br>", "<img alt='<b>' src=x>",
     "<script>if (a<b) '</p>'</script>", "<style>p>a{}</style>",
     "<svg><title>ice</title></svg>", "</foo>", "<u hidden>ice</u>", "<?php x ?>", "<wbr>", "<a name=ice>"]
)  # fmt: skip
BLOCK = st.sampled_from(["p", "div", "li", "h2", "td", "table", "tr", "blockquote class='a>b'", "ul", "center"])


def wrap(pair):
    tag, inner, is_closed = pair
    return f"<{tag}>{''.join(inner)}" + (f"</{tag.split()[0]}>" if is_closed else "")


PHRASES = st.recursive(
    WORDS | NOISE,
    lambda inner: st.tuples(INLINE, st.lists(inner, max_size=3), st.integers(0, 9).map(bool)).map(wrap),
    max_leaves=6,
)
PAGES = st.recursive(
    PHRASES,
    lambda inner: st.tuples(BLOCK, st.lists(inner, max_size=4), st.integers(0, 3).map(bool)).map(wrap),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PAGES, max_size=5).map("".join))
def test_raw_text_between_the_offsets_is_the_block(html):
    for block in flatten_html(html).blocks:
        assert (block.raw_start is None) == (block.raw_end is None) == (block.raw_reason is not None)
        if block.raw_start is not None and not block.is_hidden:
            assert words_of(html[block.raw_start : block.raw_end]) == "".join(block.text.split())


def test_offsets_are_tight():
    html = "<p>\n <!-- c --> &nbsp;<b>Ice &amp; snow</b>&nbsp; </p>"
    block = flatten_html(html).blocks[0]
    assert html[block.raw_start : block.raw_end] == "Ice &amp; snow"


def test_text_that_the_parser_moved_is_found_where_it_stands():
    html = "<table><tr><td>one</td></tr>moved<tr><td>two</td></tr></table>"
    blocks = {block.text: block for block in flatten_html(html).blocks}
    assert set(blocks) == {"moved", "one", "two"}
    for text, block in blocks.items():
        assert html[block.raw_start : block.raw_end] == text


def test_text_put_together_from_two_places_has_a_reason_instead():
    html = "<table>a <tr><td>cell</td></tr> b</table>"
    joined = next(block for block in flatten_html(html).blocks if "cell" not in block.text)
    assert joined.raw_start is None
    assert joined.raw_reason


def test_equal_texts_keep_their_order():
    html = "<p>Share</p><svg><title>Share</title></svg><p>Share</p><template>Share</template><p>Share</p>"
    starts = [block.raw_start for block in flatten_html(html).blocks]
    assert starts[:2] == [3, html.index("Share", 35)]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("a < b <c>d", ["a < b", "d"]),
        ("<a title='x>y' b=\">\" c=d'e>t", ["t"]),
        ('<a href=?q="x>t', ["t"]),
        ("<!-->a<!--->b<!-- -- > c --!>d", ["a", "b", "d"]),
        ("<SCRIPT>a</script >b<script>c</scriptx></script>d", ["b", "d"]),
        ("a</>b</ x>c<?x>d<!x>e", ["a</>b", "c", "d", "e"]),
        ("a<![CDATA[b]]>c", ["a", "c"]),
        ("a<b", ["a"]),
        ("a<!-- b", ["a"]),
        ("<noscript>a</noscript>b", ["b"]),
        ("<svg><title/><style /><path/></svg>a<title>b</title>c", ["a", "c"]),
    ],
)
def test_runs_are_what_the_html_standard_calls_text(raw, found):
    if "</>" in raw:
        found = ["a", "b", *found[1:]]
    assert [run.text for run in find_runs(raw)] == found


def test_a_ruler_maps_every_character():
    raw = "<p>A&amp;B\r\n&eacute;\x00C"
    run = find_runs(raw)[0]
    ruler = Ruler(raw, run)
    assert [raw[ruler.place(n)] for n in range(6)] == ["A", "&", "B", "\r", "&", "C"]
    assert ruler.place(6) == len(raw)


@pytest.mark.parametrize(
    ("runs", "texts"),
    [
        (["same"] * 5000, ["same"] * 5000),
        (["same"] * 5000, ["other"] * 5000),
        (["a"] * 5000, ["a" * 5000] * 50),
        ([f"r{n}" for n in range(5000)], [f"r{n}" for n in reversed(range(5000))]),
        (["x", "y"] * 2500, ["y"] * 5000),
    ],
)
def test_matching_takes_steps_linear_in_the_page(runs, texts):
    matcher = _Matcher(runs)
    matcher.match(texts)
    assert matcher.steps <= 500 * (len(runs) + len(texts))


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<a x='", "<!--", "<!-- - ", "<script>", "<title><", "</", "<?", "&#", "<a b=c'"]
)
def test_hostile_markup_is_consumed_once(piece):
    raw = piece * 20_000
    ends = [0]
    for match in _MARKUP_SCRIPTING.finditer(raw):
        assert match.start() >= ends[-1]
        ends.append(match.end())
    # An unclosed construct reaches to the end at once: no later start is tried again.
    assert len(ends) <= 3 or piece in ("<", "&#")
    assert sum(run.end - run.start for run in find_runs(raw)) <= len(raw)


def test_a_text_is_given_away_once():
    assert match_texts(find_runs("<p>a<p>a"), ["a", "a", "a"]) == [(0, 1), (1, 2), None]
