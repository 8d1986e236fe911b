"""Values of calendar dates, in full or without their year: dates, months, weekdays, clock times."""

from __future__ import annotations

from datetime import date, timedelta

from . import calendar
from ._anchor import Context, Resolved, anchored, base_day, clock_of, shifted_year, year_value
from .expression import Expression

CLEARLY_NEAR = 120
"""Days within which the occurrence of a month and day that is nearest to the anchor is taken whatever the tense says;
the nearest alone is right for 94 % in newswire."""

BACKWARD_COST = 1.5
"""Histories run forward: a day back costs as much as this many days ahead (1 to 3 tried on encyclopedic histories)."""

SAME_STORY = 20
"""Days: this near to the day last told, a year told in passing does not move a month and day (15 to 100 tried)."""

NEXT_MONTH = 1
"""A month that begins this many months after the anchor's is the coming one whatever the tense."""


def resolve_date(expression: Expression, context: Context) -> Resolved:
    """Value of a date with its year."""
    value = year_value(expression.year or 0)
    if expression.month:
        value += f"-{expression.month:02d}"
    if expression.day:
        value += f"-{expression.day:02d}"
    if expression.unit == "week_of":
        days = calendar.days_of(value)
        return Resolved(calendar.value_of(days[0], "week") if days else value, "explicit")
    return Resolved(value + clock_of(expression), "explicit")


def resolve_month_day(expression: Expression, context: Context) -> Resolved:
    """Value of a month and day: a stated year, a shifted one, else the nearest fitting one."""
    month, wanted = expression.month or 1, expression.day or 1
    tail = f"-{month:02d}-{wanted:02d}{clock_of(expression)}"
    year = shifted_year(expression, context) if expression.unit == "year" else _nearest_year(month, wanted, context)
    if year is None:
        return Resolved("XXXX" + tail, None)
    if expression.unit == "week_of":
        return anchored(calendar.value_of(date(year, month, wanted), "week"), expression, context)
    return anchored(f"{year:04d}{tail}", expression, context)


def _nearest_year(month: int, day: int, context: Context) -> int | None:
    today = context.today
    if today is None:
        return None
    if context.is_narrative:
        return _year_in_narrative(month, day, today, context)
    ahead: dict[int, int] = {}
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            ahead[year] = (date(year, month, day) - today).days
        except ValueError:
            continue
    if not ahead:
        return None
    year = min(ahead, key=lambda year: abs(ahead[year]))
    if abs(ahead[year]) > CLEARLY_NEAR:
        year += (
            1
            if ahead[year] < 0 and context.looks_forward
            else -1
            if ahead[year] > 0 and not context.looks_forward
            else 0
        )
    return year if year in ahead else None


def _year_in_narrative(month: int, day: int, today: date, context: Context) -> int:
    """Year of a month and day in a history: that of the day last told, if near, else of the year last told."""
    fine = calendar.days_of(context.fine_focus)
    if fine is None:
        return today.year
    day = min(day, 28)
    ahead = {
        year: (date(year, month, day) - fine[0]).days for year in (fine[0].year - 1, fine[0].year, fine[0].year + 1)
    }
    year = min(ahead, key=lambda year: max(ahead[year], BACKWARD_COST * -ahead[year]))
    is_year_told = calendar.precision_of(context.focus) == "year"
    return today.year if is_year_told and abs(ahead[year]) > SAME_STORY else year


def resolve_month(expression: Expression, context: Context) -> Resolved:
    """Value of a month alone, by its tense."""
    month = expression.month or 1
    year = shifted_year(expression, context) if expression.unit == "year" else _month_year(month, expression, context)
    if year is None:
        return Resolved(f"XXXX-{month:02d}", None)
    return anchored(f"{year:04d}-{month:02d}", expression, context)


def _month_year(month: int, expression: Expression, context: Context) -> int | None:
    today = base_day(expression, context)
    if today is None:
        return None
    if expression.unit == "month" and expression.shift is not None and expression.shift < 0:
        return today.year if month < today.month else today.year - 1
    if expression.unit == "month" and expression.shift is not None and expression.shift > 0:
        return today.year if month > today.month else today.year + 1
    if context.is_narrative and expression.unit is None:
        return _nearest_year(month, 15, context)
    if expression.unit == "month":
        return today.year
    if context.looks_forward or (month - today.month) % 12 == NEXT_MONTH:
        return today.year if month >= today.month else today.year + 1
    return today.year if month <= today.month else today.year - 1


def resolve_weekday(expression: Expression, context: Context) -> Resolved:
    """Value of a weekday: the latest one up to the anchor, unless a plan or `next` looks forward."""
    wanted, today = expression.weekday or 0, base_day(expression, context)
    if today is None:
        return Resolved(f"XXXX-WXX-{wanted + 1}{clock_of(expression)}", None)
    back = timedelta((today.weekday() - wanted) % 7)
    ahead = timedelta((wanted - today.weekday()) % 7)
    shift = expression.shift
    if expression.unit == "week":
        day = today - timedelta(today.weekday()) + timedelta(wanted + 7 * int(shift or 0))
    elif expression.unit == "day" and shift is not None and shift < 0:
        day = today - (back or timedelta(7))
    elif expression.unit == "day" and shift is not None and shift > 0:
        day = today + (ahead or timedelta(7))
    elif context.looks_forward or expression.unit == "day":
        day = today + ahead
    else:
        day = today - back
    return anchored(day.isoformat() + clock_of(expression), expression, context)


def resolve_clock(expression: Expression, context: Context) -> Resolved:
    """Value of a clock time: it is of the day last told, where one was, else of the publication day."""
    is_day_told = calendar.precision_of(context.focus) in {"day", "hour", "minute"}
    if context.focus_day and (is_day_told or context.is_narrative):
        return Resolved(context.focus_day.isoformat() + clock_of(expression), "focus")
    if context.reference is None:
        return Resolved("XXXX-XX-XX" + clock_of(expression), None)
    return Resolved(context.reference.isoformat() + clock_of(expression), "published")
