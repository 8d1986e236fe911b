"""Web archive files as a source: WARC responses, resources and revisits, and the conversions of WET files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecord

from ._describe import MAX_PAYLOAD, Collected, Origin, describe, failed
from .json_lines import parse_instant

KINDS = {"response": "warc", "resource": "warc", "revisit": "warc", "conversion": "wet"}
"""WARC-Type of the records that hold pages, with the source kind of their captures; the others hold none."""


def collect_archive(path: Path, ref: str, origin: Origin, limit: int = MAX_PAYLOAD) -> Iterator[Collected]:
    """Captures of one WARC or WET file, plain or compressed record by record.

    `source_ref` is `ref#offset+length`, bytes in the file as stored. Damage ends the file: the records
    before it are kept, and one more capture says where it was found.
    """
    pending: _Pending | None = None
    offset, n_records = 0, 0
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, parse_http=False):
                if pending:
                    yield pending.finish(record.stream_pos)
                offset, n_records, pending = record.stream_pos, n_records + 1, None
                pending = _read_record(record, _Place(ref, offset), origin, limit)
        if pending:
            yield pending.finish(size)
        elif size and not n_records:
            yield failed(origin, ref, "warc", "broken", "no archive record in the file")
    except OSError as error:
        if pending:
            yield pending.finish(None)
        reason = f"unreadable: {error.strerror}" if error.strerror else f"damaged archive record: {error}"
        yield failed(origin, f"{ref}#after{offset}" if n_records else ref, "warc", "broken", reason)


@dataclass(frozen=True, slots=True)
class _Place:
    ref: str
    offset: int


@dataclass(frozen=True, slots=True)
class _Pending:
    """A record read whose stored length is known only when the next one begins."""

    place: _Place
    origin: Origin
    kind: str
    payload: bytes | None
    facts: dict[str, Any]

    def finish(self, end: int | None) -> Collected:
        length = "" if end is None else f"+{end - self.place.offset}"
        ref = f"{self.place.ref}#{self.place.offset}{length}"
        return describe(self.origin, ref, self.kind, self.payload, **self.facts)


def _read_record(record: WarcRecord, place: _Place, origin: Origin, limit: int) -> _Pending | None:
    headers = record.headers
    warc_type = (headers.get("WARC-Type") or "").lower()
    kind = KINDS.get(warc_type)
    uri = (headers.get("WARC-Target-URI") or "").strip("<> ")
    if kind is None or uri.startswith(("dns:", "whois:")):
        return None
    facts: dict[str, Any] = {
        "url": uri or None,
        "captured_at": _instant(headers.get("WARC-Date")),
        "warc_record_id": headers.get("WARC-Record-ID"),
        "truncated": headers.get("WARC-Truncated"),
    }
    length = headers.get("Content-Length") or ""
    declared = int(length) if length.isdecimal() else -1
    if declared > limit:
        facts |= {"outcome": "too_big", "reason": f"a record of {declared} bytes, more than {limit} are not read"}
        return _Pending(place, origin, kind, None, {**facts, "n_bytes": declared})
    payload = _read_body(record, facts, declared)
    if warc_type == "revisit":
        facts |= {"outcome": "not_modified", "reason": "revisit record: the archive holds these bytes already"}
        payload = None
    return _Pending(place, origin, kind, payload, facts)


def _read_body(record: WarcRecord, facts: dict[str, Any], declared: int) -> bytes | None:
    record.freeze()
    if record.content_length < declared or declared < 0:
        facts |= {"truncated": "file", "outcome": "truncated", "reason": "the archive file ends inside this record"}
    if not record.is_http:
        facts["media_type"] = record.headers.get("Content-Type")
        return bytes(record.reader.read())
    record.parse_http(auto_decode="all")
    http = record.http_headers
    facts["http_status"] = http.status_code
    facts["headers"] = tuple((str(name), str(value)) for name, value in http)
    facts["media_type"] = http.get("Content-Type")
    return bytes(record.reader.read())


def _instant(stated: str | None) -> Any:
    try:
        return parse_instant(stated)
    except ValueError:
        return None
