"""`dateline ledger`: what is published of each day and source, in numbers."""

from __future__ import annotations

import json
from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..config import Settings
from ..lake import LakeError, current
from ..lake.ledger import COUNTED, LedgerLine, add_up, read_ledger

BUILD = 8
"""Digits of a build that are shown: enough to tell the builds of one lake apart."""


def print_ledger(settings: Settings, *, day: date | None, source: str | None, as_json: bool) -> None:
    """Print the ledger of the current manifest as a table with totals, or as JSON lines without them."""
    manifest = current(settings.lake)
    if manifest is None:
        raise LakeError(f"{settings.lake} holds nothing yet: load some pages first")
    lines = read_ledger(manifest, day=day, source_id=source)
    if not lines:
        raise LakeError(_nothing(day, source, read_ledger(manifest)))
    if as_json:
        for line in lines:
            print(json.dumps(line.to_json(), ensure_ascii=False))
        return
    console = Console()
    builds = sorted({line.build_id for line in lines})
    console.print(_table(lines, with_build=len(builds) > 1))
    read_by = f", all read by build {builds[0][:BUILD]}" if len(builds) == 1 else ""
    console.print(f"[dim]manifest {manifest.number}, lake {manifest.lake_hash[:12]}{read_by}[/dim]", highlight=False)


def _table(lines: list[LedgerLine], *, with_build: bool) -> Table:
    table = Table(header_style="bold", box=None, padding=(0, 1, 0, 0), show_footer=len(lines) > 1, footer_style="bold")
    total = add_up(lines)
    table.add_column("day", "total", no_wrap=True)
    table.add_column("source", f"{len(lines)} entries", overflow="fold")
    for name in COUNTED:
        table.add_column(name, str(total[name]), justify="right", no_wrap=True)
    if with_build:
        table.add_column("build", no_wrap=True)
    for line in lines:
        numbers = (_number(line.counts[name], name) for name in COUNTED)
        build = [line.build_id[:BUILD]] if with_build else []
        table.add_row(line.ingest_date.isoformat(), escape(line.source_id), *numbers, *build)
    return table


def _number(value: int, name: str) -> str:
    """Nothing rejected, withdrawn or undated is the usual case and need not catch the eye."""
    return f"[dim]{value}[/dim]" if not value and name in ("rejected", "withdrawn", "undated") else str(value)


def _nothing(day: date | None, source: str | None, every: list[LedgerLine]) -> str:
    asked = " of ".join(str(word) for word in (day, source) if word is not None)
    days = sorted({line.ingest_date for line in every})
    sources = sorted({line.source_id for line in every})
    named = ", ".join(sources[:8]) + (" ..." if len(sources) > 8 else "")
    return f"the lake holds nothing of {asked}; it has {days[0]} to {days[-1]}, and the sources {named}"
