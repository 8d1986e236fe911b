"""What is different between two manifests: entries with their counts, captures, articles, and values of articles.

Entries are compared by what the manifests state; rows only of entries that differ, by DuckDB on both sets of files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ..raw import EntryKey
from ..schema import TABLES
from .catalog import path_pattern
from .commit import manifest_name
from .errors import LakeError
from .garbage import kept_numbers
from .manifest import Entry, Manifest, catalog_folder, current, read_manifest

COMPARED = ("captures", "articles")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that two manifests do not have alike; `before` or `after` is None where one has none of it."""

    ingest_date: date
    source_id: str
    before: Entry | None
    after: Entry | None

    @property
    def how(self) -> str:
        """added, removed, changed (its rows), or reread (the same rows by another build, or from more of the log)."""
        if self.before is None or self.after is None:
            return "removed" if self.after is None else "added"
        hashes = [{name: file.sha256 for name, file in entry.files.items()} for entry in (self.before, self.after)]
        return "reread" if hashes[0] == hashes[1] else "changed"

    def count(self, name: str) -> tuple[int, int]:
        """A count before and after."""
        before, after = (entry.counts[name] if entry else 0 for entry in (self.before, self.after))
        return before, after


@dataclass(frozen=True, slots=True)
class LakeDiff:
    """Everything that differs from manifest `before` to manifest `after`; rows are as the SQL files under sql/diff say.

    `lost` names entries whose rows could not be compared, because their files of one manifest are gone.
    """

    before: int
    after: int
    entries: tuple[EntryChange, ...]
    outcomes: tuple[Row, ...] = ()
    parts: tuple[Row, ...] = ()
    values: tuple[Row, ...] = ()
    lost: tuple[EntryKey, ...] = ()

    def columns(self) -> dict[str, int]:
        """How many articles have another value, by column, the most first."""
        return dict(
            sorted(Counter(row["column_name"] for row in self.values).items(), key=lambda pair: (-pair[1], pair))
        )


def choose_manifests(lake: Path, before: int | None = None, after: int | None = None) -> tuple[Manifest, Manifest]:
    """Two manifests by their numbers; by default the current one and the one before it.

    Raises `LakeError` with the numbers that are kept where one is not there (any more), or there is none to
    compare with.
    """
    holds = current(lake)
    if holds is None:
        raise LakeError(f"{lake} holds nothing yet: load some pages first")
    newer = _find(lake, after) if after is not None else holds
    if before is not None:
        return _find(lake, before), newer
    earlier = [number for number in kept_numbers(lake) if number < newer.number]
    if not earlier:
        raise LakeError(
            f"manifest {newer.number} has no earlier one to compare with; kept: {_spans(kept_numbers(lake))}; "
            "publish something first, or name two that are kept"
        )
    return _find(lake, earlier[-1]), newer


def compare(lake: Path, before: Manifest, after: Manifest) -> LakeDiff:
    """Compare two manifests of a lake. Where the rows of an entry can't be read any more, it is named in `lost`."""
    keys = sorted(before.entries.keys() | after.entries.keys())
    changes = tuple(
        EntryChange(*key, before.entries.get(key), after.entries.get(key))
        for key in keys
        if before.entries.get(key) != after.entries.get(key)
    )
    differ = [(change.ingest_date, change.source_id) for change in changes if change.how != "reread"]
    lost = tuple(key for key in differ if not (_is_there(lake, before, key) and _is_there(lake, after, key)))
    whole = [key for key in differ if key not in lost]
    with duckdb.connect() as connection:
        for side, manifest in (("before", before), ("after", after)):
            for name in COMPARED:
                _name_rows(connection, lake, f"{side}_{name}", name, manifest, whole)
        outcomes, parts, values = (_rows(connection, query) for query in ("outcomes", "parts", "articles"))
    return LakeDiff(before.number, after.number, changes, outcomes, parts, values, lost)


def _find(lake: Path, number: int) -> Manifest:
    kept = kept_numbers(lake)
    if number not in kept:
        gone = "was collected as garbage" if kept and 0 < number < kept[-1] else "was never written"
        raise LakeError(f"manifest {number} {gone}; name one that is kept: {_spans(kept) or 'none'}")
    try:
        return read_manifest(lake, manifest_name(number))
    except (ValueError, KeyError, TypeError, OSError) as error:
        path = catalog_folder(lake) / manifest_name(number)
        raise LakeError(f"{path} can't be read ({error}); compare with another: {_spans(kept)}") from None


def _is_there(lake: Path, manifest: Manifest, key: EntryKey) -> bool:
    entry = manifest.entries.get(key)
    return entry is None or all(
        (lake / manifest.holder(entry, name).path).is_file() for name in COMPARED if name in entry.files
    )


def _name_rows(
    connection: duckdb.DuckDBPyConnection,
    lake: Path,
    view: str,
    name: str,
    manifest: Manifest,
    keys: Iterable[EntryKey],
) -> None:
    """Give the rows that a manifest has of these entries in a table a name in SQL."""
    found = [manifest.entries[key] for key in keys if key in manifest.entries and name in manifest.entries[key].files]
    paths = sorted({manifest.holder(entry, name).path for entry in found})
    if not paths:
        connection.register(view, TABLES[name].schema().empty_table())
        return
    wanted = pa.table(
        {
            "ingest_date": pa.array([entry.ingest_date for entry in found], pa.date32()),
            "source_id": pa.array([entry.source_id for entry in found], pa.string()),
        }
    )
    connection.register(f"entries_of_{view}", wanted)
    connection.execute(
        f"SET VARIABLE paths_of_{view} = ?", [[path_pattern((lake / path).absolute()) for path in paths]]
    )
    source = f"read_parquet(getvariable('paths_of_{view}'), hive_partitioning = false, union_by_name = true)"
    query = f"SELECT * FROM {source} SEMI JOIN entries_of_{view} USING (ingest_date, source_id)"
    connection.execute(f"CREATE TEMP VIEW {view} AS {query}")


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[Row, ...]:
    done = connection.execute((files("dateline") / "sql" / "diff" / f"{name}.sql").read_text("utf-8"))
    columns = [column[0] for column in done.description or ()]
    return tuple(dict(zip(columns, row, strict=True)) for row in done.fetchall())


def _spans(numbers: Iterable[int]) -> str:
    """Numbers as spans.

    >>> _spans([3, 4, 5, 9])
    '3 to 5, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
