"""What the lake holds: pages, outlets, names, days, quotes."""

from __future__ import annotations

import duckdb
from rich.columns import Columns
from rich.console import Console

from ._query import ask_file
from .console import make_table, show_answer

NAMES = ("people", "places", "organisations")


def show_summary(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print the overview of a lake, table by table."""
    show_answer(console, ask_file(connection, "overview", "pages"), limits={"why": 60})
    show_answer(console, ask_file(connection, "overview", "outlets"), limits={"outlet": 40})
    show_answer(console, ask_file(connection, "overview", "publication_days"), limits={"outlets": 70})
    stories = ask_file(connection, "overview", "stories")
    if stories.rows:
        show_answer(console, stories, limits={"story": 36, "outlets": 26})
    names = [
        make_table(ask_file(connection, "overview", name), title=f"{name.capitalize()} named most", limits={"name": 20})
        for name in NAMES
    ]
    console.print(Columns(names, padding=(0, 2)))
    show_answer(console, ask_file(connection, "overview", "days_spoken_of"), limits={"in these words": 45})
    limits = {"speaker": 22, "words": 42, "through": 22, "outlet": 18}
    show_answer(console, ask_file(connection, "overview", "quotes"), limits=limits)
