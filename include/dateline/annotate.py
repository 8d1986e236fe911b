"""Clean text annotated without any page: dates, names and quotations of one text, as `dateline annotate` gives them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from .dates import find_dates
from .lines import ENTITY_FACTS
from .model import Block
from .names import find_names
from .rows import Row, fields_of, quote_row
from .speech import find_quotes

Span = tuple[int, int, str | None]


class AnnotateError(ValueError):
    """An input line can't be used; the message says why in one line."""


def annotate_line(line: str, model: str) -> Row:
    """Annotate one JSON line {"id", "text", "reference_date"?, "url"?, "spans"?: [{"start", "end", "label"?}]}.

    Where `spans` are given they are the mentions, clustered and linked instead of recognised; offsets count
    code points of `text`. Raises AnnotateError where the line is no such object.
    """
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise AnnotateError(f"not JSON: {error}") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str) or "id" not in record:
        raise AnnotateError('an object with "id" and "text" is needed')
    return annotate_text(
        record["id"], record["text"], _reference(record.get("reference_date")), _spans(record), model=model
    )


def annotate_text(page_id: Any, text: str, reference: date | None, spans: list[Span] | None, *, model: str) -> Row:
    """Dates, mentions, entities and quotes of `text`, each with text_start and text_end in it."""
    block = Block(0, text, role="body", layer="article", kept=True, text_start=0, text_end=len(text), reason="given")
    dates = find_dates([block], reference)
    names, entities = find_names([block], model, spans=spans)
    quotes = find_quotes([block], names, entities, None)
    place = {0: block}
    facts: dict[int | None, Row] = {
        entity.cluster_no: {name: getattr(entity, name) for name in ENTITY_FACTS} for entity in entities
    }
    unknown = dict.fromkeys(ENTITY_FACTS)
    return {
        "id": page_id,
        "dates": [fields_of(mention, place) for mention in dates],
        "mentions": [{**fields_of(name, place), **facts.get(name.cluster_no, unknown)} for name in names],
        "entities": [fields_of(entity, place) for entity in entities],
        "quotes": [
            {**quote_row(quote, place), "sources": [fields_of(source, place) for source in quote.sources]}
            for quote in quotes
        ],
    }


def _reference(value: Any) -> date | None:
    if value in (None, ""):
        return None
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        raise AnnotateError(f"reference_date {value!r} is no ISO 8601 date") from None
    return instant if len(str(value)) > 10 else instant.date()


def _spans(record: Mapping[str, Any]) -> list[Span] | None:
    given = record.get("spans")
    if given is None:
        return None
    length = len(record["text"])
    try:
        spans = [(int(span["start"]), int(span["end"]), span.get("label")) for span in given]
    except (TypeError, KeyError, ValueError):
        raise AnnotateError('spans must be a list of {"start", "end", "label"?}') from None
    for start, end, _ in spans:
        if not 0 <= start < end <= length:
            raise AnnotateError(f"span {start}:{end} lies outside the text of {length} characters")
    return spans
