"""Ids are hashes of content, so that the same input gets the same id anywhere and at any time."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime

ID_LENGTH = 20
"""Hex digits of an id: 80 bits keep a collision below one in a million at a billion rows."""
OPENING_WORDS = 12
OPENING_CHARS = 200
"""What of its text tells an article of a page from the others: dateline and subject of the first sentence."""
_WORD = re.compile(r"[^\W_]+")


def content_id(*parts: str | None) -> str:
    """Hash of the parts, each marked with its length so that no two part lists run together.

    >>> content_id("a", "bc") == content_id("ab", "c")
    False
    >>> len(content_id("a", None))
    20
    """
    digest = hashlib.sha256()
    for part in parts:
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(b"-" if part is None else b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()[:ID_LENGTH]


def fold(text: str | None) -> str:
    """Text reduced to what two printings of it share: compatibility form, case, letters and digits, single spaces.

    >>> fold("  U.S. President\\u00a0Bush’s  ")
    'u s president bush s'
    """
    plain = unicodedata.normalize("NFKC", text or "").casefold()
    return " ".join(_WORD.findall(plain))


def capture_id(source_id: str, source_ref: str, payload_sha256: str | None, captured_at: datetime | None) -> str:
    """Id of a capture: its source, its place in it, its bytes, and its instant where the source states one."""
    instant = captured_at.astimezone(UTC).isoformat(timespec="microseconds") if captured_at else None
    return content_id(source_id, source_ref, payload_sha256, instant)


def article_id(url_key: str | None, outlet: str | None, title: str | None, text: str, part_no: int = 0) -> str:
    """Id of an article: its URL key where there is one, else outlet, title and folded text.

    Further articles of a page (`part_no` above 0) share its URL, so their title and first words join the key: parts
    may have one title, that of the page, and their order changes as new ones come in above.

    >>> len({article_id("a.example/1", None, "Briefs", text, part) for part, text in enumerate(("Rain.", "Hail."))})
    2
    """
    if url_key:
        own = (fold(title), " ".join(fold(text[:OPENING_CHARS]).split()[:OPENING_WORDS])) if part_no else ()
        return content_id("url", url_key, *own)
    return content_id("text", fold(outlet), fold(title), fold(text))
