"""Fetching one page: robots, pace, retries, redirects; whatever happens, it ends with one outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin

from ..model import Pairs
from .addresses import AddressError
from .http import Answer, NoAnswerError, Send
from .pacing import HostPausedError, Pacer
from .robots import Robots
from .sources_file import why_no_page_url

TRIES = 3
"""Requests for one page before it is left to the next poll."""

MOST_REDIRECTS = 5
"""As RFC 9309 has it for robots.txt; pages need no more."""

PAUSE = 600.0
"""Seconds that a host is left alone that can't be reached, or that is overloaded and names no time."""

REDIRECTS = (301, 302, 303, 307, 308)
TRY_AGAIN = (429, 500, 502, 503, 504, 522, 524)
OVERLOADED = (429, 503)
OUTCOMES = {304: "not_modified", 404: "gone", 410: "gone", 429: "host_paused"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """How one attempt ended. `outcome` is None where bytes came that reading has to judge.

    `captured_at` is the instant of the last request, or of the decision not to make one.
    """

    url: str
    captured_at: datetime
    outcome: str | None = None
    reason: str | None = None
    answer: Answer | None = None
    url_final: str | None = None
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a page by, and the address that gave it: for conditional requests."""

    url: str
    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> Pairs:
        """The request headers that ask for the page only if it has changed."""
        stated = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((name, value) for name, value in stated if value)


@dataclass(slots=True)
class Fetcher:
    """Fetches pages for one worker; the pacer's folder holds pace and robots of all hosts, shared by all workers.

    `max_bytes` caps one page. `robots_fetched` gathers the attempts to get a robots.txt on the way.
    """

    send: Send
    pacer: Pacer
    clock: Callable[[], datetime]
    max_bytes: int
    robots_fetched: list[Fetched] = field(default_factory=list)
    robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self.robots = Robots(self.pacer.folder, self.clock, self._fetch_robots)

    def fetch(self, url: str, delay: float, validators: Validators | None = None) -> Fetched:
        """Get a page; `delay` is the shortest time between two requests to a host, in seconds.

        Never raises for what servers do.
        """
        return self._follow(url, delay, validators, self.max_bytes, obeys=True)

    def _fetch_robots(self, url: str, delay: float, max_bytes: int) -> Fetched:
        fetched = self._follow(url, delay, None, max_bytes, obeys=False)
        self.robots_fetched.append(fetched)
        return fetched

    def _follow(self, url: str, delay: float, validators: Validators | None, max_bytes: int, *, obeys: bool) -> Fetched:
        asked = url
        passed: list[str] = []
        for _ in range(MOST_REDIRECTS + 1):
            try:
                hop_delay = self._obey(asked, delay) if obeys else delay
                headers = validators.headers() if validators and validators.url == asked else ()
                answer, at = self._ask(asked, hop_delay, headers, max_bytes)
            except _NotFetchedError as ended:
                return Fetched(url, ended.at, ended.outcome, str(ended), None, _other(asked, url), tuple(passed))
            target = _target(asked, answer)
            if target is None:
                outcome, reason = judge(answer, is_conditional=bool(headers), max_bytes=max_bytes)
                return Fetched(url, at, outcome, reason, answer, _other(asked, url), tuple(passed))
            problem = why_no_page_url(target)
            if problem:
                reason = f"{answer.status}: leads to {target!r}, which {problem}"
                return Fetched(url, at, "http_error", reason, answer, None, tuple(passed))
            passed += [asked] if asked != url else []
            asked = target
        reason = f"more than {MOST_REDIRECTS} redirects"
        return Fetched(url, at, "http_error", reason, answer, _other(asked, url), tuple(passed))

    def _obey(self, url: str, delay: float) -> float:
        """The delay that the host of a page wants. Raises where its robots.txt forbids the page."""
        verdict = self.robots.judge(url, delay)
        if verdict.is_paused:
            raise _NotFetchedError("host_paused", verdict.reason, self.clock())
        if not verdict.is_allowed:
            raise _NotFetchedError("robots_denied", verdict.reason, self.clock())
        return max(delay, verdict.delay)

    def _ask(self, url: str, delay: float, headers: Pairs, max_bytes: int) -> tuple[Answer, datetime]:
        """Ask until an answer is one to keep, at most TRIES times."""
        answer, failure, at = None, None, self.clock()
        for tried in range(1, TRIES + 1):
            try:
                with self.pacer.turn(url, delay) as turn:
                    at = self.clock()
                    answer, failure = self._try(url, headers, max_bytes)
                    turn.pause(*_pause_after(answer, failure, tried, delay, at))
            except HostPausedError as paused:
                if tried == 1:
                    raise _NotFetchedError("host_paused", str(paused), self.clock()) from None
                break
            except AddressError as refused:
                raise _NotFetchedError("http_error", f"not asked: {refused}", at) from None
            if answer and not _is_worth_a_try(answer):
                break
        if answer is None:
            raise _NotFetchedError("timeout", f"asked {_times(tried)}: {failure}", at)
        return answer, at

    def _try(self, url: str, headers: Pairs, max_bytes: int) -> tuple[Answer | None, NoAnswerError | None]:
        try:
            return self.send(url, headers, max_bytes), None
        except NoAnswerError as error:
            return None, error


class _NotFetchedError(Exception):
    """A page that is not fetched now, with the outcome of the attempt."""

    def __init__(self, outcome: str, reason: str, at: datetime) -> None:
        super().__init__(reason)
        self.outcome, self.at = outcome, at


def judge(answer: Answer, *, is_conditional: bool, max_bytes: int) -> tuple[str | None, str | None]:
    """Outcome and reason of an answer, as far as they need no reading of its bytes.

    >>> judge(Answer(410, ()), is_conditional=False, max_bytes=10)
    ('gone', '410 Gone')
    """
    if 200 <= answer.status < 300:
        if answer.problem == "too_big":
            return "too_big", f"more than {max_bytes} bytes, unpacked"
        if answer.problem:
            return answer.problem, "the compression of the page is damaged"
        return None, None
    try:
        words = f"{answer.status} {HTTPStatus(answer.status).phrase}"
    except ValueError:
        words = str(answer.status)
    if answer.status == 304 and not is_conditional:
        return "http_error", f"{words} to a request without conditions"
    if answer.status == 503 and answer.header("Retry-After"):
        return "host_paused", f"{words}, Retry-After: {answer.header('Retry-After')}"
    return OUTCOMES.get(answer.status, "http_error"), words


def _is_worth_a_try(answer: Answer) -> bool:
    return answer.status in TRY_AGAIN or answer.truncated == "disconnect"


def _pause_after(
    answer: Answer | None, failure: NoAnswerError | None, tried: int, delay: float, at: datetime
) -> tuple[float, str]:
    """How long a host is left alone after an answer, in seconds, and why."""
    if answer and not _is_worth_a_try(answer):
        return 0.0, ""
    stated = retry_after(answer.header("Retry-After"), at) if answer and answer.status in TRY_AGAIN else None
    words = f"it answered {answer.status}" if answer else str(failure)
    if stated is not None:
        return stated, f"{words} and asked for it"
    if tried < TRIES:
        return delay * 2**tried, words
    is_down = failure.is_unreachable if failure else answer is not None and answer.status in OVERLOADED
    return (PAUSE, words) if is_down else (0.0, "")


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, from its number or its date; None where it is neither.

    >>> retry_after("Mon, 02 Mar 2026 08:00:30 GMT", datetime(2026, 3, 2, 8, tzinfo=UTC))
    30.0
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _target(url: str, answer: Answer) -> str | None:
    location = answer.header("Location")
    if answer.status not in REDIRECTS or not location:
        return None
    # Header bytes were read as Latin-1; what browsers send as UTF-8 is meant as UTF-8.
    try:
        return urldefrag(urljoin(url, location.encode("latin-1").decode("utf-8"))).url
    except ValueError:
        return location


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _other(url: str, asked: str) -> str | None:
    return url if url != asked else None
