"""Raw as a WARC file, so that other tools can read what was kept: equal captures give equal bytes.

HTTP captures become `response` records with the status and headers that came; of the status line only the code
is kept, so version and phrase are the usual ones. Conversions stay conversions; pages of files, which never had
headers, are `resource` records. A capture that states no instant says so in a header, and its WARC-Date is
its ingest date.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ..model import Capture
from ..schema.outcomes import WITHDRAWN
from ..sources.warc import INGEST_DATE
from .durable import TEMPORARY, sync_folder
from .errors import RawError
from .log import EntryKey, entries, read_entry
from .store import read_payload

WARC = "WARC/1.1"
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
TRUNCATED = ("length", "time", "disconnect", "unspecified")
"""Reasons that the standard knows; any other is written as the last."""


class NothingToExportError(RawError):
    """No entry of raw is asked for; the message says which there are."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """Records written, without the warcinfo, and captures left out by the reason why."""

    n_records: int
    left_out: Mapping[str, int]


def export_warc(
    raw: Path, out: Path, *, source: str | None = None, first: date | None = None, last: date | None = None
) -> ExportResult:
    """Write the captures of one source, or of all, and of ingest dates from `first` to `last`, both included.

    `out` gets all of it or stays as it was; it is compressed, record by record, where its name ends with .gz.
    Raises NothingToExportError, or DamagedPayloadError where bytes are missing or altered.
    """
    chosen = _choose(raw, source, first, last)
    left_out: Counter[str] = Counter()
    used: set[str] = set()
    with _replacing(out) as stream:
        writer = WARCWriter(stream, gzip=out.name.endswith(".gz"), warc_version=WARC)
        writer.write_record(_warcinfo(out.name, chosen))
        for capture in (capture for entry in chosen for capture in read_entry(raw, *entry).captures):
            reason = _reason_to_leave_out(capture)
            if reason:
                left_out[reason] += 1
                continue
            payload = None if capture.payload_sha256 is None else read_payload(raw, capture.payload_sha256)
            writer.write_record(_record(capture, payload, used))
    return ExportResult(len(used), dict(sorted(left_out.items())))


def _choose(raw: Path, source: str | None, first: date | None, last: date | None) -> list[EntryKey]:
    known = entries(raw)
    chosen = [
        (day, name)
        for day, name in known
        if source in (None, name) and (first is None or day >= first) and (last is None or day <= last)
    ]
    if not chosen:
        sources = sorted({name for _, name in known})
        days = f", with ingest dates from {known[0][0]} to {known[-1][0]}" if known else ""
        there = (
            f"it has the sources {', '.join(sources[:5])}{' ...' if sources[5:] else ''}{days}" if known else "empty"
        )
        raise NothingToExportError(f"{raw} holds no captures of that source and time; choose others: {there}")
    return chosen


def _reason_to_leave_out(capture: Capture) -> str | None:
    if capture.outcome == WITHDRAWN:
        return "withdrawn"
    if capture.payload_sha256 is None and not (capture.outcome == "not_modified" and capture.payload_sha1):
        return "raw has no bytes of it"
    return None


@contextmanager
def _replacing(out: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes `out` at the end of the block, and vanishes where the block fails."""
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=out.absolute().parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fchmod(stream.fileno(), 0o644)
            os.fsync(stream.fileno())
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(out.absolute().parent)


def _warcinfo(name: str, chosen: list[EntryKey]) -> ArcWarcRecord:
    about = (
        f"software: dateline {version('dateline')}\r\nformat: WARC File Format 1.1\r\n"
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    )
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", _derived_id("warcinfo", *(f"{day} {source}" for day, source in chosen))),
        ("WARC-Filename", _plain(name)),
        # No clock: the same captures are to give the same bytes on any day.
        ("WARC-Date", f"{chosen[-1][0]}T00:00:00Z"),
    ]
    return _made("warcinfo", headers, about.encode("ascii"), "application/warc-fields")


