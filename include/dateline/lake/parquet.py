"""How a table is written as Parquet: sorted totally, so that equal rows are equal bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..schema import Table
from .errors import AuditError

COMPRESSION_LEVEL = 3
"""zstd above 3 saves less than 5 % for four times the time and more."""

TEXT_TABLES = frozenset({"articles", "blocks"})
TEXT_ROWS = 20_000
ROWS = 122_880
"""Rows of a row group: DuckDB's own size, and a sixth of it where rows carry whole texts."""

OPTIONS: dict[str, Any] = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": COMPRESSION_LEVEL,
    "use_dictionary": True,
    "write_statistics": True,
}


def in_schema(table: Table, batches: Iterable[pa.RecordBatch | pa.Table]) -> pa.Table:
    """The rows as one Arrow table of exactly the schema's columns, types and nullability.

    Raises `AuditError` where a column is missing, unknown, of another type, or NULL although required.
    """
    schema = table.schema()
    parts = [pa.Table.from_batches([b]) if isinstance(b, pa.RecordBatch) else b for b in batches]
    for part in parts:
        _compare(table, part.schema)
        for field in schema:
            if not field.nullable and part.column(field.name).null_count:
                n_null = part.column(field.name).null_count
                raise AuditError(
                    f"{table.name}.{field.name} is NULL in {n_null} rows; report this as a fault of Dateline"
                )
    return pa.concat_tables([part.select(schema.names).cast(schema) for part in parts] or [schema.empty_table()])


def _compare(table: Table, found: pa.Schema) -> None:
    wanted = table.schema()
    missing, unknown = set(wanted.names) - set(found.names), set(found.names) - set(wanted.names)
    if missing or unknown:
        raise AuditError(
            f"{table.name} lacks columns {sorted(missing)} and has unknown columns {sorted(unknown)}; "
            "report this as a fault of Dateline"
        )
    for name in wanted.names:
        if found.field(name).type != wanted.field(name).type:
            raise AuditError(
                f"{table.name}.{name} is {found.field(name).type}, not {wanted.field(name).type}; "
                "report this fault of Dateline"
            )


def sort_rows(table: Table, rows: pa.Table) -> pa.Table:
    """Rows in the table's order; its key breaks ties, so that the order is total."""
    keys = [(name, "ascending", "at_end") for name in sort_columns(table)]
    return rows.take(pc.sort_indices(rows, sort_keys=keys)).combine_chunks()


def sort_columns(table: Table) -> list[str]:
    """Columns that put the rows of one entry in a total order, the most significant first; NULL comes last."""
    return list(
        dict.fromkeys((*table.order, *table.key, "capture_id" if "capture_id" in table.names else table.key[0]))
    )


def encode(table: Table, rows: pa.Table) -> bytes:
    """The bytes of a Parquet file with these rows; the same bytes for the same rows in any order."""
    sink = io.BytesIO()
    pq.write_table(sort_rows(table, rows), sink, row_group_size=group_size(table), **OPTIONS)
    return sink.getvalue()


def open_writer(path: Path, table: Table) -> pq.ParquetWriter:
    """A writer of a table's rows, group by group, for more of them than fit into memory."""
    return pq.ParquetWriter(path, table.schema(), **OPTIONS)


def group_size(table: Table) -> int:
    """Rows of a row group."""
    return TEXT_ROWS if table.name in TEXT_TABLES else ROWS


def hash_name(data: bytes) -> str:
    """Twelve hex digits of the SHA-256: enough to name a file beside its table, day and source."""
    return hashlib.sha256(data).hexdigest()[:12]
