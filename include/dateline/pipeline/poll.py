"""First step of a poll: the sources of sources.toml are fetched, and every attempt is registered in raw."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib import metadata

from ..config import Settings
from ..raw import DamagedPayloadError, Registered, entries, read_entry, read_payload, register
from ..sources import Collected
from ..sources.fetch import Fetcher
from ..sources.http import LIMITS, Limits, Send, Transport
from ..sources.memory import Memory, remember
from ..sources.pacing import Pacer
from ..sources.poll import Poll
from ..sources.sources_file import PolledSource, SourcesFileError, read_sources_file
from .collect import Clock, CollectResult
from .errors import PipelineError, telling_disk_trouble

HOSTS = ".hosts"
"""Folder of raw with pace and robots of the hosts; it may be deleted, and then begins anew."""

AT_ONCE = 10
"""Attempts that are registered together: what a killed poll loses at most."""

CONTACT = re.compile(r"(?:mailto:)?[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+|https?://[^\s<>()]+\.[^\s<>()]+")
PLACEHOLDER = re.compile(r"\bexample\.(?:com|org|net)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PollResult:
    """What polling did: the entries it touched, how many attempts had which outcome, and pages left to the next poll.

    `fetched` counts attempts whose bytes reading has yet to judge.
    """

    collected: CollectResult
    outcomes: Counter[str]
    left: int = 0

    def describe(self) -> str:
        """In one line, for logs and notes.

        >>> PollResult(CollectResult((), 0, 0, 0), Counter(fetched=3, gone=1), 2).describe()
        '4 attempts: 3 fetched, 1 gone; 2 pages are left to the next poll'
        """
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(self.outcomes.items()))
        line = f"{self.outcomes.total()} attempts: {counts or 'nothing was due'}"
        return f"{line}; {self.left} pages are left to the next poll" if self.left else line


def choose_sources(settings: Settings, only: Sequence[str] = ()) -> tuple[PolledSource, ...]:
    """The sources to poll: those of `only`, else all that are enabled; none where the file names none.

    Raises PipelineError where sources.toml is wrong or lacks one of `only`, and where there is something to fetch
    but no contact is set.
    """
    try:
        sources = read_sources_file(settings.sources)
    except SourcesFileError as error:
        raise PipelineError(str(error)) from None
    missing = sorted(set(only) - {source.id for source in sources})
    if missing:
        known = ", ".join(source.id for source in sources) or "none"
        raise PipelineError(f"{settings.sources}: no source {missing[0]!r}; its sources are {known}")
    chosen = tuple(source for source in sources if (source.id in only if only else source.enabled))
    if chosen:
        user_agent(settings)
    return chosen


def user_agent(settings: Settings) -> str:
    """How requests introduce themselves. Raises PipelineError where no usable contact is set."""
    contact = (settings.contact or "").strip()
    if not contact:
        raise PipelineError(
            "nothing was fetched: set DATELINE_CONTACT to a mail address or URL that servers may turn to"
        )
    if not CONTACT.fullmatch(contact) or PLACEHOLDER.search(contact):
        raise PipelineError(f"nothing was fetched: the contact {contact!r} is no mail address or URL of yours")
    return f"Dateline/{metadata.version('dateline')} (+{contact})"


@telling_disk_trouble
def poll_source(
    settings: Settings,
    source: PolledSource,
    *,
    clock: Clock,
    sleep: Callable[[float], None] = time.sleep,
    send: Send | None = None,
    limits: Limits = LIMITS,
) -> PollResult:
    """Poll one source and register every attempt under its own UTC day; nothing is ever withdrawn.

    Workers may poll other sources at the same time: they share the pace of the hosts. `send` stands in for the
    network. What was fetched before an error is registered all the same.
    """
    transport = send or Transport(user_agent(settings), limits, settings.allow_loopback)
    fetcher = Fetcher(transport, Pacer(settings.raw / HOSTS, clock, sleep), clock, settings.max_bytes)
    poll = Poll(source, _remember(settings, source.id), fetcher, lambda sha256: _stored(settings, sha256), clock)
    outcomes: Counter[str] = Counter()
    done: list[Registered] = []
    batch: list[Collected] = []
    try:
        for collected in poll.captures():
            outcomes[collected[0].outcome or "fetched"] += 1
            batch.append(collected)
            if len(batch) == AT_ONCE:
                done.append(register(settings.raw, batch, patience=settings.patience))
                batch = []
    finally:
        if batch:
            done.append(register(settings.raw, batch, patience=settings.patience))
    return PollResult(_collected(done), outcomes, poll.left)


def poll(
    settings: Settings,
    sources: Sequence[PolledSource],
    *,
    clock: Clock,
    workers: int = 4,
    sleep: Callable[[float], None] = time.sleep,
    send: Send | None = None,
    limits: Limits = LIMITS,
) -> PollResult:
    """Poll sources side by side. Where one fails, the others are finished first, then its error is raised."""

    def run(source: PolledSource) -> PollResult:
        return poll_source(settings, source, clock=clock, sleep=sleep, send=send, limits=limits)

    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        running = [pool.submit(run, source) for source in sources]
    return add_up([future.result() for future in running])


def add_up(results: Sequence[PollResult]) -> PollResult:
    """The results of several sources as one."""
    keys = sorted({key for result in results for key in result.collected.entries})
    new = sum(result.collected.new for result in results)
    outcomes = sum((result.outcomes for result in results), Counter[str]())
    return PollResult(CollectResult(tuple(keys), new, 0, 0), outcomes, sum(result.left for result in results))


def entries_of(touched: Iterable[Iterable[Sequence[str]]]) -> CollectResult:
    """The entries that the polls of several sources touched, as one; each is a pair of day and source in text.

    >>> entries_of([[["2026-03-02", "harbour"]], [["2026-03-02", "harbour"]]]).entries
    ((datetime.date(2026, 3, 2), 'harbour'),)
    """
    keys = {(date.fromisoformat(day), source_id) for entries in touched for day, source_id in entries}
    return CollectResult(tuple(sorted(keys)), 0, 0, 0)


def _collected(done: Sequence[Registered]) -> CollectResult:
    keys = sorted({key for registered in done for key in registered.entries})
    return CollectResult(tuple(keys), sum(len(registered.new) for registered in done), 0, 0)


def _remember(settings: Settings, source_id: str) -> Memory:
    keys = [key for key in entries(settings.raw) if key[1] == source_id]
    return remember(capture for key in keys for capture in read_entry(settings.raw, *key).captures)


def _stored(settings: Settings, sha256: str) -> bytes | None:
    try:
        return read_payload(settings.raw, sha256)
    except DamagedPayloadError:
        return None
