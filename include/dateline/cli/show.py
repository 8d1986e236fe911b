"""An explanation as a person reads it in the terminal."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..config import Settings
from ..rows import Row
from ..web import hex_lines, render_why_page
from ..why import Explanation, Place, gather_page

LONG = 300
"""Characters of a cell that are shown; `dateline sql` shows the rest."""

MOST_OCTETS = 64
"""Bytes of a place that are shown where its characters can't be printed."""

COMPACT = {
    "date_candidates": ("candidate_no", "source", "value", "relation", "quote", "weight", "overridden_by", "note"),
    "mentions": ("block_no", "start_char", "end_char", "text", "label", "role_title"),
    "quotes": ("quote_no", "block_no", "text", "kind", "cue", "speaker_text"),
    "quote_sources": ("hop", "text", "cluster_no", "cue"),
    "articles": ("title", "outlet", "published_day", "published_method", "n_words"),
}
"""Columns of the rows beside a row that fit a terminal."""

ENTRY = ("ingest_date", "source_id", "capture_id")


def print_explanation(found: Explanation, console: Console | None = None) -> None:
    """Print the row, where its words stand in the raw page, the evidence beside it, its capture and its build."""
    console = console or Console(soft_wrap=False)
    console.rule(f"[bold]{found.table}[/bold]  {found.row['capture_id']}/{found.row['part_no']}", align="left")
    print_row(console, {name: value for name, value in found.row.items() if name not in ENTRY and value is not None})
    for place in found.places:
        _print_place(console, place)
    if found.head:
        console.rule("no text was decoded; the bytes begin", align="left", style="dim")
        _print_octets(console, found.head)
    for name, rows in found.beside.items():
        _print_beside(console, name, rows)
    console.rule("where it is from", align="left", style="dim")
    shown = ("source_id", "source_ref", "ingest_date", "url", "captured_at", "charset", "charset_source",
             "payload_sha256", "outcome", "reason")  # fmt: skip
    print_row(console, {name: found.capture[name] for name in shown if found.capture[name] is not None})
    console.rule("what read it", align="left", style="dim")
    print_row(console, {n: found.build[n] for n in ("build_id", "snapshot_hash", "committed_at", "run_note")})


def print_row(console: Console, row: Row) -> None:
    """Print columns and their values, one a line."""
    table = Table(show_header=False, box=None, padding=(0, 1))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in row.items():
        text = as_json(value)
        table.add_row(name, shown(text if len(text) <= LONG else text[:LONG] + " …"))
    console.print(table)


def _print_place(console: Console, place: Place) -> None:
    console.rule(f"{place.what}, line {place.line} column {place.column}", align="left", style="dim")
    where = f"characters {place.start} to {place.end} of the decoded page"
    where += f", bytes {place.bytes_at[0]} to {place.bytes_at[1]} of the payload" if place.bytes_at else ""
    console.print(f" {where}", style="cyan", highlight=False)
    words = place.words if len(place.words) <= LONG else f"{place.words[: LONG // 2]} … {place.words[-LONG // 2 :]}"
    before, after = place.before.lstrip("\r\n"), place.after.rstrip("\r\n")
    pieces = (f"[dim]{shown(before)}[/dim]", f"[black on yellow]{shown(words)}[/]", f"[dim]{shown(after)}[/dim]")
    console.print("".join(pieces))
    if place.octets and not _is_printable(place.words):
        _print_octets(console, place.octets[:MOST_OCTETS])


def _print_octets(console: Console, octets: bytes) -> None:
    for line in hex_lines(octets):
        console.print(line, style="dim", markup=False, highlight=False)


def _is_printable(text: str) -> bool:
    return "\ufffd" not in text and all(char.isprintable() or char in string.whitespace for char in text)


def shown(text: str) -> str:
    """Words of a page for a terminal: control characters, which could steer it, become U+FFFD."""
    return escape("".join(char if char.isprintable() or char in "\n\t" else "\ufffd" for char in text))


def _print_beside(console: Console, name: str, rows: list[Row]) -> None:
    console.rule(f"{name}: {len(rows)}", align="left", style="dim")
    if not rows:
        return
    wanted = COMPACT.get(name, tuple(column for column in rows[0] if column not in (*ENTRY, "part_no")))
    columns = [column for column in wanted if any(row[column] is not None for row in rows)]
    table = Table(*columns, header_style="bold", box=None, padding=(0, 1))
    for row in rows:
        table.add_row(*(shown(as_json(row[c])[:120]) if row[c] is not None else "" for c in columns))
    console.print(table)


def write_page(settings: Settings, found: Explanation, file: Path) -> None:
    """Write the page behind a row as one HTML file and say so."""
    write_html(file, render_why_page(gather_page(settings, found)))


def write_html(file: Path, page: str) -> None:
    """Write a page and say so."""
    data = page.encode()
    file.write_bytes(data)
    click.echo(f"wrote {file} ({len(data) / 1000:,.0f} kB): open it in a browser")


def as_json(value: Any) -> str:
    """A cell's value as people read it."""
    if value is None:
        return "NULL"
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
