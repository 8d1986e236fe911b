"""First step of a poll: the sources of sources.toml are fetched, and every attempt is registered in raw.

A source that fails is told of and costs nobody else anything: what it and the others have fetched is registered.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata

from ..config import Settings
from ..raw import DamagedPayloadError, RawError, Registered, entries, read_entry, read_payload, register
from ..sources import Collected
from ..sources.fetch import Fetcher
from ..sources.http import LIMITS, Limits, Send, Transport
from ..sources.memory import Memory, remember
from ..sources.pacing import Pacer
from ..sources.poll import Poll
from ..sources.sources_file import PolledSource, SourcesFileError, read_sources_file
from .collect import Clock, CollectResult
from .errors import PipelineError, disk_trouble

HOSTS = ".hosts"
"""Folder of raw with pace and robots of the hosts; it may be deleted, and then begins anew."""

AT_ONCE = 10
"""Attempts that are registered together: what a killed poll loses at most."""

CONTACT = re.compile(r"(?:mailto:)?[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+|https?://[^\s<>()]+\.[^\s<>()]+")
PLACEHOLDER = re.compile(r"\bexample\.(?:com|org|net)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """A source that could not be polled to its end, and the error that ended it."""

    source_id: str
    error: Exception

    @property
    def words(self) -> str:
        """In one line; an error that is nobody's but Dateline's own has its kind before it.

        >>> SourceFailure("harbour", KeyError("guid")).words
        "harbour: KeyError: 'guid'"
        """
        kind = "" if isinstance(self.error, PipelineError | RawError) else f"{type(self.error).__name__}: "
        return " ".join(f"{self.source_id}: {kind}{self.error}".split())


@dataclass(frozen=True, slots=True)
class PollResult:
    """What polling did: the entries it touched, how many attempts had which outcome, and pages left to the next poll.

    `fetched` counts attempts whose bytes reading has yet to judge. `failures` are sources that an error stopped; what
    they had fetched before is among the entries all the same.
    """

    collected: CollectResult
    outcomes: Counter[str]
    left: int = 0
    failures: tuple[SourceFailure, ...] = ()

    def describe(self) -> str:
        """In one line, for logs and notes.

        >>> PollResult(CollectResult((), 0, 0, 0), Counter(fetched=3, gone=1), 2).describe()
        '4 attempts: 3 fetched, 1 gone; 2 pages are left to the next poll'
        """
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(self.outcomes.items()))
        line = f"{self.outcomes.total()} attempts: {counts or 'nothing was due'}"
        line += f"; {self.left} pages are left to the next poll" if self.left else ""
        return "; ".join([line, *(f"failed: {failure.words}" for failure in self.failures)])


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
        raise PipelineError(
            f"{settings.sources}: no source {missing[0]!r}; its sources are {known}: name one of them, or add it there"
        )
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
        raise PipelineError(
            f"nothing was fetched: the contact {contact!r} is no mail address or URL of yours; "
            "set DATELINE_CONTACT to one"
        )
    return f"Dateline/{metadata.version('dateline')} (+{contact})"


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
    network. An error that stops the source is in the result, beside what was registered before it.
    Raises PipelineError where no usable contact is set.
    """
    transport = send or Transport(user_agent(settings), limits, settings.allow_loopback)
    fetcher = Fetcher(transport, Pacer(settings.raw / HOSTS, clock, sleep), clock, settings.max_bytes)
    kept = _Kept(settings)
    left = 0
    try:
        with disk_trouble(settings):
            poll = Poll(
                source, _remember(settings, source.id), fetcher, lambda sha256: _stored(settings, sha256), clock
            )
            with kept:
                for collected in poll.captures():
                    kept.add(collected)
            left = poll.left
    # One source must not cost the others theirs, whatever is wrong with it.
    except Exception as error:
        return kept.result(left, (SourceFailure(source.id, error),))
    return kept.result(left)


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
    """Poll sources side by side; those that fail are named in the result."""

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
    failures = tuple(failure for result in results for failure in result.failures)
    left = sum(result.left for result in results)
    return PollResult(CollectResult(tuple(keys), new, 0, 0), outcomes, left, failures)


class _Kept:
    """Registers attempts in small batches, the last one also where an error ends the polling."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._batch: list[Collected] = []
        self._done: list[Registered] = []
        self._outcomes: Counter[str] = Counter()

    def __enter__(self) -> _Kept:
        return self

    def __exit__(self, *_error: object) -> None:
        self._register()

    def add(self, collected: Collected) -> None:
        """Take an attempt over."""
        self._outcomes[collected[0].outcome or "fetched"] += 1
        self._batch.append(collected)
        if len(self._batch) == AT_ONCE:
            self._register()

    def _register(self) -> None:
        batch, self._batch = self._batch, []
        if batch:
            self._done.append(register(self._settings.raw, batch, patience=self._settings.patience))

    def result(self, left: int, failures: tuple[SourceFailure, ...] = ()) -> PollResult:
        """What was registered."""
        keys = sorted({key for registered in self._done for key in registered.entries})
        new = sum(len(registered.new) for registered in self._done)
        return PollResult(CollectResult(tuple(keys), new, 0, 0), self._outcomes, left, failures)


def _remember(settings: Settings, source_id: str) -> Memory:
    keys = entries(settings.raw, source_id=source_id)
    return remember(capture for key in keys for capture in read_entry(settings.raw, *key).captures)


def _stored(settings: Settings, sha256: str) -> bytes | None:
    try:
        return read_payload(settings.raw, sha256)
    except DamagedPayloadError:
        return None
