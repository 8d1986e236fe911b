"""The audit: what has to hold of candidate rows before they are published.

Checks that one query can state are files under sql/checks; each returns the rows that offend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from ..raw import EntryKey
from ..schema import TABLES, outcomes
from .catalog import path_pattern
from .errors import AuditError
from .manifest import Entry, Manifest
from .merge import Candidate

MIN_ARTICLES = 4
"""An entry with fewer articles before may lose any number: half of three is no sign of a failure."""

MIN_ROWS = 20
"""A table with at least so many rows before, and none now although articles remain, was not read."""

CLOSED_LISTS: dict[str, Iterable[str]] = {
    "outcome": outcomes.OUTCOMES,
    "rejected_outcome": outcomes.REJECTED_OUTCOMES,
    "byteless_outcome": outcomes.BYTELESS_OUTCOMES,
    "page_kind": outcomes.PAGE_KINDS,
    "role": outcomes.ROLES,
    "layer": outcomes.LAYERS,
}


def audit_rows(lake: Path, entries: Sequence[Entry], candidates: Sequence[Candidate]) -> None:
    """Run every check over the candidate files of these entries.

    Raises `AuditError` naming the first check that fails, how many rows offend, and one of them.
    """
    if not entries:
        return
    paths = {name: [entry.files[name].path for entry in entries if name in entry.files] for name in TABLES}
    expected = {candidate.key: candidate.expected for candidate in candidates}
    for problem in _failing_checks(lake, paths, expected):
        raise AuditError(f"{problem}; nothing was published. The staged rows stay: report this fault of Dateline")


def audit_published(lake: Path, manifest: Manifest, expected: Mapping[EntryKey, Sequence[str]]) -> list[str]:
    """Run every check over published entries, each given with the capture_ids that raw holds of it; says what fails."""
    entries = [manifest.entries[key] for key in expected]
    paths = {
        name: sorted({manifest.holder(entry, name).path for entry in entries if name in entry.files}) for name in TABLES
    }
    return list(_failing_checks(lake, paths, expected)) if expected else []


def _failing_checks(
    lake: Path, paths: Mapping[str, Sequence[str]], expected: Mapping[EntryKey, Sequence[str]]
) -> Iterator[str]:
    with duckdb.connect() as connection:
        _set_up(connection, lake, paths, expected)
        for name, query in [*_unique_keys(), *_packaged_checks()]:
            offending = connection.execute(f"SELECT * FROM ({query}) LIMIT 1").fetchall()
            if offending:
                columns = [column[0] for column in connection.description]
                (count,) = connection.execute(f"SELECT count(*) FROM ({query})").fetchall()[0]
                row = ", ".join(f"{key}={value}" for key, value in zip(columns, offending[0], strict=True))
                yield f"check {name} fails for {count} rows, e.g. {row}"


def audit_collapse(before: Manifest | None, entries: Sequence[Entry]) -> None:
    """Compare entries with what is published of them now.

    Raises `AuditError` where articles fall by more than half although captures did not, or where a
    table lost all its rows although articles remain.
    """
    for entry in entries:
        old = before.entries.get(entry.key) if before else None
        problem = _collapse(old, entry) if old else None
        if problem:
            raise AuditError(
                f"{entry.ingest_date} {entry.source_id}: {problem}; nothing was published. "
                "If that is right, publish again with force"
            )


def _collapse(old: Entry, new: Entry) -> str | None:
    was, now = old.counts["articles"], new.counts["articles"]
    kept = _live(new.counts) / max(1, _live(old.counts))
    if was >= MIN_ARTICLES and now < was / 2 * min(1.0, kept):
        return f"articles would fall from {was} to {now} (captures: {_live(old.counts)} to {_live(new.counts)})"
    for name in ("blocks", "dates", "mentions", "entities"):
        if name in old.files and old.files[name].rows >= MIN_ROWS and name not in new.files and now * 2 > was:
            return f"table {name} would fall from {old.files[name].rows} rows to none"
    return None


def _live(counts: Mapping[str, int]) -> int:
    return counts["expected"] - counts["withdrawn"]


def _set_up(
    connection: duckdb.DuckDBPyConnection,
    lake: Path,
    paths: Mapping[str, Sequence[str]],
    expected: Mapping[EntryKey, Sequence[str]],
) -> None:
    chosen = {"ingest_date": [day for day, _ in expected], "source_id": [source for _, source in expected]}
    connection.register("chosen_entries", pa.table(chosen))
    for name, table in TABLES.items():
        if paths[name]:
            patterns = [path_pattern(lake.absolute() / path) for path in paths[name]]
            connection.execute(f"SET VARIABLE paths_of_{name} = ?", [patterns])
            source = f"read_parquet(getvariable('paths_of_{name}'), hive_partitioning = false, union_by_name = true)"
            chosen_rows = f"SELECT * FROM {source} SEMI JOIN chosen_entries USING (ingest_date, source_id)"
            connection.execute(f"CREATE TEMP VIEW {name} AS {chosen_rows}")
        else:
            connection.register(name, table.schema().empty_table())
    connection.register("expected", _expected(expected))
    connection.register(
        "closed_lists",
        pa.table(
            {
                "list_name": [name for name, values in CLOSED_LISTS.items() for _ in values],
                "list_value": [value for values in CLOSED_LISTS.values() for value in values],
            }
        ),
    )


def _expected(expected: Mapping[EntryKey, Sequence[str]]) -> pa.Table:
    keys: list[tuple[EntryKey, str]] = [(key, capture) for key, captures in expected.items() for capture in captures]
    return pa.table(
        {
            "ingest_date": pa.array([key[0] for key, _ in keys], pa.date32()),
            "source_id": pa.array([key[1] for key, _ in keys], pa.string()),
            "capture_id": pa.array([capture for _, capture in keys], pa.string()),
        }
    )


def _unique_keys() -> list[tuple[str, str]]:
    checks = []
    for name, table in TABLES.items():
        key = ", ".join(dict.fromkeys(("ingest_date", "source_id", *table.key)))
        checks.append((f"unique_{name}", f"SELECT {key} FROM {name} GROUP BY {key} HAVING count(*) > 1"))
    return checks


def _packaged_checks() -> list[tuple[str, str]]:
    folder = files("dateline") / "sql" / "checks"
    found = sorted(folder.iterdir(), key=lambda item: item.name)
    return [(item.name.removesuffix(".sql"), item.read_text("utf-8").strip().rstrip(";")) for item in found]
