from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dateline.web.nesting import Mark, escape_text, nest_marks

WRITABLE = st.characters(exclude_categories=("Cs",), exclude_characters="\x00\x0b\ufffe\uffff")
"""Every character that an HTML document can hold."""


class Written(HTMLParser):
    """Text of a piece of HTML, and for each element's mark the offsets of its characters; fails on bad nesting."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[tuple[str, str]] = []
        self.covered: dict[str, list[int]] = {}
        self.ids: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == [], "an element stays open"

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.open.append((tag, attributes["class"] or ""))
        self.ids += [attributes["id"]] if "id" in attributes else []

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, "an element ends that is not the innermost"

    def handle_data(self, data):
        for _, number in self.open:
            self.covered.setdefault(number, []).extend(range(len(self.text), len(self.text) + len(data)))
        self.text += data


@st.composite
def texts_with_marks(draw):
    text = draw(st.text(WRITABLE | st.sampled_from("<>&\"'\r\n "), max_size=40))
    offsets = st.integers(0, len(text) + 3)
    spans = draw(st.lists(st.tuples(offsets, offsets, st.sampled_from(("b", "i", "span", "a"))), max_size=8))
    return text, [
        Mark(min(a, b), max(a, b), tag, (("class", str(number)),), (("id", str(number)),))
        for number, (a, b, tag) in enumerate(spans)
    ]


@given(texts_with_marks())
def test_text_stays_the_same_and_each_mark_covers_its_own(given_text):
    text, marks = given_text
    written = Written(str(nest_marks(text, marks)))
    assert written.text == text
    for number, mark in enumerate(marks):
        assert written.covered.get(str(number), []) == list(range(mark.start, min(mark.end, len(text))))
    assert len(written.ids) == len(set(written.ids))


@given(texts_with_marks(), st.data())
def test_a_stretch_holds_its_own_characters_only(given_text, data):
    text, marks = given_text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    written = Written(str(nest_marks(text, marks, start, end)))
    assert written.text == text[start:end]
    for number, mark in enumerate(marks):
        inside = range(max(mark.start, start), min(mark.end, end))
        assert written.covered.get(str(number), []) == [offset - start for offset in inside]


@given(texts_with_marks())
def test_order_of_marks_changes_nothing_where_ranks_tell(given_text):
    text, marks = given_text
    ranked = [Mark(m.start, m.end, m.tag, m.attributes, m.once, rank) for rank, m in enumerate(marks)]
    assert nest_marks(text, ranked) == nest_marks(text, reversed(ranked))


def test_a_name_in_a_date_in_a_quotation_nest():
    text = "on Monday Ann said"
    marks = [Mark(3, 9, "b"), Mark(10, 13, "i"), Mark(0, 18, "q"), Mark(3, 13, "u")]
    assert nest_marks(text, marks) == "<q>on <u><b>Monday</b> <i>Ann</i></u> said</q>"


def test_crossing_marks_are_written_in_pieces_with_one_id():
    html = nest_marks("abcdef", [Mark(0, 4, "b"), Mark(2, 6, "i", (("class", "n"),), (("id", "x"),))])
    assert html == '<b>ab<i class="n" id="x">cd</i></b><i class="n">ef</i>'


def test_attributes_and_characters_that_html_cannot_hold_are_harmless():
    html = nest_marks("a\x00\ud800b", [Mark(0, 1, "b", (("title", '"><script>'),))])
    assert html == '<b title="&#34;&gt;&lt;script&gt;">a</b>\ufffd\ufffdb'
    html.encode("utf-8")
    assert escape_text("a\rb") == "a&#13;b"
