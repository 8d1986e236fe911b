"""What earlier polls of a source brought: enough to ask only for what is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ..model import Capture
from .fetch import Validators

FIRST_WAIT = timedelta(minutes=15)
"""After one failure the next poll tries again; after each further one the wait doubles."""

LONGEST_WAIT = timedelta(days=1)

NOT_ASKED = frozenset({"host_paused"})
"""Outcomes that say nothing of the page: it was not asked for."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of one address: the newest capture with its bytes, and how often it failed since.

    `is_settled` where there is no more to get: the page is stored, or gone.
    """

    validators: Validators | None = None
    payload_sha256: str | None = None
    media_type: str | None = None
    updated: str | None = None
    is_settled: bool = False
    failures: int = 0
    last: datetime | None = None

    def is_due(self, updated: str | None, now: datetime) -> bool:
        """Whether the page is to be fetched: not yet stored, or the feed states another time of change."""
        if self.is_settled and (updated is None or updated == self.updated):
            return False
        if not self.failures or self.last is None:
            return True
        wait = min(LONGEST_WAIT, FIRST_WAIT * float(2 ** min(self.failures - 1, 10)))
        return now >= self.last + wait


@dataclass(frozen=True, slots=True)
class Memory:
    """The past of a source by the URL that was asked for."""

    past: dict[str, Past] = field(default_factory=dict)

    def of(self, url: str) -> Past:
        """What is known of an address."""
        return self.past.get(url, Past())


def remember(captures: Iterable[Capture]) -> Memory:
    """The memory of a source, from all its captures in any order."""
    memory = Memory()
    stated = [(capture.captured_at, capture.capture_id, capture) for capture in captures if capture.captured_at]
    for at, _, capture in sorted(stated, key=lambda item: item[:2]):
        if capture.url:
            memory.past[capture.url] = _after(memory.of(capture.url), capture, at)
    return memory


def _after(before: Past, capture: Capture, at: datetime) -> Past:
    updated = dict(capture.feed_facts).get("updated", before.updated)
    if capture.outcome in NOT_ASKED:
        return before
    if capture.outcome == "not_modified":
        return replace(before, updated=updated, is_settled=True, failures=0, last=at)
    if capture.outcome in ("gone", "too_big"):
        return replace(before, updated=updated, is_settled=True, failures=0, last=at)
    is_whole = capture.payload_sha256 is not None and not capture.truncated and _is_success(capture)
    if not is_whole:
        return replace(before, failures=before.failures + 1, last=at)
    return Past(_validators(capture), capture.payload_sha256, capture.media_type, updated, True, 0, at)


def _is_success(capture: Capture) -> bool:
    return capture.http_status is not None and 200 <= capture.http_status < 300


def _validators(capture: Capture) -> Validators | None:
    headers = {name.lower(): value for name, value in capture.headers}
    etag, modified = headers.get("etag"), headers.get("last-modified")
    if capture.url is None or not (etag or modified):
        return None
    return Validators(capture.url_final or capture.url, etag, modified)
