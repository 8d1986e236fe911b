"""JSON lines as a source: one page a line, HTML or text, with an URL and an instant where the line states them."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from ._bytes_of import GZIP_MAGIC
from ._describe import MAX_PAYLOAD, Collected, Origin, describe, failed

KIND = "jsonl"
MEDIA_TYPE = {"html": "text/html; charset=utf-8", "text": "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line: its number (from 1), the id it gives, and the page, or what is wrong with it (`problem`)."""

    line_no: int
    given_id: str | None = None
    payload: bytes | None = None
    media_type: str | None = None
    url: str | None = None
    captured_at: datetime | None = None
    problem: str | None = None


def collect_json_lines(path: Path, ref: str, origin: Origin) -> Iterator[Collected]:
    """Captures of one file, `ref#line` each. A line that can't be used is a capture too, with the reason."""
    try:
        with path.open("rb") as stream:
            for line in read_page_lines(stream):
                yield capture_of_line(line, f"{ref}#{line.line_no}", origin)
    except OSError as error:
        yield failed(origin, ref, KIND, "broken", f"unreadable: {error.strerror or error}")


def capture_of_line(line: PageLine, ref: str, origin: Origin) -> Collected:
    """The capture of one line; a problem becomes its outcome `broken`."""
    """The capture that a line describes, with its bytes; a line with a problem is `broken` with that reason."""
    facts: dict[str, Any] = {"url": line.url, "captured_at": line.captured_at, "media_type": line.media_type}
    if line.problem:
        facts |= {"outcome": "broken", "reason": line.problem}
    return describe(origin, ref, KIND, line.payload, **facts)


def read_page_lines(stream: BinaryIO) -> Iterator[PageLine]:
    """Parse lines of `{"id", "html" | "text", "url"?, "captured_at"?}`; empty lines are passed over.

    The stream may be gzip. It must be seekable only where it is (a pipe of plain lines is fine).
    A page's bytes are the UTF-8 of its string.

    >>> import io
    >>> line, = read_page_lines(io.BytesIO(b'{"id": 7, "text": "Rain fell.", "url": null}'))
    >>> line.given_id, line.payload, line.problem
    ('7', b'Rain fell.', None)
    """
    number = 0
    try:
        for number, data in enumerate(_lines(stream), start=1):
            if len(data) > MAX_PAYLOAD:
                yield PageLine(number, problem=f"a line of more than {MAX_PAYLOAD} bytes")
                return
            if data.strip():
                yield parse_page_line(number, data)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield PageLine(number + 1, problem=f"damaged gzip after line {number}: {error}")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    first = stream.read(2)
    if first == GZIP_MAGIC:
        stream.seek(0)
        stream, first = cast(BinaryIO, gzip.GzipFile(fileobj=stream)), b""
    rest = stream.readline(MAX_PAYLOAD + 1) if not first.endswith(b"\n") else b""
    data = first + rest
    while data:
        yield data
        data = stream.readline(MAX_PAYLOAD + 1)


def parse_page_line(line_no: int, data: bytes) -> PageLine:
    """One line parsed; a problem is told in words and the line's own bytes are kept as its payload."""
    try:
        item = json.loads(data)
    except (ValueError, RecursionError) as error:
        return PageLine(line_no, payload=data, problem=f"not JSON: {error}"[:200])
    if not isinstance(item, dict):
        return PageLine(line_no, payload=data, problem="not a JSON object")
    given = str(item["id"]) if item.get("id") is not None else None
    key = next((name for name in ("html", "text") if isinstance(item.get(name), str)), None)
    if key is None:
        return PageLine(line_no, given, payload=data, problem='neither "html" nor "text" holds a string')
    url, stated = item.get("url"), item.get("captured_at")
    try:
        captured_at = parse_instant(stated) if stated else None
    except ValueError:
        return PageLine(line_no, given, payload=data, problem=f"captured_at {stated!r} is no ISO 8601 instant"[:200])
    payload = item[key].encode("utf-8", "replace")
    return PageLine(line_no, given, payload, MEDIA_TYPE[key], url if isinstance(url, str) else None, captured_at)


def parse_instant(text: object) -> datetime:
    """An ISO 8601 instant, in UTC where it names no zone. Raises ValueError where it is none.

    >>> parse_instant("2007-07-03T09:48:00Z").isoformat()
    '2007-07-03T09:48:00+00:00'
    """
    if not isinstance(text, str):
        raise ValueError(f"not a string: {text!r}")
    instant = datetime.fromisoformat(text.strip())
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
