"""What can be seen of each block: one row of numbers a block, the same for markup and for plain text.

Columns are named after what they count. Markup columns are 0 in plain text, so that one model serves both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..flatten.raw_block import Flattened, RawBlock
from ..wording.lexicon import KINDS
from ..wording.measure import PROSE_WORDS
from ..wording.text_columns import SHARES, TEXT_COLUMNS, describe_text
from ..wording.words import words_of
from ._columns import Column, Columns, columns_of, distances, running_sums, shift, spans_around
from ._hints import Hints
from ._markup_columns import Places, describe_markup

FRAME_KINDS = np.isin(("", *KINDS), ("navigation", "related", "subscribe", "legal", "comment"))
"""By number of a kind of wording, whether it belongs to the frame of a page; 0 is no such wording."""


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


def _describe_words(blocks: Sequence[RawBlock]) -> Columns:
    columns = columns_of([describe_text(block.text) for block in blocks], TEXT_COLUMNS)
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


def _describe_copies(blocks: Sequence[RawBlock], columns: Columns) -> None:
    keys = [b.text.casefold() for b in blocks]
    counts = Counter(keys)
    columns["copies"] = _column([counts[key] for key in keys])


def _describe_title(blocks: Sequence[RawBlock], columns: Columns, title: str | None, summary: str | None) -> None:
    wanted, stated = frozenset(words_of(title or "")), " ".join(words_of(summary or ""))
    like_title, like_summary, opening = [0.0] * len(blocks), [0.0] * len(blocks), stated[:80]
    # A text inside the summary has its second word there; one that opens so has the second word of the opening.
    known, second = frozenset(stated.split()), opening.split()[1] if opening.count(" ") > 1 else None
    headline = None
    for no, block in enumerate(blocks):
        own = words_of(block.text) if (wanted or stated) and len(block.text) < 400 else []
        if not wanted.isdisjoint(own):
            words = set(own)
            shared = len(words & wanted)
            like_title[no] = shared / (len(words) + len(wanted) - shared)
        if headline is None and (like_title[no] > 0.6 or block.tag == "h1"):
            headline = no
        if len(own) > 4 and stated and (own[1] in known or second is None or second in own):
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
    columns["frames_from_peak"] = np.minimum(20.0, np.maximum(-20.0, labels - labels[peak]))
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
        ends = np.flatnonzero(flags[1:] != flags[:-1]) + 1
        lengths = np.append(ends, len(flags))
        lengths[1:] -= ends
        columns[name] = np.where(flags, np.minimum(30, np.repeat(lengths, lengths)), 0).astype(float)
