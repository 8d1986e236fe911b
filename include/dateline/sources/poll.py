"""One poll of one source: its feeds or lists are fetched, then the pages that are new, each attempt as a capture."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ..model import Pairs
from ._describe import Collected, Origin, describe
from .feeds import Feed, parse_feed
from .fetch import Fetched, Fetcher
from .memory import Memory
from .sources_file import PolledSource

KIND = "feed"
"""source_kind of all that is polled."""

LONGEST_POLL = timedelta(minutes=20)
"""After it no further page of a source is begun, so that slow hosts end before the next poll half an hour later."""


@dataclass(slots=True)
class Poll:
    """A poll under way. `load` gives back the stored bytes with a SHA-256, or None where they can't be had.

    `left` counts the pages that this poll leaves to the next since `max_pages` or LONGEST_POLL was reached.
    """

    source: PolledSource
    memory: Memory
    fetcher: Fetcher
    load: Callable[[str], bytes | None]
    clock: Callable[[], datetime]
    left: int = 0
    _tried: set[str] = field(default_factory=set)
    _n_pages: int = 0
    _began: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def captures(self) -> Iterator[Collected]:
        """Fetch whatever is due; every attempt, those for robots.txt too, is one capture with its bytes."""
        if self.source.kind == "list":
            for url in self.source.urls:
                yield from self._page(url, f"list:{url}", ())
            return
        for url in self.source.urls:
            feed = yield from self._feed(url)
            for item in feed.items:
                if self.memory.of(item.url).is_due(item.updated, self.clock()):
                    yield from self._page(item.url, f"item:{item.guid}", item.facts)

    def _feed(self, url: str) -> Generator[Collected, None, Feed]:
        past = self.memory.of(url)
        fetched = self.fetcher.fetch(url, self.source.delay, past.validators)
        yield from self._robots()
        base = fetched.url_final or url
        if fetched.outcome == "not_modified" and past.payload_sha256:
            # Items that an earlier poll left or could not get are still to be had.
            yield self._capture(fetched, f"feed:{url}", ())
            payload = self.load(past.payload_sha256)
            return parse_feed(payload, base, past.media_type) if payload else Feed(())
        answer = fetched.answer
        if fetched.outcome or answer is None or answer.truncated:
            yield self._capture(fetched, f"feed:{url}", ())
            return Feed(())
        feed = parse_feed(answer.body, base, answer.header("Content-Type"))
        outcome = ("not_article", f"index: a feed of {len(feed.items)} items")
        if not feed.is_feed:
            outcome = ("broken", f"no feed: {feed.problem}")
        yield self._capture(fetched, f"feed:{url}", (), *outcome)
        return feed

    def _page(self, url: str, ref: str, facts: Pairs) -> Iterator[Collected]:
        if url in self._tried:
            return
        self._tried.add(url)
        if self._n_pages >= self.source.max_pages or self.clock() - self._began > LONGEST_POLL:
            self.left += 1
            return
        self._n_pages += 1
        fetched = self.fetcher.fetch(url, self.source.delay, self.memory.of(url).validators)
        yield from self._robots()
        yield self._capture(fetched, ref, facts)

    def _robots(self) -> Iterator[Collected]:
        while self.fetcher.robots_fetched:
            fetched = self.fetcher.robots_fetched.pop(0)
            outcome = fetched.outcome or "unsupported"
            reason = fetched.reason or "robots.txt speaks to crawlers; its bytes stay in raw"
            yield self._capture(fetched, f"robots:{fetched.url}", (), outcome, reason)

    def _capture(
        self, fetched: Fetched, ref: str, facts: Pairs, outcome: str | None = None, reason: str | None = None
    ) -> Collected:
        answer = fetched.answer
        at = fetched.captured_at.astimezone(UTC)
        stated: dict[str, Any] = {
            "url": fetched.url,
            "url_final": fetched.url_final,
            "redirects": fetched.redirects,
            "captured_at": at,
            "outcome": outcome or fetched.outcome,
            "reason": reason or fetched.reason,
            "feed_facts": facts,
        }
        if answer:
            stated |= {"http_status": answer.status, "headers": answer.headers, "truncated": answer.truncated}
            stated["media_type"] = answer.header("Content-Type")
        payload = answer.body if answer and answer.body and fetched.outcome not in ("too_big", "not_modified") else None
        if payload is None and answer and not stated["outcome"]:
            payload = b""
        return describe(Origin(self.source.id, None, at.date()), ref, KIND, payload, **stated)
