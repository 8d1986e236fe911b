"""`dateline export-warc`: raw as a WARC file, and what was left out of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..config import Settings
from ..raw.export import export_warc


def export_with_report(
    settings: Settings, out: Path, *, source: str | None, first: date | None, last: date | None
) -> None:
    """Write the file and say how many records it has."""
    if not out.absolute().parent.is_dir():
        raise ValueError(f"{out.absolute().parent}: no such folder; make it first")
    done = export_warc(settings.raw, out, source=source, first=first, last=last)
    click.echo(f"wrote {done.n_records} record{'' if done.n_records == 1 else 's'} to {out}")
    for reason, count in done.left_out.items():
        click.echo(f"left out {count}: {reason}")
