"""Opening the lake for questions."""

from __future__ import annotations

from pathlib import Path

import duckdb

from .derive import DATABASE
from .errors import LakeError
from .manifest import current


def open_lake(lake: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection that sees the lake as of the last commit, and can't change it.

    Any number may be open, in any number of processes, while commits go on; each keeps what it has
    opened. Raises `LakeError` where nothing is published yet, or the catalog has to be repaired.
    """
    manifest = current(lake)
    if manifest is None:
        raise LakeError(f"{lake} holds nothing yet: load some pages first")
    path = str((lake / DATABASE).absolute()).replace("'", "''")
    # A file that is opened directly is shared within a process, so that a later commit would stay unseen.
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH '{path}' AS dateline (READ_ONLY)")
        connection.execute("USE dateline")
        connection.execute("SET TimeZone = 'UTC'")
    except duckdb.Error as error:
        connection.close()
        raise LakeError(f"{lake / DATABASE} can't be opened ({error}): run `dateline repair --lake {lake}`") from None
    return connection
