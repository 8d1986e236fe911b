"""Dates that a feed states of the page that it led to."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Capture
from ._candidate import Candidate, read_candidates
from ._statements import modified_candidate
from .printed import parse_stamp

WEIGHT = 3.5
"""Log-odds, as for a date in the address: below the page's own metadata, since feeds restamp items that were edited."""


def feed_candidates(capture: Capture, language: str | None) -> Iterator[Candidate]:
    """What the feed item calls published and updated; nothing for pages that no feed led to.

    >>> from datetime import date
    >>> facts = (("published", "Mon, 02 Mar 2026 08:15:00 GMT"),)
    >>> capture = Capture("c", date(2026, 3, 3), "harbour", "feed", "item:1", feed_facts=facts)
    >>> [(c.source, c.value()) for c in feed_candidates(capture, "en")]
    [('feed', '2026-03-02T08:15:00+00:00')]
    """
    stated = dict(capture.feed_facts)
    published, updated = stated.get("published"), stated.get("updated")
    stamp = parse_stamp(published, language) if published else None
    if published and stamp:
        note = "what the feed item calls published"
        yield from read_candidates(Candidate("feed", "published", "on", WEIGHT, "feed", published, note), stamp, 1.0)
    stamp = parse_stamp(updated, language) if updated and updated != published else None
    if updated and stamp:
        yield modified_candidate("feed", updated, "updated of the feed item", stamp)
