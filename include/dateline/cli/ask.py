"""`dateline sql`: one query or a small conversation with the lake, answered as a table, CSV or JSON lines."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from ..config import Settings
from ..lake import open_lake
from ..lines import plain

MOST_ROWS = 200
"""Rows of a printed table; csv and json give all."""


class QueryError(ValueError):
    """DuckDB refused a query; the message is its first line."""


def answer(settings: Settings, query: str, form: str) -> None:
    """Run one query (or several, split by semicolons; the last one's rows are shown) and print what it gives."""
    with open_lake(settings.lake) as connection:
        columns, rows = ask(connection, query)
        print_rows(columns, rows, form)


def ask(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of a query. Raises QueryError with one line."""
    try:
        done = connection.execute(query)
        return [item[0] for item in done.description or ()], done.fetchall()
    except duckdb.Error as error:
        raise QueryError(str(error).strip().split("\n\n")[0]) from None


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    """Print rows as a table for people, or as csv or json for programs."""
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    elif form == "json":
        for row in rows:
            print(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=plain))
    else:
        _print_table(columns, rows)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    console = Console()
    table = Table(*columns, header_style="bold", show_edge=False)
    for row in rows[:MOST_ROWS]:
        table.add_row(*(_cell(value) for value in row))
    console.print(table)
    more = f"; {len(rows) - MOST_ROWS} more with --format csv" if len(rows) > MOST_ROWS else ""
    console.print(f"[dim]{len(rows)} row{'' if len(rows) == 1 else 's'}{more}[/dim]")


def _cell(value: Any) -> str:
    if value is None:
        return "[dim]NULL[/dim]"
    text = json.dumps(value, ensure_ascii=False, default=plain) if isinstance(value, list | dict) else str(value)
    return text.replace("[", "\\[")


def converse(settings: Settings) -> None:
    """A prompt that takes statements ending with a semicolon, until an empty end of input."""
    console = Console()
    console.print("[dim]Statements end with ; — Ctrl-D leaves. SHOW TABLES; lists what there is.[/dim]")
    with open_lake(settings.lake) as connection:
        pending = ""
        while True:
            try:
                pending += input("... " if pending else "dateline> ") + "\n"
            except EOFError:
                return
            if pending.strip().endswith(";"):
                try:
                    print_rows(*ask(connection, pending), "table")
                except QueryError as error:
                    console.print(f"[red]{error}[/red]", markup=True, highlight=False)
                pending = ""
