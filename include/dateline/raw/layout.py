"""Where things are below the raw folder, and how a source's id becomes the name of a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote

from ..identity import content_id

LONGEST_NAME = 200
"""Bytes of a folder name; most file systems end at 255."""

SHORTENED = "~"
"""Stands before the hash in the name of an id that is too long; never in a name that spells its id out."""


def payload_path(raw: Path, sha256: str) -> Path:
    """Where the bytes with this hash are, in folders by its first digits so that none grows too large.

    >>> payload_path(Path("raw"), "ab12" + "0" * 60).parts[:4]
    ('raw', 'payloads', 'ab', '12')
    """
    return raw / "payloads" / sha256[:2] / sha256[2:4] / sha256


def entry_folder(raw: Path, ingest_date: date, source_id: str) -> Path:
    """Where the log segments of an entry are."""
    return raw / "log" / f"ingest_date={ingest_date.isoformat()}" / source_folder(source_id)


def source_folder(source_id: str) -> str:
    """Name of a source's folders: the id with everything but letters, digits, `.`, `_` and `-` percent-encoded.

    >>> source_folder("wire/June 2007")
    'source=wire%2FJune%202007'
    """
    name = quote(source_id, safe="", errors="surrogatepass").replace("~", "%7E")
    if len(name) > LONGEST_NAME:
        name = f"{name[:100].rsplit('%', 1)[0]}{SHORTENED}{content_id(source_id)}"
    return f"source={name}"


def source_of_folder(name: str) -> str | None:
    """The id that a folder's name spells out, or None where it was too long for that.

    >>> source_of_folder("source=wire%2FJune%202007")
    'wire/June 2007'
    """
    encoded = name.removeprefix("source=")
    return None if SHORTENED in encoded else unquote(encoded, errors="surrogatepass")


def source_lock(raw: Path, source_id: str) -> Path:
    """The lock that writers of one source hold."""
    return raw / "locks" / source_folder(source_id)


def listings_folder(raw: Path, root: str) -> Path:
    """Where the listings of one loaded folder are."""
    return raw / "listings" / content_id(root)
