"""Gives a scanned expression its TIMEX3 value, with the publication day and the running focus as anchors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ._anchor import Context, Resolved
from ._resolve_dates import resolve_clock, resolve_date, resolve_month, resolve_month_day, resolve_weekday
from ._resolve_periods import resolve_period
from ._resolve_relative import resolve_relative
from .expression import Expression

__all__ = ["Context", "Resolved", "resolve"]

_MIRROR = 4000
"""Year -480 is counted as 3520; a multiple of 400 keeps the leap years."""


def resolve(expression: Expression, context: Context) -> Resolved:
    """Value of an expression.

    Where an anchor is missing, the parts that it would give are written as X.

    >>> from datetime import date
    >>> from .scan import scan
    >>> resolve(scan("on Thursday")[0], Context(date(2003, 3, 1)))
    Resolved(value='2003-02-27', anchor='published')
    >>> resolve(scan("on Thursday")[0], Context(None))
    Resolved(value='XXXX-WXX-4', anchor=None)
    """
    ancient = context.focus is not None and context.focus.startswith("BC")
    if ancient:
        fine = context.fine_focus if (context.fine_focus or "").startswith("BC") else None
        context = replace(context, focus=_mirror(context.focus or ""), fine_focus=_mirror(fine) if fine else None)
    try:
        resolved = _RESOLVERS[expression.kind](expression, context)
    except (ValueError, OverflowError):
        return Resolved(None, None)
    if ancient and resolved.anchor == "focus" and resolved.value:
        return replace(resolved, value=_unmirror(resolved.value))
    return resolved


def _mirror(value: str) -> str:
    """A value before Christ as one in years that run forward, so that the calendar can count in it.

    >>> _mirror("BC0480-06"), _unmirror("3521-06"), _unmirror("352")
    ('3520-06', 'BC0479-06', 'BC048')
    """
    return f"{_MIRROR - int(value[2:6]):04d}{value[6:]}"


def _unmirror(value: str) -> str:
    digits = len(value) if value.isdigit() else 4
    scale = 10 ** (4 - digits)
    year = (_MIRROR // scale) - int(value[:digits])
    return f"BC{year:0{digits}d}{value[digits:]}"


def _resolve_as_written(expression: Expression, context: Context) -> Resolved:
    return Resolved(expression.value, None)


_RESOLVERS: dict[str, Callable[[Expression, Context], Resolved]] = {
    "date": resolve_date,
    "numeric": resolve_date,
    "month_day": resolve_month_day,
    "month": resolve_month,
    "weekday": resolve_weekday,
    "clock": resolve_clock,
    "relative": resolve_relative,
    "period": resolve_period,
    "duration": _resolve_as_written,
    "set": _resolve_as_written,
    "vague": _resolve_as_written,
}
