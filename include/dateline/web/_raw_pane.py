"""The raw page as text: every block tinted by its layer, markup dimmed, the words of the evidence marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from ..page.flatten.raw_offsets import find_markup
from .anchors import clean_anchor, raw_anchor, words_anchor
from .evidence_places import PlacedEvidence, Span, has_place
from .nesting import Attributes, Mark, nest_marks

Row = dict[str, Any]

LONG_GAP = 2_000
"""Characters between two blocks from which the middle is left out: scripts, styles, pictures in base64."""
GAP_HEAD, GAP_TAIL = 900, 300
"""Characters of a long gap that are shown at its two ends."""


def show_raw(raw: str, blocks: Sequence[Row], evidence: Sequence[PlacedEvidence], *, is_html: bool) -> Markup:
    """The raw page as HTML. Everything is shown but the middle of long gaps, and these say what is left out.

    A block that is shown in the clean article is a link to it; evidence links to its card.
    """
    marks = [_block_mark(block) for block in blocks if has_place(raw, block)]
    marks += _evidence_marks(evidence)
    marks.sort(key=lambda mark: mark.start)
    found = _joined(raw, find_markup(raw, 0, len(raw))) if is_html else ()
    markup = [Mark(start, end, "i", rank=10_000) for start, end in found]
    return Markup("").join(
        _cut(start, end) if is_cut else _nested(raw, marks, markup, start, end)
        for start, end, is_cut in _stretches(len(raw), marks)
    )


def is_shown_clean(block: Row) -> bool:
    """True for blocks of the clean article: what is read, and the lines that state its facts."""
    return bool(block["kept"]) or (block["layer"] == "article" and block["role"] in ("byline", "dateline", "credit"))


def _block_mark(block: Row) -> Mark:
    number, layer = block["block_no"], block["layer"]
    kept = " k" if is_shown_clean(block) else ""
    once: tuple[tuple[str, str], ...] = (("id", raw_anchor(number)), ("title", f"{number} {block['role']} · {layer}"))
    if kept:
        once += (("href", f"#{clean_anchor(number)}"),)
    return Mark(block["raw_start"], block["raw_end"], "a" if kept else "span", (("class", f"b l-{layer}{kept}"),), once)


def _evidence_marks(evidence: Sequence[PlacedEvidence]) -> Iterator[Mark]:
    for rank, placed in enumerate(evidence, start=2):
        row = placed.row
        once: Attributes = (("id", words_anchor(row)), ("title", f"evidence {row['candidate_no']}: {row['source']}"))
        for span in placed.spans:
            yield Mark(*span, "b", (("class", "ev"),), once, rank)
            once = once[1:] or once


def _joined(raw: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring pieces of markup as one, where only white space is between them."""
    held: Span | None = None
    for start, end in spans:
        if held is not None and not raw[held[1] : start].strip():
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _stretches(length: int, visible: Sequence[Mark]) -> Iterator[tuple[int, int, bool]]:
    """The page cut up as (start, end, is left out); a long gap between visible marks loses its middle."""
    done = begun = 0
    for start, end in [*((mark.start, mark.end) for mark in visible), (length, length)]:
        if start - done > LONG_GAP:
            yield begun, done + GAP_HEAD, False
            yield done + GAP_HEAD, start - GAP_TAIL, True
            begun = start - GAP_TAIL
        done = max(done, end)
    yield begun, length, False


def _nested(raw: str, marks: Sequence[Mark], markup: Sequence[Mark], start: int, end: int) -> Markup:
    # Marks never reach over a cut, so those of a stretch begin in it; a piece of markup may have begun before.
    inside = marks[bisect_left(marks, start, key=_start) : bisect_left(marks, end, key=_start)]
    first = max(0, bisect_right(markup, start, key=_start) - 1)
    return nest_marks(raw, [*inside, *markup[first : bisect_left(markup, end, key=_start)]], start, end)


def _start(mark: Mark) -> int:
    return mark.start


def _cut(start: int, end: int) -> Markup:
    return Markup('<span class="cut">… {} characters, {} to {}, are left out here …</span>').format(
        f"{end - start:,}", start, end
    )
