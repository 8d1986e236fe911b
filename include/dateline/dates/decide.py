"""Decides when an article was published: hard bounds first, then weighted evidence, else an honest undated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..model import Capture, Page, Publication
from ._answer import Judged, dated, undated
from ._candidate import Candidate
from ._local_days import Place, days_of, find_place
from .candidates import collect_candidates
from .constraints import Bounds, breaks_bound, day_first_odds, find_bounds, last_day_of, weigh_reading
from .zones import country_of

LEAST_SCORE = 1.3
"""Log-odds that a day needs: below it the page is undated. Set on 557 dated development pages."""

LONE_DAY_BONUS = 0.5
"""Log-odds for the only day that any header line, markup or address names."""

MONTH_BONUS = 1.0
"""Log-odds for days within the month that the address names."""


def decide_publication(page: Page, part_no: int, capture: Capture, outlet_zone: str | None) -> Publication:
    """The publication date of one part of a page, with all evidence for and against it.

    `outlet_zone` is the IANA name of the zone that the outlet writes in, where it is known. The day is the
    outlet's local day: an offset stated on the page wins, then the outlet's zone. The capture's stated
    instant only bounds the answer; the day of registration is not looked at. A page that states no day
    gets method `undated: <why>`, no day, and the bounds that its evidence gives.
    """
    candidates = collect_candidates(page, part_no, capture, outlet_zone)
    place = find_place(page, capture, outlet_zone)
    judged = _judge(candidates, find_bounds(candidates), place)
    best = min(judged.scores, key=lambda day: (-judged.scores[day], day), default=None)
    if best is None or judged.scores[best] < LEAST_SCORE:
        return undated(judged, has_text=bool(page.blocks or page.raw.strip()))
    return dated(best, judged)


def _judge(candidates: Sequence[Candidate], bounds: Bounds, place: Place) -> Judged:
    """Weigh every candidate, note which a bound or a sign rules out, and score the days."""
    weights: list[float] = []
    beaten: dict[int, int] = {}
    barred: set[int] = set()
    day_first = day_first_odds(candidates, country_of(place.host))
    for number, candidate in enumerate(candidates):
        shift = 0.0
        if candidate.is_published:
            broken = breaks_bound(candidate, bounds)
            shift, against = weigh_reading(candidate, candidates, day_first)
            if broken is not None:
                barred.add(number)
            overruling = broken if broken is not None else against
            if overruling is not None:
                beaten[number] = overruling
        weights.append(candidate.weight + shift)
    scores = _score_days(candidates, weights, barred, place)
    return Judged(tuple(candidates), tuple(weights), beaten, scores, place)


def _score_days(
    candidates: Sequence[Candidate], weights: Sequence[float], barred: set[int], place: Place
) -> dict[date, float]:
    """Sum over the groups of evidence of the strongest candidate for each day, in log-odds."""
    by_group: dict[date, dict[str, float]] = {}
    months: list[tuple[date, date]] = []
    for number, candidate in enumerate(candidates):
        if not candidate.is_published or candidate.day is None or number in barred:
            continue
        if candidate.is_partial:
            months.append((candidate.day, last_day_of(candidate)))
            continue
        for day, cost in days_of(candidate, place).items():
            groups = by_group.setdefault(day, {})
            groups[candidate.group] = max(groups.get(candidate.group, 0.0), weights[number] - cost)
    bonus = LONE_DAY_BONUS if len(by_group) == 1 else 0.0
    return {
        day: sum(groups.values()) + bonus + (MONTH_BONUS if any(a <= day <= b for a, b in months) else 0.0)
        for day, groups in by_group.items()
    }
