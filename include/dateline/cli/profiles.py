"""`dateline profiles`: what was learnt of sites, with the pages that prove it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from rich.console import Console
from rich.table import Table

from ..config import Settings, SettingsError
from ..lake import open_lake
from ..lake.derived import read_derived
from ..schema.derived import LINE, PATH, SITE_PROFILES
from .show import shown as printable

MOST_ROWS = 40
"""Lines, and as many paths, that are shown unless all are asked for."""
LONG = 120
SHOWN_PROOFS = 2


def print_profiles(settings: Settings, site: str | None, *, everything: bool, console: Console | None = None) -> None:
    """Print the sites that have a profile, or what one site's profile says."""
    console = console or Console(soft_wrap=False)
    rows = _ask(settings, "site_profile", {"site": site}) if site else _ask(settings, "sites", {})
    if site and not rows:
        raise SettingsError(f"no profile of {site!r}: `dateline profiles` lists the sites that have one")
    console.print(_heading(settings), highlight=False)
    if not rows:
        console.print("No site has lines or paths on three pages yet.")
    elif site:
        for kind, title in ((LINE, "Lines"), (PATH, "Paths of tags")):
            _print_rows(console, title, [row for row in rows if row["kind"] == kind], everything)
    else:
        _print_sites(console, rows)


def _ask(settings: Settings, name: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    query = (files("dateline") / "sql" / "corpus" / f"{name}.sql").read_text("utf-8")
    with open_lake(settings.lake) as connection:
        found = connection.sql(query, params=given or None).to_arrow_table().to_pylist()
    return [dict(row) for row in found]


def _heading(settings: Settings) -> str:
    table = read_derived(settings.lake).tables.get(SITE_PROFILES.name)
    current = next(iter(table.files), None) if table else None
    pinned = settings.profiles
    stated = f"{pinned:04}" if isinstance(pinned, int) else str(pinned)
    heeds = f"reading heeds {stated}" if pinned is not None else "reading heeds none: set `profiles` to pin one"
    return f"Snapshot {current}; {heeds}." if current else f"No snapshot yet; {heeds}."


def _print_sites(console: Console, rows: list[dict[str, Any]]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("site", "pages", "lines", "of them in text", "paths", "seen"):
        table.add_column(name, justify="left" if name in ("site", "seen") else "right")
    for row in rows:
        counts = (row["n_pages"], row["n_lines"], row["n_lines_kept"], row["n_paths"])
        table.add_row(printable(row["site"]), *map(str, counts), _span(row))
    console.print(table)


def _print_rows(console: Console, title: str, rows: list[dict[str, Any]], everything: bool) -> None:
    shown = rows if everything else rows[:MOST_ROWS]
    more = f", the {len(shown)} most frequent" if len(shown) < len(rows) else ""
    console.rule(f"[bold]{title}[/bold]: {len(rows)}{more}", align="left")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("pages", justify="right", no_wrap=True)
    table.add_column("in text", justify="right", no_wrap=True)
    table.add_column("what", overflow="fold")
    table.add_column("seen", no_wrap=True)
    table.add_column("proof pages", no_wrap=True)
    for row in shown:
        words = row["words"] if len(row["words"]) <= LONG else row["words"][:LONG] + " …"
        where = "" if row["section"] == "*" else f"[dim] in {printable(row['section'])}[/dim]"
        named = row["proofs"] if everything else row["proofs"][:SHOWN_PROOFS]
        rest = len(row["proofs"]) - len(named)
        proofs = ", ".join(proof[:8] for proof in named) + (f" +{rest}" if rest else "")
        table.add_row(
            f"{row['n_pages']}/{row['n_looked_at']}", str(row["n_kept"]), printable(words) + where, _span(row), proofs
        )
    console.print(table)


def _span(row: dict[str, Any]) -> str:
    return " to ".join(dict.fromkeys((str(row["first_seen"]), str(row["last_seen"]))))
