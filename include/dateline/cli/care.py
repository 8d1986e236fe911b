"""Commands that look after the lake: its ledger, what a commit changed, weekly maintenance, and the doctor."""

from __future__ import annotations

from datetime import datetime

import click

from ..config import Settings
from . import command, main, now


@main.command()
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="This ingest date alone.")
@click.option("--source", help="This source alone.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one an entry.")
@command
def ledger(settings: Settings, day: datetime | None, source: str | None, as_json: bool) -> None:
    """Show what is published of each ingest date and source: captures expected and collected, articles, rejected."""
    from .ledger import print_ledger

    print_ledger(settings, day=day.date() if day else None, source=source, as_json=as_json)


@main.command()
@click.argument("before", required=False, type=int)
@click.argument("after", required=False, type=int)
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one a difference.")
@command
def diff(settings: Settings, before: int | None, after: int | None, as_json: bool) -> None:
    """Show what differs from manifest BEFORE to AFTER, by default from the one before the current to the current."""
    from .diff import print_diff

    print_diff(settings, before, after, as_json=as_json)


@main.command()
@click.option("--compact/--no-compact", default=True, help="Merge the files of months that are over.")
@click.option("--collect/--no-collect", default=True, help="Delete replaced files and what killed runs left.")
@click.option("--verify/--no-verify", "check", default=True, help="Hash and count what raw and lake hold.")
@click.option("--share", default=1.0, show_default=True, help="Share of files, pages and entries to verify.")
@click.option("--seed", default=0, show_default=True, help="Which share; consecutive ones cover everything.")
@click.option("--keep-days", default=7.0, show_default=True, help="Days that replaced manifests stay, at least 1.")
@click.option("--keep-last", default=10, show_default=True, help="Manifests that stay however old.")
@click.option("--closed-after", default=7.0, show_default=True, help="Days after which a month's last entry is old.")
@command
def maintain(settings: Settings, **options: bool | float | int) -> None:
    """Compact months that are over, collect garbage, verify; status 1 where verification finds something."""
    from .maintain import maintain_with_report

    maintain_with_report(settings, clock=now, **options)  # type: ignore[arg-type]


@main.command()
@command
def doctor(settings: Settings) -> None:
    """Print settings, versions, free disk and the lake's hash; status 1 where something is wrong."""
    from ..doctor import examine

    marks = {"ok": click.style("ok  ", fg="green"), "note": click.style("note", fg="yellow"),
             "problem": click.style("BAD ", fg="red", bold=True)}  # fmt: skip
    findings = list(examine(settings))
    for finding in findings:
        click.echo(f"{marks[finding.level]}  {finding.subject:<15} {finding.text}")
    if any(finding.level == "problem" for finding in findings):
        raise SystemExit(1)
