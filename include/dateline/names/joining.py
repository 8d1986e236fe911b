"""Names that the pipeline cuts in two: bodies of a place, and elections called by their year."""

from __future__ import annotations

import re

from ._spans import Span, overlaps
from .organisations import is_body_word

OF = re.compile(r" of (?:the )?")
ELECTION = re.compile(
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?"
    r"(?:1[89]|20)\d\d ([A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){0,4})"
    r"(?: (?:general|presidential|parliamentary|legislative|federal|state|local|municipal|mayoral|gubernatorial|by))?"
    r"(?: |-)(?:elections?|referendum)\b"
)


def join_parts(text: str, spans: list[Span]) -> list[Span]:
    """Spans with those joined that are one name: `Bank` of `Norland`, and `2004 Norland general election`.

    >>> text = "The National Bank of Norland spoke."
    >>> join_parts(text, [Span(4, 17, "ORG"), Span(21, 28, "GPE")])
    [Span(start=4, end=28, label='ORG', origin='joined')]
    """
    elections = [Span(match.start(), match.end(), "EVENT", "joined") for match in ELECTION.finditer(text)]
    kept = [span for span in spans if not overlaps(elections, span.start, span.end)]
    return sorted([*_bodies_of_places(text, kept), *elections], key=lambda span: span.start)


def _bodies_of_places(text: str, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and before.label == "ORG" and span.label in ("GPE", "LOC") and _is_body(text, before):
            of = OF.match(text, before.end)
            if of and of.end() == span.start:
                joined[-1] = Span(before.start, span.end, "ORG", "joined")
                continue
        joined.append(span)
    return joined


def _is_body(text: str, span: Span) -> bool:
    last = text[span.start : span.end].rpartition(" ")[2]
    return is_body_word(last) or last == "Bank"
