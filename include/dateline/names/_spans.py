"""Spans of names in one article's text while they are being worked out, and the text they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model import Block

SEPARATOR = "\n\n"
"""What stands between two blocks in the joined text; no name crosses it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A name in the joined text: end exclusive, in code points, with its OntoNotes label and who found it."""

    start: int
    end: int
    label: str
    origin: str = "model"


@dataclass(frozen=True, slots=True)
class JoinedText:
    """The texts of an article's read blocks as one text, and where each block begins in it."""

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]

    def index_at(self, offset: int) -> int:
        """Index of the block that holds the character at `offset`."""
        return bisect_right(self.starts, offset) - 1

    def place(self, start: int, end: int) -> tuple[Block, int, int]:
        """The block of a span, and the span in that block's own offsets."""
        index = self.index_at(start)
        return self.blocks[index], start - self.starts[index], end - self.starts[index]


def join_blocks(blocks: Sequence[Block]) -> JoinedText:
    """Join the texts of blocks by blank lines.

    >>> join_blocks([Block(3, "One"), Block(5, "Two")]).starts
    (0, 5)
    """
    starts, length = [], 0
    for block in blocks:
        starts.append(length)
        length += len(block.text) + len(SEPARATOR)
    return JoinedText(SEPARATOR.join(block.text for block in blocks), tuple(blocks), tuple(starts))


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a stretch of text touches one of `spans`, which are sorted and don't overlap each other.

    >>> overlaps([Span(0, 4, "GPE")], 3, 6), overlaps([Span(0, 4, "GPE")], 4, 6)
    (True, False)
    """
    index = bisect_right(spans, end - 1, key=lambda span: span.start) - 1
    return index >= 0 and spans[index].end > start


def add_spans(spans: Sequence[Span], more: Iterable[Span]) -> list[Span]:
    """`spans` with those of `more` that touch none of them, nor each other (the first given wins), sorted."""
    kept = list(spans)
    for span in _apart(more):
        if not overlaps(spans, span.start, span.end):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end
