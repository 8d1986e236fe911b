"""One story as one HTML file: the articles that tell it, why each belongs to it, and the pages it is printed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._cells import cell, shorten
from ._templates import find_template

Row = dict[str, Any]

MOST_MEMBERS = 1_000
"""Articles of a story in the file; the lake has the others."""

MEMBER_FACTS = (
    "outlet", "published_day", "published_at", "n_words", "url", "similarity", "containment", "compared_day",
    "compared_by",
)  # fmt: skip
BESIDE_HEAD = ("similarity", "containment")
"""Facts that say nothing of the head itself."""
PAGE_COLUMNS = ("page_no", "title", "outlet", "how", "evidence", "capture_id")
MADE_FACTS = ("manifest", "current_manifest", "lake_hash", "method")


@dataclass(frozen=True, slots=True)
class StoryRows:
    """A story explained.

    `members` are its rows of `stories` with facts of their articles, from the head on, which is the earliest; `why`
    of each is a sentence. `pages` are rows of `story_pages` of any member. `made` says which manifest the tables are
    of, and by which method.
    """

    story_id: str
    members: tuple[Row, ...]
    pages: tuple[Row, ...]
    made: Row

    @property
    def title(self) -> str:
        """Title of the head, else the id of the story."""
        return str(self.members[0]["title"] or f"story {self.story_id}")


def render_story_page(story: StoryRows) -> str:
    """The whole file as text; every word of the pages is escaped in it."""
    html: str = find_template("why_story.html").render(
        title=shorten(story.title, 120),
        story=story,
        members=[_card(row) for row in story.members[:MOST_MEMBERS]],
        n_more=max(0, len(story.members) - MOST_MEMBERS),
        page_columns=PAGE_COLUMNS,
        page_lines=[[shorten(cell(row[name]), 300) for name in PAGE_COLUMNS] for row in story.pages],
        made=[(name, cell(story.made[name])) for name in MADE_FACTS],
    )
    return html


def _card(row: Row) -> Row:
    names = [name for name in MEMBER_FACTS if not (row["is_representative"] and name in BESIDE_HEAD)]
    return {
        "title": shorten(str(row["title"] or "no title"), 200),
        "capture_id": row["capture_id"],
        "part_no": row["part_no"],
        "how": row["how"] or "the head",
        "why": row["why"],
        "facts": [(name, shorten(cell(row[name]), 300)) for name in names if row[name] is not None],
    }
