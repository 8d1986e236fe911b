"""Which time the strings of masthead, footer and rails betray."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = "|".join(_MONTHS)
_YEAR = r"(?:19[89]\d|20\d\d)"
_NOTICE = re.compile(rf"(?i)(?:©|\(c\)|&copy;|copyright)[^\d]{{0,40}}({_YEAR})(?: ?(?:-|–|—|to|,|/|and) ?({_YEAR}))?")
_NOTICE_AFTER = re.compile(rf"(?i)({_YEAR})(?: ?[-–] ?({_YEAR}))?[^\d]{{0,30}}(?:all rights reserved|©)")
_DATES = (
    re.compile(rf"(?i)\b(?P<month>{_NAMES})[a-z]*\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>{_YEAR})\b"),
    re.compile(rf"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_NAMES})[a-z]*\.?,? (?P<year>{_YEAR})\b"),
    re.compile(rf"\b(?P<year>{_YEAR})[-/](?P<month>\d{{2}})[-/](?P<day>\d{{2}})\b"),
)


@dataclass(frozen=True, slots=True)
class Era:
    """A time (`first` to `last`, both included) and the words that betray it."""

    first: date
    last: date
    quote: str


@lru_cache(maxsize=8192)
def copyright_era(text: str) -> Era | None:
    """Year of a copyright notice; of a range its last year, since a notice is renewed at its end.

    >>> era = copyright_era("© 1998-2005 Harbour Daily. All rights reserved.")
    >>> era.first.isoformat(), era.last.isoformat(), era.quote
    ('2005-01-01', '2005-12-31', '© 1998-2005')
    """
    head = text[:400]
    if not _may_hold_year(head) or not _may_be_notice(head.casefold()):
        return None
    for pattern in (_NOTICE, _NOTICE_AFTER):
        found = pattern.search(head)
        if found:
            year = int(found.group(2) or found.group(1))
            return Era(date(year, 1, 1), date(year, 12, 31), found.group(0).strip())
    return None


def find_years(texts: Sequence[str]) -> list[int]:
    """Numbers of the texts that may hold a year since 1900, ascending: no other text has an era.

    >>> find_years(["Menu", "© 1998-2005 Harbour Daily", "May 3"])
    [1]
    """
    return [no for no, text in enumerate(texts) if "20" in text or "19" in text]


def _may_hold_year(text: str) -> bool:
    return "20" in text or "19" in text


def _may_be_notice(folded: str) -> bool:
    """False where a notice can't be: looking for its parts is faster than for its pattern."""
    return "©" in folded or "(c)" in folded or "copyr" in folded or "&copy;" in folded or "all r" in folded


def dated_era(text: str) -> Era | None:
    """The full date that a short string prints, as an era of one day.

    >>> dated_era("Updated: March 3, 2011 at 10 a.m.").first.isoformat()
    '2011-03-03'
    """
    head = text[:200]
    if not _may_hold_year(head):
        return None
    for pattern in _DATES:
        found = pattern.search(head)
        if found:
            month = found.group("month")
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            try:
                day = date(int(found.group("year")), number, int(found.group("day")))
            except ValueError:
                continue
            return Era(day, day, found.group(0))
    return None
