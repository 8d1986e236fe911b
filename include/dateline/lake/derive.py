"""What is derived from a manifest, and can be made again from it at any time: catalog and Hive tree."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from ..raw.durable import write_file
from .catalog import database_sql, script_text, write_database, write_fixed_files
from .errors import DamagedLakeError
from .manifest import Manifest, catalog_folder
from .tree import link_tree

SCRIPT = "lake.sql"
DATABASE = "dateline.duckdb"


def derive(lake: Path, manifest: Manifest, *, again: bool = False) -> None:
    """Make lake.sql, dateline.duckdb and the Hive tree what the manifest says; the caller holds the lake's lock.

    The database is made only where it isn't of this manifest and place, unless `again`. Raises
    `DamagedLakeError` where a published file is missing: then the old catalog stays.
    """
    files_of = write_fixed_files(lake, manifest)
    script, database = script_text(lake, manifest, files_of), database_sql(lake, files_of)
    if again or not _is_made(lake, script, database):
        _mark(lake).unlink(missing_ok=True)
        try:
            write_database(lake / DATABASE, database)
        except duckdb.Error as error:
            problem = str(error).splitlines()[0]
            raise DamagedLakeError(f"the catalog can't be made ({problem}): run `dateline repair`") from None
        write_file(lake / SCRIPT, script.encode())
        write_file(_mark(lake), _stamp(script, database))
    link_tree(lake, manifest)


def is_derived(lake: Path, manifest: Manifest) -> bool:
    """Whether the catalog is of this manifest, and of the place where the lake is now."""
    files_of = write_fixed_files(lake, manifest)
    return _is_made(lake, script_text(lake, manifest, files_of), database_sql(lake, files_of))


def _is_made(lake: Path, script: str, database: str) -> bool:
    try:
        made = (lake / SCRIPT).read_bytes() == script.encode() and (lake / DATABASE).is_file()
        return made and _mark(lake).read_bytes() == _stamp(script, database)
    except FileNotFoundError:
        return False


def _stamp(script: str, database: str) -> bytes:
    return hashlib.sha256(f"{script}\0{database}".encode()).hexdigest().encode()


def _mark(lake: Path) -> Path:
    return catalog_folder(lake) / "derived"
