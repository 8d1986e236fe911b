"""Tombstones: what was taken down for good, when and why. They are the overrides of the log and are never removed.

The log itself stays as it was written; who reads it passes over what a tombstone names. A tombstone names
captures, and the hashes of bytes that nobody else needed: these are not kept again, from whatever source they come.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..identity import content_id
from ..model import Capture
from .durable import READ_ONLY, write_file


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Ids of captures and SHA-256 of bytes that tombstones name."""

    captures: frozenset[str] = frozenset()
    payloads: frozenset[str] = frozenset()

    def has(self, capture: Capture) -> bool:
        """Whether a capture is forgotten, by its id or by its bytes."""
        return capture.capture_id in self.captures or capture.payload_sha256 in self.payloads


def read_forgotten(raw: Path) -> Forgotten:
    """What all tombstones name together."""
    stones = [_read(path) for path in sorted(_folder(raw).glob("*.json"))]
    return Forgotten(
        frozenset().union(*(stone.captures for stone in stones)),
        frozenset().union(*(stone.payloads for stone in stones)),
    )


def write_tombstone(
    raw: Path, captures: Sequence[Capture], payloads: Iterable[str], *, target: str, why: str, now: datetime
) -> Path:
    """Write that these captures and bytes are forgotten; where that is written already, the first writing stays."""
    named = sorted((c.capture_id, c.ingest_date.isoformat(), c.source_id) for c in captures)
    hashes = sorted(payloads)
    path = _folder(raw) / f"{content_id(*(key for key, *_ in named), *hashes)}.json"
    if not path.is_file():
        stated: dict[str, Any] = {
            "target": target,
            "why": why,
            "forgotten_at": now.astimezone(UTC).isoformat(timespec="seconds"),
            "captures": [{"capture_id": key, "ingest_date": day, "source_id": source} for key, day, source in named],
            "payloads": hashes,
        }
        write_file(path, (json.dumps(stated, indent=1) + "\n").encode("ascii"), mode=READ_ONLY)
    return path


@lru_cache(maxsize=4096)
def _read(path: Path) -> Forgotten:
    stated = json.loads(path.read_text("ascii"))
    return Forgotten(frozenset(item["capture_id"] for item in stated["captures"]), frozenset(stated["payloads"]))


def _folder(raw: Path) -> Path:
    return raw / "overrides" / "forgotten"
