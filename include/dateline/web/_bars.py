"""Counts as bars: where each part of each bar stands, in per cent of the drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ._question import Row
from ._span import Span, label_bar, name_bar

PARTS = {"dated": "dated", "undated": "undated", "rejected": "rejected"}
"""Parts of a bar from the bottom up, with their words."""

GAP = 0.18
"""Share of a bar's room that stays empty."""

LABELS = 4
"""Labels below the bars; more run into each other on a telephone."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: which, and where it begins and how tall it is, from the top, in per cent."""

    name: str
    top: str
    height: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, its numbers, its room and itself from the left, in per cent, and its parts."""

    name: str
    counts: Mapping[str, int]
    total: int
    room: str
    left: str
    width: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws: bars, ticks of the upright axis from the top, labels (left in per cent, anchor, words).

    `shown` are the parts that any bar has; `slot` is the room of a bar.
    """

    unit: str
    bars: tuple[Bar, ...]
    slot: str
    ticks: tuple[int, ...]
    labels: tuple[tuple[str, str, str], ...]
    shown: tuple[str, ...]
    totals: Mapping[str, int]


def draw_chart(rows: Sequence[Row], span: Span) -> Chart:
    """Bars for every unit of a span, those without rows included."""
    found = {row["first_day"]: row for row in rows}
    days = span.bars()
    top = nice_top(max((sum(row[part] for part in PARTS) for row in rows), default=0))
    slot = 100 / len(days)
    bars = tuple(_bar(day, found.get(day), span.unit, number * slot, slot, top) for number, day in enumerate(days))
    totals = {part: sum(row[part] for row in rows) for part in PARTS}
    ticks = (top, top // 2, 0) if top % 2 == 0 else (top, 0)
    shown = tuple(part for part in PARTS if totals[part])
    return Chart(span.unit, bars, _percent(slot), ticks, tuple(_labels(days, span.unit)), shown, totals)


def draw_spark(counts: Mapping[date, int], days: Sequence[date]) -> list[dict[str, Any]]:
    """Small bars for one source, one a day: x and width in per cent, height in per cent of the tallest."""
    most = max([counts.get(day, 0) for day in days] + [1])
    slot = 100 / len(days)
    return [
        {
            "left": _percent(number * slot),
            "width": _percent(slot * 0.8),
            "top": _percent(100 - _share(counts.get(day, 0), most)),
            "height": _percent(_share(counts.get(day, 0), most)),
            "count": counts.get(day, 0),
        }
        for number, day in enumerate(days)
    ]


def nice_top(most: int) -> int:
    """The next number that is 1, 2, 4, 6 or 8 with zeros behind it; a scale that ends with it is read at a glance.

    >>> [nice_top(most) for most in (0, 1, 7, 9, 113, 4_100)]
    [1, 1, 8, 10, 200, 6000]
    """
    size = 10 ** (len(str(most)) - 1)
    return next(step * size for step in (1, 2, 4, 6, 8, 10) if step * size >= most) if most else 1


def _bar(day: date, row: Row | None, unit: str, left: float, slot: float, top: int) -> Bar:
    counts = {part: int(row[part]) if row else 0 for part in PARTS}
    parts, below = [], 0.0
    for part, count in counts.items():
        if count:
            height = 100 * count / top
            below += height
            parts.append(Part(part, _percent(100 - below), _percent(height)))
    room, itself = left + slot * GAP / 2, slot * (1 - GAP)
    total = sum(counts.values())
    return Bar(name_bar(day, unit), counts, total, _percent(left), _percent(room), _percent(itself), tuple(parts))


def _labels(days: Sequence[date], unit: str) -> list[tuple[str, str, str]]:
    step = -(-len(days) // LABELS)
    slot = 100 / len(days)
    found = []
    for number in range(0, len(days), step):
        at = (number + 0.5) * slot
        # Words at the edge would be cut off if they stood in the middle of their bar.
        anchor, at = ("start", number * slot) if at < 6 else ("end", (number + 1) * slot) if at > 94 else ("middle", at)
        found.append((_percent(at), anchor, label_bar(days[number], unit)))
    return found


def _share(count: int, most: int) -> float:
    # One article beside a thousand is still to be seen.
    return max(8.0, 100 * count / most) if count else 0.0


def _percent(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") + "%"
