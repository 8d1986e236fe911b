"""`dateline forget`: what is meant, a question, and what was taken down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import click

from ..config import Settings
from ..pipeline.forget import find_target, forget

SHOWN = 5
"""Captures that are named before the question is asked."""


def forget_after_asking(
    settings: Settings,
    targets: Sequence[str],
    source: str | None,
    *,
    why: str,
    yes: bool,
    clock: Callable[[], datetime],
) -> None:
    """Name the captures that are meant, ask unless `yes`, forget them, and say what became of their bytes."""
    target = find_target(settings, targets, source)
    for capture in target.captures[:SHOWN]:
        click.echo(f"{capture.capture_id}  {capture.ingest_date}  {capture.source_id}  {capture.source_ref}")
    if len(target.captures) > SHOWN:
        click.echo(f"... and {len(target.captures) - SHOWN} more")
    if not yes:
        click.confirm(f"Forget {_count(len(target.captures), 'capture')} for good?", abort=True)
    done = forget(settings, target, why=why, clock=clock)
    kept = f"; {len(done.forgotten.kept)} kept, since other captures have the same" if done.forgotten.kept else ""
    click.echo(
        f"forgotten: {_count(len(done.forgotten.captures), 'capture')}, "
        f"and the bytes of {_count(len(done.forgotten.deleted), 'page')}{kept}"
    )
    if done.published is None:
        click.echo("the lake holds none of their entries; nothing to publish")
    elif done.published.changed:
        entries = f"{len(done.published.changed_entries)} {_entry_word(len(done.published.changed_entries))}"
        click.echo(f"published {entries} without them: lake {done.published.lake_hash[:12]}")
    else:
        click.echo(f"the lake was without them already: lake {done.published.lake_hash[:12]}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _entry_word(number: int) -> str:
    return "entry" if number == 1 else "entries"
