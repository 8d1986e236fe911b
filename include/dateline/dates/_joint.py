"""What the expressions of a document tell about each other before any is resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median

from .expression import Expression

_JOINT = re.compile(r"\s*(?:and|or|to|until|through|/|-|–|,)\s*(?:the\s+)?(?:on\s+)?", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"\d+")
_NARRATIVE_DATES = 4
_NARRATIVE_YEARS = 2


def share_years(text: str, expressions: Sequence[Expression]) -> list[Expression]:
    """Gives `April` the year of `April and June 1955`: a year said once holds for what it is joined to.

    >>> from .scan import scan
    >>> [(e.text, e.year) for e in share_years("April and June 1955", scan("April and June 1955"))]
    [('April', 1955), ('June 1955', 1955)]
    """
    shared = list(expressions)
    for index in range(len(shared) - 2, -1, -1):
        one, two = shared[index], shared[index + 1]
        if _lacks_year(one) and _has_year(two) and _JOINT.fullmatch(text, one.end, two.start):
            shared[index] = replace(one, kind="period" if one.kind == "period" else "date", year=two.year)
    return shared


def _lacks_year(expression: Expression) -> bool:
    is_part_of_year = expression.kind in {"month", "month_day"} or expression.rule == "season"
    return is_part_of_year and expression.year is None and expression.shift is None


def _has_year(expression: Expression) -> bool:
    return expression.year is not None and (expression.month is not None or expression.rule == "season")


def settle_numeric(expressions: Sequence[Expression], reference: date | None) -> list[Expression]:
    """Decides between day and month for all ambiguous dates in digits of a document together.

    A date that only one order allows (13/2/2007) decides for the others. Without one, the month-first reading
    stands unless it lies after the reference and the day-first one does not.

    >>> from .scan import scan
    >>> [(e.month, e.day) for e in settle_numeric(scan("on 3/2/2007 and 13/2/2007"), None)]
    [(2, 3), (2, 13)]
    """
    plain = [e for e in expressions if e.rule == "numeric_date" and not e.is_ambiguous and e.month != e.day]
    votes = sum(1 if _is_day_first(e) else -1 for e in plain)
    return [_swap(e) if e.is_ambiguous and _prefers_day_first(e, votes, reference) else e for e in expressions]


def _is_day_first(expression: Expression) -> bool:
    number = _FIRST_NUMBER.search(expression.text)
    return number is not None and int(number[0]) == expression.day


def _prefers_day_first(expression: Expression, votes: int, reference: date | None) -> bool:
    if votes or reference is None:
        return votes > 0
    year, month, day = expression.year or 1, expression.month or 1, expression.day or 1
    return date(year, day, month) <= reference < date(year, month, day)


def _swap(expression: Expression) -> Expression:
    return replace(expression, month=expression.day, day=expression.month, rule="numeric_date_day_first")


def is_narrative(expressions: Sequence[Expression], reference: date | None) -> bool:
    """True where a text tells a history of its own: years written out lead it, and they lie far from publication.

    >>> from .scan import scan
    >>> history = scan("In 1861 and 1862 they fought. In June 1863 and on 3 July 1863 they met again.")
    >>> is_narrative(history, date(2009, 1, 1)), is_narrative(history, date(1863, 8, 1))
    (True, False)
    """
    explicit = [e.year for e in expressions if e.year is not None]
    deictic = sum(1 for e in expressions if e.kind == "weekday" or (e.kind == "relative" and e.base == "published"))
    if len(explicit) < _NARRATIVE_DATES or len(explicit) <= 2 * deictic:
        return False
    return reference is None or abs(reference.year - median(explicit)) >= _NARRATIVE_YEARS
