"""Looking whether the lake is what its manifest says, file by file and row by row; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ..raw import EntryKey
from ..raw.locking import PATIENCE
from ..schema import TABLES
from .audit import audit_published
from .commit import lake_lock
from .derive import is_derived
from .errors import DamagedLakeError
from .manifest import DataFile, Manifest, current
from .merge import file_problem
from .month_files import count_rows
from .tree import tree_problems

Choose = Callable[[str], bool]
"""Says of a name (a hash, an entry, a month) whether it is looked at: of all of them, or of a sample."""

REPAIR = "run `dateline repair`"


def verify_lake(
    lake: Path,
    expected: Mapping[EntryKey, Sequence[str]],
    *,
    is_chosen: Choose,
    patience: float = PATIENCE,
) -> Iterator[str]:
    """Everything that is wrong with the lake, a line each that says what to do.

    Data files: hash, rows, and rows of each entry in the files of compacted months. Derived: lake.sql, the database and
    the Hive tree are those of the manifest. Content: every check of the audit holds of the entries in `expected`, which
    gives for each the capture_ids that raw holds. `is_chosen` picks entries as `day source`, compacted months by name.
    """
    try:
        with lake_lock(lake, patience=patience):
            manifest = current(lake)
            derived = _derived_problems(lake, manifest) if manifest else []
    except DamagedLakeError as error:
        yield str(error)
        return
    yield from derived
    if manifest is None:
        return
    n_bad = 0
    for file, keys in manifest.holders():
        if is_chosen(_unit(manifest, keys[0])):
            problem = file_problem(lake, file) or _row_problem(lake, file)
            if problem:
                n_bad += 1
                yield f"{problem}: {REPAIR}, it reads {_entries(len(keys))} from raw again"
    if n_bad:
        yield "the rows were not checked, since files are damaged: verify again after the repair"
        return
    yield from _month_problems(lake, manifest, is_chosen)
    chosen = {key: ids for key, ids in expected.items() if key in manifest.entries and is_chosen(_unit(manifest, key))}
    for problem in audit_published(lake, manifest, chosen):
        yield f"{problem}: read that entry again (`dateline load --again`, or the parameter `again`)"


def _unit(manifest: Manifest, key: EntryKey) -> str:
    """What is looked at or left out as a whole: an entry, or the month that holds it."""
    entry = manifest.entries[key]
    return entry.month if entry.compacted else f"{key[0]} {key[1]}"


def _derived_problems(lake: Path, manifest: Manifest) -> list[str]:
    problems = [f"Hive tree: {problem}: {REPAIR}" for problem in tree_problems(lake, manifest)]
    if not is_derived(lake, manifest):
        problems.insert(0, f"lake.sql and dateline.duckdb are not of manifest {manifest.number}: {REPAIR}")
    return problems


def _row_problem(lake: Path, file: DataFile) -> str | None:
    try:
        n_rows = pq.read_metadata(lake / file.path).num_rows
    except (OSError, pa.ArrowInvalid) as error:
        return f"{file.path} can't be read ({error})"
    return None if n_rows == file.rows else f"{file.path} has {n_rows} rows, its manifest says {file.rows}"


def _month_problems(lake: Path, manifest: Manifest, is_chosen: Choose) -> Iterator[str]:
    """Compacted entries whose rows are not as many as their own content had."""
    with duckdb.connect() as connection:
        for month, files in sorted(manifest.months.items()):
            for name, file in files.items():
                if is_chosen(month):
                    found = {key: n for key, (n, _) in count_rows(connection, TABLES[name], [lake / file.path]).items()}
                    held = [manifest.entries[key] for key in manifest.compacted_keys(month)]
                    stated = {entry.key: entry.files[name].rows for entry in held if name in entry.files}
                    for key in sorted(found.keys() | stated.keys()):
                        if found.get(key) != stated.get(key):
                            rows = f"{found.get(key, 0)} rows of {key[0]} {key[1]}"
                            yield f"{file.path} has {rows}, its manifest says {stated.get(key, 0)}: {REPAIR}"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
