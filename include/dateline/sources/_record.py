"""A record of a web archive, WARC, WET or ARC, as a capture: what its headers and its HTTP status decide."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from ._describe import Collected, Origin, describe
from ._digest import has_digest
from ._http import HttpResponse, parse_response

UNREAD_TYPE = re.compile(
    r"(?:image|audio|video|font|model)/|text/(?:css|javascript|x-component|vtt)\b|application/(?:json|(?:x-)?javascript"
    r"|ecmascript|(?:x-)?font|vnd\.ms-fontobject|pdf|zip|x-shockwave-flash|wasm|(?:x-)?protobuf)",
    re.IGNORECASE,
)
"""Stated media types that hold no news text; anything else is judged by its content when it is read."""

BEGINS_AS_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
WEB_URL = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
ROBOTS_URL = re.compile(r"https?://[^/?#]+/robots\.txt(?:[?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """One record before it is judged. `block` is None where it is larger than the limit (`n_bytes` as declared).

    `day` is the ingest date that an export of Dateline states where no instant of capture was known.
    `digest` is the payload's, as stated; `same_as` the id of the record that a revisit refers to.
    """

    source_kind: str
    type: str
    uri: str | None
    captured_at: datetime | None
    record_id: str | None
    content_type: str | None
    block: bytes | None
    n_bytes: int
    is_cut: bool = False
    truncated: str | None = None
    digest: str | None = None
    same_as: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The payload of a record and the facts of its capture."""

    payload: bytes | None
    facts: dict[str, Any] = field(default_factory=dict)


def capture_of(record: Record, ref: str, origin: Origin) -> Collected:
    """The capture of a record that holds its own payload."""
    judged = judge(record)
    return describe(origin.on(record.day), ref, record.source_kind, judged.payload, **judged.facts)


def judge(record: Record) -> Judged:
    """Payload and facts of a record; an outcome is among them only where no reading is needed to decide it."""
    facts = stated_facts(record)
    if record.block is None:
        too_big = f"a record of {record.n_bytes} bytes is more than is read"
        return Judged(None, facts | {"outcome": "too_big", "reason": too_big, "n_bytes": record.n_bytes})
    response = response_of(record)
    facts |= http_facts(response, record)
    outcome, reason = _decide(record, response, facts)
    if outcome == "unsupported":
        return Judged(None, facts | {"outcome": outcome, "reason": reason, "n_bytes": len(response.body)})
    readings = (response.body, response.stored_body, record.block)
    if not facts["truncated"] and has_digest(record.digest, readings) is False:
        mismatch = f"the bytes do not have the digest that the archive states ({record.digest})"
        reason = "; ".join(filter(None, (reason, mismatch)))
    return Judged(response.body, facts | {"outcome": outcome, "reason": reason})


def stated_facts(record: Record) -> dict[str, Any]:
    """What the record's own headers state."""
    return {
        "url": record.uri if WEB_URL.match(record.uri or "") else None,
        "captured_at": record.captured_at,
        "warc_record_id": record.record_id,
        "truncated": record.truncated or ("file" if record.is_cut else None),
    }


def response_of(record: Record) -> HttpResponse:
    """The HTTP response in a record's block; a block that is none is all body."""
    block = record.block or b""
    is_http = "application/http" in (record.content_type or "").lower() or record.source_kind == "arc"
    return parse_response(block) if is_http else HttpResponse(None, (), block, block)


def http_facts(response: HttpResponse, record: Record) -> dict[str, Any]:
    """Status, headers, media type, and where a redirect leads."""
    if response.status is None:
        is_http = "application/http" in (record.content_type or "").lower()
        return {"media_type": None if is_http else _with_charset(record)}
    location = response.header("Location") if 300 <= response.status < 400 else None
    return {
        "http_status": response.status,
        "headers": response.headers,
        "media_type": response.header("Content-Type"),
        "url_final": _target(record.uri, location) if location else None,
    }


def _with_charset(record: Record) -> str | None:
    """WET text is UTF-8 by its making; other blocks are what their record says."""
    if record.type == "conversion" and (record.content_type or "").strip().lower() == "text/plain":
        return "text/plain; charset=utf-8"
    return record.content_type


def _target(base: str | None, location: str) -> str | None:
    try:
        return urljoin(base or "", location)
    except ValueError:
        return None


def _decide(record: Record, response: HttpResponse, facts: dict[str, Any]) -> tuple[str | None, str | None]:
    """Outcome and reason, as far as they need no reading."""
    status = response.status
    if record.is_cut:
        return "truncated", "the archive file ends, or is damaged, inside this record"
    if status is not None and not 200 <= status < 300:
        return _refused(status, facts["url_final"])
    if ROBOTS_URL.match(record.uri or ""):
        return "unsupported", "robots.txt speaks to crawlers; its bytes stay in the archive"
    media_type = facts["media_type"] or ""
    if UNREAD_TYPE.match(media_type.strip()) and not BEGINS_AS_HTML.match(response.body):
        return "unsupported", f"content is {media_type.partition(';')[0].strip()}; its bytes stay in the archive"
    return None, None


def _refused(status: int, target: str | None) -> tuple[str, str]:
    try:
        words = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        words = str(status)
    if target:
        words += f": the page is at {target}"
    return {304: "not_modified", 404: "gone", 410: "gone"}.get(status, "http_error"), words
