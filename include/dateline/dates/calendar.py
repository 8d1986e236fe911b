"""Calendar arithmetic on TIMEX3 values: which days a value covers, and the value some units away."""

from __future__ import annotations

import re
from datetime import date, timedelta

_POINT = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|W(?P<week>\d\d)(?P<weekend>-WE)?|(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<clock>T.+)?)?))?"
)
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_OF = {"year": 12, "half": 6, "quarter": 3, "month": 1, "season": 3}


def precision_of(value: str | None) -> str | None:
    """How fine a value is: minute, hour, day, week, month, quarter, season, half, year, decade, century.

    >>> precision_of("1988-Q3"), precision_of("198"), precision_of("1999-05-06T20:00"), precision_of("P2Y")
    ('quarter', 'decade', 'minute', None)
    """
    if value is None or "X" in value or value.startswith("P") or value.endswith("_REF"):
        return None
    digits = value.removeprefix("BC")
    if digits.isdigit() and len(digits) in (2, 3):
        return {2: "century", 3: "decade"}[len(digits)]
    match = _POINT.fullmatch(digits)
    if match is None:
        return None
    if match["clock"]:
        return {4: "hour", 3: "hour"}.get(len(match["clock"]), "minute") if match["clock"][1].isdigit() else "hour"
    for name in ("day", "month", "week", "season", "half", "quarter"):
        if match[name]:
            return name
    return "year"


def days_of(value: str | None) -> tuple[date, date] | None:
    """First and last day (inclusive) of a value; None where it is no stretch of the calendar from year 1 on.

    Winter runs from December of its year to the end of February of the next.

    >>> days_of("1988-Q3"), days_of("198")
    ((datetime.date(1988, 7, 1), datetime.date(1988, 9, 30)), (datetime.date(1980, 1, 1), datetime.date(1989, 12, 31)))
    >>> days_of("1998-W08")
    (datetime.date(1998, 2, 16), datetime.date(1998, 2, 22))
    """
    precision = precision_of(value)
    if value is None or precision is None or value.startswith("BC"):
        return None
    try:
        return _days(value, precision)
    except (ValueError, OverflowError):
        return None


def _days(value: str, precision: str) -> tuple[date, date] | None:
    if precision in {"decade", "century"}:
        span = 10 if precision == "decade" else 100
        return date(int(value) * span, 1, 1), date(int(value) * span + span - 1, 12, 31)
    match = _POINT.fullmatch(value)
    if match is None:
        return None
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        return (monday + timedelta(5 if match["weekend"] else 0), monday + timedelta(6))
    month = _first_month(match)
    return date(year, month, 1), last_of_months(year, month, _MONTHS_OF[precision])


def _first_month(match: re.Match[str]) -> int:
    if match["quarter"]:
        return int(match["quarter"]) * 3 - 2
    if match["half"]:
        return int(match["half"]) * 6 - 5
    if match["season"]:
        return _SEASON_MONTH[match["season"]]
    return int(match["month"] or 1)


def last_of_months(year: int, month: int, count: int) -> date:
    """Last day of a stretch of whole months.

    >>> last_of_months(1999, 12, 3)
    datetime.date(2000, 2, 29)
    """
    later_year, later_month = add_months(year, month, count)
    return date(later_year, later_month, 1) - timedelta(1)


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month some months away.

    >>> add_months(1999, 12, 3), add_months(2000, 1, -1)
    ((2000, 3), (1999, 12))
    """
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def value_of(day: date, unit: str) -> str:
    """Value of the stretch of the calendar that holds a day.

    >>> value_of(date(1998, 2, 20), "week"), value_of(date(1998, 2, 20), "quarter")
    ('1998-W08', '1998-Q1')
    """
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "season":
        return season_of(day)
    if unit in {"decade", "century"}:
        return f"{day.year:04d}"[: 3 if unit == "decade" else 2]
    return day.isoformat()[: {"year": 4, "month": 7}.get(unit, 10)]


def season_of(day: date) -> str:
    """Season that holds a day, by whole months; January and February belong to the winter of the year before.

    >>> season_of(date(1999, 1, 5)), season_of(date(1999, 7, 5))
    ('1998-WI', '1999-SU')
    """
    year, month = add_months(day.year, day.month, -2)
    return f"{year:04d}-{('SP', 'SU', 'FA', 'WI')[(month - 1) // 3]}"


def shift_day(day: date, count: float, unit: str) -> date:
    """A day some units away; a day that the month lacks becomes its last, half units are rounded down.

    Raises ValueError or OverflowError outside years 1 to 9999.

    >>> shift_day(date(2000, 2, 29), -1, "year"), shift_day(date(2000, 3, 1), -2, "week")
    (datetime.date(1999, 2, 28), datetime.date(2000, 2, 16))
    """
    days = {"day": 1, "week": 7, "fortnight": 14}
    if unit in days:
        return day + timedelta(int(count * days[unit]))
    months = int(
        count * {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit]
    )
    year, month = add_months(day.year, day.month, months)
    return min(date(year, month, 1) + timedelta(day.day - 1), last_of_months(year, month, 1))
