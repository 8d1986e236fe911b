"""Where a line of plain text was broken to fit a width, and where its writer ended it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

MIN_WIDTH = 55
MAX_WIDTH = 100
MIN_FULL_LINES = 5
MAX_LONGER_SHARE = 0.1
"""Share of long lines that may exceed the width: addresses, tables and program code can't be wrapped."""
MIN_FORCED_SHARE = 0.35
"""Share of the breaks below long lines that the width must force: above .5 in nearly all wrapped dumps of 498 pages,
less than .3 in those with a line for each paragraph or text node. Headlines between blank lines have no breaks."""

MIN_INNER_SHARE = 0.2
"""Share of those breaks after which a small letter stands, or one of a script without capitals: headlines one below the
other all begin with capitals."""


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
    below the width, few above it, and most of those that others follow end where the next word would not have fitted.

    >>> wrap_width(["word " * 15 + "end"] * 8), wrap_width(["word " * 60] * 8)
    (78, None)
    """
    widths = [columns(line.rstrip()) for line in lines]
    long_lines = [index for index, width in enumerate(widths) if width >= MIN_WIDTH]
    inside = [index for index in long_lines if widths[index] <= MAX_WIDTH]
    if len(inside) < MIN_FULL_LINES or len(long_lines) - len(inside) > MAX_LONGER_SHARE * len(long_lines):
        return None
    limit = _common_limit([widths[index] for index in inside])
    followed = [index for index in inside if index + 1 < len(lines) and lines[index + 1].strip()]
    forced = [index for index in followed if is_continued(lines[index], lines[index + 1], limit)]
    openings = [lines[index + 1].lstrip()[0] for index in forced]
    inner = sum(char.isalnum() and not char.isupper() for char in openings)
    is_wrapped = len(forced) >= max(MIN_FULL_LINES, MIN_FORCED_SHARE * len(followed))
    return limit if is_wrapped and inner >= MIN_INNER_SHARE * len(forced) else None


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
