"""An archive file as one stream of unpacked bytes that remembers where each of its gzip members was stored."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from typing import BinaryIO

from ._bytes_of import GZIP_MAGIC, GZIP_WINDOW

PIECE = 1 << 16
"""Bytes read from the file at once."""


class UnpackedStream:
    """Reads a plain or gzip file forward only; where gzip is damaged or ends early the stream ends, and says why.

    Web archives compress every record on its own, so that the range of a member can be read alone. A reader
    above this one sees one run of bytes and asks `stored_range` where a piece of it lies in the file.

    >>> import gzip, io
    >>> stream = UnpackedStream(io.BytesIO(gzip.compress(b"one", mtime=0) + gzip.compress(b"three", mtime=0)))
    >>> stream.read(100) + stream.read(100)
    b'onethree'
    >>> stream.stored_range(3, 8)
    '23+25'
    """

    def __init__(self, stored: BinaryIO, offset: int = 0) -> None:
        stored.seek(offset)
        self._stored = stored
        self._packed = stored.read(PIECE)
        self._at = offset
        """Where in the file the first byte of `_packed` lies."""
        self.is_gzip = self._packed.startswith(GZIP_MAGIC)
        self._member: zlib._Decompress | None = None
        self._unpacked_starts = array("q", [0])
        self._stored_starts = array("q", [offset])
        self._position = 0
        self._ended = False
        self.problem: str | None = None

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, fewer where a member ends; none at the end of the file or at damage."""
        while not self._ended:
            piece = self._inflate(size) if self.is_gzip else self._take(size)
            if piece:
                self._position += len(piece)
                return piece
        return b""

    def tell(self) -> int:
        """Bytes given so far."""
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        """Only where the stream is already; kept for readers that ask."""
        if (whence, offset) in ((0, self._position), (1, 0)):
            return self._position
        raise OSError("an unpacked archive is read forward only")

    def close(self) -> None:
        """The file belongs to who opened it."""

    def member_of(self, position: int) -> tuple[int, int]:
        """Where in the file the member begins that holds an unpacked byte, and which byte of it that is."""
        if not self.is_gzip:
            return self._stored_starts[0] + position, 0
        at = bisect_left(self._unpacked_starts, position)
        if at == len(self._unpacked_starts) or self._unpacked_starts[at] > position:
            at -= 1
        return self._stored_starts[at], position - self._unpacked_starts[at]

    def stored_range(self, start: int, end: int) -> str:
        """`offset+length` in the file of the unpacked bytes from `start` to `end`.

        Where these are only a part of a member, their own place in the unpacked member follows after a slash.
        """
        base = self._stored_starts[0]
        if not self.is_gzip:
            return f"{base + start}+{end - start}"
        first = bisect_right(self._unpacked_starts, start) - 1
        last = min(bisect_left(self._unpacked_starts, end), len(self._stored_starts) - 1)
        stored = self._stored_starts[first]
        text = f"{stored}+{self._stored_starts[last] - stored}"
        inner, size = start - self._unpacked_starts[first], self._unpacked_starts[last] - start
        return text if inner == 0 and size == end - start else f"{text}/{inner}+{end - start}"

    def _take(self, size: int) -> bytes:
        data = self._packed if size < 0 else self._packed[:size]
        self._packed = self._packed[len(data) :]
        if not self._packed:
            self._refill()
        if not data:
            self._end()
        self._at += len(data)
        return data

    def _inflate(self, size: int) -> bytes:
        if not self._packed:
            self._refill()
        if self._member is None:
            if not self._packed:
                self._end()
                return b""
            self._member = zlib.decompressobj(GZIP_WINDOW)
        if not self._packed:
            return self._end("the gzip stream ends early")
        before = len(self._packed)
        try:
            data = self._member.decompress(self._packed, max(size, 0) or PIECE)
        except zlib.error as error:
            return self._end(f"damaged gzip: {error}")
        finished = self._member.eof
        self._packed = self._member.unused_data if finished else self._member.unconsumed_tail
        self._at += before - len(self._packed)
        if finished:
            self._member = None
            self._mark(self._position + len(data))
        return data

    def _refill(self) -> None:
        self._packed = self._stored.read(PIECE)

    def _mark(self, unpacked: int) -> None:
        self._unpacked_starts.append(unpacked)
        self._stored_starts.append(self._at)

    def _end(self, problem: str | None = None) -> bytes:
        self._ended = True
        self.problem = problem
        if problem:
            self._at = self._stored.seek(0, 2)
        if problem or self._stored_starts[-1] != self._at:
            self._mark(self._position)
        return b""
