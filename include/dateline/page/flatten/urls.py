"""URLs as keys: two spellings of one address become one string."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from tldextract import TLDExtract

_EXTRACT = TLDExtract(suffix_list_urls=(), cache_dir=None)
"""Registrable domains by the public suffix list that the library carries: no network, nothing written."""

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.I)
_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$")
_EDITION = re.compile(r"^(?:www\d{0,3}|m|mobile|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"(?:index|default|home)\.(?:html?|shtml|php\d?|aspx?|jsp|cgi)", re.I)
_ARCHIVED = re.compile(r"^(?:(?:https?:)?//)?(?:web\.)?archive\.org/web/\d+[a-z_]*/(.+)$", re.I)
_SAFE_PATH = "/!$&'()*+,;=:@-._~"
_SAFE_QUERY = "/?!$'()*,:@-._~"


def url_key(url: str | None) -> str | None:
    """Host, path and query of a web address without what changes nothing; None if it is no web address.

    Dropped: scheme, user, `www.`, `m.` and `amp.`, default ports, fragments, trackers and session
    numbers (data/trackers.csv), the trailing slash, index.html; parameters are sorted, escapes written
    one way, and an address inside the Wayback Machine becomes that of the page. Case of path and
    parameters stays. A key is its own key.

    >>> url_key("HTTP://www.News.example:80/World/index.html?utm_source=x&b=2&a=1#top")
    'news.example/World?a=1&b=2'
    """
    parts = _split(url)
    host = _host(parts) if parts else None
    if parts is None or host is None:
        return None
    try:
        port = parts.port
    except ValueError:
        return None
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    query = _query(parts.query)
    return place + _path(parts.path) + (f"?{query}" if query else "")


def site(url: str | None) -> str | None:
    """Registrable domain of a web address, such as `bbc.co.uk`; the host where it has none.

    >>> site("https://edition.news.bbc.co.uk/x")
    'bbc.co.uk'
    """
    parts = _split(url)
    host = _host(parts) if parts else None
    if host is None:
        return None
    return _registrable(host) or host


def _split(url: str | None) -> SplitResult | None:
    text = re.sub(r"[\x00-\x20\x7f]+", "", url or "")
    for _ in range(3):
        archived = _ARCHIVED.match(text)
        if not archived:
            break
        text = archived.group(1)
    scheme = _SCHEME.match(text)
    if scheme and scheme.group(1).lower() not in ("http", "https"):
        return None
    if not scheme:
        text = "//" + text.lstrip("/")
    try:
        return urlsplit(text)
    except ValueError:
        return None


def _host(parts: SplitResult) -> str | None:
    """Host in lower case and ASCII, without trailing dot and edition; None if it can't be one of the web."""
    host = (parts.hostname or "").rstrip(".").lower()
    try:
        return f"[{ip_address(host).compressed}]" if ":" in host else str(ip_address(host))
    except ValueError:
        pass
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    if "." not in host or not _HOST.match(host):
        return None
    while (match := _EDITION.match(host)) and _registrable(host[match.end() :]):
        host = host[match.end() :]
    return host


@lru_cache(maxsize=20_000)
def _registrable(host: str) -> str | None:
    found = _EXTRACT(host)
    if found.suffix:
        return found.top_domain_under_public_suffix or None
    return None if found.ipv4 or found.ipv6 else ".".join(host.split(".")[-2:])


def _escape(text: str, safe: str) -> str:
    """Escapes written one way: upper case, and only where they are needed."""
    pieces = re.split(r"(%[0-9A-Fa-f]{2})", text)
    plain = b"".join(_kept_or_plain(piece, safe) for piece in pieces)
    return quote(plain, safe=safe + "%")


def _kept_or_plain(piece: str, safe: str) -> bytes:
    if re.fullmatch(r"%[0-9A-Fa-f]{2}", piece):
        byte = unquote_to_bytes(piece)
        is_plain = byte.isalnum() or byte in b"-._~"
        return byte if is_plain else piece.upper().encode()
    return piece.replace("%", "%25").encode("utf-8", "surrogatepass")


def _path(path: str) -> str:
    segments: list[str] = []
    for segment in _escape(path, _SAFE_PATH).split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment.split(";jsessionid=")[0])
    while segments and (not segments[-1] or _INDEX.fullmatch(segments[-1])):
        segments.pop()
    return "".join(f"/{segment}" for segment in segments if segment)


def _query(query: str) -> str:
    exact, prefixes = _trackers()
    kept = set()
    for pair in re.split("[&;]", query):
        name = _escape(pair.split("=", 1)[0], _SAFE_QUERY)
        if pair and not (name.lower() in exact or name.lower().startswith(prefixes)):
            kept.add(_escape(pair, _SAFE_QUERY + "="))
    return "&".join(sorted(kept))


@lru_cache(maxsize=1)
def _trackers() -> tuple[frozenset[str], tuple[str, ...]]:
    text = files("dateline.data").joinpath("trackers.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    exact = frozenset(row["name"] for row in rows if row["match"] == "exact")
    return exact, tuple(row["name"] for row in rows if row["match"] == "prefix")
