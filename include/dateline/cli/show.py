"""An explanation as a person reads it in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..rows import Row
from ..why import Explanation, Place, as_json

LONG = 300
"""Characters of a cell that are shown; `dateline sql` shows the rest."""

ENTRY = ("ingest_date", "source_id", "capture_id")


def print_explanation(found: Explanation, console: Console | None = None) -> None:
    """Print the row, where its words stand in the raw page, the evidence beside it, its capture and its build."""
    console = console or Console(soft_wrap=False)
    console.rule(f"[bold]{found.table}[/bold]  {found.row['capture_id']}/{found.row['part_no']}", align="left")
    _print_row(console, {name: value for name, value in found.row.items() if name not in ENTRY and value is not None})
    for place in found.places:
        _print_place(console, place)
    for name, rows in found.beside.items():
        _print_beside(console, name, rows)
    console.rule("where it is from", align="left", style="dim")
    shown = ("source_id", "source_ref", "ingest_date", "url", "captured_at", "charset", "charset_source",
             "payload_sha256", "outcome", "reason")  # fmt: skip
    _print_row(console, {name: found.capture[name] for name in shown if found.capture[name] is not None})
    console.rule("what read it", align="left", style="dim")
    _print_row(console, {n: found.build[n] for n in ("build_id", "snapshot_hash", "committed_at", "run_note")})


def _print_row(console: Console, row: Row) -> None:
    table = Table(show_header=False, box=None, padding=(0, 1))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in row.items():
        text = as_json(value)
        table.add_row(name, escape(text if len(text) <= LONG else text[:LONG] + " …"))
    console.print(table)


def _print_place(console: Console, place: Place) -> None:
    where = f"characters {place.start} to {place.end} of the raw page, line {place.line} column {place.column}"
    console.rule(f"{place.what}: {where}", align="left", style="dim")
    words = place.words if len(place.words) <= LONG else f"{place.words[: LONG // 2]} … {place.words[-LONG // 2 :]}"
    before, after = place.before.lstrip("\r\n"), place.after.rstrip("\r\n")
    console.print(f"[dim]{escape(before)}[/dim][black on yellow]{escape(words)}[/][dim]{escape(after)}[/dim]")


def _print_beside(console: Console, name: str, rows: list[Row]) -> None:
    console.rule(f"{name}: {len(rows)}", align="left", style="dim")
    if not rows:
        return
    columns = [c for c in rows[0] if c not in (*ENTRY, "part_no") and any(row[c] is not None for row in rows)]
    table = Table(*columns, header_style="bold", box=None, padding=(0, 1))
    for row in rows:
        table.add_row(*(escape(as_json(row[c])[:80]) if row[c] is not None else "" for c in columns))
    console.print(table)
