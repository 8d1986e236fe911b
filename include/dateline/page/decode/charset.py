"""Bytes to text, once and for ever: which character set, why, and what was lost."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from email.message import Message

from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes
from w3lib.encoding import resolve_encoding

from ._mojibake import looks_mojibake
from ._western import LATIN, is_western
from .media import utf16_order

MAX_REPLACED_SHARE = 0.05
"""Share of characters that no character set explains, above which a page is not read."""
MAX_NUL_SHARE = 0.02
DETECTOR_BYTES = 50_000
"""Bytes that the detector looks at: more make it slower, not surer."""
STRAY = 20
"""In a UTF-8 page with single foreign bytes, at least so many characters are right for each wrong byte."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_WHATWG = {
    "cp1252": "windows-1252",
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "iso8859-9": "windows-1254",
    "iso8859-11": "windows-874",
    "tis-620": "windows-874",
    "cp874": "windows-874",
    "big5hkscs": "big5",
    "cp949": "euc-kr",
    "cp932": "shift_jis",
    "shift-jis": "shift_jis",
    "mac-roman": "macintosh",
    "cp866": "ibm866",
    "mac-cyrillic": "x-mac-cyrillic",
    "euc-jis-2004": "euc-jp",
    "euc-jisx0213": "euc-jp",
    "shift-jis-2004": "shift_jis",
    "shift-jisx0213": "shift_jis",
    "iso2022-jp": "iso-2022-jp",
    "utf-16": "utf-16le",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-7": None,
    "utf-32": None,
    "hz": None,
}
"""Python's names of character sets as the Encoding Standard (WHATWG, section 4.2) calls and widens them."""
_CODECS = {
    "windows-874": "cp874", "euc-kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs", "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip


class UndecodableError(ValueError):
    """No character set explains the bytes; the message says what was tried."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page and how it was won.

    `charset` is the WHATWG label used, `charset_source` one of bom, http, meta, utf8, detector;
    `n_replaced` counts the U+FFFD that decoding put in. Nothing is repaired: `looks_mojibake` says that
    the text was decoded wrongly before it came here.
    """

    text: str
    charset: str
    charset_source: str
    note: str
    n_replaced: int
    has_nul: bool
    looks_mojibake: bool


def decode(payload: bytes, content_type: str | None, is_html: bool) -> Decoded:
    """Decode a page by its byte order mark, as UTF-8 where it is, by its header, by its meta element, by its look.

    UTF-8 with characters beyond ASCII is believed against every label, because nothing else looks like
    it by chance. Labels mean what the Encoding Standard says: latin-1 is windows-1252.

    Raises UndecodableError where more than 5 % of the characters can't be decoded.

    >>> decode("Malmö".encode("latin-1"), "text/html; charset=iso-8859-1", True).text
    'Malmö'
    """
    for bom, label in _BOMS:
        if payload.startswith(bom):
            return _decoded(payload[len(bom) :], label, "bom", "")
    order = utf16_order(payload[:4096])
    if order:
        return _decoded(payload, order, "detector", "every other byte is zero")
    stated = _stated(payload, content_type, is_html)
    found = _as_utf8(payload, stated)
    if found:
        return found
    candidates = [_try(payload, label, source) for label, source in stated]
    for candidate in candidates:
        if candidate and candidate.n_replaced <= 0.001 * len(candidate.text):
            return _checked(candidate)
    candidates.append(_try(payload, _detect(payload), "detector"))
    candidates.append(_try(payload, "windows-1252", "detector"))
    return _checked(min((c for c in candidates if c), key=lambda c: c.n_replaced))


def _stated(payload: bytes, content_type: str | None, is_html: bool) -> list[tuple[str, str]]:
    """Labels that header and markup state, as far as they name a character set, with their source."""
    header = Message()
    header["Content-Type"] = (content_type or "").replace("\n", " ").replace("\r", " ")
    labels = [(header.get_param("charset"), "http")]
    if is_html:
        labels.append((EncodingDetector.find_declared_encoding(payload[:16_384], is_html=True), "meta"))
    named = [(whatwg_label(label) if isinstance(label, str) else None, source) for label, source in labels]
    # A meta element that can be read as ASCII is not in UTF-16 (HTML Standard, section 13.2.3.2).
    return [
        ("utf-8" if source == "meta" and label.startswith("utf-16") else label, source)
        for label, source in named
        if label
    ]


def whatwg_label(label: str) -> str | None:
    """Name of the character set that a label means to browsers, or None if it means none.

    >>> whatwg_label("latin1"), whatwg_label("GB2312"), whatwg_label("nonsense")
    ('windows-1252', 'gb18030', None)
    """
    resolved = resolve_encoding(label.strip().strip("'\""))
    if resolved is None:
        return None
    name = resolved.lower().replace("_", "-").replace("cp125", "windows-125")
    return _WHATWG.get(name, re.sub(r"^iso8859-", "iso-8859-", name))


def decode_as(payload: bytes, charset: str) -> str:
    """The text that `decode` gives where it decides for this character set, without deciding again.

    >>> decode_as("Malmö".encode("latin-1"), "windows-1252")
    'Malmö'
    """
    bom = next((bom for bom, label in _BOMS if label == charset and payload.startswith(bom)), b"")
    return _decode_as(payload[len(bom) :], charset, "given", "").text


def codec_of(label: str) -> str:
    """Python's codec for a character set under its WHATWG name.

    >>> codec_of("euc-kr"), codec_of("utf-8")
    ('cp949', 'utf-8')
    """
    return _CODECS.get(label, label)


def _as_utf8(payload: bytes, stated: list[tuple[str, str]]) -> Decoded | None:
    """The payload as UTF-8 if it is that: valid, or cut off in a character, or with a few stray bytes."""
    if payload.isascii():
        if ("iso-2022-jp" in dict(stated)) and b"\x1b" in payload:
            return None
        label, source = stated[0] if stated and not stated[0][0].startswith("utf-16") else ("utf-8", "utf8")
        return _decoded(payload, label, source, "all bytes are ASCII")
    text, n_replaced = _read_utf8(payload)
    says_utf8 = [source for label, source in stated if label == "utf-8"]
    if n_replaced:
        n_wide = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
        is_likely = n_replaced <= 0.001 * len(text) or n_wide > n_replaced
        if n_wide < STRAY * n_replaced and not (says_utf8 and is_likely):
            return None
    note = f"{n_replaced} bytes are not UTF-8" if n_replaced else ""
    if stated and stated[0][0] != "utf-8":
        note = "; ".join(filter(None, (f"valid UTF-8 although {stated[0][1]} says {stated[0][0]}", note)))
    source = says_utf8[0] if says_utf8 and stated[0][0] == "utf-8" else "utf8"
    return _checked(_describe(payload, text, "utf-8", source, note, n_replaced))


def _read_utf8(payload: bytes) -> tuple[str, int]:
    """Text of UTF-8, and how many U+FFFD stand in it for bytes that are none: those that the page has don't count."""
    try:
        return payload.decode("utf-8"), 0
    except UnicodeDecodeError:
        text = payload.decode("utf-8", "replace")
        return text, text.count("\ufffd") - payload.count(b"\xef\xbf\xbd")


def _detect(payload: bytes) -> str:
    """Label of the character set that the bytes look like, from the part of the page that has any non-ASCII bytes."""
    first = next((i for i in range(0, len(payload), 512) if not payload[i : i + 512].isascii()), 0)
    sample = payload[first : first + DETECTOR_BYTES]
    best = from_bytes(sample).best()
    label = (best and whatwg_label(best.encoding)) or "windows-1252"
    return "windows-1252" if label in LATIN and is_western(sample) else label


def _try(payload: bytes, label: str, source: str) -> Decoded | None:
    try:
        return _decode_as(payload, label, source, "")
    except (LookupError, UnicodeError):
        return None


def _decoded(payload: bytes, label: str, source: str, note: str) -> Decoded:
    return _checked(_decode_as(payload, label, source, note))


def _decode_as(payload: bytes, label: str, source: str, note: str) -> Decoded:
    if label == "windows-1252":
        # The five bytes that Python's codec refuses are control characters to browsers.
        text = payload.decode("cp1252", "replace")
        n_replaced = 0
        if "\ufffd" in text:
            text = "".join(chr(byte) if char == "\ufffd" else char for char, byte in zip(text, payload, strict=True))
    elif label == "utf-8":
        text, n_replaced = _read_utf8(payload)
    else:
        text = payload.decode(codec_of(label), "replace")
        n_replaced = text.count("\ufffd")
    return _describe(payload, text, label, source, note, n_replaced)


def _describe(payload: bytes, text: str, label: str, source: str, note: str, n_replaced: int) -> Decoded:
    # No character set has a way of writing NUL without a zero byte, and bytes are searched in a tenth of the time.
    has_nul = b"\x00" in payload and "\x00" in text
    return Decoded(text, label, source, note, max(n_replaced, 0), has_nul, looks_mojibake(text))


def _checked(decoded: Decoded) -> Decoded:
    n_chars = max(len(decoded.text), 1)
    if decoded.n_replaced > MAX_REPLACED_SHARE * n_chars:
        raise UndecodableError(
            f"{decoded.n_replaced} of {n_chars} characters fit no character set; best: {decoded.charset}"
        )
    n_nul = decoded.text.count("\x00") if decoded.has_nul else 0
    if n_nul > MAX_NUL_SHARE * n_chars:
        raise UndecodableError(f"{n_nul} of {n_chars} characters are NUL")
    return decoded
