"""Puts a decision into words: the Publication with its evidence rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ..model import Evidence, Publication
from ._candidate import Candidate
from ._confidence import calibrate
from ._local_days import Place, days_of, read_clock
from .constraints import find_interval, last_day_of
from .zones import zone_info

ALTERNATIVE_MARGIN = 4.0
"""Days within this many log-odds of the answer are named as alternatives."""

MOST_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates with their final weights, who overruled whom (positions), the scores of days, and the place."""

    candidates: tuple[Candidate, ...]
    weights: tuple[float, ...]
    beaten: Mapping[int, int]
    scores: Mapping[date, float]
    place: Place

    def strength(self, number: int, day: date) -> float:
        """Log-odds that a candidate gives to a day."""
        return self.weights[number] - days_of(self.candidates[number], self.place).get(day, 0.0)


def dated(day: date, judged: Judged) -> Publication:
    """The answer for a page whose day is decided."""
    supporters = _supporters(day, judged)
    winner = supporters[0]
    stamps = [stamp for n in supporters if (stamp := judged.candidates[n].stamp) is not None]
    clock = read_clock(day, stamps, judged.place)
    return Publication(
        method=judged.candidates[winner].source,
        precision=clock.precision,
        day=day,
        local=clock.local,
        at=clock.at,
        first=day,
        last=day,
        zone=clock.zone,
        zone_source=clock.zone_source,
        confidence=calibrate(day, judged.scores),
        modified_at=_modified_at(judged, clock.zone),
        evidence=_rows(judged, winner, frozenset(supporters)),
        alternatives=_alternatives(day, judged),
    )


def undated(judged: Judged, has_text: bool) -> Publication:
    """The answer for a page that states no day: why, and the interval that its evidence leaves."""
    interval = find_interval(judged.candidates)
    precision, first, last = None, interval.first, interval.last
    reason = "no line states a publication date"
    if judged.scores:
        reason = "what names a day is too weak"
    elif judged.beaten:
        reason = "every stated day breaks a bound"
    partial = next((c for c in judged.candidates if c.is_published and c.is_partial), None)
    if partial is not None and partial.stamp is not None:
        precision, first, last = partial.stamp.precision, partial.day, last_day_of(partial)
        reason = f"only the {precision} is stated"
    rows = _rows(judged, None, frozenset())
    if has_text:
        rows += (_searched(len(rows), reason),)
    return Publication(
        method=f"undated: {reason}",
        precision=precision or ("interval" if first and last else None),
        first=first,
        last=last,
        modified_at=_modified_at(judged, None),
        evidence=rows,
        alternatives=tuple(sorted(judged.scores, key=lambda d: (-judged.scores[d], d))[:MOST_ALTERNATIVES]),
    )


def _supporters(day: date, judged: Judged) -> list[int]:
    """Positions of the candidates that state the day, strongest first; those not overruled before the others."""
    stating = [
        n
        for n, c in enumerate(judged.candidates)
        if c.is_published and not c.is_partial and day in days_of(c, judged.place)
    ]
    standing = [n for n in stating if n not in judged.beaten] or stating
    return sorted(standing, key=lambda n: (-judged.strength(n, day), n))


def _alternatives(day: date, judged: Judged) -> tuple[date, ...]:
    """Other days near in score, then the losing readings of swappable dates."""
    scores = judged.scores
    near = [d for d in scores if d != day and scores[d] > scores[day] - ALTERNATIVE_MARGIN]
    near.sort(key=lambda d: (-scores[d], d))
    swapped = {
        reading
        for c in judged.candidates
        if c.is_published and c.stamp is not None and c.stamp.is_ambiguous and day in c.stamp.readings
        for reading in c.stamp.readings
        if reading != day
    }
    return tuple(dict.fromkeys([*sorted(swapped), *near]))[:MOST_ALTERNATIVES]


def _modified_at(judged: Judged, zone: str | None) -> datetime | None:
    """The latest stated change that has an hour, in UTC; a stamp without a zone takes that of publication."""
    instants = []
    for candidate in judged.candidates:
        stamp = candidate.stamp
        if candidate.meaning != "modified" or stamp is None or candidate.day is None:
            continue
        local = stamp.local(candidate.day)
        info = zone_info(stamp.zone or zone or judged.place.zone or "")
        if local is not None and info is not None:
            instants.append(local.replace(tzinfo=info).astimezone(UTC))
    return max(instants, default=None)


def _rows(judged: Judged, winner: int | None, supporters: frozenset[int]) -> tuple[Evidence, ...]:
    """The rows of `date_candidates`: every candidate, with what beat it."""
    rows = []
    for number, candidate in enumerate(judged.candidates):
        by = judged.beaten.get(number)
        reason = f"contradicted by candidate {by}" if by is not None else ""
        is_free = by is None and candidate.is_published and number not in supporters
        if is_free and winner is not None and not _covers(candidate, judged.candidates[winner]):
            by, reason = winner, f"candidate {winner} weighs more"
        rows.append(candidate.evidence(number, judged.weights[number], by, reason))
    return tuple(rows)


def _covers(partial: Candidate, winner: Candidate) -> bool:
    """True where a month or year holds the winner's day, so that it is not overruled."""
    return (
        partial.is_partial
        and partial.day is not None
        and winner.day is not None
        and partial.day <= winner.day <= last_day_of(partial)
    )


def _searched(number: int, reason: str) -> Evidence:
    """The row that says what was looked at in vain."""
    return Evidence(
        candidate_no=number,
        kind="soft",
        source="search",
        value=None,
        value_from=None,
        value_to=None,
        relation="none",
        note=f"looked at markup, address, header lines, text and shell: {reason}",
    )
