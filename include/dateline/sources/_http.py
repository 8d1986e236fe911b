"""A stored HTTP response taken apart: status, headers as they came, and the body as it was meant to arrive."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Pairs

STATUS_LINE = re.compile(rb"HTTP/\d+(?:\.\d+)?[ \t]+(\d{3})(?:[ \t]|$)", re.IGNORECASE)
CHUNK_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
LONGEST_SIZE_LINE = 1000
"""Bytes of a chunk's size line that are looked at; its extensions are seldom used and never this long."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """`body` is without its chunks, still under its Content-Encoding; `stored_body` is what the archive holds.

    `status` is None where the block does not begin as an HTTP response: then all of it is the body.
    Header values are read as Latin-1, which gives every byte back.
    """

    status: int | None
    headers: Pairs
    body: bytes
    stored_body: bytes

    def header(self, name: str) -> str | None:
        """The first header of this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def parse_response(block: bytes) -> HttpResponse:
    """Take a record's block apart; lines may end with or without a carriage return.

    >>> found = parse_response(b"HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n4\\r\\nrain\\r\\n0\\r\\n\\r\\n")
    >>> found.status, found.headers, found.body
    (200, (('Transfer-Encoding', 'chunked'),), b'rain')
    """
    status = STATUS_LINE.match(block)
    if status is None:
        return HttpResponse(None, (), block, block)
    end, start = _end_of_head(block)
    headers = _parse_headers(block[status.start() : end])
    stored = block[start:]
    coding = next((value for name, value in headers if name.lower() == "transfer-encoding"), "")
    body = _join_chunks(stored) if "chunked" in coding.lower() else stored
    return HttpResponse(int(status.group(1)), headers, body, stored)


def _end_of_head(block: bytes) -> tuple[int, int]:
    """Where the head ends, and where the body begins."""
    ends = [(at, at + len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) >= 0]
    return min(ends, default=(len(block), len(block)))


def _parse_headers(head: bytes) -> Pairs:
    headers: list[tuple[str, str]] = []
    for line in head.decode("latin-1").split("\n")[1:]:
        if line[:1] in (" ", "\t") and headers:
            name, value = headers[-1]
            headers[-1] = (name, f"{value} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon and name.strip():
            headers.append((name.strip(), value.strip()))
    return tuple(headers)


def _join_chunks(stored: bytes) -> bytes:
    """The body without chunk sizes, as far as it goes; a body that is not chunked in spite of its header stays.

    >>> _join_chunks(b"3;x=1\\r\\nsno\\r\\n5\\r\\nw"), _join_chunks(b"<p>rain")
    (b'snow', b'<p>rain')
    """
    parts: list[bytes] = []
    at = 0
    while at < len(stored):
        size = CHUNK_SIZE.match(stored, at, at + LONGEST_SIZE_LINE)
        if size is None:
            return stored if not parts else b"".join(parts)
        length = int(size.group(1), 16)
        if not length:
            break
        parts.append(stored[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if stored.startswith(b"\r\n", at) else 1 if stored.startswith(b"\n", at) else 0
    return b"".join(parts)
