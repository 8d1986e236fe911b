"""Segments: the immutable files that the raw log is made of, one capture a line as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..model import Capture
from .durable import READ_ONLY, write_file
from .errors import DamagedLogError
from .layout import entry_folder

SUFFIX = ".jsonl"


def write_segment(raw: Path, ingest_date: date, source_id: str, captures: Iterable[Capture]) -> Path:
    """Write captures of one entry as its next segment, in order of capture_id. The caller holds the source's lock.

    The name is the number in the entry, then the hash of the content: `000002-9f86d081884c.jsonl`.
    """
    folder = entry_folder(raw, ingest_date, source_id)
    lines = sorted(encode_capture(capture) for capture in captures)
    data = "".join(line + "\n" for line in lines).encode("ascii")
    path = folder / f"{_next_number(folder):06d}-{hashlib.sha256(data).hexdigest()[:12]}{SUFFIX}"
    write_file(path, data, mode=READ_ONLY)
    return path


def list_segments(folder: Path) -> list[Path]:
    """Segments of an entry's folder, in the order of their writing."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))


def read_segment(path: Path) -> list[Capture]:
    """Captures of one segment. Raises `DamagedLogError` where it is not what its name says."""
    return [decode_capture(line) for line in _lines(path)]


@lru_cache(maxsize=65_536)
def refs_of_segment(path: Path) -> Mapping[str, str]:
    """source_ref by capture_id in a segment; remembered, since a segment never changes under its name."""
    lines = map(json.loads, _lines(path))
    return {line["capture_id"]: line["source_ref"] for line in lines}


def _lines(path: Path) -> list[str]:
    data = path.read_bytes()
    # What a damaged log says may still be JSON, and wrong: only its hash tells.
    if hashlib.sha256(data).hexdigest()[:12] != path.stem.split("-")[-1]:
        raise DamagedLogError(f"{path} was altered: restore it from a backup; nothing was registered or published")
    return data.decode("ascii").splitlines()


def encode_capture(capture: Capture) -> str:
    """A capture as one line of ASCII JSON: capture_id first, empty facts left out, instants in UTC.

    >>> encode_capture(Capture("c1", date(2026, 3, 2), "inbox", "file", "a.html"))
    '{"capture_id":"c1","ingest_date":"2026-03-02","source_id":"inbox","source_kind":"file","source_ref":"a.html"}'
    """
    facts = {f.name: getattr(capture, f.name) for f in fields(Capture)}
    return json.dumps({k: _plain(v) for k, v in facts.items() if v not in (None, ())}, separators=(",", ":"))


def decode_capture(line: str) -> Capture:
    """The capture that a line states."""
    return Capture(**_facts(json.loads(line)))


def _facts(stated: Mapping[str, Any]) -> dict[str, Any]:
    facts = dict(stated)
    facts["ingest_date"] = date.fromisoformat(facts["ingest_date"])
    if "captured_at" in facts:
        facts["captured_at"] = datetime.fromisoformat(facts["captured_at"])
    facts["headers"] = tuple((name, value) for name, value in facts.get("headers", ()))
    facts["redirects"] = tuple(facts.get("redirects", ()))
    facts["feed_facts"] = tuple((name, value) for name, value in facts.get("feed_facts", ()))
    return facts


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _next_number(folder: Path) -> int:
    return 1 + max((int(path.name.split("-")[0]) for path in list_segments(folder)), default=0)
