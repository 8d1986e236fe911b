"""What is looked up, skipped or computed in one go gives what the plain way gives, to the last bit."""

from bisect import bisect_right
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.page import _eras, _features, _headline, _lexicon, _score, kind, layers
from dateline.page._columns import distances, running_sums, shift, spans_around
from dateline.page._lists import read_list
from dateline.page._score import add_weights, load_weights
from dateline.page.flatten_html import flatten_html
from dateline.page.raw_block import Flattened, RawBlock

PHRASES = [row["phrase"] for row in read_list("boilerplate")]
PIECES = st.sampled_from([
    *PHRASES[::7], "©", "(C) ", "COPYRIGHT", "Copyright 2004", "2009 all rights reserved",
    "Archived from", "WAYBACK machine", "12 captures 2004 - 2005", "This is a saved copy", "10:45", "3 min ago",
    "Q: ", "rain", "The", "ſ", "K", "ß", "İ", ".", ":",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=8).map(" ".join)
NUMBERS = st.lists(st.floats(0, 80, allow_nan=False), min_size=1, max_size=40)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_shortcuts_never_skip_what_a_pattern_finds(text):
    head = text[:400]
    found = next((m for p in (_eras._NOTICE, _eras._NOTICE_AFTER) if (m := p.search(head))), None)
    era = _eras.copyright_era(text)
    assert (era and era.quote) == (found and found.group(0).strip())
    assert layers._names_archive(text) == bool(layers._ARCHIVE.search(text))
    assert _headline._is_notice(text) == bool(_headline._COPYRIGHT.search(text))
    assert kind._opens_with_time(text) == bool(kind._CLOCK.search(text))


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_one_pattern_of_all_wording_agrees_with_each_by_itself(text):
    head = text[: _lexicon.HEAD_CHARS].casefold().replace("’", "'").strip()
    label = _lexicon._label_kind(head) if len(text) < 90 else None
    opening, counting, anywhere = _lexicon._patterns()
    tried = (opening, counting, anywhere) if any(c.isdigit() for c in head[:4]) else (opening, anywhere)
    kinds = (known[found.group(1)] for pattern, known in tried if (found := pattern.search(head)))
    assert _lexicon.phrase_kind(text) == (label or next(kinds, None))


@given(NUMBERS, st.integers(1, 4))
@settings(deadline=None)
def test_columns_along_a_page_are_what_a_loop_gives(values, width):
    column = np.array(values)
    assert running_sums(column).tolist() == list(accumulate(values, initial=0.0))
    n = len(values)
    assert shift(column, width).tolist() == [values[i + width] if i + width < n else -1.0 for i in range(n)]
    assert shift(column, -width).tolist() == [values[i - width] if i >= width else -1.0 for i in range(n)]
    spans = [(max(0, i - width), min(n, i + width + 1)) for i in range(n)]
    assert list(zip(*(side.tolist() for side in spans_around(n, width)), strict=True)) == spans
    gap, gaps = 40.0, []
    for value in values:
        gaps.append(gap)
        gap = 0.0 if value > 40 else min(40.0, gap + 1)
    assert distances(column > 40).tolist() == gaps


@pytest.mark.parametrize("stage", ["1", "2"])
@given(NUMBERS)
@settings(max_examples=30, deadline=None)
def test_weights_are_added_in_one_order(stage, values):
    weights = load_weights()[stage]
    columns = {name: np.array(values) / 7 for name in list(weights)[::2]}
    rows = np.arange(len(values))[::2]
    plain = []
    for row in rows:
        constant = score = 0.0
        for name, (bounds, found) in weights.items():
            if name in columns:
                score += float(found[bisect_right(bounds.tolist(), columns[name][row])])
            else:
                constant += float(found[bisect_right(bounds.tolist(), 0.0)])
        plain.append(score + constant)
    assert add_weights(columns, weights, rows).tolist() == plain


@given(
    st.lists(
        st.sampled_from(["Home", "World news", "It rained all day, and then it rained again for a week."]), min_size=1
    )
)
@settings(max_examples=50, deadline=None)
def test_runs_of_labels_are_counted(texts):
    columns = _features.describe_blocks(Flattened(tuple(map(RawBlock, texts)), is_html=False))
    for no, text in enumerate(texts):
        low = high = no
        while low > 0 and len(texts[low - 1]) < 12:
            low -= 1
        while high + 1 < len(texts) and len(texts[high + 1]) < 12:
            high += 1
        assert columns["label_run"][no] == (min(30, high - low + 1) if len(text) < 12 else 0)


def test_a_page_scores_the_same_whatever_was_read_before():
    page = "<main><h1>River floods town</h1>" + "<p>The river rose, and it has reached the town hall.</p>" * 3
    first = _score.score_blocks(_features.describe_blocks(flatten_html(page)), flatten_html(page).blocks)
    flatten_html("<nav><a href=/>Home</a></nav>" * 50)
    assert _score.score_blocks(_features.describe_blocks(flatten_html(page)), flatten_html(page).blocks) == first


def test_drawings_give_no_blocks_and_tear_no_sentence():
    page = "<p>The <svg class=icon><g class=a><path d='M0 0' id=b></path></g><text>x</text></svg>river rose.</p>"
    (block,) = flatten_html(page).blocks
    assert (block.text, block.classes, block.semantics) == ("The river rose.", (), frozenset())
