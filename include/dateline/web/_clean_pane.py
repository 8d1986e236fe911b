"""The clean article as HTML: its blocks in reading order with names, date mentions, quotations and evidence marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ._raw_pane import is_shown_clean
from .anchors import clean_anchor, raw_anchor, span_anchor
from .nesting import Attributes, Mark, nest_marks

Row = dict[str, Any]

TAGS = {"headline": "h3", "heading": "h4", "quote": "blockquote", "standfirst": "p"}
"""Elements of blocks by role; all others are paragraphs."""
LABEL_CLASSES = {"PERSON": "person", "ORG": "org", "GPE": "place", "LOC": "place", "FAC": "place"}
"""Labels that have a colour of their own; all others share one."""


@dataclass(frozen=True, slots=True)
class CleanBlock:
    """One block as it is printed; `raw_at` is empty where its place in the raw page is unknown."""

    number: int
    role: str
    tag: str
    anchor: str
    raw_at: str
    html: Markup


@dataclass(frozen=True, slots=True)
class CleanPart:
    """One article of the page; `title` is set only where no headline block shows it."""

    part_no: int
    title: str
    standfirst: str
    blocks: tuple[CleanBlock, ...]
    captions: tuple[CleanBlock, ...]


def show_parts(rows: Mapping[str, Sequence[Row]], chosen: str) -> list[CleanPart]:
    """Every article of a page; `chosen` is the anchor of the mark that stands out."""
    marks = _marks_by_block(rows, chosen)
    return [_part(article, rows.get("blocks", ()), marks) for article in rows.get("articles", ())]


def _part(article: Row, blocks: Sequence[Row], marks: Mapping[int, list[Mark]]) -> CleanPart:
    own = [block for block in blocks if block["part_no"] == article["part_no"] and is_shown_clean(block)]
    shown = [_block(block, marks) for block in own]
    roles = {block["role"] for block in own}
    return CleanPart(
        part_no=article["part_no"],
        title="" if "headline" in roles else article["title"] or "",
        standfirst="" if "standfirst" in roles else article["standfirst"] or "",
        blocks=tuple(block for block in shown if block.role not in ("caption", "credit")),
        captions=tuple(block for block in shown if block.role in ("caption", "credit")),
    )


def _block(block: Row, marks: Mapping[int, list[Mark]]) -> CleanBlock:
    number = block["block_no"]
    return CleanBlock(
        number=number,
        role=block["role"],
        tag=TAGS.get(block["role"], "p"),
        anchor=clean_anchor(number),
        raw_at=raw_anchor(number) if block["raw_start"] is not None else "",
        html=nest_marks(block["text"], marks.get(number, ())),
    )


def _marks_by_block(rows: Mapping[str, Sequence[Row]], chosen: str) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = defaultdict(list)
    for block_no, mark in (
        *_quotes(rows, chosen), *_evidence(rows, chosen), *_names(rows, chosen), *_dates(rows, chosen),
    ):  # fmt: skip
        found[block_no].append(mark)
    return found


def _quotes(rows: Mapping[str, Sequence[Row]], chosen: str) -> Iterator[tuple[int, Mark]]:
    for quote in rows.get("quotes", ()):
        number, speaker = quote["quote_no"], quote["speaker_text"]
        said = f"quote {number}, {quote['kind']}" + (f", said by {speaker}" if speaker else ", speaker not told")
        yield quote["block_no"], _mark(quote, f"q {quote['kind']}", said, span_anchor("quotes", quote), chosen, 1)
        for place in quote["speakers"] or ():
            yield place["block_no"], _mark(place, "s", f"speaker of quote {number}", "", chosen, 3)


def _evidence(rows: Mapping[str, Sequence[Row]], chosen: str) -> Iterator[tuple[int, Mark]]:
    for row in rows.get("date_candidates", ()):
        if row["block_no"] is not None and row["start_char"] is not None:
            title = f"evidence {row['candidate_no']} for the publication date"
            yield row["block_no"], _mark(row, "ev", title, "", chosen, 2)


def _names(rows: Mapping[str, Sequence[Row]], chosen: str) -> Iterator[tuple[int, Mark]]:
    clusters = {(row["part_no"], row["cluster_no"]): row for row in rows.get("entities", ())}
    for row in rows.get("mentions", ()):
        cluster = clusters.get((row["part_no"], row["cluster_no"]))
        linked = f" = {cluster['name']}" + (f" ({cluster['kb_id']})" if cluster["kb_id"] else "") if cluster else ""
        style = f"n {LABEL_CLASSES.get(row['label'], 'other')}"
        label = (("data-label", row["label"]),)
        title = f"{row['label']}{linked}"
        yield row["block_no"], _mark(row, style, title, span_anchor("mentions", row), chosen, 4, label)


def _dates(rows: Mapping[str, Sequence[Row]], chosen: str) -> Iterator[tuple[int, Mark]]:
    for row in rows.get("dates", ()):
        value = row["value"] or "no value"
        title = f"{row['type']} {value}" + (f", counted from {row['anchor']}" if row["anchor"] else "")
        given = (("data-value", value),)
        yield row["block_no"], _mark(row, "d", title, span_anchor("dates", row), chosen, 5, given)


def _mark(row: Row, style: str, title: str, anchor: str, chosen: str, rank: int, once: Attributes = ()) -> Mark:
    classes = f"{style} chosen" if anchor and anchor == chosen else style
    name = (("id", anchor),) if anchor else ()
    return Mark(
        row["start_char"], row["end_char"], "span", (("class", classes),), (*name, ("title", title), *once), rank
    )
