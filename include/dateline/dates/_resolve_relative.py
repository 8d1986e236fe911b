"""Values of times told by their distance: last week, two days later, that month, a year earlier, the quarter."""

from __future__ import annotations

from datetime import date, timedelta

from . import calendar
from ._anchor import Context, Resolved, anchored, base_day
from .expression import Expression


def resolve_relative(expression: Expression, context: Context) -> Resolved:
    """Value of a time told by its distance; X where anchor or focus is missing or too coarse."""
    if expression.rule == "year_before":
        return _year_before(expression, context)
    if expression.rule == "the_unit" and expression.unit == "quarter":
        return _the_quarter(expression, context)
    unit, part = expression.unit or "day", expression.value or ""
    day = base_day(expression, context)
    if unit == "day" and context.is_narrative and expression.base == "published" and not part:
        return Resolved("PRESENT_REF", None)
    if day is None:
        return Resolved(_unknown(unit) + (part if part.startswith("T") else ""), None)
    vague = _too_coarse(expression, unit, context)
    if vague:
        return Resolved(vague + (part if part.startswith("T") else ""), "focus")
    if unit in {"hour", "minute", "second"}:
        return anchored(day.isoformat(), expression, context)
    if part == "WE":
        return _weekend(expression, day, context)
    shifted = calendar.shift_day(day, expression.shift or 0, unit)
    return anchored(calendar.value_of(shifted, unit) + (part if part.startswith("T") else ""), expression, context)


def _too_coarse(expression: Expression, unit: str, context: Context) -> str | None:
    """Value with X for what the focus leaves open: `that same day` after `October 1998` is 1998-10-XX."""
    focus, precision = context.focus or "", calendar.precision_of(context.focus)
    if expression.base != "focus" or not expression.rule.startswith(("relative_unit", "day_part", "neighbour")):
        return None
    if unit == "day" and precision in {"month", "year"}:
        return focus + ("-XX" if precision == "month" else "-XX-XX")
    if unit == "week" and precision == "year":
        return f"{focus}-WXX"
    if unit == "day" and precision in {"season", "quarter", "half"}:
        return f"{focus[:4]}-XX-XX"
    return f"{focus}-XX" if unit == "month" and precision == "year" else None


def _unknown(unit: str) -> str:
    return {
        "year": "XXXX",
        "month": "XXXX-XX",
        "week": "XXXX-WXX",
        "quarter": "XXXX-QX",
        "decade": "XXX",
        "century": "XX",
    }.get(unit, "XXXX-XX-XX")


def _weekend(expression: Expression, day: date, context: Context) -> Resolved:
    shift = expression.shift
    if shift is None:
        shift = 0 if day.weekday() >= 5 or context.looks_forward else -1
    return anchored(calendar.value_of(day + timedelta(7 * int(shift)), "week") + "-WE", expression, context)


def _year_before(expression: Expression, context: Context) -> Resolved:
    value = context.quarter or (context.focus if expression.base == "focus" else None)
    if context.is_narrative:
        value = context.focus
    days = calendar.days_of(value)
    precision = calendar.precision_of(value)
    if days and precision:
        earlier = calendar.shift_day(days[0], -1, "year")
        value = calendar.value_of(earlier, "quarter" if precision == "quarter" else "year")
        return Resolved(value, "focus")
    if context.today is None:
        return Resolved("XXXX", None)
    return anchored(f"{context.today.year - 1:04d}", expression, context)


def _the_quarter(expression: Expression, context: Context) -> Resolved:
    today, told = context.today, calendar.days_of(context.quarter)
    is_running = told is not None and today is not None and told[1] >= today
    is_latest = expression.text.lower().startswith("the latest")
    if told and expression.shift is None and not (is_latest and is_running):
        return Resolved(context.quarter, "focus")
    if today is None:
        return Resolved("XXXX-QX", None)
    day = today if expression.shift == 0 else calendar.shift_day(today, -1, "quarter")
    return anchored(calendar.value_of(day, "quarter"), expression, context)
