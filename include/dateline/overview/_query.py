"""Questions kept as SQL files, and their answers as text for tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Answer:
    """The question in words, the names of the columns, and the rows."""

    question: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows with their columns' names."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask_file(
    connection: duckdb.DuckDBPyConnection, folder: str, name: str, values: Mapping[str, Any] | None = None
) -> Answer:
    """Run sql/<folder>/<name>.sql; its first line is a comment that holds the question."""
    query = (files("dateline") / "sql" / folder / f"{name}.sql").read_text("utf-8")
    found = ask(connection, query, values)
    return Answer(query.partition("\n")[0].lstrip("- "), found.columns, found.rows)


def ask(connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None) -> Answer:
    """Run a query."""
    cursor = connection.execute(query, dict(values)) if values else connection.execute(query)
    return Answer("", tuple(column[0] for column in cursor.description), cursor.fetchall())


def as_text(value: Any) -> str:
    """A value for a cell: NULL is empty, white space is folded.

    >>> as_text(None), as_text(["a", "b"]), as_text(" two\\n lines ")
    ('', 'a, b', 'two lines')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, list | tuple):
        return ", ".join(as_text(item) for item in value)
    return " ".join(str(value).split())


def shorten(text: str, length: int) -> str:
    """At most so many characters, cut at a word where one ends near.

    >>> shorten("The ferry was late again", 14)
    'The ferry was…'
    """
    if len(text) <= length:
        return text
    cut = text[:length]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut[:-1]).rstrip(" ,;") + "…"
