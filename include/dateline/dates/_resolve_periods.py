"""Values of stretches of the calendar with names: quarters, halves, seasons, decades, holidays."""

from __future__ import annotations

from datetime import date

from . import calendar
from ._anchor import Context, Resolved, anchored, base_day, year_value
from ._holidays import holiday
from .expression import Expression

LONG_OVER = 120
"""Days after its end from which a quarter or season named in a clause about the future is next year's."""


def resolve_period(expression: Expression, context: Context) -> Resolved:
    """Value of a quarter, half, season, decade, century or holiday."""
    value = expression.value or ""
    if expression.unit in {"decade", "century"}:
        return Resolved(value, "explicit")
    if value.startswith(("day:", "week:")):
        return _resolve_holiday(expression, context)
    if value == "period":
        return _year_period(expression, context)
    if expression.year is not None:
        return Resolved(f"{year_value(expression.year)}-{value}", "explicit")
    today = base_day(expression, context)
    if today is None:
        return Resolved(f"XXXX-{value}", None)
    if expression.unit == "year":
        return anchored(f"{today.year + int(expression.shift or 0):04d}-{value}", expression, context)
    return anchored(f"{_period_year(expression, today, context):04d}-{value}", expression, context)


def _period_year(expression: Expression, today: date, context: Context) -> int:
    days = calendar.days_of(f"{today.year:04d}-{expression.value}")
    shift = expression.shift
    if days is None or (context.is_narrative and shift is None):
        return today.year
    if expression.unit == "season" and shift:
        if shift < 0:
            return today.year if days[1] < today else today.year - 1
        return today.year if days[0] > today else today.year + 1
    if shift == 0 or days[0] <= today:
        is_over = shift is None and (today - days[1]).days > LONG_OVER
        return today.year + (1 if context.looks_forward and is_over else 0)
    return today.year if context.looks_forward or expression.value in {"SU", "FA"} else today.year - 1


def _year_period(expression: Expression, context: Context) -> Resolved:
    year = expression.year or 0
    if context.quarter:
        return Resolved(f"{year:04d}-{context.quarter[5:]}", "focus")
    return Resolved(f"{year:04d}", "explicit")


def _resolve_holiday(expression: Expression, context: Context) -> Resolved:
    """Value of a holiday: the day, or its week for `Easter week`."""
    shape, _, rule = (expression.value or "").partition(":")
    today = base_day(expression, context)
    if expression.year is not None:
        day, anchor = holiday(rule, expression.year), Resolved("", "explicit")
    elif today is None:
        return Resolved(f"XXXX-{rule[6:]}" if rule.startswith("fixed:") else "XXXX-XX-XX", None)
    else:
        day, anchor = _holiday_near(rule, expression, today), anchored("", expression, context)
    return Resolved(calendar.value_of(day, "week") if shape == "week" else day.isoformat(), anchor.anchor)


def _holiday_near(rule: str, expression: Expression, today: date) -> date:
    if expression.unit == "year":
        return holiday(rule, today.year + int(expression.shift or 0))
    days = [holiday(rule, year) for year in (today.year - 1, today.year, today.year + 1)]
    if expression.shift and expression.shift < 0:
        return max(day for day in days if day < today)
    if expression.shift and expression.shift > 0:
        return min(day for day in days if day > today)
    return min(days, key=lambda day: abs((day - today).days))
