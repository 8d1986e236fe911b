"""Compaction: the many small files of a month that is over become one file a table, and no answer changes.

Entries keep their own content hashes in the manifest, so that the lake hash stays, too. The work is done without the
lake's lock and committed under it, month by month; where an entry has changed meanwhile, the month's work is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from ..raw.locking import PATIENCE
from ..schema import TABLES
from .commit import Clock, lake_lock, write_manifest
from .derive import derive
from .errors import DamagedLakeError
from .manifest import DataFile, Manifest, current
from .month_files import damaged_files, merge_files

CLOSED_AFTER = timedelta(days=7)
"""A month is closed once its youngest entry is older: late pages and corrections come within the week."""

MOST_FILES = 8
"""Files of a table that a month may have. A scan costs 0.15 to 0.27 ms a file, so eight of them in each month of five
years stay below 500 files; and a month that was compacted is not merged again for every entry that comes back."""


@dataclass(frozen=True, slots=True)
class CompactedMonth:
    """One month that was merged: its files before and after, of all tables; or the reason why it was left alone."""

    month: str
    n_before: int
    n_after: int
    number: int | None = None
    dropped: str = ""

    def describe(self) -> str:
        """One line.

        >>> CompactedMonth("2026-03", 341, 11, 7).describe()
        '2026-03: 341 files became 11 (manifest 7)'
        """
        if self.dropped:
            return f"{self.month}: left as it is, {self.dropped}"
        return f"{self.month}: {self.n_before} files became {self.n_after} (manifest {self.number})"


def closed_months(
    manifest: Manifest, *, clock: Clock, closed_after: timedelta = CLOSED_AFTER, most_files: int = MOST_FILES
) -> list[str]:
    """The months that are due: no entry is younger than `closed_after`, and some table has more than `most_files`."""
    limit = clock().date() - closed_after
    months = sorted({entry.month for entry in manifest.entries.values()})
    return [
        month
        for month in months
        if max(day for day, _ in _keys(manifest, month)) < limit
        and max((len(files) for files in _sources(manifest, month).values()), default=0) > most_files
    ]


def compact(
    lake: Path,
    *,
    clock: Clock,
    closed_after: timedelta = CLOSED_AFTER,
    most_files: int = MOST_FILES,
    patience: float = PATIENCE,
) -> Iterator[CompactedMonth]:
    """Merge every month that is due, one commit each, and tell of each when it is done.

    A kill costs the month that was at work: months before are committed, and what it leaves is unfinished files that
    garbage collection takes. Raises `LakeError` where merged rows are not those that went in; then nothing changes.
    """
    planned = current(lake)
    for month in (
        closed_months(planned, clock=clock, closed_after=closed_after, most_files=most_files) if planned else ()
    ):
        manifest = current(lake)
        assert manifest is not None
        yield _compact_month(lake, manifest, month, clock, patience)


def _compact_month(lake: Path, planned: Manifest, month: str, clock: Clock, patience: float) -> CompactedMonth:
    sources = _sources(planned, month)
    n_before = sum(map(len, sources.values()))
    entries = [planned.entries[key] for key in _keys(planned, month)]
    damaged = [line for name, files in sources.items() for line in damaged_files(lake, _numbered(name, files))]
    if damaged:
        return CompactedMonth(month, n_before, n_before, dropped=f"{damaged[0]}: run `dateline repair`")
    merged: dict[str, DataFile] = {}
    try:
        for name, files in sources.items():
            merged[name] = merge_files(lake, TABLES[name], month, files, entries)
    except FileNotFoundError as error:
        return CompactedMonth(month, n_before, n_before, dropped=f"{error.filename} was deleted meanwhile")
    return _commit(lake, planned, month, merged, clock, patience)


def _commit(
    lake: Path,
    planned: Manifest,
    month: str,
    merged: dict[str, DataFile],
    clock: Clock,
    patience: float,
) -> CompactedMonth:
    n_before = sum(map(len, _sources(planned, month).values()))
    with lake_lock(lake, patience=patience):
        now_there = current(lake)
        if now_there is None:
            raise DamagedLakeError(f"{lake} is gone: run `dateline repair`")
        if not _is_as_planned(now_there, planned, month) or not all(
            (lake / file.path).is_file() for file in merged.values()
        ):
            _drop(lake, now_there, merged)
            return CompactedMonth(month, n_before, n_before, dropped="an entry of it was published meanwhile")
        compacted = {key: replace(now_there.entries[key], compacted=True) for key in _keys(now_there, month)}
        manifest = write_manifest(
            lake, {**now_there.entries, **compacted}, {**now_there.months, month: merged}, clock()
        )
        derive(lake, manifest)
    return CompactedMonth(month, n_before, len(merged), manifest.number)


def _is_as_planned(found: Manifest, planned: Manifest, month: str) -> bool:
    keys = _keys(found, month)
    same = keys == _keys(planned, month) and found.months.get(month) == planned.months.get(month)
    return same and all(found.entries[key] == planned.entries[key] for key in keys)


def _drop(lake: Path, manifest: Manifest, merged: dict[str, DataFile]) -> None:
    """Delete files that were merged in vain: they may hold rows that were forgotten meanwhile."""
    named = {file.path for file, _ in manifest.holders()}
    for file in merged.values():
        if file.path not in named:
            (lake / file.path).unlink(missing_ok=True)


def _keys(manifest: Manifest, month: str) -> list[tuple[date, str]]:
    return sorted(key for key, entry in manifest.entries.items() if entry.month == month)


def _sources(manifest: Manifest, month: str) -> dict[str, list[DataFile]]:
    """The files of a month by table; of a table without rows, none."""
    loose = [manifest.entries[key] for key in _keys(manifest, month) if not manifest.entries[key].compacted]
    held = manifest.months.get(month, {})
    found = {
        name: [*([held[name]] if name in held else []), *(entry.files[name] for entry in loose if name in entry.files)]
        for name in TABLES
    }
    return {name: files for name, files in found.items() if files}


def _numbered(name: str, files: list[DataFile]) -> dict[str, DataFile]:
    return {f"{name}-{number:06d}": file for number, file in enumerate(files)}
