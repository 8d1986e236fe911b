"""Reading the published articles: one manifest, through the catalog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ..lake.commit import lake_lock
from ..lake.derive import derive
from ..lake.manifest import Manifest, current
from ..lake.reading import open_lake
from .nodes import Key, Node


def open_view(lake: Path, *, patience: float) -> tuple[Manifest, duckdb.DuckDBPyConnection] | None:
    """The current manifest, and a connection that sees just that one; None where nothing was published.

    The lock is held only while it is opened: whatever is committed then, the connection keeps its files.
    """
    with lake_lock(lake, patience=patience):
        manifest = current(lake)
        if manifest is None:
            return None
        # A commit that was killed may have left the catalog of the manifest before.
        derive(lake, manifest)
        return manifest, open_lake(lake)


def read_articles(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The newest version of every article, without its text."""
    done = connection.execute(_query("articles"))
    names = [column[0] for column in done.description or ()]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


def read_texts(
    connection: duckdb.DuckDBPyConnection, wanted: Sequence[Node] | Sequence[dict[str, Any]]
) -> dict[Key, str]:
    """Texts of these articles by key."""
    stated = [_identity(item) for item in wanted]
    names = ("ingest_date", "capture_id", "part_no")
    keys = {name: [row[number] for row in stated] for number, name in enumerate(names)}
    connection.register("wanted", pa.table({"capture_id": keys["capture_id"], "part_no": keys["part_no"]}))
    try:
        days = sorted(set(keys["ingest_date"]))
        rows = connection.execute(_query("texts"), {"ingest_dates": days}).fetchall()
    finally:
        connection.unregister("wanted")
    return {(capture_id, part_no): text for capture_id, part_no, text in rows}


def _identity(item: Node | Mapping[str, Any]) -> tuple[Any, str, int]:
    if isinstance(item, Node):
        return item.ingest_date, item.capture_id, item.part_no
    return item["ingest_date"], item["capture_id"], item["part_no"]


def _query(name: str) -> str:
    return (files("dateline") / "sql" / "corpus" / f"{name}.sql").read_text("utf-8")
