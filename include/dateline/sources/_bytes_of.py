"""Bytes of a page file: opened, decompressed where it is gzip, and an honest reason where that fails."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from ._describe import MAX_PAYLOAD

GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class FileBytes:
    """What a file gave: its bytes (as far as they came), and outcome and reason where that is not all."""

    payload: bytes | None
    outcome: str | None = None
    reason: str | None = None
    truncated: str | None = None


def read_file_bytes(path: Path, limit: int = MAX_PAYLOAD) -> FileBytes:
    """Read a page file. Whether it is gzip is taken from its first bytes, not from its name."""
    try:
        size = path.stat().st_size
        if size > limit:
            return FileBytes(None, "too_big", f"{size} bytes, more than {limit} are not read")
        data = path.read_bytes()
    except OSError as error:
        return FileBytes(None, "broken", f"unreadable: {error.strerror or error}")
    return gunzip(data, limit) if data.startswith(GZIP_MAGIC) else FileBytes(data)


def gunzip(data: bytes, limit: int = MAX_PAYLOAD) -> FileBytes:
    """Decompress gzip, all members; what came before damage or an early end is kept.

    >>> import gzip
    >>> gunzip(gzip.compress(b"page") + gzip.compress(b" two")).payload
    b'page two'
    >>> gunzip(gzip.compress(b"page")[:-6]).outcome
    'truncated'
    """
    parts: list[bytes] = []
    n_bytes = 0
    while data.startswith(GZIP_MAGIC):
        member = zlib.decompressobj(GZIP_WINDOW)
        try:
            parts.append(member.decompress(data, limit + 1 - n_bytes))
        except zlib.error as error:
            return FileBytes(b"".join(parts), "broken", f"damaged gzip: {error}")
        n_bytes += len(parts[-1])
        if n_bytes > limit:
            return FileBytes(None, "too_big", f"gzip unpacks to more than {limit} bytes")
        if not member.eof:
            return FileBytes(b"".join(parts), "truncated", "the gzip stream ends early", "gzip")
        data = member.unused_data
    return FileBytes(b"".join(parts))
