"""Pace: to one host one request at a time, and none sooner than the delay, over all processes of a machine.

Each host has a lock, held for as long as a request takes, and a file with the end of the last request and the
pause that the host asked for. The system drops a lock with the process that held it, so none can be left behind.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from ..identity import content_id

MOST_WAIT = 120.0
"""Seconds that a request waits for its turn; a host that wants longer is left to a later poll."""

LONGEST_PAUSE = timedelta(days=1)
"""A Retry-After beyond it is taken for a mistake of the server and cut."""


class HostPausedError(Exception):
    """The host may not be asked now; the message says until when and why."""


@dataclass(frozen=True, slots=True)
class HostState:
    """What is known of a host: seconds since 1970 of its last request and of the end of its pause."""

    last: float = 0.0
    paused_until: float = 0.0
    why: str = ""


@dataclass(slots=True)
class Turn:
    """The right to ask a host once; `pause` keeps everybody from the host for a while."""

    paused_for: float = 0.0
    why: str = ""

    def pause(self, seconds: float, why: str) -> None:
        """Leave the host alone for so long after this turn."""
        if seconds > self.paused_for:
            self.paused_for, self.why = min(seconds, LONGEST_PAUSE.total_seconds()), why


@dataclass(frozen=True, slots=True)
class Pacer:
    """Gives out turns; `folder` is shared by all workers of the machine, `clock` and `sleep` are the world's."""

    folder: Path
    clock: Callable[[], datetime]
    sleep: Callable[[float], None] = field(repr=False)

    @contextmanager
    def turn(self, url: str, delay: float) -> Iterator[Turn]:
        """Wait for the turn of the URL's host and hold it for the time of a `with` block.

        `delay` is in seconds, from the end of the request before. Raises HostPausedError where the host is paused,
        or where the wait would be longer than MOST_WAIT.
        """
        path = self.folder / _file_name(host_of(url))
        with _hold(path.with_suffix(".lock")):
            state = _read(path)
            self._wait(host_of(url), state, delay)
            # Written before the request, too: a worker that dies in it must not let the next one come too soon.
            _write(path, HostState(self._now()))
            turn = Turn()
            try:
                yield turn
            finally:
                now = self._now()
                _write(path, HostState(now, now + turn.paused_for if turn.paused_for else 0.0, turn.why))

    def _wait(self, host: str, state: HostState, delay: float) -> None:
        now = self._now()
        # A clock that was set back must not make anybody wait for longer than the delay, or than any pause.
        free = max(min(state.last, now) + delay, min(state.paused_until, now + LONGEST_PAUSE.total_seconds()))
        if free - now > MOST_WAIT:
            why = state.why or f"it wants {delay:g} s between requests"
            raise HostPausedError(f"{host} is left alone until {_instant(free)}: {why}")
        while (wait := free - self._now()) > 0:
            self.sleep(wait)

    def _now(self) -> float:
        return self.clock().timestamp()


def host_of(url: str) -> str:
    """What is paced as one: the host's name, whatever the port.

    >>> host_of("https://News.example.org.:8443/feed")
    'news.example.org'
    """
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def _file_name(host: str) -> str:
    return f"{quote(host, safe='')[:100]}-{content_id(host)[:8]}.json"


@contextmanager
def _hold(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _read(path: Path) -> HostState:
    try:
        return HostState(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return HostState()
    except (ValueError, TypeError):
        # Half a file tells that somebody was here: as if the last request had just ended.
        return HostState(last=path.stat().st_mtime)


def _write(path: Path, state: HostState) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(asdict(state)), "utf-8")
    temporary.replace(path)


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
