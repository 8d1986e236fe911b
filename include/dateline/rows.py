"""Readings as rows of the published tables: one dict a row, keyed by column name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from .identity import article_id, fold
from .model import (
    Block,
    Capture,
    DateMention,
    Entity,
    Evidence,
    Name,
    Page,
    PartReading,
    Publication,
    Quote,
    QuoteSource,
    Reading,
    Speaker,
)
from .page.flatten.urls import site, url_key

Row = dict[str, Any]
PUBLISHED = {
    "published_at": "at",
    "published_local": "local",
    "published_day": "day",
    "published_from": "first",
    "published_to": "last",
    "published_precision": "precision",
    "published_zone": "zone",
    "published_zone_source": "zone_source",
    "published_confidence": "confidence",
    "published_method": "method",
}
"""Columns of `articles` that the publication answers, and its fields."""

Found = DateMention | Name | Entity | Evidence | Speaker | QuoteSource


def rows_of(reading: Reading) -> Iterator[tuple[str, Row]]:
    """Every row that a reading yields, as (table name, row)."""
    capture = reading.capture
    owner = {"ingest_date": capture.ingest_date, "source_id": capture.source_id, "capture_id": capture.capture_id}
    yield "captures", {**owner, "part_no": 0, **_capture_row(reading)}
    if reading.rejection is not None:
        rejection = reading.rejection
        yield (
            "rejected",
            {
                **owner,
                "part_no": 0,
                "outcome": rejection.outcome,
                "reason": rejection.reason,
                "stage": rejection.stage,
                "detail": rejection.detail,
                "requeue_hint": rejection.requeue_hint,
            },
        )
    if reading.page is None:
        return
    for block in reading.page.blocks:
        yield "blocks", {**owner, **block._asdict()}
    for part in reading.parts:
        for table, row in _part_rows(capture, reading.page, part):
            yield table, {**owner, "part_no": part.article.part_no, **row}


def _capture_row(reading: Reading) -> Row:
    capture, page = reading.capture, reading.page
    url = best_url(capture, page)
    return {
        "url": capture.url,
        "url_final": capture.url_final,
        "url_canonical": page.url_canonical if page else None,
        "url_key": url_key(url) if url else None,
        "site": site(url) if url else None,
        "captured_at": capture.captured_at,
        "source_kind": capture.source_kind,
        "source_ref": capture.source_ref,
        "warc_record_id": capture.warc_record_id,
        "http_status": capture.http_status,
        "headers": [{"name": name, "value": value} for name, value in capture.headers] or None,
        "redirects": list(capture.redirects) or None,
        "media_type": page.media_type if page else capture.media_type,
        "charset": page.charset if page else None,
        "charset_source": page.charset_source if page else None,
        "payload_sha256": capture.payload_sha256,
        "payload_sha1": capture.payload_sha1,
        "n_bytes": capture.n_bytes,
        "truncated": capture.truncated,
        "outcome": reading.outcome,
        "reason": reading.reason,
        "feed_facts": [{"name": name, "value": value} for name, value in capture.feed_facts] or None,
    }


def best_url(capture: Capture, page: Page | None) -> str | None:
    """Where the page lives: the last redirect, else the URL asked for, else what the page calls itself."""
    return capture.url_final or capture.url or (page.url_canonical if page else None)


def _part_rows(capture: Capture, page: Page, part: PartReading) -> Iterator[tuple[str, Row]]:
    place = {block.block_no: block for block in page.blocks}
    yield "articles", _article_row(capture, page, part)
    for evidence in part.publication.evidence:
        yield "date_candidates", fields_of(evidence, place)
    for mention in part.dates:
        yield "dates", fields_of(mention, place)
    for name in part.names:
        yield "mentions", fields_of(name, place)
    for entity in part.entities:
        yield "entities", fields_of(entity, place)
    for quote in part.quotes:
        yield "quotes", quote_row(quote, place)
        for source in quote.sources:
            yield "quote_sources", {"quote_no": quote.quote_no, **fields_of(source, place)}


def fields_of(item: Found, place: Mapping[int, Block]) -> Row:
    """The fields of a found thing under their column names; mentions get their place in the article's text too."""
    row = {name: getattr(item, name) for name in item.__dataclass_fields__}
    return {**row, **_text_span(item, place)} if isinstance(item, DateMention | Name) else row


def _text_span(span: DateMention | Name | Quote | Speaker, place: Mapping[int, Block]) -> Row:
    start = place[span.block_no].text_start
    if start is None:
        return {"text_start": None, "text_end": None}
    return {"text_start": start + span.start_char, "text_end": start + span.end_char}


def quote_row(quote: Quote, place: Mapping[int, Block]) -> Row:
    """A quotation as a row of `quotes`, speakers nested; its sources are rows of their own."""
    speakers = [{**fields_of(speaker, place), **_text_span(speaker, place)} for speaker in quote.speakers]
    return {
        "quote_no": quote.quote_no,
        "block_no": quote.block_no,
        "start_char": quote.start_char,
        "end_char": quote.end_char,
        **_text_span(quote, place),
        "text": quote.text,
        "kind": quote.kind,
        "cue": quote.cue,
        "speakers": speakers or None,
        "speaker_text": quote.speaker_text,
        "is_anonymous": quote.is_anonymous,
        "confidence": quote.confidence,
    }


def _article_row(capture: Capture, page: Page, part: PartReading) -> Row:
    article, publication = part.article, part.publication
    url = best_url(capture, page)
    key = url_key(url) if url else None
    return {
        **{name: getattr(article, name) for name in article.__dataclass_fields__},
        "article_id": article_id(key, article.outlet, article.title, article.text, article.part_no),
        "url": url,
        "authors": list(article.authors) or None,
        "author_roles": [{"name": name, "role": role} for name, role in article.author_roles] or None,
        "text_sha256": hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "title_key": fold(article.title) or None,
        "modified_at": publication.modified_at,
        **{column: getattr(publication, field) for column, field in PUBLISHED.items()},
    }


def published_text(publication: Publication) -> str | None:
    """The best day or instant as ISO 8601 text; None above day precision.

    >>> from datetime import date
    >>> published_text(Publication("byline", day=date(2007, 7, 3)))
    '2007-07-03'
    """
    if publication.local is not None:
        step = "seconds" if publication.local.second else "minutes"
        offset = _offset(publication.local, publication.at)
        return publication.local.isoformat(timespec=step) + offset
    return publication.day.isoformat() if publication.day else None


def _offset(local: datetime, at: datetime | None) -> str:
    if at is None:
        return ""
    minutes = round((local - at.replace(tzinfo=None)) / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
