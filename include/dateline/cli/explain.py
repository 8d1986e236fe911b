"""`dateline why`: an explanation as text, as JSON or as a page, and that of a story in the terminal."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from ..config import Settings
from ..lines import plain
from ..schema.derived import STORIES
from ..web import BESIDE_HEAD, StoryRows, render_story_page
from ..why import Explanation, explain, explain_story
from .show import print_explanation, print_row, shown, write_html, write_page

MEMBER_COLUMNS = (
    "published_day", "published_at", "outlet", "title", "how", "similarity", "containment", "capture_id", "part_no",
)  # fmt: skip
PAGE_COLUMNS = ("page_no", "outlet", "title", "how", "evidence", "capture_id")


def show_why(settings: Settings, table: str, key: str, form: str, file: Path | None) -> None:
    """Explain a row, or a story, on standard output in this form, or in an HTML file.

    Raises `why.WhyError` where the key names nothing.
    """
    if table == STORIES.name:
        story = explain_story(settings, key)
        if file:
            write_html(file, render_story_page(story))
        elif form == "json":
            click.echo(to_json({"table": table, **asdict(story)}))
        else:
            print_story(story)
        return
    found = explain(settings, table, key)
    if file:
        write_page(settings, found, file)
    elif form == "json":
        click.echo(to_json(as_object(found)))
    else:
        print_explanation(found)


def as_object(found: Explanation) -> dict[str, Any]:
    """What is shown of a row; of the page only the places that it names."""
    names = ("table", "row", "capture", "build", "beside", "head")
    return {**{name: getattr(found, name) for name in names}, "places": [asdict(place) for place in found.places]}


def to_json(value: Any) -> str:
    """JSON text; days and instants as ISO text, bytes in hexadecimal.

    >>> to_json({"bytes": b"GIF"})
    '{"bytes": "474946"}'
    """
    return json.dumps(
        value, ensure_ascii=False, default=lambda item: item.hex() if isinstance(item, bytes) else plain(item)
    )


def print_story(story: StoryRows, console: Console | None = None) -> None:
    """Print who tells a story, why each belongs to it, the pages it stands on, and what the tables were made from."""
    console = console or Console(soft_wrap=False)
    console.rule(f"[bold]{STORIES.name}[/bold]  {story.story_id}: {shown(story.title)}", align="left")
    for number, row in enumerate(story.members, 1):
        console.rule(
            f"{number} of {len(story.members)}: {shown(str(row['title'] or 'no title'))}", align="left", style="dim"
        )
        facts = {
            name: row[name] for name in MEMBER_COLUMNS if row[name] is not None and name not in ("title", "part_no")
        }
        if row["is_representative"]:
            # The head beside itself says nothing.
            facts = {name: fact for name, fact in facts.items() if name not in BESIDE_HEAD}
        facts["capture_id"] = f"{row['capture_id']}/{row['part_no']}"
        print_row(console, {name: round(fact, 3) if isinstance(fact, float) else fact for name, fact in facts.items()})
        console.print(f" {shown(row['why'])}", highlight=False)
    if story.pages:
        _print_pages(console, story)
    console.rule("what it was made from", align="left", style="dim")
    print_row(console, {name: value for name, value in story.made.items() if value is not None})


def _print_pages(console: Console, story: StoryRows) -> None:
    console.rule(f"pages: {len(story.pages)}", align="left", style="dim")
    table = Table(*PAGE_COLUMNS, header_style="bold", box=None, padding=(0, 1))
    for row in story.pages:
        table.add_row(*(shown(str(row[name] if row[name] is not None else ""))[:120] for name in PAGE_COLUMNS))
    console.print(table)
