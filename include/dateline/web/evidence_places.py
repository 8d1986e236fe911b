"""Where the words of the evidence about a publication date stand in the raw page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..page.flatten.locate import locate_in_raw

Row = dict[str, Any]
Span = tuple[int, int]

IN_MARKUP = frozenset({"json_ld", "meta", "link", "time_tag", "script", "html_attribute"})
"""Sources of evidence whose words stand between the blocks."""
LONGEST = 5_000
"""Characters up to which words in markup are sought."""
NEAR = 120
"""Characters before a value within which its property is looked for."""


class PlacedEvidence(NamedTuple):
    """A row of date_candidates and the places of its words; none where it has no place in the page."""

    row: Row
    spans: tuple[Span, ...]


def place_evidence(raw: str, blocks: Sequence[Row], evidence: Sequence[Row]) -> list[PlacedEvidence]:
    """Every piece of evidence with its places in the decoded raw page."""
    numbered = {block["block_no"]: block for block in blocks}
    return [PlacedEvidence(row, evidence_spans(raw, numbered, row)) for row in evidence]


def evidence_spans(raw: str, blocks: Mapping[int, Row], row: Row) -> tuple[Span, ...]:
    """Where the words of a piece of evidence stand, as offsets in code points.

    One place where they were read in a block. What was read in markup is known by its words alone: the place
    behind its property where that is near (`datePublished`), else the first. What was read in the address or
    comes from outside the page has no place.
    """
    block = blocks.get(row["block_no"]) if row["block_no"] is not None else None
    if block is not None and row["start_char"] is not None:
        span = span_in_raw(raw, block, (row["start_char"], row["end_char"]))
        return (span,) if span else ()
    words = row["quote"]
    if row["source"] not in IN_MARKUP or not words or len(words) > LONGEST:
        return ()
    named = (row["note"] or "").partition(" ")[0]
    start = first = raw.find(words)
    while named and start >= 0:
        if named in raw[max(0, start - NEAR) : start]:
            return ((start, start + len(words)),)
        start = raw.find(words, start + len(words))
    return ((first, first + len(words)),) if first >= 0 else ()


def span_in_raw(raw: str, block: Row, span: Span) -> Span | None:
    """Where words of a block stand in the raw page: exactly, else the whole block; None where that has no place."""
    if not has_place(raw, block):
        return None
    whole = (block["raw_start"], block["raw_end"])
    return locate_in_raw(raw, whole, block["text"], span, is_html=block["dom_path"] is not None) or whole


def has_place(raw: str, block: Row) -> bool:
    """True where the place of a block in the raw page is known."""
    return block["raw_start"] is not None and block["raw_end"] is not None and block["raw_end"] <= len(raw)
