"""Merging: all shards of an entry become one immutable file a table, named by its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..identity import content_id
from ..raw import EntryKey, Position
from ..raw.durable import READ_ONLY, write_file
from ..schema import TABLES
from ..schema.outcomes import DAMAGED_IN_RAW
from .errors import LakeError
from .ledger import count_entry, ledger_table
from .manifest import DataFile, Entry
from .parquet import encode, hash_name, in_schema
from .stage import StagedShard, read_staged

LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that is to be published: where its staged rows are and what they were read from and by.

    `expected` has the capture_id of every capture that the raw log holds of the entry; `shards` may
    hold rows of other entries too.
    """

    ingest_date: date
    source_id: str
    position: Position
    expected: tuple[str, ...]
    build_id: str
    snapshot_hash: str
    shards: tuple[StagedShard, ...]

    @property
    def key(self) -> EntryKey:
        """(ingest_date, source_id)."""
        return self.ingest_date, self.source_id


def merge_candidate(lake: Path, candidate: Candidate, run_note: str) -> Entry:
    """Write the candidate's files below `_data` and return the entry that would publish them.

    How the rows were cut into shards, and in which order, changes nothing. Until a commit names them
    the files are invisible.
    """
    shards = [shard for shard in candidate.shards if shard.holds(candidate.key)]
    tables = {name: _entry_rows(candidate.key, name, shards) for name in TABLES if name != "ledger"}
    counts = count_entry(*candidate.key, len(candidate.expected), tables)
    tables["ledger"] = ledger_table(counts)
    n_damaged = pc.sum(pc.equal(tables["rejected"]["reason"], DAMAGED_IN_RAW)).as_py()
    if n_damaged:
        # Only the manifest says so: it makes the next run read the entry again.
        counts["damaged"] = n_damaged
    return Entry(
        ingest_date=candidate.ingest_date,
        source_id=candidate.source_id,
        files=write_tables(lake, candidate.key, tables),
        counts={name: value for name, value in counts.items() if name not in ("ingest_date", "source_id")},
        build_id=candidate.build_id,
        snapshot_hash=candidate.snapshot_hash,
        position=candidate.position,
        run_note=run_note,
    )


def write_tables(lake: Path, entry: EntryKey, tables: Mapping[str, pa.Table]) -> dict[str, DataFile]:
    """One file for each table that has rows; a file that is there already, and whole, is not written again."""
    return {
        name: _write(lake, entry, name, tables[name]) for name in TABLES if name in tables and tables[name].num_rows
    }


def file_problem(lake: Path, file: DataFile) -> str | None:
    """What is wrong with a data file, or None where its bytes are those that were committed."""
    try:
        with (lake / file.path).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return f"{file.path} is missing"
    return None if found == file.sha256 else f"{file.path} was altered"


def source_slug(source_id: str) -> str:
    """A source's id as part of a file name: readable, and different for different ids.

    >>> source_slug("inbox"), source_slug("wire/June")
    ('inbox', 'wire-June-95b69307')
    """
    slug = re.sub(r"[^A-Za-z0-9._-]", "-", source_id)[:LONGEST_SLUG]
    # Names that differ in case only are one file on some systems, so only small letters go unmarked.
    plain = slug == source_id and slug == slug.lower()
    return slug if plain else f"{slug}-{content_id(source_id)[:8]}"


def file_stem(entry: EntryKey) -> str:
    """Name of an entry's files without hash and suffix, e.g. `2026-03-02-inbox`."""
    return f"{entry[0].isoformat()}-{source_slug(entry[1])}"


def _entry_rows(entry: EntryKey, name: str, shards: Sequence[StagedShard]) -> pa.Table:
    return in_schema(TABLES[name], _filtered(entry, (read_staged(shard, name) for shard in shards)))


def _filtered(entry: EntryKey, tables: Iterable[pa.Table]) -> Iterable[pa.Table]:
    for rows in tables:
        mine = pc.and_(
            pc.equal(rows["ingest_date"], pa.scalar(entry[0], pa.date32())), pc.equal(rows["source_id"], entry[1])
        )
        yield rows.filter(mine)


def _write(lake: Path, entry: EntryKey, name: str, rows: pa.Table) -> DataFile:
    data = encode(TABLES[name], rows)
    folder = Path("_data", name, f"ingest_month={entry[0]:%Y-%m}")
    relative = folder / f"{file_stem(entry)}-{hash_name(data)}.parquet"
    path = lake / relative
    sha256 = hashlib.sha256(data).hexdigest()
    # The hash of what is there is asked for, since a repair writes over a file whose bytes were damaged.
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        write_file(path, data, mode=READ_ONLY)
    footer = pq.read_metadata(path)
    if footer.num_rows != rows.num_rows or not footer.schema.to_arrow_schema().equals(TABLES[name].schema()):
        raise LakeError(f"{path} was not written as it should be: check the disk, then publish again")
    days = pc.min_max(rows["published_day"]).as_py() if "published_day" in rows.schema.names else {}
    return DataFile(relative.as_posix(), rows.num_rows, len(data), sha256, days.get("min"), days.get("max"))
