"""From characters of the decoded page back to the bytes that came."""

from __future__ import annotations

import codecs

from ..page.decode.charset import codec_of

_BOMS = {"utf-8": codecs.BOM_UTF8, "utf-16le": codecs.BOM_UTF16_LE, "utf-16be": codecs.BOM_UTF16_BE}


def locate_bytes(payload: bytes, raw: str, charset: str | None, span: tuple[int, int]) -> tuple[int, int] | None:
    """Where `raw[start:end]` stands in the payload, in bytes; None where decoding can't be turned around up to there.

    The characters are encoded again and compared with the payload, so an answer is never a guess: bytes
    that no character set explains, or two ways to write one character, give None.

    >>> locate_bytes("Malmö är".encode(), "Malmö är", "utf-8", (6, 8))
    (7, 10)
    """
    start, end = span
    before, words = _encode(raw[:start], charset), _encode(raw[start:end], charset)
    if before is None or words is None:
        return None
    bom = _BOMS.get(charset or "", b"")
    first = len(bom) if bom and payload.startswith(bom) else 0
    if not payload.startswith(before + words, first):
        return None
    return first + len(before), first + len(before) + len(words)


def _encode(text: str, charset: str | None) -> bytes | None:
    if charset is None:
        return None
    try:
        return text.encode(codec_of(charset))
    except LookupError:
        return None
    except UnicodeEncodeError:
        # The five bytes that windows-1252 leaves open were decoded as the control characters of their number.
        return b"".join(map(_western, text)) if charset == "windows-1252" else None


def _western(char: str) -> bytes:
    return char.encode("latin-1" if "\x80" <= char <= "\x9f" else "cp1252", "replace")
