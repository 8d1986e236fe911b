"""Facts of one capture put together the same way for every kind of source."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass, replace
from datetime import UTC, date
from pathlib import PurePath
from typing import Any

from ..identity import capture_id
from ..model import Capture

Collected = tuple[Capture, bytes | None]
"""A capture and its bytes, None where none came."""

MAX_PAYLOAD = 200_000_000
"""Bytes above which a payload is not even kept: ten times the default of `max_bytes`, yet safe to hold in memory."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What all captures of one source share: its id, the day given for it, and the day of this registration."""

    source_id: str
    captured_on: date | None
    registered_on: date

    def on(self, day: date | None) -> Origin:
        """The same source with the day that a folder's name states, if it states one."""
        return replace(self, captured_on=day) if day else self


def describe(origin: Origin, source_ref: str, source_kind: str, payload: bytes | None, **facts: Any) -> Collected:
    """A capture with its id, hashes and ingest date, and the bytes.

    The ingest date is the UTC day of `captured_at` where the source states that instant, else the day given
    for the source, else the day of registration.
    """
    captured_at = facts.get("captured_at")
    stated = captured_at.astimezone(UTC).date() if captured_at else None
    sha256 = None if payload is None else hashlib.sha256(payload).hexdigest()
    sha1 = None if payload is None else base64.b32encode(hashlib.sha1(payload, usedforsecurity=False).digest()).decode()
    facts.setdefault("n_bytes", None if payload is None else len(payload))
    capture = Capture(
        capture_id=capture_id(origin.source_id, source_ref, sha256, captured_at),
        ingest_date=stated or origin.captured_on or origin.registered_on,
        source_id=origin.source_id,
        source_kind=source_kind,
        source_ref=source_ref,
        payload_sha256=sha256,
        payload_sha1=sha1,
        **facts,
    )
    return capture, payload


def failed(origin: Origin, source_ref: str, source_kind: str, outcome: str, reason: str, **facts: Any) -> Collected:
    """A capture whose bytes could not be had, with its outcome."""
    return describe(origin, source_ref, source_kind, None, outcome=outcome, reason=reason, **facts)


def printable(path: PurePath) -> str:
    """A relative path as text: `/` between folders, bytes that are not UTF-8 as `\\\\xNN`.

    >>> printable(PurePath("2026-03-02/b.html"))
    '2026-03-02/b.html'
    """
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