def _record(capture: Capture, payload: bytes | None, used: set[str]) -> ArcWarcRecord:
    kind, content_type, block, body_start = _content(capture, payload)
    stated = capture.warc_record_id
    name = stated if stated and stated not in used else _derived_id(capture.capture_id)
    used.add(name)
    instant = capture.captured_at
    headers = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", name),
        ("WARC-Target-URI", _plain(capture.url or f"urn:dateline:capture:{capture.capture_id}")),
        ("WARC-Date", _iso(capture)),
        *([] if instant else [(INGEST_DATE, capture.ingest_date.isoformat())]),
        ("Dateline-Source-Id", _plain(capture.source_id)),
        ("Dateline-Source-Ref", _plain(capture.source_ref)),
    ]
    if kind == "revisit":
        headers += [("WARC-Payload-Digest", f"sha1:{capture.payload_sha1}"), ("WARC-Profile", REVISIT_PROFILE)]
    else:
        # Of the body as it stands in the block, with its chunk: that is what checkers hash.
        headers.append(("WARC-Payload-Digest", _sha1(block[body_start:])))
    if capture.truncated:
        headers.append(("WARC-Truncated", capture.truncated if capture.truncated in TRUNCATED else TRUNCATED[-1]))
    return _made(kind, headers, block, content_type)


def _iso(capture: Capture) -> str:
    instant = capture.captured_at
    if instant is None:
        return f"{capture.ingest_date}T00:00:00Z"
    step = "microseconds" if instant.microsecond else "seconds"
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=step) + "Z"


def _content(capture: Capture, payload: bytes | None) -> tuple[str, str, bytes, int]:
    """Type, media type and block of a capture's record, and where in the block the body begins."""
    http = "application/http; msgtype=response"
    head = _http_head(capture) if capture.http_status is not None else b""
    if payload is None:
        return "revisit", http, head, len(head)
    if head:
        return "response", http, head + _http_body(capture, payload), len(head)
    if capture.source_kind == "wet":
        return "conversion", "text/plain", payload, 0
    return "resource", capture.media_type or _media_type_of_file(capture), payload, 0


def _media_type_of_file(capture: Capture) -> str:
    """What the name of a page file says, and no more."""
    if capture.source_kind == "text":
        return "text/plain"
    stem = capture.source_ref.lower().removesuffix(".gz")
    return "text/html" if stem.endswith((".html", ".htm", ".xhtml")) else "application/octet-stream"


def _http_head(capture: Capture) -> bytes:
    status = capture.http_status or 0
    phrase = HTTPStatus(status).phrase if status in {int(known) for known in HTTPStatus} else ""
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in capture.headers), "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace")


def _http_body(capture: Capture, payload: bytes) -> bytes:
    """The body as its headers call it: where they say that it comes in chunks, it is one chunk."""
    coding = next((value for name, value in capture.headers if name.lower() == "transfer-encoding"), "")
    if "chunked" not in coding.lower():
        return payload
    return (b"%x\r\n%b\r\n" % (len(payload), payload) if payload else b"") + b"0\r\n\r\n"


def _made(kind: str, headers: list[tuple[str, str]], block: bytes, content_type: str) -> ArcWarcRecord:
    headers = [*headers, ("WARC-Block-Digest", _sha1(block))]
    stated = StatusAndHeaders("", headers, protocol=WARC)
    # To the library all are written as warcinfo, whose block it leaves whole and adds no digest of a payload to.
    # What a record is stands in its headers.
    return ArcWarcRecord("warc", "warcinfo", stated, io.BytesIO(block), None, _plain(content_type), len(block))


def _sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def _derived_id(*parts: str) -> str:
    """A record id that is always the same for the same thing, where the source states none."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'dateline:' + ' '.join(parts))}>"


def _plain(text: str) -> str:
    """Text that fits on a header's line: line ends and other control characters percent-encoded."""
    return "".join(char if char.isprintable() else quote(char, errors="surrogatepass") for char in text)
