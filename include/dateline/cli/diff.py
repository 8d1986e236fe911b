"""`dateline diff`: what a commit changed, entry by entry, article by article, value by value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..config import Settings
from ..lake.diff import EntryChange, LakeDiff, Row, choose_manifests, compare
from ..lake.ledger import COUNTED
from ..lines import plain

MOST = 30
"""Entries, and articles, that are printed; --json gives all."""


def print_diff(settings: Settings, before: int | None, after: int | None, *, as_json: bool) -> None:
    """Compare two manifests and print what differs, for people or as JSON lines."""
    found = compare(settings.lake, *choose_manifests(settings.lake, before, after))
    if as_json:
        for row in _json_rows(found):
            print(json.dumps(row, ensure_ascii=False, default=plain))
    else:
        _print(Console(), found)


def _json_rows(found: LakeDiff) -> Iterable[dict[str, Any]]:
    for change in found.entries:
        counts = {name: change.count(name) for name in COUNTED}
        entry = {"ingest_date": change.ingest_date, "source_id": change.source_id, "how": change.how}
        builds = [side.build_id if side else None for side in (change.before, change.after)]
        yield {"what": "entry", **entry, "builds": builds, **counts}
    for what, rows in (("outcome", found.outcomes), ("article", found.parts), ("value", found.values)):
        yield from ({"what": what, **row} for row in rows)
    yield from ({"what": "not_compared", "ingest_date": day, "source_id": source} for day, source in found.lost)


def _print(console: Console, found: LakeDiff) -> None:
    console.print(f"[bold]manifest {found.before} -> {found.after}[/bold]", highlight=False)
    if not found.entries:
        console.print("no entry differs: both manifests hold the same rows, at most in other files")
        return
    differ = [change for change in found.entries if change.how != "reread"]
    if differ:
        console.print(_entry_table(differ[:MOST]))
        _say_more(console, len(differ), "entries")
    _say_reread(console, [change for change in found.entries if change.how == "reread"])
    for day, source in found.lost:
        console.print(
            f"[yellow]{day} {escape(source)}: rows not compared, since files of manifest {found.before} or "
            f"{found.after} are gone (collected as garbage, or forgotten)[/yellow]",
            highlight=False,
        )
    _print_rows(console, "captures that ended otherwise", found.outcomes, _outcome)
    _print_rows(console, "articles added or gone", found.parts, _part)
    columns = ", ".join(f"{name} {count}" for name, count in found.columns().items())
    _print_rows(console, f"values of articles ({columns})" if columns else "values of articles", found.values, _value)


def _say_reread(console: Console, changes: list[EntryChange]) -> None:
    """Entries whose rows are the same need no line each."""
    if changes:
        builds = sorted({change.after.build_id[:8] for change in changes if change.after})
        entries = "1 entry was" if len(changes) == 1 else f"{len(changes)} entries were"
        by = f"build{'' if len(builds) == 1 else 's'} {', '.join(builds)}"
        console.print(f"{entries} read again, by {by}, and gave the same rows", highlight=False)


def _entry_table(changes: Iterable[EntryChange]) -> Table:
    table = Table("day", "source", "how", *COUNTED, header_style="bold", box=None, padding=(0, 1, 0, 0))
    for column in table.columns:
        column.no_wrap, column.min_width = column.header != "source", 6
    for column in table.columns[3:]:
        column.justify = "right"
    for change in changes:
        counts = (_moved(*change.count(name)) for name in COUNTED)
        table.add_row(change.ingest_date.isoformat(), escape(change.source_id), change.how, *counts)
    return table


def _moved(before: int, after: int) -> str:
    return f"[dim]{after}[/dim]" if before == after else f"{before} -> {after}"


def _print_rows(console: Console, title: str, rows: tuple[Row, ...], describe: Any) -> None:
    if not rows:
        return
    console.print(f"\n[bold]{escape(title)}: {len(rows)}[/bold]", highlight=False)
    for row in rows[:MOST]:
        console.print(
            f"  {row['ingest_date']}  {row['capture_id'][:12]}  {describe(row)}", highlight=False, soft_wrap=True
        )
    _say_more(console, len(rows), "rows")


def _say_more(console: Console, count: int, what: str) -> None:
    if count > MOST:
        console.print(f"[dim]... and {count - MOST} more {what}; --json gives all[/dim]")


def _outcome(row: Row) -> str:
    sides = [_ended(row, side) for side in ("before", "after")]
    return f"{escape(str(row['source_ref']))}: {escape(sides[0])} -> {escape(sides[1])}"


def _ended(row: Row, side: str) -> str:
    outcome, reason = row[f"{side}_outcome"], row[f"{side}_reason"]
    return f"{outcome} ({reason})" if reason else str(outcome or "not there")


def _part(row: Row) -> str:
    sign = "[green]+[/green]" if row["is_added"] else "[red]-[/red]"
    return f"{sign} {escape(_short(row['title']))}"


def _value(row: Row) -> str:
    # A hash tells nobody anything but that it is another.
    is_hash = row["column_name"].endswith("sha256")
    moved = "another" if is_hash else f"{_short(row['before_value'])} -> {_short(row['after_value'])}"
    return f"{escape(_short(row['title'], 40))}  [bold]{row['column_name']}[/bold]: {escape(moved)}"


def _short(value: str | None, most: int = 60) -> str:
    if value is None:
        return "NULL"
    text = " ".join(value.split())
    return text if len(text) <= most else text[: most - 1] + "…"
