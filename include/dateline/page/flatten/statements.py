"""What a page's markup states in so many words: JSON-LD, meta and link elements, time tags, microdata.

Nothing is judged here: values are as written, and the same thing stated three times is stated three times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model import Statement
from ._json_ld import read_json_ld
from ._line import Mark

MAX_VALUE = 5_000
"""Characters of a meta value; longer ones are data of scripts."""
MAX_STATE = 50_000
"""Characters of a page state that are kept; larger ones repeat the page."""
MAX_MARK_TEXTS = 20
MAX_MARK_CHARS = 300

_SILENT_META = (
    "viewport", "robots", "googlebot", "bingbot", "theme-color", "msapplication", "apple-", "google-site", "msvalidate",
    "fb:", "al:", "p:domain", "yandex-", "format-detection", "referrer", "csrf", "mobile-web", "color-scheme", "next-",
)  # fmt: skip
"""Names of meta elements that speak to browsers and robots only."""
_LINKS = frozenset({"canonical", "amphtml", "author", "publisher", "shortlink", "alternate"})


def read_statements(tree: LexborHTMLParser) -> tuple[Statement, ...]:
    """Statements of the page as a whole, in the order: title, language, meta, link, JSON-LD, page state.

    Sources and keys: `meta` with the name or property as written (the `title` element counts as one),
    `html_attribute` `lang`, `link` with its rel, `json_ld` with the property, `@type`, or
    `author.Person`, `author.Organization`, `publisher.name`; `item` numbers JSON-LD items from 0.

    >>> tree = LexborHTMLParser("<html lang=en><title>Rain</title><meta property=og:type content=article>")
    >>> [(statement.key, statement.value) for statement in read_statements(tree)]
    [('title', 'Rain'), ('lang', 'en'), ('og:type', 'article')]
    """
    return tuple(_statements(tree))


def _statements(tree: LexborHTMLParser) -> Iterator[Statement]:
    title = tree.css_first("head > title") or tree.css_first("body title")
    if title is not None and title.text().strip():
        yield Statement("meta", "title", title.text()[:MAX_VALUE])
    root = tree.root
    language = root.attributes.get("lang") or root.attributes.get("xml:lang") if root is not None else None
    if language:
        yield Statement("html_attribute", "lang", language)
    # One search of the tree instead of one a tag; an element that two selectors fit would be found twice.
    found: dict[str, list[dict[str, str | None]]] = {"meta": [], "link": []}
    scripts: list[LexborNode] = []
    for node in tree.css("meta[content], link[rel][href], script"):
        tag = node.tag or ""
        scripts.append(node) if tag == "script" else found[tag].append(node.attributes)
    yield from chain.from_iterable(map(_meta, found["meta"]))
    yield from chain.from_iterable(map(_link, found["link"]))
    yield from _scripts(scripts)


def _meta(attributes: dict[str, str | None]) -> Iterator[Statement]:
    value = attributes.get("content") or ""
    if len(value) > MAX_VALUE or not value.strip():
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        key = (attributes.get(attribute) or "").strip()
        if key and not key.lower().startswith(_SILENT_META):
            yield Statement("meta", key, value)


def _link(attributes: dict[str, str | None]) -> Iterator[Statement]:
    rels = (attributes.get("rel") or "").lower().split()
    if _LINKS.isdisjoint(rels):
        return
    language = attributes.get("hreflang")
    for rel in rels:
        if rel in _LINKS and (rel != "alternate" or language):
            key = f"alternate.{language}" if rel == "alternate" else rel
            yield Statement("link", key, (attributes.get("href") or "")[:MAX_VALUE])


def _scripts(nodes: Iterable[LexborNode]) -> Iterator[Statement]:
    item = 0
    state = None
    for node in nodes:
        attributes = node.attributes
        if state is None and attributes.get("id") == "__NEXT_DATA__":
            state = node.text()
        if "ld+json" not in (attributes.get("type") or "").lower():
            continue
        for pairs in read_json_ld(node.text()):
            for key, value in pairs:
                yield Statement("json_ld", key, value, item)
            item += 1
    if state is not None and 0 < len(state) <= MAX_STATE:
        yield Statement("html_attribute", "__NEXT_DATA__", state)


def read_marks(marks: Sequence[Mark], texts: Sequence[str], owners: Sequence[int | None]) -> tuple[Statement, ...]:
    """Statements of single elements: time tags (source `time_tag`), microdata and author links (`html_attribute`).

    The key is the itemprop (`author.name` inside an `author` item), else `pubdate`, the element's classes,
    or its tag; the value is the attribute made for machines, else the text. `block_no` is the block that
    holds the element's first words.
    """
    return tuple(statement for mark in marks for statement in _mark(mark, texts, owners))


def _mark(mark: Mark, texts: Sequence[str], owners: Sequence[int | None]) -> Iterator[Statement]:
    attributes = mark.attributes
    inside = range(mark.first, max(mark.end, mark.first))
    text = " ".join(" ".join(texts[number] for number in inside[:MAX_MARK_TEXTS]).split())
    block_no = next((owners[number] for number in inside[:1]), None)
    is_time = mark.tag == "time" or "datetime" in attributes
    stated: Any = attributes.get("datetime") or attributes.get("content")
    value = stated or (text if len(text) <= MAX_MARK_CHARS else "")
    if not value.strip():
        return
    source = "time_tag" if is_time else "html_attribute"
    for prop in (attributes.get("itemprop") or "").split():
        yield Statement(source, f"{mark.item}.{prop}" if mark.item else prop, value, 0, block_no)
    if is_time and not attributes.get("itemprop"):
        key = "pubdate" if "pubdate" in attributes else attributes.get("class") or mark.tag
        yield Statement(source, key, value, 0, block_no)
    elif "author" in (attributes.get("rel") or "").lower().split():
        yield Statement(source, "rel=author", value, 0, block_no)
