"""WARC files as a source: responses, resources and revisits, and the conversions of WET files.

A capture's `source_ref` is `file#offset+length`: those bytes of the file, read alone, are the record. Where a
whole file was compressed in one go, its place in the unpacked bytes follows after a slash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord

from ._describe import MAX_PAYLOAD, Collected, Origin, failed
from ._record import Record, capture_of
from ._reread import RecordStream, record_size
from ._revisits import Revisits
from ._unpacked import UnpackedStream
from .json_lines import parse_instant

KINDS = {"response": "warc", "resource": "warc", "revisit": "warc", "conversion": "wet"}
"""WARC-Type of the records that hold pages, with the source kind of their captures; the others hold none."""

NO_PAGE = ("dns:", "whois:", "filedesc:", "metadata:")
"""Schemes of targets that were never pages."""

INGEST_DATE = "Dateline-Ingest-Date"
"""Header of an export of Dateline: the capture stated no instant, and WARC-Date is only its ingest date."""


@dataclass(frozen=True, slots=True)
class _File:
    """One archive file on its way through: where it is, what it is called, and what its captures share."""

    path: Path
    ref: str
    origin: Origin
    limit: int
    revisits: Revisits
    stream: UnpackedStream


@dataclass(frozen=True, slots=True)
class _Pending:
    """A record whose stored length is known only when the next one begins; `record` is None where it is no page.

    `start` counts unpacked bytes; `n_bytes` is the length of the record's content as declared.
    """

    start: int
    n_bytes: int
    record: Record | None

    @property
    def is_cut(self) -> bool:
        return self.record is not None and self.record.is_cut


def collect_archive(
    path: Path, ref: str, origin: Origin, limit: int = MAX_PAYLOAD, revisits: Revisits | None = None
) -> Iterator[Collected]:
    """Captures of one WARC or WET file, plain or gzip, in the order of its records.

    Damage ends the file: the records before it are kept, and one more capture says where it was found.
    Revisits whose bytes were not met yet wait in `revisits`; without one they come last.
    """
    waiting = revisits or Revisits()
    try:
        with path.open("rb") as stored:
            yield from _collect(_File(path, ref, origin, limit, waiting, UnpackedStream(stored)))
    except OSError as error:
        yield failed(origin, ref, "warc", "broken", f"unreadable: {error.strerror or error}")
    if revisits is None:
        yield from waiting.resolve_waiting()


def _collect(file: _File) -> Iterator[Collected]:
    records = iter(ArchiveIterator(file.stream, parse_http=False))
    pending: _Pending | None = None
    while True:
        found, problem = _next_record(records)
        if found is None:
            break
        if pending:
            yield from _finish(file, pending, found.stream_pos)
        pending = _Pending(found.stream_pos, _declared(found), _read_record(found, file.limit))
    problem = file.stream.problem or problem
    if pending is None:
        if problem or file.stream.tell():
            yield failed(file.origin, file.ref, "warc", "broken", problem or "no archive record in the file")
        return
    end = file.stream.tell()
    if not pending.is_cut:
        size = record_size(file.path, *file.stream.member_of(pending.start), pending.n_bytes)
        # The line ends after a record say nothing: one that lacks only them is whole.
        if pending.record is None and (size is None or pending.start + size > end + 4):
            problem = problem or "the archive file ends inside a record"
        # At damage more was unpacked than the record, and only its own header tells where it ends.
        end = min(pending.start + size, end) if problem and size else end
    yield from _finish(file, pending, end)
    if problem and not pending.is_cut:
        offset, inner = file.stream.member_of(end)
        place = f"{file.ref}#after{offset}" + (f"/{inner}" if inner else "")
        yield failed(file.origin, place, "warc", "broken", f"the archive is damaged here: {problem}")


def _next_record(records: Iterator[WarcRecord]) -> tuple[WarcRecord | None, str | None]:
    """The next record, or None at the end; with the problem that made the end."""
    try:
        found = next(records, None)
    except OSError as error:
        return None, str(error)
    if found is not None and not found.headers.get("WARC-Type"):
        return None, "a record without WARC-Type"
    return found, None


def _finish(file: _File, pending: _Pending, end: int) -> Iterator[Collected]:
    """The capture of a record whose end is known; none yet for a revisit that has to wait for its bytes."""
    record = pending.record
    if record is None:
        return
    ref = f"{file.ref}#{file.stream.stored_range(pending.start, end)}"
    if record.type == "revisit":
        resolved = file.revisits.resolve(record, ref, file.origin)
        if resolved:
            yield resolved
        return
    found = capture_of(record, ref, file.origin)
    place = (file.path, *file.stream.member_of(pending.start))
    file.revisits.remember(record, found, place, read_record_at)
    yield found


def read_record_at(path: Path, offset: int, inner: int) -> Record:
    """Read one record again: `offset` of its member in the file, `inner` offset in the unpacked member."""
    with path.open("rb") as stored:
        for found in ArchiveIterator(RecordStream(stored, offset, inner), parse_http=False):
            record = _read_record(found, MAX_PAYLOAD)
            if record:
                return record
    raise OSError(f"{path}: no record at {offset}")


def _declared(found: WarcRecord) -> int:
    """Bytes of content that a record declares; -1 where it declares none."""
    length = found.headers.get("Content-Length") or ""
    return int(length) if length.isdecimal() else -1


def _read_record(found: WarcRecord, limit: int) -> Record | None:
    """The record with its block in memory; None where its kind holds no page."""
    headers = found.headers
    warc_type = (headers.get("WARC-Type") or "").lower()
    uri = (headers.get("WARC-Target-URI") or "").strip().strip("<>") or None
    if warc_type not in KINDS or (uri or "").lower().startswith(NO_PAGE):
        return None
    declared = _declared(found)
    block = None if declared > limit else bytes(found.reader.read())
    day = _day(headers.get(INGEST_DATE))
    digest = headers.get("WARC-Payload-Digest")
    if warc_type in ("conversion", "resource"):
        # Here the block is the payload, and many tools state the digest of the block alone.
        digest = digest or headers.get("WARC-Block-Digest")
    return Record(
        source_kind=KINDS[warc_type],
        type=warc_type,
        uri=uri,
        captured_at=None if day else _instant(headers.get("WARC-Date")),
        record_id=headers.get("WARC-Record-ID"),
        content_type=headers.get("Content-Type"),
        block=block,
        n_bytes=declared,
        is_cut=block is not None and (declared < 0 or len(block) < declared),
        truncated=headers.get("WARC-Truncated"),
        same_as=headers.get("WARC-Refers-To"),
        digest=digest,
        day=day,
    )


def _instant(stated: str | None) -> datetime | None:
    try:
        return parse_instant(stated)
    except ValueError:
        return None


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "").strip())
    except ValueError:
        return None
