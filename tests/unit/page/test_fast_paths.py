"""What is looked up, skipped or computed in one go gives what the plain way gives, to the last bit."""

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.identity import fold
from dateline.model import Block
from dateline.page.arrange import _corrections, _entries, _part_signs, kind, layers
from dateline.page.facts import _outlet_witnesses  # fmt: skip
from dateline.page.flatten import _context, _elements, raw_offsets
from dateline.page.flatten.flatten_html import flatten_html, fold_space
from dateline.page.flatten.raw_block import Flattened, RawBlock
from dateline.page.roles import _captions, _features, _score, headline
from dateline.page.roles._columns import distances, running_sums, shift, spans_around
from dateline.page.roles._score import add_weights, load_weights
from dateline.page.wording import dateline, eras, lexicon, measure, text_columns, words
from dateline.page.wording.lists import all_stop_words, read_list

PHRASES = [row["phrase"] for row in read_list("boilerplate")]
PIECES = st.sampled_from([
    *PHRASES[::7], "©", "(C) ", "COPYRIGHT", "Copyright 2004", "2009 all rights reserved",
    "Archived from", "WAYBACK machine", "12 captures 2004 - 2005", "This is a saved copy", "10:45", "3 min ago",
    "By Ann Doe", "Posted on Monday by Ann Doe", "Von Anna Doe", "5 comments", "PERMALINK", "May 5, 2003", "2011-03-03",
    "Correction: An earlier version of this article", "This story was amended", "Editor's note:", "Errata",
    "OSLO (AP) -- It rained", "Riga, May 5 -- It rained", "Bern (Reuters) - It", "harbour.example", "a_b-c", "STOP",
    "(L)", ", left,", "second from right", "Pictured", "In this file photo", "© 2005 Harbour Daily Ltd.", "(c) Ann Roe",
    "\u00a0", "\t", "\x00", "  ", "\u200b", "Straße", "Ⅷ",
    "Q: ", "rain", "The", "ſ", "K", "ß", "İ", ".", ":",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=8).map(" ".join)
NUMBERS = st.lists(st.floats(0, 80, allow_nan=False), min_size=1, max_size=40)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_shortcuts_never_skip_what_a_pattern_finds(text):
    head = text[:400]
    found = next((m for p in (eras._NOTICE, eras._NOTICE_AFTER) if (m := p.search(head))), None)
    era = eras.copyright_era(text)
    assert (era and era.quote) == (found and found.group(0).strip())
    assert layers._names_archive(text) == bool(layers._ARCHIVE.search(text))
    assert headline._is_notice(text) == bool(headline._COPYRIGHT.search(text))
    assert kind._opens_with_time(text) == bool(kind._CLOCK.search(text))


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_one_pattern_of_all_wording_agrees_with_each_by_itself(text):
    head = text[: lexicon.HEAD_CHARS].casefold().replace("’", "'").strip()
    label = lexicon._label_kind(head) if len(text) < 90 else None
    opening, counting, anywhere = lexicon._patterns()
    tried = (opening, counting, anywhere) if any(c.isdigit() for c in head[:4]) else (opening, anywhere)
    kinds = (known[found.group(1)] for pattern, known in tried if (found := pattern.search(head)))
    plain = next(kinds, None)
    is_filed = plain == "photo" and (dateline.find_dateline(text) or dateline.find_opening_agency(text))
    assert lexicon.phrase_kind(text) == (label or (None if is_filed else plain))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_lines_that_lack_a_part_have_no_match(text):
    head = text[:300]
    corrections = (_corrections._TOLD, _corrections._LABELLED)
    assert _corrections.is_correction(text) == any(pattern.search(head) for pattern in corrections)
    stamp = len(text) <= _entries.STAMP_LENGTH and _entries._STAMP.search(text) is not None
    assert _entries.is_stamp(RawBlock(text)) == stamp
    assert _captions.names_positions(text) == (len(text) > 20 and bool(_captions._POSITION.search(text[:400])))
    assert _outlet_witnesses.is_domain(text) == bool(_outlet_witnesses._DOMAIN_ONLY.search(text))
    shell = _outlet_witnesses._owners([Block(0, text, layer="shell")])
    assert bool(list(shell)) == bool(_outlet_witnesses._OWNER.search(head))
    assert bool(eras.dated_era(text)) <= any(pattern.search(text[:200]) for pattern in eras._DATES)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_signs_and_datelines_are_what_the_patterns_find(text):
    found = _part_signs.find_signs(text)
    signs = {"foot": (_part_signs._FOOT,), "who": (_part_signs._WHO, _part_signs._WHO_INSIDE)}
    for sign, patterns in signs.items():
        matches = any(pattern.search(text) for pattern in patterns)
        likely = _part_signs._has_any(text.casefold(), getattr(_part_signs, f"_{sign.upper()}_PARTS"))
        assert (sign in found) <= matches <= likely
    assert bool(_part_signs._WHEN.search(text)) <= bool(re.search("[0-9]", text))
    head = text[:160]
    patterns = (dateline._SHOUTED, dateline._QUIET, dateline._DATED)
    assert (dateline.find_dateline(text) is not None) <= any(pattern.search(head) for pattern in patterns)
    assert bool(dateline._SHOUTED.search(head)) <= (not head[1:2].islower())
    assert bool(dateline._QUIET.search(head)) <= ("(" in head)
    assert bool(dateline._DATED.search(head)) <= dateline._has_digit(head)
    assert bool(dateline._BRACKET.search(head)) <= text.startswith("(")


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_words_are_what_a_pattern_finds(text):
    assert words.words_of(text) == re.findall(r"\w+", text.casefold())
    assert words.folded_words(text) == fold(text).split()
    spaced = "".join(" " if c < " " or c == "\x7f" else c for c in text)
    assert fold_space(text) == " ".join((text if " ".join(text.split()).isprintable() else spaced).split())
    seen, stops = text.split()[: text_columns.WORDS_SEEN], all_stop_words()
    columns = _features.describe_blocks(Flattened((RawBlock(text),), is_html=False))
    described = {name: column[0] for name, column in columns.items()}
    size = max(1, len(seen))
    assert described["stop_share"] == sum(word.lower() in stops for word in seen) / size
    assert described["capital_share"] == sum(word[0].isupper() for word in seen) / size
    assert described["digit_share"] == sum(word[0].isdigit() for word in seen) / size
    assert described["caps_share"] == sum(word.isupper() for word in seen) / size
    assert text_columns.count_seen_words(text) == measure.count_words(text)


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
    whole = add_weights(columns | {"words": np.array(values)}, {n: w for n, w in weights.items() if n != "words"})
    assert (
        whole.tolist()[::2] == add_weights(columns, {n: w for n, w in weights.items() if n != "words"}, rows).tolist()
    )


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


@given(st.lists(st.sampled_from(["div", "ul", "li", "b", "article", "label", "x-y"]), max_size=9), st.integers(1, 12))
@settings(max_examples=100, deadline=None)
def test_shapes_say_what_all_tags_above_say(tags, times):
    tags = tags * times
    shape = _context.Shape()
    for tag in ("html", *tags):
        shape = shape.enter(tag)
    blocks = [no for no, tag in enumerate(tags, 1) if tag in _elements.BLOCKS]
    above = [0, *blocks]
    path = [tags[no - 1] for no, before in zip(blocks, above, strict=False) if before < _context.MAX_PATH]
    assert (shape.path, shape.depth) == ("/".join(path), len(tags))
    assert shape.block_tag == (tags[blocks[-1] - 1] if blocks else "html")
    assert shape.semantics == {tag for tag in tags if tag in _elements.SEMANTICS}


MARKUP = st.sampled_from([
    "<p>", "</p>", '<p class="a">', """<p a="x>y" b='"'>""", '<p ="x">', '<p a=="b c>">', '<p a="b"c="d>">', '<img a="',
    "<a href=b>", "<!-- a > b -->", '<script a="</script>">x > y</script>', "<title/>", '<p a = "b>">', '<p a="b" / >',
    "rain", "a < b", " ", "\r\n", "\u00a0", "&amp;", "&nbsp;", '"', "'", ">", "\x00",
])  # fmt: skip


@given(st.lists(MARKUP, max_size=20).map("".join))
@settings(max_examples=300, deadline=None)
def test_runs_of_text_are_what_stands_between_pieces_of_markup(raw):
    quick, plain = raw_offsets._ATTRIBUTES, raw_offsets._ANY_ATTRIBUTES
    piece = raw_offsets._markup((*_elements.RAW_TEXT, "noscript"))
    assert quick in piece
    runs, done = [], 0
    for match in [*re.finditer(piece.replace(quick, plain), raw), re.search(r"\Z", raw)]:
        text = raw[done : match.start()]
        start = done + len(text) - len(text.lstrip())
        if unescape(text.strip()).strip():
            runs.append((start, start + len(text.strip()), unescape(text.strip()).strip()))
        done = match.end()
    assert raw_offsets.find_runs(raw) == runs


@given(
    st.lists(st.sampled_from(["rain", " rain ", "ice", "a\rb", "a\r\nb", "x\x00y", "x\ufffdy", "rainice"]), max_size=8)
)
@settings(max_examples=100, deadline=None)
def test_texts_that_equal_the_runs_are_placed_as_by_seeking(texts):
    runs = [raw_offsets.Run(no, no + 1, text.strip()) for no, text in enumerate(texts)]
    for known in (runs, runs[::-1]):
        seeker = raw_offsets._Matcher([raw_offsets.comparable(run.text) for run in known])
        found = seeker.match([raw_offsets.comparable(text) for text in texts])
        assert raw_offsets.match_texts(known, texts) == found


def test_blocks_made_of_bare_tuples_have_their_values_in_their_fields():
    page = (
        "<body><ul><li id=x>Rain <a href=/r>fell</a> <img src=/a.png><br><br><div hidden>Ice</div><pre>one\n\ntwo</pre>"
    )
    blocks = flatten_html(page).blocks
    assert [RawBlock(**block._asdict()) for block in blocks] == list(blocks)
    first, hidden, *lines = blocks
    assert (first.text, first.tag, first.path, first.classes) == ("Rain fell", "li", "body/ul/li", ("x",))
    assert (first.link_chars, first.n_links, first.is_bullet, first.is_hidden) == (4, 1, True, False)
    assert (first.image_urls, first.semantics) == (("/a.png",), {"ul", "li"})
    assert (hidden.is_hidden, hidden.is_bullet, hidden.raw_reason) == (True, False, None)
    assert [page[line.raw_start : line.raw_end] for line in lines] == ["one", "two"]


@pytest.mark.parametrize(
    ("n_hidden", "n_shown", "is_hidden"), [(1, 0, False), (1, 1, True), (2, 1, True), (3, 1, False)]
)
def test_prose_that_is_mostly_hidden_is_brought_to_light(n_hidden, n_shown, is_hidden):
    prose = "The river rose in the night, and it has reached the cellar of the town hall by now."
    page = f"<p hidden>{prose}</p>" * n_hidden + f"<p>{prose}</p>" * n_shown
    assert flatten_html(page).blocks[0].is_hidden == is_hidden
