"""Roles of blocks by short cuts are those of the plain way, to the last bit."""

import re

import numpy as np
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.page.flatten.flatten_html import flatten_html
from dateline.page.flatten.raw_block import Flattened, RawBlock
from dateline.page.roles import _captions, _closing, _features, _hints, _markup_columns, _pictures, _score, assign_roles
from dateline.page.wording import byline, dateline, lexicon, measure, stamps, text_columns, words
from dateline.page.wording.lists import read_list

CLOSINGS = (
    "Individual results", "Letters must be signed", "Results may vary", "a leading provider", "is the", "Harbour Ltd",
    "Stay tuned to", "Views expressed in", "Bob's column appears", "Ann Doe can be reached at", "founded in 1901",
)  # fmt: skip
PIECES = st.sampled_from([
    *CLOSINGS, "By", "by Ann", "Von Anna Doe", "Published", "Editor:", "Source：", "3 May 2004", "10:45", "5 min read",
    "2 days AGO", "ago", "²:15", "Photo: Ann Doe", "(AP Photo/Ann Doe)", "[handout]",
    "Ann Doe/Reuters", "Image", "Pictures:", "Ann/ AFP.",
    "3 hours ago", "10h15", "9시 15분", "vor 3 Tagen", "il y a 2 jours", "hace 4", "há 2 dias", "3 ore fa", "12 Likes",
    "recommend (4)", "3 replies", "May 2, 2010 at 9:14 am", "says:", "Reply", "...", "…", "”", "no.", "yes?", ")", ":",
    "news_desk", "İstanbul", "Straße", "ΟΔΟΣ", "naïve—café", "\u00a0", "\u2003", "“", "’",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), min_size=1, max_size=9).map(" ".join)
CLASS_WORDS = st.sampled_from(
    [
        *[row["word"] for row in read_list("class_words")][::4],
        "x",
        "col-6",
        "article__sidebar",
        "story-x",
        "related_box",
    ]
)
BLOCKS = st.tuples(
    TEXTS,
    st.sampled_from(["p", "li", "h1", "aside"]),
    st.sampled_from(["body/p", "body/div/p", "body/ul/li"]),
    st.lists(CLASS_WORDS, max_size=6, unique=True).map(tuple),
    st.sampled_from([frozenset(), frozenset({"li"}), frozenset({"main", "nav"})]),
).map(lambda v: RawBlock(v[0], tag=v[1], path=v[2], classes=v[3], semantics=v[4]))
EDGES = {"start": r"^[\W_]*", "any": r"(?:^|[^\pL\pN])"}
CLOSING_PATTERNS = [re2.compile(EDGES[row["match"]] + row["pattern"]) for row in read_list("closings")]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_lines_that_lack_a_part_match_no_pattern(text):
    bare = text.rstrip("\"'”’»)] ")
    ends = {".": 1, "!": 1, "?": 1, "。": 1, "！": 1, "？": 1, "…": 2, ":": 3, "：": 3, ",": 4, ";": 4}
    assert measure.ending(text) == (2 if bare.endswith("...") else ends.get(bare[-1:], 0))
    assert byline._opens_with_label(text) == bool(byline._LABELLED.search(text))
    dated = byline._DATE.search(text) or byline._AGO.search(text)
    found = byline._find_date(text)
    assert (found and found.span()) == (dated and dated.span())
    assert _captions.has_picture_credit(text) == bool(_captions._CREDIT_END.search(text[-160:]))
    folded = text.casefold()
    assert bool(stamps._compiled().Match(folded)) <= stamps._may_be_timed(folded)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_closings_are_what_each_pattern_finds(text):
    folded = text[:600].casefold().replace("’", "'")
    assert _closing._is_closing(text) == any(pattern.search(folded) for pattern in CLOSING_PATTERNS)


