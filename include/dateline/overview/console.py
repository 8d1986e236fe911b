"""Answers as tables that read well in 100 columns, in a terminal and in a plain log."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ._query import Answer, as_text, shorten

WIDTH = 100
"""Columns of a page: what a log viewer shows without folding lines."""

NUMBERS = (int, float)


def make_console(*, file: object = None) -> Console:
    """A console of the terminal's width; where there is no terminal, of WIDTH, without colours."""
    probe = Console(file=file, highlight=False)  # type: ignore[arg-type]
    if probe.is_terminal:
        return probe
    return Console(file=file, width=WIDTH, highlight=False, soft_wrap=False)  # type: ignore[arg-type]


def show_answer(console: Console, answer: Answer, *, limits: Mapping[str, int] | None = None, wrap: str = "") -> None:
    """Print an answer under its question."""
    console.print(Text(answer.question, style="bold"))
    console.print(make_table(answer, limits=limits, wrap=wrap))


def make_table(
    answer: Answer, *, title: str | None = None, limits: Mapping[str, int] | None = None, wrap: str = ""
) -> Table:
    """One answer as a table; `limits` shortens the cells of a column, that named `wrap` folds its cells.

    A `title` is folded to the width of the table, so it has to be short.
    """
    table = Table(
        title=title,
        title_style="bold",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        header_style="bold cyan",
    )
    for number, name in enumerate(answer.columns):
        is_number = any(isinstance(row[number], NUMBERS) for row in answer.rows)
        table.add_column(
            name,
            justify="right" if is_number else "left",
            no_wrap=name != wrap,
            overflow="fold" if name == wrap else "ellipsis",
        )
    for row in answer.rows:
        cells = [as_text(value) for value in row]
        limited = [
            shorten(cell, (limits or {}).get(name, 10_000)) for name, cell in zip(answer.columns, cells, strict=True)
        ]
        # Text, not markup: a page's words may hold square brackets.
        table.add_row(*(Text(cell) for cell in limited))
    if not answer.rows:
        table.add_row(*(["(none)", *[""] * (len(answer.columns) - 1)]))
    return table
