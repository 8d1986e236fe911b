"""The catalog that DuckDB reads: SQL made from a manifest, as a script and as a database of views.

Views name their files one by one, so a query sees exactly one commit, whatever is written meanwhile.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ..raw.durable import READ_ONLY, write_file
from ..schema import DERIVED_TABLES, TABLES, Table
from .derived import derived_paths
from .manifest import Manifest
from .parquet import encode, hash_name

BUILDS = pa.schema(
    [
        ("ingest_date", pa.date32()),
        ("source_id", pa.string()),
        ("build_id", pa.string()),
        ("snapshot_hash", pa.string()),
        ("committed_at", pa.timestamp("us", tz="UTC")),
        ("run_note", pa.string()),
    ]
)

LAKE_FILES = pa.schema(
    [
        ("table_name", pa.string()),
        ("ingest_date", pa.date32()),
        ("source_id", pa.string()),
        ("file_path", pa.string()),
        ("n_rows", pa.int64()),
        ("n_bytes", pa.int64()),
        ("sha256", pa.string()),
        ("published_from", pa.date32()),
        ("published_to", pa.date32()),
        ("is_compacted", pa.bool_()),
    ]
)
"""A row is the content of one entry in one table. Where its month is compacted, `file_path` is the month's file, which
holds other entries too; rows, bytes and hash are always those of the entry's own content."""

STORAGE_VERSION = "v1.0.0"
"""Any DuckDB from 1.0 on opens a database of this version; the default of 2.0 is refused by 1.5."""


def script_text(lake: Path, manifest: Manifest, files_of: dict[str, list[str]]) -> str:
    """The text of lake.sql: one line sets the root, all else is relative to it."""
    root = str(lake.absolute())
    # The search path is a list with commas between, and knows no way to write a wildcard that means itself.
    spelt_out = f"{path_pattern(root)}/" if any(char in root for char in ",*?[") else ""
    return (
        f"-- Lake {manifest.lake_hash[:12]}, manifest {manifest.number}. Open it with: duckdb -init lake.sql\n"
        f"SET file_search_path = {_sql_text(root)};\n"
        "SET TimeZone = 'UTC';\n" + _views(files_of, spelt_out)
    )


def database_sql(lake: Path, files_of: dict[str, list[str]]) -> str:
    """The statements that fill dateline.duckdb: the same views with absolute paths, and the codebook as comments."""
    return _views(files_of, f"{path_pattern(lake.absolute())}/") + "".join(
        map(_comments, (TABLES | DERIVED_TABLES).values())
    )


def write_fixed_files(lake: Path, manifest: Manifest) -> dict[str, list[str]]:
    """Paths (relative to the lake) by table, after writing what views need beside the data.

    That is a file without rows for each table, so that views bind in an empty lake and give types to
    all others, and the tables `builds` and `lake_files` that the manifest itself amounts to.
    """
    paths: dict[str, list[str]] = {}
    for name, table in TABLES.items():
        data = encode(table, table.schema().empty_table())
        empty = _write_once(lake, f"_data/{name}/empty-{hash_name(data)}.parquet", data)
        paths[name] = [empty, *(file.path for file in manifest.files(name))]
    made = derived_paths(lake)
    for name, table in DERIVED_TABLES.items():
        data = encode(table, table.schema().empty_table())
        paths[name] = [_write_once(lake, f"_data/{name}/empty-{hash_name(data)}.parquet", data), *made.get(name, ())]
    for name, rows in (("builds", _builds(manifest)), ("lake_files", _lake_files(manifest))):
        sink = pa.BufferOutputStream()
        pq.write_table(rows, sink, compression="zstd")
        data = sink.getvalue().to_pybytes()
        paths[name] = [_write_once(lake, f"_catalog/tables/{name}-{hash_name(data)}.parquet", data)]
    return paths


def write_database(path: Path, sql: str) -> None:
    """Replace a view-only database by one that these statements make; readers of the old one keep it."""
    # Made elsewhere, since DuckDB can't write below a folder with `?` in its name; it is small.
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder, duckdb.connect() as connection:
        unfinished = Path(folder, "dateline.duckdb")
        connection.execute(f"ATTACH {_sql_text(str(unfinished))} AS dateline (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE dateline")
        # In one transaction, or each statement is flushed to the disk by itself.
        connection.execute(f"BEGIN;\n{sql}\nCOMMIT;")
        connection.execute("USE memory")
        connection.execute("DETACH dateline")
        write_file(path, unfinished.read_bytes())


def path_pattern(path: Path | str) -> str:
    """A path as a pattern that means itself: DuckDB takes `*`, `?` and `[` in file names for wildcards.

    >>> path_pattern("/data/lake [new]")
    '/data/lake [[]new]'
    """
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))


def packaged_sql(room: str) -> list[str]:
    """The SQL files of one folder of the package, in order of name."""
    folder = files("dateline") / "sql" / room
    return [item.read_text("utf-8").rstrip() for item in sorted(folder.iterdir(), key=lambda item: item.name)]


def _views(files_of: dict[str, list[str]], root: str) -> str:
    tables = (TABLES | DERIVED_TABLES).values()
    views = [_table_view(table, [root + path for path in files_of[table.name]]) for table in tables]
    views += [
        f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({_sql_list([root + files_of[name][0]])});"
        for name in ("builds", "lake_files")
    ]
    return "\n".join([*views, *packaged_sql("views"), *packaged_sql("macros")]) + "\n"


def _table_view(table: Table, paths: list[str]) -> str:
    source = f"read_parquet({_sql_list(paths)}, union_by_name = true, hive_partitioning = false)"
    return f"CREATE OR REPLACE VIEW {table.name} AS SELECT {', '.join(table.names)} FROM {source};"


def _comments(table: Table) -> str:
    about = f"A row is {table.row}. {table.warning}".strip()
    columns = (f"COMMENT ON COLUMN {table.name}.{column.name} IS {_sql_text(column.doc)};\n" for column in table)
    return f"COMMENT ON VIEW {table.name} IS {_sql_text(about)};\n" + "".join(columns)


def _builds(manifest: Manifest) -> pa.Table:
    rows = [
        {field: getattr(manifest.entries[key], field) for field in BUILDS.names} for key in sorted(manifest.entries)
    ]
    return pa.Table.from_pylist(rows, schema=BUILDS)


def _lake_files(manifest: Manifest) -> pa.Table:
    rows = [
        {
            "table_name": name,
            "ingest_date": key[0],
            "source_id": key[1],
            "file_path": manifest.holder(manifest.entries[key], name).path,
            "n_rows": file.rows,
            "n_bytes": file.bytes,
            "sha256": file.sha256,
            "published_from": file.published_from,
            "published_to": file.published_to,
            "is_compacted": manifest.entries[key].compacted,
        }
        for key in sorted(manifest.entries)
        for name, file in sorted(manifest.entries[key].files.items())
    ]
    return pa.Table.from_pylist(rows, schema=LAKE_FILES)


def _write_once(lake: Path, relative: str, data: bytes) -> str:
    path = lake / relative
    if not path.is_file() or path.read_bytes() != data:
        write_file(path, data, mode=READ_ONLY)
    return relative


def _sql_list(paths: Iterable[str]) -> str:
    return "[" + ", ".join(_sql_text(path) for path in paths) + "]"


def _sql_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
