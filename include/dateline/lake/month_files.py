"""The files of a compacted month: one a table, holding the rows of many entries, written and cut down as streams."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..raw import EntryKey
from ..raw.durable import READ_ONLY, TEMPORARY, make_folder, sync_file, sync_folder
from ..schema import TABLES, Table
from .catalog import path_pattern
from .errors import LakeError
from .manifest import DataFile, Entry, Manifest, MonthFiles
from .merge import file_problem
from .parquet import group_size, open_writer, sort_columns

RowCounts = dict[EntryKey, tuple[int, int]]
"""For each entry how many rows, and the sum of their hashes."""


def merge_files(
    lake: Path, table: Table, month: str, sources: Iterable[DataFile], entries: Iterable[Entry]
) -> DataFile:
    """Write the rows of all these files as one, in the table's order over the whole month.

    The rows are sorted by DuckDB, which spills to disk, so that a month may be larger than memory; the bytes depend
    on the rows alone. Raises `LakeError` where the new file lacks a row, or has one that is not the same.
    """
    paths = [lake / file.path for file in sources]
    with (
        _scratch(lake, table.name, month) as folder,
        duckdb.connect(config={"temp_directory": str(folder)}) as connection,
    ):
        connection.execute("SET VARIABLE month_paths = ?", [[path_pattern(path.absolute()) for path in paths]])
        columns = ", ".join(table.names)
        order = ", ".join(f"{name} NULLS LAST" for name in sort_columns(table))
        query = f"SELECT {columns} FROM read_parquet(getvariable('month_paths'), hive_partitioning = false)"
        rows = connection.sql(f"{query} ORDER BY {order}").to_arrow_reader(group_size(table))
        written = _write_stream(folder / "rows.parquet", table, rows)
        if count_rows(connection, table, paths) != count_rows(connection, table, [written]):
            raise LakeError(
                f"the rows of {month} in {table.name} were not merged as they are; nothing was changed: check the disk"
            )
        return _keep(
            lake, table, month, written, [entry.files[table.name] for entry in entries if table.name in entry.files]
        )


def take_out(
    lake: Path, old: Manifest, gone: Collection[EntryKey], damaged: Collection[str]
) -> tuple[dict[EntryKey, Entry], dict[str, MonthFiles]]:
    """The entries that a manifest keeps when others leave it, and the files of its compacted months without those.

    What else was in a damaged month is lost with it: its entries are stated as not compacted, so that `find_damage`
    names them and they are read from raw again.
    """
    kept = {key: entry for key, entry in old.entries.items() if key not in gone}
    months = dict(old.months)
    for month in sorted({old.entries[key].month for key in gone if key in old.entries and old.entries[key].compacted}):
        held = old.compacted_keys(month)
        left = [kept[key] for key in held if key in kept]
        found = {} if month in damaged else _cut_down(lake, month, old.months[month], set(held) & set(gone), left)
        months |= {month: found}
        if not found:
            del months[month]
            kept |= {entry.key: replace(entry, compacted=False) for entry in left}
    return kept, months


def _cut_down(
    lake: Path, month: str, month_files: MonthFiles, gone: Collection[EntryKey], left: Sequence[Entry]
) -> dict[str, DataFile]:
    cut = {name: without_entries(lake, TABLES[name], month, file, gone, left) for name, file in month_files.items()}
    return {name: file for name, file in cut.items() if file}


def without_entries(
    lake: Path, table: Table, month: str, file: DataFile, gone: Collection[EntryKey], left: Iterable[Entry]
) -> DataFile | None:
    """The file of a month without the rows of some entries; None where no row is left. The order of rows stays.

    Raises `LakeError` where the rows that remain are not as many as the manifest says.
    """
    stated = [entry.files[table.name] for entry in left if table.name in entry.files]
    n_left = sum(item.rows for item in stated)
    if n_left == file.rows:
        return file
    if not n_left:
        return None
    with _scratch(lake, table.name, month) as folder:
        batches = pq.ParquetFile(lake / file.path).iter_batches(group_size(table))
        written = _write_stream(folder / "rows.parquet", table, (_without(batch, gone) for batch in batches))
        kept = _keep(lake, table, month, written, stated)
    if kept.rows != n_left:
        raise LakeError(f"{file.path} has not the rows that the manifest says: run `dateline repair`")
    return kept


def count_rows(connection: duckdb.DuckDBPyConnection, table: Table, paths: Iterable[Path]) -> RowCounts:
    """Rows and the sum of their hashes by entry, over all columns of a table."""
    connection.execute("SET VARIABLE counted_paths = ?", [[path_pattern(path.absolute()) for path in paths]])
    source = "read_parquet(getvariable('counted_paths'), hive_partitioning = false)"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW every_column AS SELECT {', '.join(table.names)} FROM {source}")
    query = (files("dateline") / "sql" / "maintain" / "rows_by_entry.sql").read_text("utf-8")
    return {(day, source_id): (n, int(hashes)) for day, source_id, n, hashes in connection.execute(query).fetchall()}


def damaged_files(lake: Path, month_files: MonthFiles) -> list[str]:
    """What is wrong with the files of a month, one line each."""
    found = (file_problem(lake, file) for _, file in sorted(month_files.items()))
    return [problem for problem in found if problem]


def _without(batch: pa.RecordBatch, gone: Collection[EntryKey]) -> pa.RecordBatch:
    keep = pa.scalar(True)
    for day, source_id in gone:
        mine = pc.and_(
            pc.equal(batch["ingest_date"], pa.scalar(day, pa.date32())), pc.equal(batch["source_id"], source_id)
        )
        keep = pc.and_(keep, pc.invert(mine))
    return batch.filter(keep)


def _write_stream(path: Path, table: Table, batches: Iterable[pa.RecordBatch]) -> Path:
    """Write batches as row groups of the table's size, however many rows each batch has."""
    schema, size = table.schema(), group_size(table)
    with open_writer(path, table) as writer:
        for rows in _regrouped(batches, schema, size):
            writer.write_table(rows, row_group_size=size)
    path.chmod(READ_ONLY)
    sync_file(path)
    return path


def _regrouped(batches: Iterable[pa.RecordBatch], schema: pa.Schema, size: int) -> Iterator[pa.Table]:
    waiting = schema.empty_table()
    for batch in batches:
        waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch]).cast(schema)])
        while waiting.num_rows >= size:
            yield waiting.slice(0, size).combine_chunks()
            waiting = waiting.slice(size)
    if waiting.num_rows:
        yield waiting.combine_chunks()


@contextmanager
def _scratch(lake: Path, table: str, month: str) -> Iterator[Path]:
    """A folder beside the files of a month, deleted at the end."""
    make_folder(lake / _folder_of(table, month))
    with tempfile.TemporaryDirectory(prefix=TEMPORARY, dir=lake / _folder_of(table, month)) as folder:
        yield Path(folder)


def _folder_of(table: str, month: str) -> Path:
    return Path("_data", table, f"ingest_month={month}")


def _keep(lake: Path, table: Table, month: str, written: Path, stated: Sequence[DataFile]) -> DataFile:
    """Give a file that was written whole the name of its content, and state what is in it."""
    with written.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    relative = _folder_of(table.name, month) / f"{month}-{sha256[:12]}.parquet"
    size, rows = written.stat().st_size, pq.read_metadata(written).num_rows
    written.replace(lake / relative)
    sync_folder((lake / relative).parent)
    first = min((file.published_from for file in stated if file.published_from), default=None)
    last = max((file.published_to for file in stated if file.published_to), default=None)
    return DataFile(relative.as_posix(), rows, size, sha256, first, last)
