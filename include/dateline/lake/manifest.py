"""Manifests: which entries and files are the lake at one commit.

A numbered manifest names one part a month; parts are named by their content, so a commit writes anew only
the months that it changes. `current.json` points at the manifest that holds: replacing it is the commit.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..raw import EntryKey, Position
from ..schema import SCHEMA_VERSION
from .errors import DamagedLakeError, NewerLakeError


@dataclass(frozen=True, slots=True)
class DataFile:
    """One immutable file: path relative to the lake, size, hash, and the publication days it spans."""

    path: str
    rows: int
    bytes: int
    sha256: str
    published_from: date | None = None
    published_to: date | None = None


MonthFiles = Mapping[str, DataFile]
"""The files of one compacted month, by table."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is published of one (ingest date, source), and what it was made from and by.

    Two entries are equal where their content is: when it was committed, by which run, and whether its rows are now in
    the files of its month (`compacted`), does not count. Of a compacted entry, the paths in `files` need not exist.
    """

    ingest_date: date
    source_id: str
    files: Mapping[str, DataFile]
    counts: Mapping[str, Any]
    build_id: str
    snapshot_hash: str
    position: Position
    run_note: str = field(default="", compare=False)
    committed_at: datetime | None = field(default=None, compare=False)
    compacted: bool = field(default=False, compare=False)

    @property
    def key(self) -> EntryKey:
        """(ingest_date, source_id)."""
        return self.ingest_date, self.source_id

    @property
    def month(self) -> str:
        """The Hive folder's month, e.g. `2026-03`."""
        return f"{self.ingest_date:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The lake at one commit. `parts` maps a month to the path of its part, relative to `_catalog`.

    `months` has, of each month that was compacted, the file of each table that holds its compacted entries.
    """

    number: int
    entries: Mapping[EntryKey, Entry]
    parts: Mapping[str, str]
    committed_at: datetime | None = None
    schema_version: int = SCHEMA_VERSION
    months: Mapping[str, MonthFiles] = field(default_factory=dict)

    @property
    def lake_hash(self) -> str:
        """Hash of the sorted (table, entry, file hash): equal lakes have equal hashes, whenever made."""
        lines = sorted(
            f"{table}\t{entry.ingest_date}\t{entry.source_id}\t{file.sha256}\n"
            for entry in self.entries.values()
            for table, file in entry.files.items()
        )
        return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()

    def files(self, table: str) -> list[DataFile]:
        """Files that hold one table: those of entries in order, then those of compacted months."""
        loose = (entry for _, entry in sorted(self.entries.items()) if not entry.compacted)
        found = [entry.files[table] for entry in loose if table in entry.files]
        return found + [files[table] for _, files in sorted(self.months.items()) if table in files]

    def holder(self, entry: Entry, table: str) -> DataFile:
        """The file that has an entry's rows of a table: its own, or its month's."""
        return self.months[entry.month][table] if entry.compacted else entry.files[table]

    def compacted_keys(self, month: str) -> tuple[EntryKey, ...]:
        """The entries of a month that its compacted files hold."""
        return tuple(sorted(key for key, entry in self.entries.items() if entry.compacted and entry.month == month))

    def holders(self) -> list[tuple[DataFile, tuple[EntryKey, ...]]]:
        """Every data file with the entries that are lost without it."""
        loose = (entry for _, entry in sorted(self.entries.items()) if not entry.compacted)
        found = [(file, (entry.key,)) for entry in loose for file in entry.files.values()]
        keys = {month: self.compacted_keys(month) for month in sorted(self.months)}
        return found + [(file, keys[month]) for month in keys for file in self.months[month].values()]


def catalog_folder(lake: Path) -> Path:
    """Where manifests, parts, pointer and lock are."""
    return lake / "_catalog"


def current(lake: Path) -> Manifest | None:
    """The manifest that holds, or None where nothing was ever published.

    Raises `DamagedLakeError` where pointer, manifest or part can't be read, `NewerLakeError` where a
    newer Dateline wrote them.
    """
    pointer = catalog_folder(lake) / "current.json"
    if not pointer.exists():
        if any(catalog_folder(lake).glob("[0-9]*.json")):
            raise DamagedLakeError(f"{pointer} is missing: run `dateline repair --lake {lake}`")
        return None
    try:
        stated = json.loads(pointer.read_bytes())
        return read_manifest(lake, stated["manifest"], stated["sha256"])
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise DamagedLakeError(f"{pointer} is damaged ({error}): run `dateline repair --lake {lake}`") from None


def lake_hash(lake: Path) -> str | None:
    """Hash of all that is published, or None before the first publish."""
    manifest = current(lake)
    return manifest.lake_hash if manifest else None


def read_manifest(lake: Path, name: str, sha256: str | None = None) -> Manifest:
    """A numbered manifest with its parts; raises ValueError, KeyError or OSError where they are not whole."""
    data = (catalog_folder(lake) / name).read_bytes()
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"{name} is not what was committed")
    stated = json.loads(data)
    if stated["schema_version"] > SCHEMA_VERSION:
        raise NewerLakeError(
            f"{lake} was written by a newer Dateline (schema {stated['schema_version']}, this one knows "
            f"{SCHEMA_VERSION}): install that version, or choose another lake"
        )
    read = {month: _read_part(lake, path) for month, path in stated["parts"].items()}
    return Manifest(
        stated["number"],
        {entry.key: entry for entries, _ in read.values() for entry in entries},
        stated["parts"],
        datetime.fromisoformat(stated["committed_at"]),
        stated["schema_version"],
        {month: files for month, (_, files) in read.items() if files},
    )


def encode_parts(
    entries: Iterable[Entry], compacted: Mapping[str, MonthFiles] | None = None
) -> dict[str, tuple[str, bytes]]:
    """For each month the path of its part, named by its hash, and the bytes."""
    months: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.key):
        months[entry.month].append(entry)
    parts: dict[str, tuple[str, bytes]] = {}
    for month in sorted(months):
        stated: dict[str, Any] = {"month": month, "entries": [_entry_to_json(entry) for entry in months[month]]}
        if compacted and month in compacted:
            stated["files"] = {name: _file_to_json(file) for name, file in compacted[month].items()}
        data = _encode(stated)
        parts[month] = f"parts/{month}-{hashlib.sha256(data).hexdigest()[:12]}.json", data
    return parts


def encode_manifest(manifest: Manifest) -> bytes:
    """The bytes of a numbered manifest."""
    return _encode(
        {
            "number": manifest.number,
            "schema_version": manifest.schema_version,
            "lake_hash": manifest.lake_hash,
            "committed_at": _text(manifest.committed_at),
            "parts": dict(manifest.parts),
        }
    )


def _read_part(lake: Path, path: str) -> tuple[list[Entry], dict[str, DataFile]]:
    data = (catalog_folder(lake) / path).read_bytes()
    if hashlib.sha256(data).hexdigest()[:12] != path[-17:-5]:
        raise ValueError(f"{path} is not what its name says")
    stated = json.loads(data)
    files = {name: _file_from_json(file) for name, file in stated.get("files", {}).items()}
    return [_entry_from_json(entry) for entry in stated["entries"]], files


def _encode(stated: Mapping[str, Any]) -> bytes:
    return (json.dumps(stated, indent=1, sort_keys=True) + "\n").encode("ascii")


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    return {
        "ingest_date": entry.ingest_date.isoformat(),
        "source_id": entry.source_id,
        "build_id": entry.build_id,
        "snapshot_hash": entry.snapshot_hash,
        "position": entry.position.to_json(),
        "counts": dict(entry.counts),
        "run_note": entry.run_note,
        "committed_at": _text(entry.committed_at),
        "files": {name: _file_to_json(file) for name, file in entry.files.items()},
        **({"compacted": True} if entry.compacted else {}),
    }


def _entry_from_json(stated: Mapping[str, Any]) -> Entry:
    return Entry(
        ingest_date=date.fromisoformat(stated["ingest_date"]),
        source_id=stated["source_id"],
        files={name: _file_from_json(file) for name, file in stated["files"].items()},
        counts=stated["counts"],
        build_id=stated["build_id"],
        snapshot_hash=stated["snapshot_hash"],
        position=Position.from_json(stated["position"]),
        run_note=stated["run_note"],
        committed_at=datetime.fromisoformat(stated["committed_at"]) if stated["committed_at"] else None,
        compacted=stated.get("compacted", False),
    )


def _file_to_json(file: DataFile) -> dict[str, Any]:
    days = {"published_from": _text(file.published_from), "published_to": _text(file.published_to)}
    return {"path": file.path, "rows": file.rows, "bytes": file.bytes, "sha256": file.sha256, **days}


def _file_from_json(stated: Mapping[str, Any]) -> DataFile:
    days = {key: date.fromisoformat(stated[key]) for key in ("published_from", "published_to") if stated[key]}
    return DataFile(stated["path"], stated["rows"], stated["bytes"], stated["sha256"], **days)


def _text(value: date | None) -> str | None:
    return value.isoformat() if value else None
