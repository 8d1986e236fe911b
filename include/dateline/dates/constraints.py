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

ORDER_WEIGHT = 1.5
"""Log-odds of one sign that a page writes day or month first; two of them outweigh what the language suggests."""

MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "PR", "GU"})
"""Countries that write the month first in digits; CLDR short date patterns."""

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


def day_first_odds(candidates: Sequence[Candidate], country: str | None) -> float:
    """Log-odds that a date in digits puts the day before the month, by the page's other dates and its country.

    Dates with a part above 12 show the order wherever they stand, also in other stories. Among countries
    only the United States and those that follow them write the month first.
    """
    odds = 0.0
    if country:
        odds += -ORDER_WEIGHT if country in MONTH_FIRST_COUNTRIES else ORDER_WEIGHT
    votes = {c.quote: _order_of(c) for c in candidates if c.stamp is not None and c.stamp.form == "numeric"}
    balance = sum(votes.values())
    odds += ORDER_WEIGHT * (balance > 0) - ORDER_WEIGHT * (balance < 0)
    # A zone from Greenwich eastward is no American one.
    zones = {c.stamp.zone for c in candidates if c.stamp is not None and c.stamp.is_ambiguous and c.stamp.zone}
    return odds + (ORDER_WEIGHT if zones and all(zone.startswith("+") for zone in zones) else 0.0)


def _order_of(candidate: Candidate) -> int:
    """1 where a date in digits shows that the day comes first, -1 for the month, 0 where it shows nothing."""
    stamp = candidate.stamp
    if stamp is None or stamp.is_ambiguous or "." in stamp.text:
        return 0
    first = int("".join(c for c in stamp.text.replace("-", "/").split("/")[0] if c.isdecimal()) or 0)
    reading = stamp.readings[0]
    if reading.day == reading.month:
        return 0
    return 1 if first == reading.day else -1 if first == reading.month else 0


def weigh_reading(
    candidate: Candidate, candidates: Sequence[Candidate], day_first: float = 0.0
) -> tuple[float, int | None]:
    """Log-odds for a reading of a swappable date, and the position of what speaks against it.

    `day_first` are the log-odds of `day_first_odds`; the loser of the two readings pays them.

    Only swappable dates are weighed: a day stated without doubt may well precede a date in its text, which
    is then a date to come.
    """
    if candidate.stamp is None or not candidate.stamp.is_ambiguous or candidate.day is None:
        return 0.0, None
    day = candidate.day
    other = next(r for r in candidate.stamp.readings if r != day)
    against = None
    is_day_first = int("".join(c for c in candidate.stamp.text[:2] if c.isdecimal()) or 0) == day.day
    weight = min(0.0, day_first if is_day_first else -day_first)
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
