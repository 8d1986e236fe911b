"""What can go wrong with raw; every message is one line that says what to do."""

from __future__ import annotations


class RawError(RuntimeError):
    """Something about the raw store stops this; the message says what to do."""


class DamagedPayloadError(RawError):
    """Stored bytes are missing or are not the bytes that were stored; the message says which and what to do."""


class DamagedLogError(RawError):
    """A segment or listing is not what its name says; the message says which and what to do."""
