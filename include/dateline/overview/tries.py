"""Queries to try, asked with names and days that this very lake has, and their answers."""

from __future__ import annotations

import duckdb
from rich.console import Console
from rich.text import Text

from ._query import ask, ask_file, shorten
from .console import make_table

N_ROWS = 4
LIMITS = {"title": 38, "text": 50, "outlet": 22, "most_about_it": 40}


def show_tries(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print up to three commands, each with the first rows of its answer."""
    for query in choose_queries(connection):
        console.print(Text(f'$ .venv/bin/dateline sql "{query}"', style="bold green"), soft_wrap=True)
        answer = ask(connection, f"{query} LIMIT {N_ROWS}")
        console.print(make_table(answer, title="", limits=LIMITS))


def choose_queries(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Queries whose answers are not empty: the day of most outlets, the most quoted speaker, the most named person."""
    queries = []
    days = ask_file(connection, "overview", "day_to_try").rows
    if days:
        queries.append(f"SELECT outlet, title, published_method AS dated_by FROM articles_on('{days[0][0]}')")
    speakers = ask_file(connection, "overview", "speaker_to_try").rows
    if speakers:
        queries.append(f"SELECT speaker, cue, text, outlet FROM quotes_by('{_quoted(speakers[0][0])}')")
    people = ask_file(connection, "overview", "people").rows
    if people:
        columns = "name, label, n_articles, first_day, last_day"
        queries.append(f"SELECT {columns} FROM co_mentions('{_quoted(people[0][0])}')")
    return queries


def _quoted(name: str) -> str:
    return shorten(name, 80).replace("'", "''")
