"""Stored captures by the digest of their bytes: what a revisit record of a later archive points at."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ..model import Capture
from .errors import DamagedPayloadError
from .log import entries, read_entry
from .store import read_payload

Find = Callable[[str], tuple[Capture, bytes | None] | None]


def find_by_digest(raw: Path) -> Find:
    """A function that gives the capture and bytes of a digest, spelled `sha1:` or `sha256:` and hexadecimal.

    The log is read when it is first called, and not again; of several captures with the same bytes the one
    with the lowest capture_id is given, so that the answer does not hang on the order of the log.
    """

    @cache
    def index() -> dict[str, Capture]:
        found: dict[str, Capture] = {}
        for entry in entries(raw):
            for capture in read_entry(raw, *entry).captures:
                if capture.payload_sha256 and not capture.truncated:
                    for key in _keys(capture):
                        found[key] = min(found.get(key, capture), capture, key=lambda item: item.capture_id)
        return found

    def find(digest: str) -> tuple[Capture, bytes | None] | None:
        capture = index().get(digest)
        if capture is None or capture.payload_sha256 is None:
            return None
        try:
            return capture, read_payload(raw, capture.payload_sha256)
        except DamagedPayloadError:
            return None

    return find


def _keys(capture: Capture) -> list[str]:
    keys = [f"sha256:{capture.payload_sha256}"]
    if capture.payload_sha1:
        keys.append(f"sha1:{base64.b32decode(capture.payload_sha1).hex()}")
    return keys
