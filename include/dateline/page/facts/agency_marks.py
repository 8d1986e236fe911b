"""The agency's mark in a dateline's brackets: who filed the report, which is no one that the report speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Block
from ..wording.dateline import find_dateline, find_opening_agency
from ..wording.persons import agency_of
from .gather_facts import LEAD_PARAGRAPHS


def find_agency_marks(blocks: Sequence[Block]) -> Iterator[tuple[int, int, int]]:
    """Brackets in which datelines of one article name their agency: index of the block, start and end in its text.

    Whatever stands in the brackets of the dateline that opens the article is taken for its agency, as
    `articles.agency` takes it; further down, where brackets may hold anything, only the agencies of the list are.

    >>> lead = Block(0, "RIVERMOUTH (WW) -- It rained.", role="body", kept=True, text_start=0, text_end=29)
    >>> list(find_agency_marks([lead]))
    [(0, 11, 15)]
    """
    n_body = 0
    for index, block in enumerate(blocks):
        n_body += block.role == "body"
        is_lead = block.role == "dateline" or (block.role == "body" and n_body <= LEAD_PARAGRAPHS)
        place = _find_mark(block.text + " -- X" if block.role == "dateline" else block.text)
        if place and (is_lead or agency_of(block.text[slice(*place)])):
            yield index, *place


def _find_mark(text: str) -> tuple[int, int] | None:
    line = find_dateline(text)
    if line is not None:
        # Nothing follows the brackets in a dateline, and none stand inside them.
        return (line.text.rindex("("), len(line.text)) if line.agency else None
    return (0, text.index(")") + 1) if find_opening_agency(text) else None
