"""Taking captures down for good: a tombstone first, then the bytes, so that a crash never leaves bytes unmarked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..model import Capture
from .durable import sync_folder
from .errors import RawError
from .forgotten import read_forgotten, write_tombstone
from .layout import entry_folder, payload_path
from .log import EntryKey, entries
from .segments import list_segments, read_segment


class NothingToForgetError(RawError):
    """No capture in the log is meant; the message says so."""


@dataclass(frozen=True, slots=True)
class ForgetResult:
    """What is forgotten now: ids of captures, their entries, and hashes of the bytes deleted and of those kept.

    Bytes are kept where another capture, which nobody forgot, has the same.
    """

    captures: tuple[str, ...]
    entries: tuple[EntryKey, ...]
    deleted: tuple[str, ...]
    kept: tuple[str, ...]


def forget(
    raw: Path,
    is_meant: Callable[[Capture], bool],
    *,
    target: str,
    why: str,
    clock: Callable[[], datetime],
) -> ForgetResult:
    """Forget every capture of the log that is meant; `target` and `why` are what the tombstone says of it.

    The tables still have them until their entries are published again. Doing it again, also after a crash,
    finishes what was begun and changes nothing else. Raises `NothingToForgetError` where no capture is meant.
    """
    meant = [capture for capture in all_captures(raw) if is_meant(capture)]
    if not meant:
        raise NothingToForgetError(f"no capture in {raw} is {target}; check what you name")
    ids = {capture.capture_id for capture in meant}
    # The empty page and its like have no bytes to forget, and forgetting none would forget all of them.
    hashes = {capture.payload_sha256 for capture in meant if capture.payload_sha256 and capture.n_bytes}
    before = read_forgotten(raw)
    needed = {
        other.payload_sha256
        for other in all_captures(raw)
        if other.payload_sha256 in hashes and other.capture_id not in ids and not before.has(other)
    }
    deleted = sorted(hashes - needed)
    write_tombstone(raw, meant, deleted, target=target, why=why, now=clock())
    for sha256 in deleted:
        path = payload_path(raw, sha256)
        if path.is_file():
            path.unlink()
            sync_folder(path.parent)
    found = {(capture.ingest_date, capture.source_id) for capture in meant}
    return ForgetResult(tuple(sorted(ids)), tuple(sorted(found)), tuple(deleted), tuple(sorted(filter(None, needed))))


def all_captures(raw: Path) -> Iterator[Capture]:
    """Every capture as the log has it, forgotten and withdrawn ones too."""
    for day, source_id in entries(raw):
        for segment in list_segments(entry_folder(raw, day, source_id)):
            yield from read_segment(segment)
