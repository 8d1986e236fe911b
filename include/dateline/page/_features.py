"""What can be seen of each block: one row of numbers a block, the same for markup and for plain text.

Columns are named after what they count. Markup columns are 0 in plain text, so that one model serves both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from ._columns import Column, Columns, columns_of, distances, running_sums, shift, spans_around
from ._hints import Hints
from ._lexicon import KINDS, phrase_kind
from ._lists import all_stop_words
from ._markup_columns import Places, describe_markup
from ._stamps import NONE, STAMP_CHARS, stamp_kind
from ._words import words_of
from .raw_block import Flattened, RawBlock

WORDS_SEEN = 60
"""Shares are taken over the first words of a block: enough to tell prose, and linear in blocks, not characters."""

PROSE_WORDS = 12
"""A block of so many words that ends like a sentence counts as prose."""

SHARES = ("stop_share", "capital_share", "digit_share", "caps_share", "commas")
"""Columns of shares of the words seen: function words, words that open with a capital or a digit, all in capitals."""
TEXT_COLUMNS = ("words", "end", "seen", *SHARES, "sentences", "first", "wording", "stamp")
"""Columns that the text of a block decides by itself, and the number of the words that shares are taken over."""
FRAME_KINDS = np.isin(("", *KINDS), ("navigation", "related", "subscribe", "legal", "comment"))
"""By number of a kind of wording, whether it belongs to the frame of a page; 0 is no such wording."""
_WIDE = re.compile("[\u3040-\u9fff\uf900-\ufaff]")
_CLOSERS = "\"'”’»)]"
_ENDS = {".": 1, "!": 1, "?": 1, "。": 1, "！": 1, "？": 1, "…": 2, ":": 3, "：": 3, ",": 4, ";": 4}


def describe_blocks(
    flattened: Flattened,
    title: str | None = None,
    summary: str | None = None,
    places: Places | None = None,
    hints: Sequence[Hints] | None = None,
) -> Columns:
    """Columns of numbers, one value a block; `title` and `summary` are what the markup states, if anything.

    `places` are of `number_places`, `hints` of `find_hints`, which a caller may have made already.

    >>> columns = describe_blocks(Flattened((RawBlock("The mayor of the town said on Monday that it will rain."),)))
    >>> columns["words"].tolist(), columns["end"].tolist()
    ([12.0], [1.0])
    """
    blocks = flattened.blocks
    if not blocks:
        return {}
    columns = _describe_words(blocks)
    _describe_copies(blocks, columns)
    _describe_title(blocks, columns, title, summary)
    _describe_place(blocks, columns)
    _describe_neighbours(columns)
    _describe_runs(columns)
    if flattened.is_html:
        describe_markup(blocks, columns, places, hints)
    return columns


def count_words(text: str) -> int:
    """Words of a text; in scripts written without spaces, half the characters.

    >>> count_words("Three short words"), count_words("総理大臣は東京で会見した")
    (3, 6)
    """
    n = len(text.split())
    if text.isascii():
        return n
    return max(n, len(_WIDE.findall(text)) // 2) if _WIDE.search(text) else n


def count_seen_words(text: str) -> int:
    """As `count_words`, for the text of a block, which has been counted when it was described.

    >>> count_seen_words("Three short words")
    3
    """
    return int(_describe_text(text)[0])


def ending(text: str) -> int:
    """How a text ends: 0 nothing, 1 sentence mark, 2 ellipsis, 3 colon, 4 comma or semicolon.

    >>> ending('He said "no."'), ending("More ..."), ending("Sources:"), ending("Home")
    (1, 2, 3, 0)
    """
    # Most lines end in a letter or digit, and that is nothing.
    if text[-1:].isalnum():
        return 0
    bare = text.rstrip(_CLOSERS + " ")
    if bare.endswith("..."):
        return 2
    return _ENDS.get(bare[-1:], 0)


def _describe_words(blocks: Sequence[RawBlock]) -> Columns:
    columns = columns_of([_describe_text(block.text) for block in blocks], TEXT_COLUMNS)
    seen = np.maximum(1.0, columns.pop("seen"))
    for name in SHARES:
        columns[name] /= seen
    sizes = np.array([len(block.text) for block in blocks], dtype=float)
    columns["link_share"] = np.minimum(1.0, _column([block.link_chars for block in blocks]) / np.maximum(1.0, sizes))
    columns["bullet"] = _column([block.is_bullet for block in blocks])
    words, end = columns["words"], columns["end"]
    is_prose = (words >= PROSE_WORDS) & ((end == 1) | (end == 3)) & (columns["link_share"] < 0.5)
    columns["prose"] = np.where(is_prose, words, 0.0)
    return columns


def _column(values: Sequence[Any]) -> Column:
    return np.array(values, dtype=float)


@lru_cache(maxsize=8192)
def _describe_text(text: str) -> tuple[float, ...]:
    """Values of TEXT_COLUMNS, shares as counts. Labels come again on a page, and pages of one outlet share them."""
    words = text.split()
    n = len(words) if text.isascii() else count_words(text)
    words = words[:WORDS_SEEN]
    firsts = "".join([word[0] for word in words])
    kind = phrase_kind(text)
    return (
        n,
        ending(text),
        len(words),
        sum(map(all_stop_words().__contains__, " ".join(words).lower().split())),
        sum(map(str.isupper, firsts)),
        0 if firsts.isalpha() else sum(map(str.isdigit, firsts)),
        sum(map(str.isupper, words)),
        text.count(","),
        text.count(". ") + text.count("? ") + text.count("! "),
        _first(text),
        KINDS.index(kind) + 1 if kind else 0,
        stamp_kind(text) if len(text) <= STAMP_CHARS else NONE,
    )


def _first(text: str) -> int:
    c = text[:1]
    return 1 if c.isupper() else 2 if c.islower() else 3 if c.isdigit() else 4 if c in "\"'“‘«" else 5


def _describe_copies(blocks: Sequence[RawBlock], columns: Columns) -> None:
    keys = [b.text.casefold() for b in blocks]
    counts = Counter(keys)
    columns["copies"] = _column([counts[key] for key in keys])


def _describe_title(blocks: Sequence[RawBlock], columns: Columns, title: str | None, summary: str | None) -> None:
    wanted, stated = frozenset(words_of(title or "")), " ".join(words_of(summary or ""))
    like_title, like_summary, opening = [0.0] * len(blocks), [0.0] * len(blocks), stated[:80]
    headline = None
    for no, block in enumerate(blocks):
        own = words_of(block.text) if (wanted or stated) and len(block.text) < 400 else []
        if not wanted.isdisjoint(own):
            words = set(own)
            shared = len(words & wanted)
            like_title[no] = shared / (len(words) + len(wanted) - shared)
        if headline is None and (like_title[no] > 0.6 or block.tag == "h1"):
            headline = no
        if stated and len(own) > 4:
            key = " ".join(own)
            like_summary[no] = float((key in stated or opening in key[:90]) and len(set(own)) > 4)
    columns["like_title"], columns["like_summary"] = _column(like_title), _column(like_summary)
    numbers = np.arange(len(blocks), dtype=float)
    columns["from_headline"] = (
        np.full(len(blocks), -99.0) if headline is None else np.clip(numbers - headline, -30.0, 60.0)
    )


def _describe_place(blocks: Sequence[RawBlock], columns: Columns) -> None:
    own, n = columns["prose"], len(blocks)
    sizes = running_sums(_column([len(b.text) for b in blocks]))
    prose = running_sums(own)
    total, mass = max(1.0, sizes[-1]), max(1.0, prose[-1])
    columns["place"] = sizes[:-1] / total
    columns["order"] = np.arange(n) / n
    columns["prose_before"] = prose[:-1] / mass
    columns["prose_after"] = (mass - prose[1:]) / mass
    for width in (5, 15):
        first, end = spans_around(n, width)
        spans = prose[end] - prose[first]
        columns[f"prose_{width}"] = spans - own
        columns[f"prose_share_{width}"] = spans / mass
        if width == 5:
            _describe_frames(columns, int(spans.argmax()))


def _describe_frames(columns: Columns, peak: int) -> None:
    """Labels of menus, notices and other stories between each block and the page's thickest prose; stamps nearby."""
    wording, n = columns["wording"], len(columns["wording"])
    labels = running_sums(FRAME_KINDS[wording.astype(np.intp)].astype(float))[:-1]
    columns["frames_from_peak"] = np.clip(labels - labels[peak], -20.0, 20.0)
    stamps = running_sums((columns["stamp"] > 0).astype(float))
    first, end = spans_around(n, 8)
    columns["stamps_8"] = stamps[end] - stamps[first]


def _describe_neighbours(columns: Columns) -> None:
    for step, names in (
        (1, ("words", "end", "link_share", "bullet", "wording")),
        (2, ("words", "link_share", "wording")),
        (3, ("words",)),
    ):
        for name in names:
            columns[f"last_{step}_{name}"] = shift(columns[name], -step)
            columns[f"next_{step}_{name}"] = shift(columns[name], step)
    is_prose = columns["prose"] > 0
    columns["since_prose"], columns["until_prose"] = distances(is_prose), distances(is_prose[::-1])[::-1]


def _describe_runs(columns: Columns) -> None:
    """Lengths of the runs of blocks that are links, or that are labels, which each block stands in; up to 30."""
    labels = (columns["words"] <= 4) & (columns["end"] == 0)
    for name, flags in (("link_run", columns["link_share"] > 0.7), ("label_run", labels)):
        starts = np.concatenate(([0], np.flatnonzero(flags[1:] != flags[:-1]) + 1))
        lengths = np.diff(starts, append=len(flags))
        columns[name] = np.where(flags, np.minimum(30, np.repeat(lengths, lengths)), 0).astype(float)
