"""Captures and what a page is read to: blocks, statements of its markup, articles, or a rejection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Capture:
    """One attempt to obtain one page, as the raw log holds it: facts of the source, none of the reading.

    `outcome` is set only where it was decided before reading (no bytes came, or withdrawn).
    `captured_at` is the instant that the source states; a day of registration is never evidence.
    `feed_facts` are what a feed said of the page (feed, guid, title, published, updated, author), as it said it.
    """

    capture_id: str
    ingest_date: date
    source_id: str
    source_kind: str
    source_ref: str
    url: str | None = None
    url_final: str | None = None
    captured_at: datetime | None = None
    warc_record_id: str | None = None
    http_status: int | None = None
    headers: Pairs = ()
    redirects: tuple[str, ...] = ()
    media_type: str | None = None
    payload_sha256: str | None = None
    payload_sha1: str | None = None
    n_bytes: int | None = None
    truncated: str | None = None
    outcome: str | None = None
    reason: str | None = None
    feed_facts: Pairs = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that markup or URL states in so many words, before anybody believes it.

    `source` is json_ld, meta, link, time_tag, url or html_attribute; `key` the property as written
    (`datePublished`, `article:published_time`, `og:title`); `item` numbers the JSON-LD item or is 0.
    """

    source: str
    key: str
    value: str
    item: int = 0
    block_no: int | None = None


class Block(NamedTuple):
    """A run of text of a page with what it does there (`role`) and whose time it is of (`layer`).

    A named tuple, as a page has hundreds and a frozen dataclass takes five times as long to fill.
    """

    block_no: int
    text: str
    role: str = "boilerplate"
    layer: str = "unknown"
    layer_confidence: float = 0.0
    era_from: date | None = None
    era_to: date | None = None
    kept: bool = False
    part_no: int = 0
    text_start: int | None = None
    text_end: int | None = None
    raw_start: int | None = None
    raw_end: int | None = None
    raw_reason: str | None = None
    dom_path: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The clean reading of one part of a page, without its dates and names."""

    part_no: int
    page_kind: str
    title: str | None
    text: str
    outlet: str | None = None
    standfirst: str | None = None
    language: str | None = None
    section: str | None = None
    genre: str | None = None
    authors: tuple[str, ...] = ()
    author_roles: Pairs = ()
    agency: str | None = None
    dateline_text: str | None = None
    dateline_place: str | None = None
    is_free: bool | None = None
    n_words: int = 0


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why bytes gave no article; the words of the table `rejected`."""

    outcome: str
    reason: str
    stage: str
    detail: str | None = None
    requeue_hint: str = "none"


@dataclass(frozen=True, slots=True)
class Page:
    """A page read: decoded text, blocks in reading order, what markup states, and its articles or the rejection."""

    raw: str
    media_type: str
    charset: str | None
    charset_source: str | None
    url_canonical: str | None = None
    blocks: tuple[Block, ...] = ()
    statements: tuple[Statement, ...] = ()
    articles: tuple[Article, ...] = ()
    rejection: Rejection | None = None
