"""Compression that a server put on a page for the way (Content-Encoding): taken off before the page is read.

Raw keeps the bytes under it, since these are what was sent and what digests of archives are about.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, ZstdReader

from ...model import Pairs

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
PIECE = 1 << 16
MOST_CODINGS = 3
"""More than one coding is rare, and each may multiply the size."""


class CodingError(ValueError):
    """The compression can't be taken off; the message says which one and why."""


def remove_coding(payload: bytes, headers: Pairs, max_bytes: int) -> bytes:
    """The page without its content codings; unchanged where there are none, or where they were taken off already.

    At most `max_bytes` + 1 bytes are unpacked, so that what is too big shows itself without filling memory.
    Many archives store pages unpacked beneath the header of the packed ones: bytes that do not begin as the
    coding does are left alone. Raises CodingError where bytes that do are damaged.

    >>> import gzip
    >>> remove_coding(gzip.compress(b"rain"), (("content-encoding", "gzip"),), 100)
    b'rain'
    >>> remove_coding(b"<p>rain", (("Content-Encoding", "br"),), 100)
    b'<p>rain'
    """
    stated = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    codings = [name.strip().lower() for name in stated.split(",") if name.strip()]
    for coding in reversed(codings[:MOST_CODINGS]):
        remove = _REMOVERS.get(coding.removeprefix("x-"))
        if remove:
            payload = remove(payload, max_bytes + 1)
    return payload


def _gunzip(payload: bytes, limit: int) -> bytes:
    return _inflate(payload, 16 + zlib.MAX_WBITS, limit, "gzip") if payload.startswith(GZIP_MAGIC) else payload


def _deflate(payload: bytes, limit: int) -> bytes:
    """Both things that servers call deflate: with the zlib header, as the standard has it, and without."""
    if payload[:1] == b"\x78" and int.from_bytes(payload[:2], "big") % 31 == 0:
        return _inflate(payload, zlib.MAX_WBITS, limit, "deflate")
    if _is_text(payload):
        return payload
    return _inflate(payload, -zlib.MAX_WBITS, limit, "deflate")


def _inflate(payload: bytes, window: int, limit: int, coding: str) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        data = unpacker.decompress(payload, limit)
    except zlib.error as error:
        raise CodingError(f"damaged content encoding {coding}: {error}") from None
    if not unpacker.eof and len(data) < limit:
        raise CodingError(f"content encoding {coding} ends early, after {len(data)} bytes")
    return data


def _unbrotli(payload: bytes, limit: int) -> bytes:
    if _is_text(payload):
        return payload
    return _read(BrotliReader(io.BytesIO(payload)), limit, "br")


def _unzstd(payload: bytes, limit: int) -> bytes:
    return _read(ZstdReader(io.BytesIO(payload)), limit, "zstd") if payload.startswith(ZSTD_MAGIC) else payload


def _read(reader: BrotliReader | ZstdReader, limit: int, coding: str) -> bytes:
    parts: list[bytes] = []
    n_bytes = 0
    try:
        while n_bytes < limit and (part := reader.read(min(PIECE, limit - n_bytes))):
            parts.append(bytes(part))
            n_bytes += len(part)
    except OSError as error:
        raise CodingError(f"damaged content encoding {coding}: {error}") from None
    return b"".join(parts)


def _is_text(payload: bytes) -> bool:
    """Compressed bytes hold control characters in any few hundred; text holds none but white space."""
    sample = payload[:512]
    control = bytes(set(range(32)) - {9, 10, 12, 13, 27})
    return sample.translate(None, control) == sample


_REMOVERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
