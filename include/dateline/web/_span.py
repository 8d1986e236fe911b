"""Which days a page shows, and how they are put together so that bars stay wide enough to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Axis = Literal["ingest", "publication"]
"""Which day of an article counts: when it came in, or when it was published."""

RANGES: dict[str, tuple[str, int | None]] = {"30d": ("30 days", 30), "1y": ("1 year", 365), "all": ("all", None)}
"""Ranges by their name in an address: their words and their number of days."""

UNITS = ("day", "week", "month", "quarter", "year", "decade", "century")

MOST_BARS = 62
"""More would be thinner than five pixels on a telephone; a year is 53 weeks, five years are 60 months."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included, put together by `unit`."""

    first: date
    last: date
    unit: str

    def bars(self) -> list[date]:
        """The first day of every unit that the span touches.

        >>> [day.isoformat() for day in Span(date(2026, 1, 31), date(2026, 3, 1), "month").bars()]
        ['2026-01-01', '2026-02-01', '2026-03-01']
        """
        return list(_walk(self.first, self.last, self.unit))


def choose_span(name: str, today: date, edges: tuple[date, date]) -> Span:
    """The span of a range, given the first and the last day that the lake holds.

    It ends today, so that a source that fell silent shows its gap. Where nothing is that recent, it ends with the
    last day that there is: an archive of old pages would else be an empty page.

    >>> choose_span("30d", date(2026, 11, 22), (date(2026, 3, 2), date(2026, 3, 6)))
    Span(first=datetime.date(2026, 2, 5), last=datetime.date(2026, 3, 6), unit='day')
    """
    first, last = edges
    days = RANGES[name][1]
    if days is None:
        return _fit(first, max(last, first))
    is_recent = today - timedelta(days=days) < last <= today
    end = today if is_recent else last
    begin = end - timedelta(days=days - 1) if (end - date.min).days >= days else date.min
    return _fit(begin, end)


def _fit(first: date, last: date) -> Span:
    """The finest unit that keeps the bars few enough."""
    for unit in UNITS:
        n_days = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365, "decade": 3652, "century": 36524}[unit]
        if (last - first).days // n_days < MOST_BARS:
            break
    return Span(first, last, unit)


def _walk(first: date, last: date, unit: str) -> Iterator[date]:
    day = start_of(first, unit)
    while day <= last:
        yield day
        try:
            day = _next(day, unit)
        except (ValueError, OverflowError):
            return


def start_of(day: date, unit: str) -> date:
    """The first day of the unit that holds a day; weeks begin on Monday and centuries with 1900, as in DuckDB.

    >>> start_of(date(2026, 11, 22), "week").isoformat(), start_of(date(2026, 11, 22), "quarter").isoformat()
    ('2026-11-16', '2026-10-01')
    """
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), (day - date.min).days))
    if unit in ("month", "quarter"):
        return day.replace(day=1, month=day.month if unit == "month" else 1 + (day.month - 1) // 3 * 3)
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    return date(max(1, day.year // years * years), 1, 1)


def _next(day: date, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=1 if unit == "day" else 7)
    if unit in ("month", "quarter"):
        months = day.year * 12 + day.month - 1 + (1 if unit == "month" else 3)
        return date(months // 12, months % 12 + 1, 1)
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    return start_of(date(day.year + years, 1, 1), unit)


def name_bar(day: date, unit: str) -> str:
    """What a bar is called, in full.

    >>> name_bar(date(2026, 3, 2), "week"), name_bar(date(2026, 4, 1), "quarter"), name_bar(date(1990, 1, 1), "decade")
    ('week of 2 March 2026', 'April to June 2026', '1990s')
    """
    month = f"{day:%B} {day.year}"
    if unit in ("day", "week"):
        return f"{'week of ' if unit == 'week' else ''}{day.day} {month}"
    if unit == "quarter":
        return f"{day:%B} to {day.replace(month=day.month + 2):%B} {day.year}"
    if unit == "century":
        return f"{day.year} to {day.year // 100 * 100 + 99}"
    return {"month": month, "year": str(day.year), "decade": f"{day.year}s"}[unit]


def label_bar(day: date, unit: str) -> str:
    """What stands below a bar.

    >>> label_bar(date(2026, 3, 2), "day"), label_bar(date(2026, 3, 1), "month"), label_bar(date(1990, 1, 1), "year")
    ('2 Mar', 'Mar 2026', '1990')
    """
    if unit in ("day", "week"):
        return f"{day.day} {day:%b}"
    return f"{day:%b} {day.year}" if unit in ("month", "quarter") else str(day.year)
