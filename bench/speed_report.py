"""The speed figures as a table in the terminal and as a page of the documentation."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

Figures = dict[str, Any]
Row = tuple[str, ...]

CONTENDER_COLUMNS = ("reader", "median ms", "mean ms", "wall ms", "times Dateline", "95 % interval")
STAGE_COLUMNS = ("stage", "median ms", "mean ms", "share")
WORKER_COLUMNS = ("processes", "seconds on the clock", "processor seconds", "times as fast")


def contender_rows(figures: Figures) -> list[Row]:
    """One row a contender: milliseconds of processor time a page, and the ratio to Dateline."""
    rows = []
    for found in figures["contenders"]:
        ratio = found["ratio"]
        interval = "" if found["key"] == "dateline" else f"{ratio['low']:.2f} to {ratio['high']:.2f}"
        times = (f"{found[name]:.1f}" for name in ("cpu_median", "cpu_mean", "wall_mean"))
        rows.append((found["title"], *times, f"{ratio['value']:.2f}", interval))
    return rows


def stage_rows(figures: Figures) -> list[Row]:
    """One row a stage of the reader, in the order of reading."""
    return [
        (found["title"], f"{found['cpu_median']:.2f}", f"{found['cpu_mean']:.2f}", f"{100 * found['share']:.0f} %")
        for found in figures["stages"]
    ]


def worker_rows(figures: Figures) -> list[Row]:
    """One row a number of processes."""
    alone = figures["workers"][0]["wall_seconds"]
    return [
        (str(found["workers"]), f"{found['wall_seconds']:.1f}", f"{found['cpu_seconds']:.1f}",
         f"{alone / found['wall_seconds']:.2f}")
        for found in figures["workers"]
    ]  # fmt: skip


def print_report(figures: Figures, console: Console | None = None) -> None:
    """Print the tables."""
    console = console or Console()
    console.print(f"{figures['pages']}, {figures['mean_bytes']:,} bytes on average; {figures['machine']}")
    for title, columns, rows in (
        ("Milliseconds a page", CONTENDER_COLUMNS, contender_rows(figures)),
        ("Dateline, stage by stage", STAGE_COLUMNS, stage_rows(figures)),
        ("dateline extract, start included", WORKER_COLUMNS, worker_rows(figures)),
    ):
        table = Table(title=title, title_justify="left")
        for number, column in enumerate(columns):
            table.add_column(column, justify="right" if number else "left")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    for found in figures["contenders"]:
        console.print(f"{found['title']}: {found['parts']}")


def render(figures: Figures) -> str:
    """The figures as Markdown."""
    lines = [
        "# Speed",
        "",
        "Written by `make bench`. What lasts is the ratio: all readers got the same pages in one run, a group of pages",
        "each in turn. Times are of one processor core on a machine that had other work too; the interval is a",
        "bootstrap over pages. The stacks give text, title, publication date and entities, the first one dates in the",
        "text as well; Dateline gives every block with its place in the raw page, resolved dates, clustered names,",
        "quotations with speakers, and the evidence, as Arrow tables.",
        "",
        f"{figures['pages'][:1].upper()}{figures['pages'][1:]}, {figures['mean_bytes']:,} bytes on average; "
        f"{figures['machine']}.",
        "",
        *_table(CONTENDER_COLUMNS, contender_rows(figures)),
        "",
        *(f"- {found['title']}: {found['parts']}" for found in figures["contenders"]),
        "",
        "## Stage by stage",
        "",
        "Milliseconds of processor time a page.",
        "",
        *_table(STAGE_COLUMNS, stage_rows(figures)),
        "",
        "## Processes",
        "",
        f"`dateline extract` over {figures['workers'][0]['n_files']} files with the same pages, start included.",
        "A second process helps only where a core is free for it.",
        "",
        *_table(WORKER_COLUMNS, worker_rows(figures)),
    ]
    return "\n".join(lines) + "\n"


def _table(columns: Row, rows: list[Row]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (columns, ("---",) * len(columns), *rows)]
