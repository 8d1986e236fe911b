"""The commit: entries replaced in a new manifest, then the pointer; before it nothing is seen, after it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..raw import EntryKey
from ..raw.durable import READ_ONLY, write_file
from ..raw.locking import PATIENCE, hold_lock
from .derive import derive
from .errors import StaleReadError
from .manifest import Entry, Manifest, MonthFiles, catalog_folder, current, encode_manifest, encode_parts
from .month_files import damaged_files, take_out

Clock = Callable[[], datetime]
"""Gives the present instant, with a zone."""


@dataclass(frozen=True, slots=True)
class CommitResult:
    """What a commit did. `changed` is False where the lake was equal already: then no manifest was written."""

    number: int
    lake_hash: str
    changed: bool
    changed_entries: tuple[EntryKey, ...]
    unchanged_entries: tuple[EntryKey, ...]


def commit_entries(lake: Path, entries: Sequence[Entry], *, clock: Clock, patience: float = PATIENCE) -> CommitResult:
    """Make these entries the published ones, all of them in one step, and bring what is derived up to date.

    An entry of a compacted month leaves the files of its month, which are written anew without it.
    Raises `StaleReadError` where an entry was meanwhile published from a later state of raw, or its files are gone;
    `LockHeldError` where another commit hangs.
    """
    with lake_lock(lake, patience=patience):
        old = current(lake)
        before = old.entries if old else {}
        for entry in entries:
            _refuse_stale(before.get(entry.key), entry)
        damaged = _damaged_months(lake, old, entries) if old else frozenset()
        changed = [
            entry
            for entry in entries
            if before.get(entry.key) != entry or (before[entry.key].compacted and entry.month in damaged)
        ]
        _refuse_collected(lake, changed)
        if changed or old is None:
            now = clock()
            fresh = {entry.key: replace(entry, committed_at=now) for entry in changed}
            kept, months = take_out(lake, old, fresh, damaged) if old else ({}, {})
            manifest = write_manifest(lake, {**kept, **fresh}, months, now)
        else:
            manifest = old
        derive(lake, manifest)
    keys = {entry.key for entry in changed}
    return CommitResult(
        manifest.number,
        manifest.lake_hash,
        manifest is not old,
        tuple(sorted(keys)),
        tuple(sorted({entry.key for entry in entries} - keys)),
    )


def lake_lock(lake: Path, *, patience: float = PATIENCE) -> AbstractContextManager[None]:
    """The lock that every writer of the catalog holds."""
    return hold_lock(catalog_folder(lake) / "lock", patience=patience)


def point_at(lake: Path, manifest: Manifest) -> None:
    """Make a written manifest the current one: the commit point."""
    name = manifest_name(manifest.number)
    sha256 = hashlib.sha256((catalog_folder(lake) / name).read_bytes()).hexdigest()
    pointer = {"manifest": name, "sha256": sha256, "lake_hash": manifest.lake_hash}
    write_file(catalog_folder(lake) / "current.json", (json.dumps(pointer, indent=1) + "\n").encode())


def manifest_name(number: int) -> str:
    """File name of a manifest.

    >>> manifest_name(123)
    '000123.json'
    """
    return f"{number:06d}.json"


def _refuse_stale(published: Entry | None, entry: Entry) -> None:
    if published and entry.position.is_older_than(published.position):
        raise StaleReadError(
            f"{entry.ingest_date} {entry.source_id}: a later state of raw was published meanwhile; read the entry again"
        )


def _refuse_collected(lake: Path, entries: Sequence[Entry]) -> None:
    """Until they are committed nothing names the files of an entry, so that a slow run may lose them as garbage."""
    for entry in entries:
        for file in entry.files.values():
            if not (lake / file.path).is_file():
                raise StaleReadError(f"{file.path} was deleted before its commit; read the entry again")


def _damaged_months(lake: Path, old: Manifest, entries: Sequence[Entry]) -> frozenset[str]:
    """Compacted months of these entries whose files are not whole: what was in them has to be published again."""
    held = {entry.month for entry in entries if entry.key in old.entries and old.entries[entry.key].compacted}
    return frozenset(month for month in held if damaged_files(lake, old.months[month]))


def write_manifest(
    lake: Path, entries: Mapping[EntryKey, Entry], months: Mapping[str, MonthFiles], now: datetime
) -> Manifest:
    """Write the next manifest and point at it; the caller holds the lake's lock."""
    folder = catalog_folder(lake)
    parts = encode_parts(entries.values(), months)
    for path, data in parts.values():
        if not (folder / path).is_file() or (folder / path).read_bytes() != data:
            write_file(folder / path, data, mode=READ_ONLY)
    numbers = [int(path.stem) for path in folder.glob("[0-9]*.json")]
    paths = {month: path for month, (path, _) in parts.items()}
    manifest = Manifest(1 + max(numbers, default=0), entries, paths, now, months=months)
    write_file(folder / manifest_name(manifest.number), encode_manifest(manifest), mode=READ_ONLY)
    point_at(lake, manifest)
    return manifest
