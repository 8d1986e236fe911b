"""Questions of the Newsroom, kept as SQL files, asked of an open lake."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import duckdb

Row = dict[str, Any]


def ask(connection: duckdb.DuckDBPyConnection, name: str, **values: Any) -> list[Row]:
    """Rows that answer sql/newsroom/<name>.sql, each as a mapping from column to value."""
    query = (files("dateline") / "sql" / "newsroom" / f"{name}.sql").read_text("utf-8")
    done = connection.execute(query, values) if values else connection.execute(query)
    names = [column[0] for column in done.description or ()]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]
