"""Why articles are one story: what ties each of them to the others, and which of them stands for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files

import duckdb

from ..config import Settings
from ..corpus import Limits, default_limits
from ..lake import current, open_lake
from ..lake.derived import read_derived
from ..schema.derived import STORIES
from ..schema.outcomes import ARTICLE
from ..web import StoryRows
from ._rows import Row, WhyError, fetch_rows, read_number

KEY = "KEY of stories is story_id, or capture_id[/part_no] of an article that tells it"


def explain_story(settings: Settings, key: str) -> StoryRows:
    """Explain the story with this KEY: story_id, or capture_id[/part_no] or article_id of an article that tells it.

    An id may be cut short while unique. Raises WhyError where no story has it, or more than one;
    `lake.LakeError` where there is no lake.
    """
    prefix, _, part_text = key.partition("/")
    with open_lake(settings.lake) as connection:
        story_id = _find_story(connection, prefix, read_number(part_text, KEY))
        members = fetch_rows(connection, _query("story_members"), {"story_id": story_id})
        pages = fetch_rows(connection, _query("story_pages"), {"story_id": story_id})
    table, manifest = read_derived(settings.lake).tables.get(STORIES.name), current(settings.lake)
    made = {
        "manifest": table.manifest if table else None,
        "current_manifest": manifest.number if manifest else None,
        "lake_hash": table.lake_hash if table else None,
        "method": table.method if table else None,
    }
    return StoryRows(story_id, tuple(tell_members(members, default_limits())), tuple(pages), made)


def _find_story(connection: duckdb.DuckDBPyConnection, prefix: str, part_no: int | None) -> str:
    if not prefix or not prefix.isalnum():
        raise WhyError(f"{prefix!r} is no id; {KEY}")
    found = fetch_rows(connection, _query("story_ids"), {"id": prefix, "part_no": part_no})
    if len(found) > 1:
        raise WhyError(f"more than one story has an id that starts with {prefix!r}: write more of it; {KEY}")
    if not found:
        raise WhyError(_tell_nothing(connection, prefix, part_no))
    return str(found[0]["story_id"])


def _tell_nothing(connection: duckdb.DuckDBPyConnection, prefix: str, part_no: int | None) -> str:
    """Why an id means no story: another part, a page without an article, corpus not run since, or a slip."""
    if part_no is not None and fetch_rows(connection, _query("story_ids"), {"id": prefix, "part_no": None}):
        return f"no part {part_no} of {prefix!r} is in a story; without /{part_no} the key means the whole page"
    captures = fetch_rows(connection, _query("story_capture"), {"id": prefix})
    if captures and captures[0]["outcome"] != ARTICLE:
        outcome = captures[0]["outcome"]
        return f"{prefix!r} has no story, as it is no article but {outcome}: `dateline why rejected {prefix}`"
    if captures and not captures[0]["is_latest"]:
        return f"{prefix!r} has no story: its page was captured again, and stories are of the newest captures"
    if captures:
        return f"{prefix!r} is an article that no story has yet: `dateline corpus` brings stories up to date"
    return f"no story and no article has an id that starts with {prefix!r}; {KEY}"


def tell_members(members: Sequence[Row], limits: Limits) -> list[Row]:
    """Members, the head first, each with a sentence `why` that says what ties it to the story."""
    places = {(row["capture_id"], row["part_no"]): row for row in members}
    told = [{**row, "why": _why_joined(row, places, limits)} for row in members[1:]]
    return [{**row, "why": _why_head(members)} for row in members[:1]] + told


def _why_head(members: Sequence[Row]) -> str:
    """Why the first member stands for the story; corpus ranks members the same way."""
    head, others = members[0], members[1:]
    if not others:
        return "It stands alone: no copy of it was found."
    second = others[0]
    if head["compared_by"] != second["compared_by"]:
        return (
            "It represents the story: it is the earliest that is dated; the others have only the day of their capture."
        )
    day = f"{head['compared_day']} ({head['compared_by']})"
    if head["compared_day"] != second["compared_day"]:
        return f"It represents the story as its earliest copy: {day}; the next is of {second['compared_day']}."
    if head["published_at"] is not None and second["published_at"] is None:
        return f"It represents the story: of those of {day}, it alone states a time."
    if head["published_at"] != second["published_at"]:
        return f"It represents the story: of those of {day}, it states the earliest time."
    return f"It represents the story by its id, since others are of {day} too: who printed it first is not known."


def _why_joined(row: Row, places: Mapping[tuple[str, int], Row], limits: Limits) -> str:
    other = places.get((row["matched_capture_id"], row["matched_part_no"]))
    name = _name(other, row)
    if row["how"] == "same_text":
        return f"Its words are those of {name}."
    reasons = []
    if row["matched_similarity"] >= limits.least_similarity:
        share, least = f"{row['matched_similarity']:.0%}", f"{limits.least_similarity:.0%}"
        reasons.append(f"of all word {limits.shingle_words}-grams of the two, {share} are in both (at least {least})")
    if row["matched_containment"] >= limits.least_containment:
        share, least = f"{row['matched_containment']:.0%}", f"{limits.least_containment:.0%}"
        reasons.append(f"{share} of those of the shorter are in the other (at least {least})")
    if other is not None and not other["is_representative"]:
        reasons.append(_beside_head(row, limits))
    return f"It is a near copy of {name}: {'; '.join(reasons)}."


def _beside_head(row: Row, limits: Limits) -> str:
    """What an article that is closest to another copy has in common with the head."""
    share = f"{row['similarity']:.1%}"
    if row["similarity"] >= limits.least_similarity or row["containment"] >= limits.least_containment:
        return f"it is close to the head, too, with {share} in both"
    return f"with the head it shares {share} only, so that it belongs to the story through that copy"


def _name(other: Row | None, row: Row) -> str:
    """The copy that an article was matched with, as a reader finds it in the list."""
    if other is None:
        return f"{row['matched_capture_id']}/{row['matched_part_no']}"
    if other["is_representative"]:
        return "the head"
    of = f" of {other['outlet']}" if other["outlet"] else ""
    return f"“{other['title'] or 'no title'}”{of} ({other['capture_id'][:12]}/{other['part_no']})"


def _query(name: str) -> str:
    return (files("dateline") / "sql" / "why" / f"{name}.sql").read_text("utf-8")
