"""Mentions that somebody else marked, brought to the labels that clustering works with."""

from __future__ import annotations

from collections.abc import Sequence

from ._spans import Span
from .gazetteer import listed_names
from .recognise import LABELS, recognise
from .titles import title_before

ALIASES = {
    "PER": "PERSON",
    "POLITICIAN": "PERSON",
    "ORGANISATION": "ORG",
    "ORGANIZATION": "ORG",
    "POLITICALPARTY": "ORG",
    "LOCATION": "LOC",
    "COUNTRY": "GPE",
    "FACILITY": "FAC",
    "PLACE": "GPE",
    "TOPONYM": "GPE",
    "ELECTION": "EVENT",
}
"""Labels of other annotation schemes that have one OntoNotes label."""


def given_spans(text: str, spans: Sequence[tuple[int, int, str | None]], model_name: str) -> list[Span]:
    """The given spans in order of reading, each with an OntoNotes label.

    A label that is missing or has no OntoNotes counterpart is taken from the lists, from a title before
    the name, then from the pipeline's reading of the same words; else it is ORG.
    """
    labelled = [(start, end, _known_label(text, start, end, label)) for start, end, label in spans]
    seen = recognise(text, model_name) if any(label is None for _, _, label in labelled) else []
    return [
        Span(start, end, label or _overlapping(seen, start, end) or "ORG", "given")
        for start, end, label in sorted(labelled, key=lambda span: (span[0], -span[1]))
    ]


def _known_label(text: str, start: int, end: int, label: str | None) -> str | None:
    upper = (label or "").upper()
    upper = ALIASES.get(upper, upper)
    known = listed_names().get(text[start:end].removeprefix("the ").removeprefix("The "))
    if known is not None and not known.is_ambiguous and upper in ("LOC", "MISC", ""):
        return known.label
    if upper in LABELS:
        return upper
    return "PERSON" if not upper and title_before(text, start) else None


def _overlapping(seen: Sequence[Span], start: int, end: int) -> str | None:
    return next((span.label for span in seen if span.start < end and start < span.end), None)
