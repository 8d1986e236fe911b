"""What bytes are, judged by their content: names and headers are often wrong, the first bytes seldom."""

from __future__ import annotations

import re

SAMPLE = 65_536
"""Bytes that are looked at; tags and binary bytes show themselves early."""
MAX_CONTROL_SHARE = 0.05
"""Text holds hardly any control characters; compressed data holds about a tenth."""
MAX_NUL_SHARE = 0.02

HTML, TEXT, BINARY = "text/html", "text/plain", "application/binary"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"ID3", "audio/mpeg"),
    (b"OggS\x00", "application/ogg"),
    (b"FWS", "application/x-shockwave-flash"),
    (b"CWS", "application/x-shockwave-flash"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90\x00", "application/x-executable"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"WARC/1.", "application/warc"),
)
"""First bytes of formats, from the WHATWG MIME Sniffing Standard and the formats' own specifications."""

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TAGS = (
    rb"html|head|body|title|meta|link|script|style|div|span|p|a|br|hr|img|table|tbody|tr|td|th|ul|ol|li|dl|dt|dd|"
    rb"h[1-6]|font|b|i|em|strong|center|article|section|header|footer|nav|main|aside|figure|iframe|form|input|pre"
)
_TAG = re.compile(rb"</?(?:" + _TAGS + rb")(?:[\s/][^<>]{0,2000})?>", re.I)
_DOCUMENT_TAG = re.compile(rb"<(?:html|head|body)(?:[\s/][^<>]{0,2000})?>", re.I)
_OPENING = re.compile(rb"<(?:!doctype\s+html|html|head|body)(?=[\s/>])", re.I)
_FRAGMENT_OPENING = re.compile(rb"<(?:" + _TAGS + rb")(?=[\s/>])", re.I)
BYTES_PER_TAG = 2_000
"""A fragment of markup has at least a tag for so many bytes; a text dump may begin with a stray tag."""
_PROLOGUE = re.compile(rb"(?:\s++|<\?[^>]*+>|<!--(?:[^-]++|-(?!->))*+-->)*+")
_FEED = re.compile(rb"<(rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
_FEED_TYPES = {b"rss": "application/rss+xml", b"rdf:RDF": "application/rss+xml", b"feed": "application/atom+xml"}
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"


def sniff(payload: bytes, stated: str | None, path_hint: str | None) -> str:
    """Media type of a payload: `text/html`, `text/plain`, or what it is instead, `application/binary` if unknown.

    The content decides. `stated` (a Content-Type) and `path_hint` (a file name) are heard only for text
    that has a few tags in it: markup if they call it so, else prose that mentions tags.

    >>> sniff(b"%PDF-1.4 ...", "text/html", "story.html")
    'application/pdf'
    >>> sniff(b"<p>Rain fell.</p>", None, None)
    'text/html'
    >>> sniff(b"Use <b> for bold.", None, "notes.txt")
    'text/plain'
    """
    sample = payload[:SAMPLE]
    if not payload.startswith(_BOMS[1:]):
        known = _known_format(sample)
        if known:
            return known
    if is_utf16(sample):
        sample = sample.replace(b"\x00", b"")
    elif sample.count(b"\x00") > MAX_NUL_SHARE * max(len(sample), 1) or _share(sample, _CONTROL) > MAX_CONTROL_SHARE:
        return BINARY
    sample = sample.removeprefix(_BOMS[0])
    return _markup_type(sample) or _text_type(sample, stated, path_hint)


def is_utf16(sample: bytes) -> bool:
    """True for UTF-16, with a byte order mark or with the pattern of zeros that Western text has in it.

    >>> is_utf16("Dateline".encode("utf-16-le")), is_utf16(b"Dateline")
    (True, False)
    """
    return sample.startswith(_BOMS[1:]) or utf16_order(sample) is not None


def utf16_order(sample: bytes) -> str | None:
    """`utf-16le` or `utf-16be` where every other byte is mostly zero and the rest hardly ever, else None."""
    pairs = len(sample) // 2
    if pairs < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[: 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.5 * pairs and even < 0.05 * pairs:
        return "utf-16le"
    return "utf-16be" if even > 0.5 * pairs and odd < 0.05 * pairs else None


def _known_format(sample: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if sample.startswith(magic):
            return kind
    if sample[:4] == b"RIFF" and sample[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(sample[8:12], "video/avi")
    if sample[4:8] == b"ftyp":
        return "image/avif" if sample[8:12] in (b"avif", b"avis") else "video/mp4"
    if b"%PDF-" in sample[:1024] and b"<" not in sample[: sample.index(b"%PDF-")]:
        return "application/pdf"
    return None


def _share(sample: bytes, characters: bytes) -> float:
    return (len(sample) - len(sample.translate(None, characters))) / max(len(sample), 1)


def _markup_type(sample: bytes) -> str | None:
    """Type by how the text begins: a document, a feed, other XML."""
    prologue = _PROLOGUE.match(sample)
    start = prologue.end() if prologue else 0
    if _OPENING.match(sample, start):
        return HTML
    if _FRAGMENT_OPENING.match(sample, start):
        n_tags = sum(1 for _ in _TAG.finditer(sample))
        return HTML if n_tags * BYTES_PER_TAG >= len(sample) else None
    feed = _FEED.match(sample, start)
    if feed:
        return _FEED_TYPES.get(feed.group(1), "application/xml")
    if sample.lstrip()[:5] == b"<?xml":
        return HTML if _DOCUMENT_TAG.search(sample) else "application/xml"
    return "application/json" if _is_json(sample) else None


def _is_json(sample: bytes) -> bool:
    head = sample.lstrip()[:200]
    return bool(re.match(rb'\{\s*"[^"]*"\s*:|\[\s*(?:\{\s*"|\[|"[^"]*"\s*[,\]])', head))


def _text_type(sample: bytes, stated: str | None, path_hint: str | None) -> str:
    """Markup where tags stand close together, or where a name says so and some tags are there; else plain text."""
    n_tags = sum(1 for _ in _TAG.finditer(sample))
    n_closing = len(
        re.findall(rb"</(?:p|div|td|tr|table|a|span|li|ul|font|h[1-6]|b|i|body|html|center)\s*>", sample, re.I)
    )
    is_dense = n_tags * 400 >= len(sample)
    if n_tags >= 8 and n_closing >= 2 and is_dense:
        return HTML
    if _DOCUMENT_TAG.search(sample) and n_closing >= 3:
        return HTML
    says_html = "html" in (stated or "").lower() or bool(re.search(r"\.x?html?(?:\.gz)?$", (path_hint or "").lower()))
    says_text = "text/plain" in (stated or "").lower()
    return HTML if says_html and not says_text and n_tags >= 2 else TEXT
