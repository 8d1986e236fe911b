"""One page explained: whose time its layers are of, what speaks for and against each date, what was decided."""

from __future__ import annotations

from typing import Any

import duckdb
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from ._query import as_text, ask_file
from .console import show_answer

WHY = "words: why they count so"


def show_card(connection: duckdb.DuckDBPyConnection, console: Console, capture_id: str | None = None) -> None:
    """Print the card of a capture; without one, of the article whose date is hardest to tell."""
    key: dict[str, Any] = {"capture_id": capture_id, "part_no": 0}
    if capture_id is None:
        chosen = ask_file(connection, "card", "choice").dicts()
        if not chosen:
            return
        key = chosen[0]
    found = ask_file(connection, "card", "article", key).dicts()
    if not found:
        console.print(f"no article of capture {capture_id}")
        return
    article = found[0]
    console.print(Panel(_heading(article), title="One page explained", title_align="left", expand=False))
    layers = ask_file(connection, "card", "layers", {"capture_id": key["capture_id"]})
    show_answer(console, layers, limits={"roles": 30, "begins": 26})
    evidence = ask_file(connection, "card", "evidence", key)
    show_answer(console, evidence, limits={"says": 30, WHY: 200}, wrap=WHY)
    console.print(Panel(decision_of(article), title="Decision", title_align="left", expand=False))


def _heading(article: dict[str, Any]) -> Text:
    place = f"{article['source_id']}: {article['source_ref']}, ingested {article['ingest_date']}"
    text = Text(article["title"] or "(no title)", style="bold")
    return text.append(f"\n{article['outlet'] or '(outlet not told)'}\n{place}", style="not bold")


def decision_of(article: dict[str, Any]) -> Text:
    """The decision in words."""
    first, last = article["published_from"], article["published_to"]
    if article["published_day"]:
        sure = article["published_confidence"]
        how_sure = f", {sure:.0%} sure" if sure is not None else ""
        words = f"published on {as_text(article['published_day'])}{how_sure}, by {article['published_method']}"
    else:
        words = article["published_method"]
    if first or last:
        words += f"\nthe evidence allows {first or 'any day'} to {last or 'any day'}"
    return Text(words)
