"""sources.toml: the feeds and lists of pages that a user wants polled, read and checked before anything is fetched."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
"""What an id may be: it becomes a folder's name and stands in every row."""

LONGEST_URL = 2000
"""Characters; longer ones are no addresses of pages but states of programs."""

SHORTEST_DELAY = 1.0
"""Seconds between two requests to a host, at least; no server calls one a second a burden."""

DEFAULTS: dict[str, Any] = {"enabled": True, "delay": 5.0, "max_pages": 50}
"""Delay: Media Cloud's pace. Pages: at that pace a poll of one source ends within five minutes."""


class SourcesFileError(ValueError):
    """sources.toml can't be used; the message is one line that says where and what to write."""


@dataclass(frozen=True, slots=True)
class PolledSource:
    """One source to poll. `kind` is `feed` (the URLs are feeds, whose items are fetched) or `list` (pages).

    `delay` is the shortest time between two requests to a host in seconds, `max_pages` how many pages of the
    source are fetched in one poll; what is left is for the next.
    """

    id: str
    kind: str
    urls: tuple[str, ...]
    enabled: bool = True
    delay: float = 5.0
    max_pages: int = 50


def read_sources_file(path: Path) -> tuple[PolledSource, ...]:
    """The sources of a file, in its order; none where there is no file.

    Raises SourcesFileError where anything in it is wrong: a poll of half a file would go unnoticed.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesFileError(f"{path}: can't be read ({error})") from None
    try:
        return parse_sources(text)
    except SourcesFileError as error:
        raise SourcesFileError(f"{path}: {error}") from None


def parse_sources(text: str) -> tuple[PolledSource, ...]:
    """The sources that a text states.

    >>> parse_sources('[[feed]]\\nid = "harbour"\\nurls = ["https://harbour.example.org/rss"]')[0].delay
    5.0
    """
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesFileError(f"not valid TOML ({error}); mend that line") from None
    unknown = sorted(set(stated) - {"defaults", "feed", "list"})
    if unknown:
        raise SourcesFileError(f"unknown {unknown[0]!r}; write [defaults], [[feed]] or [[list]]")
    defaults = _defaults(stated.get("defaults", {}))
    sources = tuple(_sources(stated, defaults))
    ids = [source.id for source in sources]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise SourcesFileError(f"two sources have the id {twice[0]!r}; give each its own")
    return sources


def _defaults(stated: Any) -> dict[str, Any]:
    if not isinstance(stated, dict) or set(stated) - set(DEFAULTS):
        raise SourcesFileError(f"[defaults] may set {', '.join(DEFAULTS)} and nothing else")
    return {**DEFAULTS, **stated}


def _sources(stated: Mapping[str, Any], defaults: Mapping[str, Any]) -> Iterator[PolledSource]:
    for kind in ("feed", "list"):
        tables = stated.get(kind, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise SourcesFileError(f"write [[{kind}]] with two brackets, once for each source")
        for number, table in enumerate(tables, start=1):
            try:
                yield _source(kind, {**defaults, **table})
            except SourcesFileError as error:
                raise SourcesFileError(f"[[{kind}]] {table.get('id', f'number {number}')}: {error}") from None


def _source(kind: str, stated: dict[str, Any]) -> PolledSource:
    unknown = sorted(set(stated) - {*DEFAULTS, "id", "urls"})
    if unknown:
        raise SourcesFileError(f"unknown {unknown[0]!r}; known are id, urls, {', '.join(DEFAULTS)}")
    name, urls = stated.get("id"), stated.get("urls")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise SourcesFileError("id must be lower-case letters, digits, '.', '-' and '_', 64 at most")
    if not isinstance(urls, list) or not urls:
        raise SourcesFileError('urls must be a list such as ["https://news.example.org/feed.xml"]')
    if not isinstance(stated["enabled"], bool):
        raise SourcesFileError("enabled must be true or false")
    delay = _number(stated, "delay", SHORTEST_DELAY, 3600)
    pages = _number(stated, "max_pages", 1, 1000)
    if pages != int(pages):
        raise SourcesFileError("max_pages must be a whole number")
    return PolledSource(name, kind, tuple(dict.fromkeys(map(_url, urls))), stated["enabled"], delay, int(pages))


def _number(stated: Mapping[str, Any], name: str, least: float, most: float) -> float:
    value = stated[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise SourcesFileError(f"{name} must be a number from {least:g} to {most:g}")
    return float(value)


def _url(url: Any) -> str:
    problem = why_no_page_url(url)
    if problem:
        raise SourcesFileError(f"{url!r} {problem}")
    return str(url)


def why_no_page_url(url: Any) -> str | None:
    """Why something is no address that may be fetched, or None where it is one.

    >>> why_no_page_url("file:///etc/passwd")
    'is no http or https address'
    """
    if not isinstance(url, str) or len(url) > LONGEST_URL or any(ord(c) <= 32 or ord(c) == 127 for c in url):
        return f"is no address: text without spaces, {LONGEST_URL} characters at most"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is no valid address"
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return "is no http or https address"
    if parts.username is not None or parts.password is not None:
        return "holds a user name; pages behind a login are not polled"
    return "has port 0" if port == 0 else None
