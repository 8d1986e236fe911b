"""Staging: what one shard read, written aside whole or not at all, until a publish takes it up."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..raw import EntryKey
from ..raw.durable import TEMPORARY, make_folder, sync_file, sync_folder, write_file
from ..schema import TABLES
from .errors import StageError
from .parquet import in_schema

SUMMARY = "shard.json"


@dataclass(frozen=True, slots=True)
class StagedShard:
    """One shard that is whole: its folder (absolute), its rows by table, and the entries that it has rows of.

    Small and plain, so that it can travel between processes as JSON (`to_json`, `from_json`).
    """

    folder: str
    rows: dict[str, int]
    entries: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, object]:
        """As plain lists and strings."""
        return asdict(self)

    @classmethod
    def from_json(cls, stated: Mapping[str, object]) -> StagedShard:
        """Back from `to_json`."""
        rows, found = stated["rows"], stated["entries"]
        assert isinstance(rows, dict) and isinstance(found, list | tuple)
        return cls(str(stated["folder"]), dict(rows), tuple((str(day), str(source)) for day, source in found))

    def holds(self, entry: EntryKey) -> bool:
        """Whether rows of this entry are in the shard."""
        return (entry[0].isoformat(), entry[1]) in self.entries


def stage_tables(lake: Path, run_id: str, shard: int, tables: Mapping[str, Iterable[pa.RecordBatch]]) -> StagedShard:
    """Write a shard's rows to `_stage/<run_id>/shard-NNN/`, one Parquet file a table that has rows.

    A shard that is whole already is left as it is and returned. Raises `AuditError` where a batch
    does not have its table's schema, `KeyError` where there is no such table, `ValueError` where the
    run's id can't be a folder's name.
    """
    done = staged_shard(lake, run_id, shard)
    if done:
        return done
    folder = _folder(lake, run_id, shard)
    make_folder(folder.parent)
    unfinished = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=folder.parent))
    try:
        found = _write_tables(unfinished, folder, tables)
        write_file(unfinished / SUMMARY, json.dumps(found.to_json(), sort_keys=True).encode())
        unfinished.chmod(0o755)
        # Where another attempt at the same shard was quicker, its rows are the same: keep them.
        if staged_shard(lake, run_id, shard) is None:
            shutil.rmtree(folder, ignore_errors=True)
            unfinished.rename(folder)
        sync_folder(folder.parent)
    except OSError:
        if staged_shard(lake, run_id, shard) is None:
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return staged_shard(lake, run_id, shard) or found


def staged_shard(lake: Path, run_id: str, shard: int) -> StagedShard | None:
    """The shard if it has been staged whole, else None."""
    path = _folder(lake, run_id, shard) / SUMMARY
    return StagedShard.from_json(json.loads(path.read_text())) if path.is_file() else None


def read_staged(shard: StagedShard, table: str) -> pa.Table:
    """A shard's rows of one table.

    Raises `StageError` where they are gone or cut short.
    """
    if not shard.rows.get(table):
        return TABLES[table].schema().empty_table()
    path = Path(shard.folder) / f"{table}.parquet"
    try:
        rows = pq.ParquetFile(path).read()
    except (OSError, pa.ArrowInvalid) as error:
        raise StageError(f"{path}: staged rows can't be read ({error}); clear the run and start it again") from None
    if rows.num_rows != shard.rows[table]:
        raise StageError(f"{path}: {rows.num_rows} rows, not {shard.rows[table]}; clear the run and start it again")
    return rows


def _write_tables(folder: Path, final: Path, tables: Mapping[str, Iterable[pa.RecordBatch]]) -> StagedShard:
    rows: dict[str, int] = {}
    found: set[tuple[str, str]] = set()
    for name in sorted(tables):
        table = in_schema(TABLES[name], tables[name])
        rows[name] = table.num_rows
        if not table.num_rows:
            continue
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd", compression_level=1)
        sync_file(path)
        pairs = table.select(["ingest_date", "source_id"]).group_by(["ingest_date", "source_id"]).aggregate([])
        found |= {(row["ingest_date"].isoformat(), row["source_id"]) for row in pairs.to_pylist()}
    return StagedShard(str(final.absolute()), rows, tuple(sorted(found)))


def _folder(lake: Path, run_id: str, shard: int) -> Path:
    if not run_id or run_id.startswith(".") or "/" in run_id:
        raise ValueError(f"run id {run_id!r} can't be the name of a folder")
    return lake / "_stage" / run_id / f"shard-{shard:03d}"
