"""Where a line of plain text was broken to fit a width, and where its writer ended it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

MIN_WIDTH = 55
MAX_WIDTH = 100
MIN_FULL_LINES = 5
MAX_LONGER_SHARE = 0.03
"""Share of long lines that may exceed the width: addresses and tables can't be wrapped."""
MIN_CONTINUED_SHARE = 0.5


def columns(text: str) -> int:
    """Columns that a line takes in a terminal: East Asian wide characters take two.

    >>> columns("abc"), columns("日本")
    (3, 4)
    """
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap_width(lines: Sequence[str]) -> int | None:
    """Width to which a document was wrapped, or None if it wasn't: its long lines are then paragraphs.

    `lines` are all lines with their indent, blank ones included. Wrapped documents have many lines just
    below the width, hardly any above it, and most of those lines go on in the next one.

    >>> wrap_width(["word " * 15 + "end"] * 8), wrap_width(["word " * 60] * 8)
    (78, None)
    """
    widths = [columns(line.rstrip()) for line in lines]
    long_lines = [index for index, width in enumerate(widths) if width >= MIN_WIDTH]
    if len(long_lines) < MIN_FULL_LINES:
        return None
    n_longer = sum(widths[index] > MAX_WIDTH for index in long_lines)
    if n_longer > MAX_LONGER_SHARE * len(long_lines):
        return None
    followed = sum(index + 1 < len(lines) and widths[index + 1] > 0 for index in long_lines)
    if followed < MIN_CONTINUED_SHARE * len(long_lines):
        return None
    return _common_limit([widths[index] for index in long_lines if widths[index] <= MAX_WIDTH])


def _common_limit(widths: list[int]) -> int:
    """Largest width that is no single outlier: at least 2 % of the long lines come within three columns of it."""
    counts = Counter(widths)
    needed = max(2, 0.02 * len(widths))
    return max((w for w in counts if sum(counts[w - d] for d in range(4)) >= needed), default=max(widths))


def is_continued(line: str, following: str, width: int) -> bool:
    """True where the next line's first word would not have fitted: the break is the wrapping's, not the writer's.

    >>> is_continued("The ministers met in the capital on Friday and", "agreed.", 48)
    True
    >>> is_continued("Story Tools", "Print this page", 48)
    False
    """
    first = following.split(maxsplit=1)[0]
    needed = columns(first) if first.isascii() else min(columns(first), 2 if columns(first[0]) == 2 else columns(first))
    gap = 0 if columns(first[0]) == 2 else 1
    return columns(line.rstrip()) + gap + needed > width