@given(st.lists(BLOCKS, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_hints_found_once_are_those_of_each_word(blocks):
    words = {row["word"]: row["hint"] for row in read_list("class_words")}
    for block, hints in zip(blocks, _hints.find_hints(blocks), strict=True):
        plain = {}
        for no, word in enumerate(block.classes):
            for part in [word] if word in words else re.split("[-_]", word):
                if part in words:
                    plain.setdefault(words[part], no)
        assert hints == plain
    columns = _markup_columns._describe_hints(_hints.find_hints(blocks))
    for hint in _markup_columns.HINTS:
        near = [[h for word in b.classes[:3] for h in _hints.class_hints(word)] for b in blocks]
        far = [[h for word in b.classes for h in _hints.class_hints(word)] for b in blocks]
        assert columns[f"hint_{hint}"].tolist() == [
            2 if hint in n else 1 if hint in f else 0 for n, f in zip(near, far, strict=True)
        ]


@given(st.lists(BLOCKS, min_size=1, max_size=12), TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_columns_of_title_and_markup_are_what_a_loop_gives(blocks, title, summary):
    columns = _features.describe_blocks(Flattened(tuple(blocks)), title, summary)
    wanted, stated = set(words.words_of(title)), " ".join(words.words_of(summary))
    for no, block in enumerate(blocks):
        own = words.words_of(block.text) if (wanted or stated) and len(block.text) < 400 else []
        shared = len(set(own) & wanted)
        assert columns["like_title"][no] == (shared / len(set(own) | wanted) if shared else 0)
        key = " ".join(own)
        is_summary = bool(stated) and len(set(own)) > 4 and (key in stated or stated[:80] in key[:90])
        assert columns["like_summary"][no] == is_summary
        tags = _markup_columns.TAGS
        assert columns["tag"][no] == (tags.index(block.tag) + 1 if block.tag in tags else 0)
        assert [columns[f"in_{s}"][no] for s in _markup_columns.SEMANTICS] == [
            s in block.semantics for s in _markup_columns.SEMANTICS
        ]
    boxes = [(block.path, block.classes[:4]) for block in blocks]
    order = list(dict.fromkeys(boxes))
    assert _markup_columns.number_places(blocks)["box"].tolist() == [order.index(box) for box in boxes]


def test_what_a_caller_has_found_already_changes_no_score():
    page = "<div class=story><h1>River floods town</h1>" + "<p>The river rose, and it reached the hall.</p>" * 3
    flattened = flatten_html(page + "</div><ul class=related><li><a href=/>Ferry returns</a></ul>")
    blocks = flattened.blocks
    places, hints = _markup_columns.number_places(blocks), _hints.find_hints(blocks)
    columns = _features.describe_blocks(flattened, None, None, places, hints)
    plain = _features.describe_blocks(flattened)
    assert {name: column.tolist() for name, column in columns.items()} == {n: c.tolist() for n, c in plain.items()}
    assert _score.score_blocks(columns, blocks, None, places) == _score.score_blocks(plain, blocks)


@given(st.lists(st.floats(-60, 60, allow_nan=False), min_size=1))
@settings(deadline=None)
def test_probabilities_of_a_column_are_those_of_each_score(scores):
    assert _score._sigmoids(np.array(scores)) == [_score.sigmoid(score) for score in scores]


@given(st.lists(BLOCKS, min_size=1, max_size=9), st.integers(0, 9), st.booleans())
@settings(max_examples=100, deadline=None)
def test_no_caption_or_credit_is_missed_among_candidates(blocks, first, is_html):
    blocks = [block if is_html else block._replace(path=None, tag=None, classes=()) for block in blocks]
    hints = _hints.find_hints(blocks)
    candidates = _pictures.find_candidates(blocks, hints, first)
    for no, block in enumerate(blocks):
        credited = _captions.has_picture_credit(block.text)
        is_credit = _captions.is_credit(block.text, credited)
        reason = _captions.caption_reason(no, blocks, hints[no], 0.2, no <= first, credited)
        assert no in candidates or not (is_credit or reason)


@given(st.text())
@settings(deadline=None)
def test_capitals_counted_by_bytes_are_those_of_each_character(chars):
    assert text_columns._count_capitals(chars) == sum(map(str.isupper, chars))


PHRASES = st.sampled_from([row["phrase"] for row in read_list("boilerplate")])


@given(st.lists(st.one_of(PHRASES, PIECES), min_size=1, max_size=5).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_kind_of_wording_is_that_of_the_first_phrase(text):
    head = text[: lexicon.HEAD_CHARS].casefold().strip()
    for shape, (pattern, kinds) in enumerate(lexicon._patterns()):
        found = pattern.search(head)
        if found:
            assert lexicon._first_kind(head, shape) == kinds[found.group(1)]
    most = lexicon.FRAME_WORDS.get(lexicon.phrase_kind(text) or "", 0)
    assert lexicon.is_frame_wording(text) == (text.count(" ") + 1 <= most)


@given(st.lists(st.sampled_from(["it", "rained", "on", "the", "town", "x" * 41, "y" * 41]), max_size=16), st.data())
@settings(max_examples=200, deadline=None)
def test_summary_is_found_in_any_part_of_it_and_in_what_opens_as_it(stated, data):
    start, end = data.draw(st.integers(0, 4)), data.draw(st.integers(5, 16))
    more = data.draw(st.lists(st.sampled_from(["all", "day", "the", "y" * 50]), max_size=3))
    texts = [" ".join(stated[start:end]), " ".join(["x", *stated[start:end]])[1:], " ".join([*more, *stated, *more])]
    texts += [f"{text} {' '.join(more)}" for text in texts]
    columns = _features.describe_blocks(Flattened(tuple(RawBlock(text) for text in texts)), None, " ".join(stated))
    summary = " ".join(stated)
    for text, like in zip(texts, columns["like_summary"].tolist(), strict=True):
        own = words.words_of(text)
        key = " ".join(own)
        is_like = len(text) < 400 and len(set(own)) > 4 and (key in summary or summary[:80] in key[:90])
        assert like == bool(summary and is_like)


@given(BLOCKS, st.floats(0, 0.5))
@settings(max_examples=100, deadline=None)
def test_below_the_text_only_rules_for_frames_can_say_yes(block, score):
    (own,) = _hints.find_hints([block])
    for headline in (None, 0):
        plain = assign_roles._choose(9, block, own, [0.9, *[score] * 9], 1.0, headline, 0, 2)
        assert assign_roles._name(block, own, score) == plain


@given(
    st.one_of(
        TEXTS, st.sampled_from(["RIVERMOUTH, Westland --", "Port Ann (AP)", "NEWS -", "By Ann", "WRITTEN BY Bob"])
    )
)
@settings(max_examples=200, deadline=None)
def test_opening_names_and_places_are_what_the_patterns_find(text):
    by, other = byline._BY.match(text), byline._BY_ELSEWHERE.match(text)
    assert by is None or "y " in text or "Y " in text
    assert other is None or text[:1] in byline._ELSEWHERE
    bare = text.rstrip(" -–—―:")
    may = len(text) <= 80 and ("," in bare or "(" in bare or bare != text)
    found = may and any(p.search(bare + " -- X") for p in (dateline._SHOUTED, dateline._DATED))
    assert dateline.is_dateline_line(text) == bool(found and bare.split()[0] not in dateline._NOT_PLACES)
