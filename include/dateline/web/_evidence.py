"""The decision about a publication date in words, and a card for each piece of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ._cells import cell
from .anchors import card_anchor, words_anchor
from .evidence_places import PlacedEvidence

Row = dict[str, Any]

STANDS, OVERRIDDEN, SILENT = "stands", "overridden", "says nothing"
SAYS = {
    "on": "published on {}",
    "not_before": "not before {}",
    "not_after": "not after {}",
    "near": "near {}",
    "none": "{}",
}
"""What each relation of a piece of evidence says, in words."""


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of evidence; `state` is stands, overridden or says nothing, `decided` that the method names it."""

    anchor: str
    number: int
    source: str
    kind: str
    words: str
    says: str
    weight: str
    state: str
    beaten_by: str
    beaten_by_no: int | None
    decided: bool
    external: bool
    note: str
    words_at: str


@dataclass(frozen=True, slots=True)
class PublicationText:
    """The answer of one article in words, and the evidence that speaks for and against it."""

    part_no: int
    answer: str
    is_dated: bool
    method: str
    allowed: str
    details: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]


def describe_publication(article: Row, candidates: Sequence[PlacedEvidence]) -> PublicationText:
    """The publication date of an article as its columns state it, with the cards of its part."""
    own = [placed for placed in candidates if placed.row["part_no"] == article["part_no"]]
    answer = _answer(article)
    sure = article["published_confidence"]
    details = (
        ("precision", cell(article["published_precision"])),
        ("instant", f"{cell(article['published_at'])}" if article["published_at"] else ""),
        ("zone", " ".join(filter(None, (article["published_zone"], _by(article["published_zone_source"]))))),
        ("confidence", f"{sure:.1%}" if sure is not None else ""),
        ("changed", cell(article["modified_at"])),
    )
    return PublicationText(
        part_no=article["part_no"],
        answer=answer or "undated",
        is_dated=bool(answer),
        method=article["published_method"].removeprefix("undated: "),
        allowed=_span(article["published_from"], article["published_to"]),
        details=tuple((name, value) for name, value in details if value),
        cards=tuple(_card(placed, article["published_method"]) for placed in own),
    )


def _answer(article: Row) -> str:
    local, day = article["published_local"], article["published_day"]
    if local:
        return f"{_day(local.date())}, {local:%H:%M}"
    if day:
        return _day(day)
    first, last = article["published_from"], article["published_to"]
    return _span(first, last) if article["published_precision"] and (first or last) else ""


def _day(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def _by(source: str | None) -> str:
    return f"({source})" if source else ""


def _span(first: date | None, last: date | None) -> str:
    """Days in words.

    >>> _span(date(2004, 3, 1), date(2004, 3, 1)), _span(None, date(2006, 12, 31)), _span(None, None)
    ('2004-03-01', 'until 2006-12-31', '')
    """
    if first and last:
        return str(first) if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def _card(placed: PlacedEvidence, method: str) -> Card:
    row = placed.row
    state = OVERRIDDEN if row["overridden_by"] is not None else SILENT if row["relation"] == "none" else STANDS
    beaten_by = card_anchor({**row, "candidate_no": row["overridden_by"]}) if state == OVERRIDDEN else ""
    return Card(
        anchor=card_anchor(row),
        number=row["candidate_no"],
        source=row["source"],
        kind=row["kind"],
        words=row["quote"] or "",
        says=_says(row),
        weight=f"{row['weight']:+.2f}" if row["weight"] else "",
        state=state,
        beaten_by=beaten_by,
        beaten_by_no=row["overridden_by"],
        decided=state == STANDS and row["relation"] == "on" and row["source"] in method.replace("+", " ").split(),
        external=row["external"],
        note=row["note"] or "",
        words_at=words_anchor(row) if placed.spans else "",
    )


def _says(row: Row) -> str:
    first, last, relation = row["value_from"], row["value_to"], row["relation"]
    # A bound says its one day, whatever the other end of its span is.
    bound = first if relation == "not_before" else last if relation == "not_after" else None
    value = cell(row["value"]) or (str(bound) if bound else _span(first, last))
    return SAYS.get(relation, "{}").format(value) if value else ""
