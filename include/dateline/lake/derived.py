"""What is derived from the published tables by comparing pages: a small pointer names the files that hold.

`_derived/derived.json` is replaced atomically, its files never change. Each table says which manifest it was
made from. All of the folder can be deleted: the next `dateline corpus` makes it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..raw.durable import READ_ONLY, write_file
from ..schema import Table
from .parquet import encode, hash_name, in_schema

FOLDER = "_derived"
POINTER = "derived.json"


@dataclass(frozen=True, slots=True)
class DerivedTable:
    """A derived table: the manifest it was made from, by which method, and its files.

    `files` maps a part (a month) to a path relative to the lake; `working` does so for each set of
    files that only the next run needs.
    """

    manifest: int
    lake_hash: str
    method: str
    files: Mapping[str, str]
    working: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """All its files, working ones too."""
        return [*self.files.values(), *(path for files in self.working.values() for path in files.values())]


@dataclass(frozen=True, slots=True)
class Derived:
    """All derived tables by name, and since when files are no longer named (so that readers can finish)."""

    tables: Mapping[str, DerivedTable] = field(default_factory=dict)
    retired: Mapping[str, datetime] = field(default_factory=dict)

    def paths(self) -> set[str]:
        """Every file that a table names."""
        return {path for table in self.tables.values() for path in table.paths()}

    def replace_table(self, name: str, table: DerivedTable, now: datetime) -> Derived:
        """With this table in place of the old one, whose files are retired from `now` on."""
        tables = {**self.tables, name: table}
        named = {path for item in tables.values() for path in item.paths()}
        gone = self.paths() - named
        kept = {path: since for path, since in self.retired.items() if path not in named}
        return Derived(tables, {**dict.fromkeys(sorted(gone), now), **kept})


def derived_folder(lake: Path) -> Path:
    """Where derived files, their pointer and their lock are."""
    return lake / FOLDER


def read_derived(lake: Path) -> Derived:
    """The derived tables that are whole: one that lacks a file, or a pointer that can't be read, counts as none."""
    try:
        stated = json.loads((derived_folder(lake) / POINTER).read_bytes())
        found = {name: _table_from_json(table) for name, table in stated["tables"].items()}
        retired = {path: datetime.fromisoformat(since) for path, since in stated["retired"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Derived()
    whole = {name: table for name, table in found.items() if all((lake / path).is_file() for path in table.paths())}
    return Derived(whole, retired)


def write_derived(lake: Path, derived: Derived) -> None:
    """Make these the derived tables: the commit point. The caller holds the lock of `_derived`."""
    stated = {
        "tables": {name: _table_to_json(table) for name, table in derived.tables.items()},
        "retired": {path: since.isoformat() for path, since in derived.retired.items()},
    }
    data = (json.dumps(stated, indent=1, sort_keys=True) + "\n").encode()
    write_file(derived_folder(lake) / POINTER, data)


def write_part(lake: Path, table: Table, part: str, batches: Iterable[pa.RecordBatch | pa.Table]) -> str:
    """Write one immutable file of a derived table and return its path relative to the lake.

    The name is made of the part and a hash of the bytes: equal rows in any order are the same file, which is
    not written again where it is whole.
    """
    data = encode(table, in_schema(table, batches))
    relative = f"{FOLDER}/{table.name}/{part}-{hash_name(data)}.parquet"
    path = lake / relative
    if not path.is_file() or hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(data).digest():
        write_file(path, data, mode=READ_ONLY)
    return relative


def derived_paths(lake: Path) -> dict[str, list[str]]:
    """Files of each derived table that is whole, relative to the lake; what the catalog names."""
    return {name: sorted(table.files.values()) for name, table in read_derived(lake).tables.items()}


def _table_to_json(table: DerivedTable) -> dict[str, Any]:
    working = {name: dict(files) for name, files in table.working.items()}
    made_from = {"manifest": table.manifest, "lake_hash": table.lake_hash, "method": table.method}
    return {**made_from, "files": dict(table.files), "working": working}


def _table_from_json(stated: Mapping[str, Any]) -> DerivedTable:
    working = {name: dict(files) for name, files in stated["working"].items()}
    return DerivedTable(int(stated["manifest"]), stated["lake_hash"], stated["method"], dict(stated["files"]), working)
