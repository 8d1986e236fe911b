"""The command line: the same functions that the DAGs run, for shells, scripts and scorers.

Answers go to standard output, everything else to standard error. An error is one line that says what to do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from ..config import Settings, SettingsError, load_settings
from ..one_thread import use_one_thread

use_one_thread()


def now() -> datetime:
    """The clock of the command line."""
    return datetime.now(UTC)


def fail(message: object) -> NoReturn:
    """Say one line on standard error and stop with status 1."""
    click.echo(f"dateline: {' '.join(str(message).split())}", err=True)
    raise SystemExit(1)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn every error that a user can cause into one line."""
    from ..lake import LakeError
    from ..names.model import ModelError
    from ..raw import LockHeldError, RawError
    from ..sources.files import SourceError

    try:
        yield
    except (SettingsError, SourceError, ModelError, LakeError, LockHeldError, RawError) as error:
        fail(error)
    except BrokenPipeError:
        # Whoever reads our output has gone, as `head` does; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None
    except (ValueError, OSError) as error:
        fail(error)
    except KeyboardInterrupt:
        fail("stopped; what was committed stays, the rest is done by the next run")


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the settings of the current folder and one-line errors."""

    @wraps(function)
    def run(*args: Any, **options: Any) -> Any:
        with one_line_errors():
            return function(load_settings(), *args, **options)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def main() -> None:
    """Raw news pages in; who, where, when and said-what tables out; every row explains itself."""


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--workers", default=1, show_default=True, help="Processes that read pages.")
@command
def extract(settings: Settings, paths: tuple[str, ...], workers: int) -> None:
    """Read pages to JSON lines: files, folders, WARC, JSON lines, or - for JSON lines on standard input."""
    from ..extract import extract_lines, find_pages
    from ..snapshot import take_snapshot

    pages = find_pages(paths, today=now().date())
    for line in extract_lines(pages, take_snapshot(settings), workers=workers):
        sys.stdout.write(line + "\n")


@main.command()
@click.argument("file", default="-")
@command
def annotate(settings: Settings, file: str) -> None:
    """Annotate clean text, JSON lines {"id", "text", "reference_date"?, "spans"?}: dates, names, quotes."""
    import json

    from ..annotate import AnnotateError, annotate_line
    from ..lines import plain
    from ..names.model import model_hash

    model_hash(settings.model)
    n_bad = 0
    with click.open_file(file, encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = annotate_line(line, settings.model)
            except AnnotateError as error:
                click.echo(f"dateline: {file} line {number}: {error}", err=True)
                row = {"id": None, "line": number, "error": str(error)}
                n_bad += 1
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=plain) + "\n")
    if n_bad:
        raise SystemExit(1)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--collection", help="Source id; default: the last name of the path.")
@click.option("--captured-on", type=click.DateTime(["%Y-%m-%d"]), help="UTC day of pages that state none.")
@click.option("--shards", default=4, show_default=True, help="Pieces of work; changes nothing in the lake.")
@click.option("--workers", default=1, show_default=True, help="Processes that read pages.")
@click.option("--again", is_flag=True, help="Read entries again that are up to date.")
@click.option("--force", is_flag=True, help="Publish although the audit sees a collapse.")
@command
def load(
    settings: Settings,
    paths: tuple[Path, ...],
    collection: str | None,
    captured_on: datetime | None,
    **options: Any,
) -> None:
    """Register pages in raw and publish every ingest date that they touch, in one commit."""
    from .progress import load_with_progress

    day = captured_on.date() if captured_on else None
    load_with_progress(settings, paths, collection=collection, captured_on=day, clock=now, **options)


@main.command()
@click.option(
    "--source", "only", multiple=True, help="Id in sources.toml, once for each; default: all that are enabled."
)
@click.option("--workers", default=4, show_default=True, help="Sources that are fetched side by side.")
@click.option("--force", is_flag=True, help="Publish although the audit sees a collapse.")
@command
def poll(settings: Settings, only: tuple[str, ...], workers: int, force: bool) -> None:
    """Fetch what the feeds and lists of sources.toml have that is new, and publish it."""
    from .poll import poll_with_report

    poll_with_report(settings, only, workers=workers, force=force, clock=now)


@main.command()
@click.option("--from-scratch", is_flag=True, help="Compare everything anew; gives the same tables, slowly.")
@command
def corpus(settings: Settings, from_scratch: bool) -> None:
    """Find copies and near-copies among the published articles: bring the table stories up to date."""
    from .. import pipeline

    done = pipeline.derive_tables(settings, clock=now, from_scratch=from_scratch)
    click.echo(pipeline.describe_derived(done))


@main.command()
@click.argument("site", required=False)
@click.option("--all", "everything", is_flag=True, help="Every line and path, not only the most frequent.")
@command
def profiles(settings: Settings, site: str | None, everything: bool) -> None:
    """Show which lines and paths repeat over the pages of SITE, with proof pages; without SITE, list the sites."""
    from .profiles import print_profiles

    print_profiles(settings, site, everything=everything)


@main.command()
@click.argument("query", required=False)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@command
def sql(settings: Settings, query: str | None, form: str) -> None:
    """Ask the lake in DuckDB's SQL; without a QUERY, read statements from standard input."""
    from .ask import answer, converse

    if query is None and sys.stdin.isatty():
        converse(settings)
    else:
        answer(settings, query if query is not None else sys.stdin.read(), form)


@main.command()
@click.argument("table")
@click.argument("key")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--html", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write the whole page there.")
@command
def why(settings: Settings, table: str, key: str, form: str, file: Path | None) -> None:
    """Show how a row of TABLE came to be; KEY is capture_id[/part_no[/row_no]], of stories also the story_id.

    An id may be cut short.
    """
    from .explain import show_why

    if file and form == "json":
        raise click.UsageError("--html and --format json ask for two forms at once; leave one out")
    show_why(settings, table, key, form, file)


@main.command()
@click.option("--lake", "folder", type=click.Path(path_type=Path), help="Where the lake is now, after a move.")
@command
def repair(settings: Settings, folder: Path | None) -> None:
    """Find what is damaged, read it again from raw, and rebuild catalog and Hive tree."""
    from .progress import repair_with_report

    repair_with_report(replace(settings, lake=folder.absolute()) if folder else settings, clock=now)


@main.command("export-warc")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--source", help="Source id; default: all.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First ingest date.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last ingest date, included.")
@command
def export_warc(
    settings: Settings, out: Path, source: str | None, first: datetime | None, last: datetime | None
) -> None:
    """Write captures of raw to OUT, a WARC file that other tools read (compressed where it ends with .gz)."""
    from .export import export_with_report

    days = (first.date() if first else None, last.date() if last else None)
    export_with_report(settings, out, source=source, first=days[0], last=days[1])


@main.command()
@click.argument("targets", nargs=-1)
@click.option("--source", help="Forget every capture of this source.")
@click.option("--why", required=True, help="The reason; the tombstone keeps it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@command
def forget(settings: Settings, targets: tuple[str, ...], source: str | None, why: str, yes: bool) -> None:
    """Take captures down for good: TARGETS are capture ids or URLs. Their bytes are deleted; there is no way back."""
    from .forget import forget_after_asking

    forget_after_asking(settings, targets, source, why=why, yes=yes, clock=now)


from . import care as care  # noqa: E402
