"""What a publication day must satisfy: hard bounds, and what speaks for or against one of two readings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ._calendar_words import find_weekday
from ._candidate import Candidate

WEEKDAY_KERNEL = {0: 0.43, -1: 0.20, -2: 0.09, -3: 0.12, -4: 0.04, -5: 0.02, -6: 0.02}
"""Days from publication to the day a weekday names, and how often: measured on 331 mentions of TimeBank and AQUAINT."""

PAST_PENALTY = 3.0
"""Log-odds against a reading that would put publication before a day the page shows as past."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """First and last possible day, each with the position of the candidate that sets it."""

    first: date | None = None
    first_by: int | None = None
    last: date | None = None
    last_by: int | None = None


def find_bounds(candidates: Sequence[Candidate]) -> Bounds:
    """Hard bounds: nothing is published after it was captured.

    Dates of change and template eras are not among them: pages state them wrongly or belatedly too often to
    overrule a stated date. `find_interval` uses them where nothing is stated.
    """
    lasts = [(c.last, n) for n, c in enumerate(candidates) if c.source == "capture" and c.last]
    last, last_by = min(lasts, default=(None, None))
    return Bounds(last=last, last_by=last_by)


def find_interval(candidates: Sequence[Candidate]) -> Bounds:
    """The days that an undated page leaves open, by every bound it has: capture, dates of change, era, captions."""
    lasts = [(c.last, n) for n, c in enumerate(candidates) if c.relation == "not_after" and c.last]
    last, last_by = min(lasts, default=(None, None))
    firsts = [(c.first, n) for n, c in enumerate(candidates) if c.relation == "not_before" and c.first]
    firsts = [(first, n) for first, n in firsts if last is None or first <= last]
    first, first_by = max(firsts, default=(None, None))
    return Bounds(first, first_by, last, last_by)


def breaks_bound(candidate: Candidate, bounds: Bounds) -> int | None:
    """Position of the bound that a stated day breaks, or None."""
    if candidate.day is None:
        return None
    if bounds.last is not None and candidate.day > bounds.last:
        return bounds.last_by
    if bounds.first is not None and candidate.day < bounds.first:
        return bounds.first_by
    return None


def weigh_reading(candidate: Candidate, candidates: Sequence[Candidate]) -> tuple[float, int | None]:
    """Log-odds for a reading of a swappable date, and the position of what speaks against it.

    Only swappable dates are weighed: a day stated without doubt may well precede a date in its text, which
    is then a date to come.
    """
    if candidate.stamp is None or not candidate.stamp.is_ambiguous or candidate.day is None:
        return 0.0, None
    day = candidate.day
    other = next(r for r in candidate.stamp.readings if r != day)
    against = None
    weight = 0.0
    for number, sign in enumerate(candidates):
        # Dates that lie between the readings decide: with the earlier one they would be yet to come.
        if sign.day is None or against is not None:
            continue
        is_reported = sign.source in ("caption", "body") and sign.relation != "none" and not sign.is_published
        is_change = sign.meaning == "modified"
        if (is_reported and day < sign.day <= other) or (is_change and other <= sign.day < day):
            against = number
    if against is not None:
        weight -= PAST_PENALTY
    weekdays = {w for c in candidates if c.source == "weekday" and (w := find_weekday(c.quote.split()[-1])) is not None}
    fits = {r: sum(_weekday_fit(r, w) for w in sorted(weekdays)) for r in candidate.stamp.readings}
    weight += fits[day] - max(fits.values())
    return weight, against


def _weekday_fit(day: date, weekday: int) -> float:
    """Log of how often a text published on a day names that weekday."""
    return math.log(WEEKDAY_KERNEL[-((day.weekday() - weekday) % 7)])


def last_day_of(candidate: Candidate) -> date:
    """Last day of the month or year that a candidate names; its day where it names one.

    >>> from .printed import parse_stamp
    >>> stamp = parse_stamp("2020-02")
    >>> last_day_of(Candidate("url", "published", "on", 1.0, "url", "2020/02", "", stamp.readings[0], stamp))
    datetime.date(2020, 2, 29)
    """
    first = candidate.day
    if first is None:
        raise ValueError("the candidate names no day")
    if candidate.stamp is None or not candidate.is_partial:
        return first
    is_month = candidate.stamp.precision == "month"
    following = (
        date(first.year + first.month // 12, first.month % 12 + 1, 1) if is_month else date(first.year + 1, 1, 1)
    )
    return following - timedelta(days=1)
