"""Going back into an archive file: the bytes of one record again, found by where it is stored."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from ._unpacked import UnpackedStream

LONGEST_HEAD = 1 << 16
"""Bytes in which the end of a record's own header is looked for."""


class RecordStream:
    """What is left of an unpacked archive from one record on; its first byte counts as 0."""

    def __init__(self, stored: BinaryIO, offset: int, inner: int) -> None:
        """`offset` is where the record's member begins in the file, `inner` its place in the unpacked member."""
        self._stream = UnpackedStream(stored, offset)
        while self._stream.tell() < inner:
            if not self._stream.read(inner - self._stream.tell()):
                raise OSError(f"the archive has no record at {offset}/{inner} any more")
        self._begin = inner

    def read(self, size: int = -1) -> bytes:
        """As of any stream; fewer bytes than asked for where a member ends."""
        return self._stream.read(size)

    def tell(self) -> int:
        """Bytes given so far."""
        return self._stream.tell() - self._begin

    def seek(self, offset: int, whence: int = 0) -> int:
        """Only where the stream is already."""
        return self._stream.seek(offset + (self._begin if whence == 0 else 0), whence) - self._begin

    def close(self) -> None:
        """The file belongs to who opened it."""


def record_size(path: Path, offset: int, inner: int, content_length: int) -> int | None:
    """Unpacked bytes of a WARC record: header, content, and the two line ends after it; None where its header ends
    nowhere."""
    with path.open("rb") as stored:
        stream = RecordStream(stored, offset, inner)
        head = b""
        while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
            piece = stream.read(LONGEST_HEAD)
            if not piece:
                break
            head += piece
    at = head.find(b"\r\n\r\n")
    return at + 4 + max(content_length, 0) + 4 if at >= 0 else None
