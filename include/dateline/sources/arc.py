"""ARC files, what archives wrote before WARC: a line about each page, then the response as it came.

The line is `URL IP-address date media-type length`; version 2 puts result code, checksum, location, offset and
file name between the last two. See https://archive.org/web/researcher/ArcFileFormat.php.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ._describe import MAX_PAYLOAD, Collected, Origin, failed
from ._record import Record, capture_of
from ._unpacked import PIECE, UnpackedStream

KIND = "arc"
LONGEST_LINE = 1 << 16
"""Bytes of a line about a page; a longer one is no such line."""

ADDRESS = re.compile(r"[0-9a-fA-F.:]+")
DATE = re.compile(r"\d{8}(?:\d{4}(?:\d{2})?)?")
NO_PAGE = ("dns:", "whois:", "filedesc:", "warcinfo:")


class ArcError(ValueError):
    """A line that says nothing about a page stands where one should be."""


def collect_arc(path: Path, ref: str, origin: Origin, limit: int = MAX_PAYLOAD) -> Iterator[Collected]:
    """Captures of one ARC file, plain or gzip, in the order of its records; `source_ref` is as of WARC files.

    Damage ends the file: the records before it are kept, and one more capture says where it was found.
    """
    try:
        with path.open("rb") as stored:
            yield from _collect(UnpackedStream(stored), ref, origin, limit)
    except OSError as error:
        yield failed(origin, ref, KIND, "broken", f"unreadable: {error.strerror or error}")


def _collect(stream: UnpackedStream, ref: str, origin: Origin, limit: int) -> Iterator[Collected]:
    reader = _Reader(stream)
    n_records, problem, is_cut = 0, None, False
    while True:
        start = reader.skip_line_ends()
        line = reader.read_line()
        if not line:
            break
        try:
            record = _read_record(reader, line, limit)
        except ArcError as error:
            problem = str(error)
            break
        n_records, is_cut = n_records + 1, record.is_cut
        end = reader.position
        reader.skip_line_ends()
        if not (record.uri or "").lower().startswith(NO_PAGE):
            # The line end between two records belongs to the member of the first where members are kept apart.
            whole = stream.stored_range(start, reader.position)
            yield capture_of(record, f"{ref}#{whole if '/' not in whole else stream.stored_range(start, end)}", origin)
        elif is_cut:
            problem, is_cut = "the archive file ends inside a record", False
    problem = stream.problem or problem
    if not n_records and (problem or stream.tell()):
        yield failed(origin, ref, KIND, "broken", problem or "no archive record in the file")
    elif problem and not is_cut:
        offset, inner = stream.member_of(start)
        place = f"{ref}#after{offset}" + (f"/{inner}" if inner else "")
        yield failed(origin, place, KIND, "broken", f"the archive is damaged here: {problem}")


class _Reader:
    """Lines and blocks of an unpacked archive; `position` counts unpacked bytes."""

    def __init__(self, stream: UnpackedStream) -> None:
        self._stream = stream
        self._held = b""
        self.position = 0

    def skip_line_ends(self) -> int:
        """Pass over empty lines between records; returns where the next one begins."""
        while self._held or self._fill():
            rest = self._held.lstrip(b"\r\n")
            self._advance(len(self._held) - len(rest))
            if rest:
                break
        return self.position

    def read_line(self) -> bytes:
        """The next line with its end, cut at LONGEST_LINE; empty at the end of the file."""
        while b"\n" not in self._held and len(self._held) < LONGEST_LINE and self._fill():
            pass
        end = self._held.find(b"\n") + 1 or len(self._held)
        return self._advance(min(end, LONGEST_LINE))

    def read_block(self, size: int, *, keep: bool) -> bytes:
        """The next `size` bytes, fewer at the end of the file; passed over without `keep`."""
        parts: list[bytes] = []
        while size and (self._held or self._fill()):
            part = self._advance(min(size, len(self._held)))
            size -= len(part)
            if keep:
                parts.append(part)
        return b"".join(parts)

    def _fill(self) -> bool:
        piece = self._stream.read(PIECE)
        self._held += piece
        return bool(piece)

    def _advance(self, size: int) -> bytes:
        part, self._held = self._held[:size], self._held[size:]
        self.position += size
        return part


def _read_record(reader: _Reader, line: bytes, limit: int) -> Record:
    fields = _fields(line.decode("utf-8", "replace"))
    n_bytes = int(fields[-1])
    keep = n_bytes <= limit
    before = reader.position
    block = reader.read_block(n_bytes, keep=keep)
    return Record(
        source_kind=KIND,
        type="response",
        uri=fields[0],
        captured_at=parse_arc_date(fields[2]),
        record_id=None,
        content_type=fields[3],
        block=block if keep else None,
        n_bytes=n_bytes,
        is_cut=reader.position - before < n_bytes,
    )


def _fields(line: str) -> list[str]:
    """The five fields of a line of version 1, or the ten of version 2; a URL may have spaces in it."""
    for count in (5, 10):
        fields = line.rsplit(None, count - 1)
        if (
            len(fields) == count
            and ADDRESS.fullmatch(fields[1])
            and DATE.fullmatch(fields[2])
            and fields[-1].isdecimal()
        ):
            return fields
    raise ArcError("a line that names no URL, date and length")


def parse_arc_date(stated: str) -> datetime | None:
    """The instant of 14 digits, or of 12 or 8 in the oldest files; None where they are no time.

    >>> parse_arc_date("19970228204852").isoformat()
    '1997-02-28T20:48:52+00:00'
    """
    form = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M", 8: "%Y%m%d"}.get(len(stated))
    if form is None or not stated.isdecimal():
        return None
    try:
        return datetime.strptime(stated, form).replace(tzinfo=UTC)
    except ValueError:
        return None
