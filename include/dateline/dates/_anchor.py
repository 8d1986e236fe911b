"""What resolution leans on, and the steps that every kind of expression shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import calendar
from .expression import Expression


@dataclass(frozen=True, slots=True)
class Context:
    """What resolution may lean on.

    `focus` is the value of the last point in time that was mentioned, `fine_focus` of the last one with a
    month, `quarter` of the last quarter; `looks_forward` is the tense around the expression. In a narrative
    the focus stands in for the publication day (`reference`).
    """

    reference: date | None
    focus: str | None = None
    fine_focus: str | None = None
    quarter: str | None = None
    looks_forward: bool = False
    is_narrative: bool = False

    @property
    def focus_day(self) -> date | None:
        """First day of the focus."""
        days = calendar.days_of(self.focus)
        return days[0] if days else None

    @property
    def today(self) -> date | None:
        """Day that deictic words count from."""
        return (self.focus_day or self.reference) if self.is_narrative else self.reference


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value and the anchor that it leans on: explicit, published, focus, or None where it stays unresolved."""

    value: str | None
    anchor: str | None


def anchored(value: str, expression: Expression, context: Context) -> Resolved:
    """The value with the name of the anchor that `base_day` gave it."""
    if expression.base == "focus" and context.focus_day:
        return Resolved(value, "focus")
    return Resolved(value, "focus" if context.is_narrative and context.focus_day else "published")


def base_day(expression: Expression, context: Context) -> date | None:
    """Day that the expression counts from. `The year` of news is that of publication, of a history the focus's."""
    is_of_news = expression.rule == "the_unit" and context.reference is not None and not context.is_narrative
    if expression.base == "focus" and not is_of_news:
        return context.focus_day or context.today
    return context.today


def year_value(year: int) -> str:
    """Year as a value; negative years are before Christ.

    >>> year_value(-480), year_value(987)
    ('BC0480', '0987')
    """
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def clock_of(expression: Expression) -> str:
    """What follows the day in the value: clock time or part of the day, else nothing."""
    if expression.hour is not None:
        text = f"T{expression.hour:02d}:{expression.minute or 0:02d}"
        return text if expression.second is None else f"{text}:{expression.second:02d}"
    return expression.value if expression.value and expression.value.startswith("T") else ""


def shifted_year(expression: Expression, context: Context) -> int | None:
    """Year of `last year` and the like."""
    day = base_day(expression, context)
    return day.year + int(expression.shift or 0) if day else None
