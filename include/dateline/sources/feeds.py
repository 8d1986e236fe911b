"""What an RSS or Atom feed lists: addresses of pages, and what it says of each, in its own words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

import feedparser

from ..model import Pairs
from .sources_file import why_no_page_url

MOST_ITEMS = 1000
"""Items that are looked at; of a feed that lists more the first ones count."""

LONGEST_FACT = 1000
"""Characters that are kept of a fact: titles and names are shorter, and what is longer is none."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item: the address of its page without fragment, its id in the feed, and its facts.

    `facts` are pairs of feed, guid, title, published, updated, author, as far as they are stated.
    """

    url: str
    guid: str
    facts: Pairs

    @property
    def updated(self) -> str | None:
        """When the feed says that the page last changed, in its own words."""
        return dict(self.facts).get("updated")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed read: its items in its order, each page once; `problem` says what is wrong with it, if anything."""

    items: tuple[FeedItem, ...]
    problem: str | None = None

    @property
    def is_feed(self) -> bool:
        """Whether the bytes were a feed at all, with items or without."""
        return bool(self.items) or self.problem is None


def parse_feed(payload: bytes, url: str, content_type: str | None = None) -> Feed:
    """Read a feed from its bytes; `url` is where they came from, for relative addresses.

    Never raises for bad bytes. What an item states twice counts as first stated.

    >>> feed = parse_feed(b"<rss version='2.0'><channel><item><link>/1</link></item></channel></rss>", "https://a.example/")
    >>> [item.url for item in feed.items]
    ['https://a.example/1']
    """
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        # Given bytes, the parser would take them for the name of a file if there was one of that name.
        parsed = feedparser.parse(io.BytesIO(payload), response_headers=headers, sanitize_html=False)
    except Exception as error:
        return Feed((), f"{type(error).__name__}: {error}"[:300])
    items: dict[str, FeedItem] = {}
    for item in _items(parsed.get("entries", ())[:MOST_ITEMS], url):
        items.setdefault(item.url, item)
    problem = None
    if not parsed.get("version"):
        problem = "neither RSS nor Atom"
    elif parsed.get("bozo") and not items:
        problem = str(parsed.get("bozo_exception", "not well-formed"))[:300]
    return Feed(tuple(items.values()), problem)


def _items(entries: list[dict[str, Any]], base: str) -> Iterator[FeedItem]:
    for entry in entries:
        link = _stated(entry, "link")
        try:
            url = urldefrag(urljoin(base, link)).url if link else None
        except ValueError:
            continue
        if url is None or why_no_page_url(url):
            continue
        guid = _stated(entry, "id")
        facts = [("feed", base), ("guid", guid)]
        facts += [(name, _stated(entry, name)) for name in ("title", "published", "updated", "author")]
        yield FeedItem(url, guid or url, tuple((name, value) for name, value in facts if value))


def _stated(entry: dict[str, Any], name: str) -> str | None:
    """A fact as the feed words it, white space folded; the parser's own substitutes for absent ones are left out."""
    value = dict.get(entry, name)
    return " ".join(str(value).split())[:LONGEST_FACT] or None if value else None
