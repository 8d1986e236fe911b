"""Loading and repairing with a progress bar, and what was done in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from .. import pipeline
from ..config import Settings

Clock = Callable[[], datetime]
STEPS = {"collect": "registering pages", "plan": "planning", "extract": "reading pages", "publish": "publishing"}


@contextmanager
def progress_bar(console: Console) -> Iterator[pipeline.Progress]:
    """A bar that follows the steps of a load; silent where the output is no terminal."""
    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def tell(step: str, done: int, total: int) -> None:
            bar.update(task, description=STEPS.get(step, step), completed=done, total=total or None)

        yield tell


def load_with_progress(
    settings: Settings,
    paths: Sequence[Path],
    *,
    collection: str | None,
    captured_on: date | None,
    clock: Clock,
    shards: int,
    workers: int,
    again: bool,
    force: bool,
) -> None:
    """Load the paths and say what was registered and published."""
    console = Console(stderr=True)
    with progress_bar(console) as tell:
        done = pipeline.load(
            settings,
            paths,
            collection=collection,
            captured_on=captured_on,
            clock=clock,
            max_shards=shards,
            workers=workers,
            again=again,
            force=force,
            progress=tell,
        )
    collected = done.collected
    if collected is not None:
        print(f"registered {collected.new} new, {collected.known} known, {collected.withdrawn} withdrawn")
        if collected.passed_over:
            named = ", ".join(collected.passed_over[:3]) + (" ..." if len(collected.passed_over) > 3 else "")
            print(f"passed over {len(collected.passed_over)} files, no pages by name or no plain files: {named}")
    _say_published(done)
    for page in done.damaged:
        click.echo(f"dateline: page {page} is damaged in raw: run `dateline repair`, it says what to restore", err=True)


def repair_with_report(settings: Settings, *, clock: Clock) -> None:
    """Make the lake whole again and say what was wrong."""
    with progress_bar(Console(stderr=True)) as tell:
        done = pipeline.rebuild(settings, clock=clock, progress=tell)
    for problem in done.problems:
        print(f"found: {problem}")
    if done.lacking:
        print(f"read from raw: {_entries(len(done.lacking))} that the lake lacked")
    if not done.problems and not done.lacking and not done.lost:
        print("nothing was damaged; catalog and Hive tree are rebuilt")
    _say_published(done.loaded)
    if done.lost:
        for problem in done.lost:
            print(f"raw is damaged: {problem}")
        raise pipeline.PipelineError(f"raw is damaged in {len(done.lost)} places: restore them, then run this again")


def _say_published(done: pipeline.LoadResult) -> None:
    published = done.published
    if not published.changed:
        print(f"nothing changed: lake {published.lake_hash[:12]}, manifest {published.number}")
        return
    print(f"published {_entries(len(published.changed_entries))}: {published.tell_counts()}")
    print(f"lake {published.lake_hash[:12]}, manifest {published.number}")


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
