"""What robots.txt allows, by RFC 9309: fetched once a day for each site, kept for all workers, obeyed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit

from protego import Protego

from ..identity import content_id

if TYPE_CHECKING:
    from .fetch import Fetched

AGENT = "Dateline"
"""The product token that rules are looked up by."""

MOST_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for this many at least."""

KEPT = timedelta(hours=24)
"""RFC 9309: a cached robots.txt should not be used for longer."""

KEPT_WHEN_UNREACHABLE = timedelta(minutes=20)
"""So that a poll every half an hour asks once more."""


class FetchRobots(Protocol):
    """Gets a robots.txt without asking whether robots may; `delay` in seconds."""

    def __call__(self, url: str, delay: float, max_bytes: int) -> Fetched:
        """How the attempt ended."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page may be fetched, why not, and the delay in seconds that the site asks for."""

    is_allowed: bool
    reason: str = ""
    delay: float = 0.0
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """What is known of a site: rules as text, or allow or deny for all of it, until `expires` (seconds since 1970)."""

    access: str
    reason: str
    expires: float
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Robots:
    """Judges pages by the robots.txt of their sites, which are kept below `folder`."""

    folder: Path
    clock: Callable[[], datetime]
    fetch: FetchRobots

    def judge(self, url: str, delay: float) -> Verdict:
        """Whether Dateline may fetch a page; the site's robots.txt is fetched first where none is at hand."""
        parts = urlsplit(url)
        site = f"{parts.scheme.lower()}://{parts.netloc.lower()}"
        policy = self._known(site)
        if policy is None:
            fetched = self.fetch(f"{site}/robots.txt", delay, MOST_BYTES)
            if fetched.outcome == "host_paused":
                return Verdict(False, fetched.reason or "", is_paused=True)
            policy = decide_policy(fetched, self.clock())
            self._keep(site, policy)
        return apply_policy(policy, url)

    def _path(self, site: str) -> Path:
        return self.folder / "robots" / f"{quote(site, safe='')[:100]}-{content_id(site)[:8]}.json"

    def _known(self, site: str) -> Policy | None:
        try:
            policy = Policy(**json.loads(self._path(site).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        left = policy.expires - self.clock().timestamp()
        return policy if 0 < left <= KEPT.total_seconds() else None

    def _keep(self, site: str, policy: Policy) -> None:
        path = self._path(site)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}-{id(policy)}.tmp")
        temporary.write_text(json.dumps(asdict(policy)), "utf-8")
        temporary.replace(path)


def decide_policy(fetched: Fetched, now: datetime) -> Policy:
    """What an attempt to get robots.txt means: there, all 4xx allow everything, anything else forbids everything.

    A site that redirects without end counts as one without rules, as RFC 9309 has it.
    """
    answer, expires = fetched.answer, (now + KEPT).timestamp()
    # A file longer than is read is cut, and its beginning counts.
    if answer and 200 <= answer.status < 300 and not answer.truncated and answer.problem in (None, "too_big"):
        text = answer.body[:MOST_BYTES].decode("utf-8", "replace")
        return Policy("rules", "robots.txt", expires, text.removeprefix("\ufeff"))
    if answer and 400 <= answer.status < 500:
        return Policy("allow", f"robots.txt: {answer.status}", expires)
    if answer and 300 <= answer.status < 400 and fetched.outcome == "http_error":
        return Policy("allow", f"robots.txt: {fetched.reason}", expires)
    reason = fetched.reason or (f"cut short by {answer.truncated}" if answer else "no answer")
    return Policy("deny", f"robots.txt can't be had: {reason}", (now + KEPT_WHEN_UNREACHABLE).timestamp())


def apply_policy(policy: Policy, url: str) -> Verdict:
    """What a policy says of a page.

    >>> apply_policy(Policy("rules", "", 0.0, "User-agent: *\\nDisallow: /private"), "https://a.example/private/1")
    Verdict(is_allowed=False, reason='robots.txt forbids it', delay=0.0, is_paused=False)
    """
    if policy.access != "rules":
        return Verdict(policy.access == "allow", policy.reason)
    rules = _parse(policy.rules)
    rate = rules.request_rate(AGENT)
    delay = max(rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)
    if rules.can_fetch(url, AGENT):
        return Verdict(True, delay=delay)
    return Verdict(False, "robots.txt forbids it", delay)


@lru_cache(maxsize=32)
def _parse(rules: str) -> Protego:
    return Protego.parse(rules)
