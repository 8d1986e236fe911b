"""Articles that stand only in the data from which a script would have drawn the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from ...model import Statement
from ..wording.measure import count_words, ending
from ._page_data import Document, element_texts, read_page_data
from .flatten_html import flatten_html, is_too_deep
from .raw_block import Flattened, RawBlock

MIN_WORDS = 25
"""Words of text that a page must have to hold an article, as in `kind`."""
MIN_UNNAMED = 60
"""Words that a text needs which no key calls the body of something."""
PROSE_WORDS = 6
MAX_DEPTH = 24
MAX_NODES = 200_000
MAX_MISSES = 10
"""Texts in a row that are not found unescaped, after which the rest is not looked for."""
BODY_KEYS = re.compile(
    r"(?i)^(?:article|story|post|main|full|raw)?_?(?:body|contents?|text|html|paragraphs?|blocks)"
    r"_?(?:html|text|blocks|elements|raw|rendered)?$"
)
OTHER_KEYS = re.compile(
    r"(?i)comment|related|recommend|teaser|footer|header|consent|cookie|policy|newsletter|sidebar|menu|navigation|"
    r"translations?|messages|i18n|locale|banner|promo|advert|seo|answer|review|faq"
)
"""Parts of such data that are not the article."""
OTHER_TYPES = re.compile(
    r"(?i)image|photo|gallery|video|audio|embed|related|promo|newsletter|advert|\bad\b|iframe|tweet"
)
ITEM_KEYS = frozenset({"headline", "title", "slug", "url", "href", "link", "permalink", "body", "articleBody"})
"""An item with one of these is another story, not a paragraph of this one."""
TITLE_KEYS = ("headline", "title")
DATE_KEYS = ("datePublished", "publishedAt", "published_at", "publishDate", "datetimePublished", "firstPublished",
             "dateModified")  # fmt: skip
INNER_KEYS = ("text", "content", "value", "html", "children", "data", "paragraph", "nodes", "rendered")
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    """A text in the data: its paragraphs as markup, where it stands, and the objects around it, nearest first."""

    where: str
    start: int
    path: Path
    markup: str
    n_words: int
    around: tuple[dict[str, Any], ...]


def read_hydration(raw: str) -> Flattened | None:
    """The article in a page's data as blocks in reading order, or None where there is none.

    For pages whose markup is an empty frame: the longest run of paragraphs under a key such as `body`, with the
    headline and date that stand beside it. Lists of other stories, comments and settings are passed over, and so are
    several bodies of one list: such a page is a front. `path` of a block says where in the data it stands. Raw offsets
    are those of the words where they stand unescaped in the page once; else `raw_reason` says why there are none.

    >>> text = 3 * "Rain fell on the harbour and on the town all day. "
    >>> state = '{"story": {"headline": "Rain falls", "body": ["%s", "It stopped at ten."]}}' % text
    >>> page = read_hydration(f'<script id="__NEXT_DATA__" type="application/json">{state}</script>')
    >>> [(block.tag, block.path) for block in page.blocks][:2]
    [('h1', 'script#__NEXT_DATA__/story/headline'), ('p', 'script#__NEXT_DATA__/story/body')]
    """
    documents = [] if is_too_deep(raw) else read_page_data(raw)
    bodies = [body for document in documents for body in _bodies(document)]
    patterns = Counter(
        (body.where, _pattern(body.path)) for body in bodies if any(isinstance(k, int) for k in body.path)
    )
    single = [body for body in bodies if patterns[(body.where, _pattern(body.path))] < 2]
    if not single:
        return None
    best = max(single, key=lambda body: body.n_words)
    metas = element_texts(documents, "meta")
    title, title_key = _title(best, documents)
    place = "/".join([best.where, *map(str, best.path)])
    title_place = "/".join([best.where, *map(str, best.path[:-1]), title_key]) if title_key else "title"
    places = _Places(raw, best.start)
    blocks = [*_blocks(places, f"<h1>{escape(title)}</h1>" if title else "", title_place)]
    blocks += _blocks(places, best.markup, place)
    return Flattened(tuple(blocks), tuple(_statements(best, metas, title)))


class _Places:
    """Where texts stand unescaped in a script, one after the other."""

    def __init__(self, raw: str, start: int) -> None:
        self.raw, self.start, self.at, self.misses = raw, start, start, 0

    def find(self, text: str) -> tuple[int, int] | None:
        """Raw span of a text at or after the last one, else anywhere in the script; None where it is escaped."""
        if self.misses >= MAX_MISSES or "&" in text:
            return None
        found = self.raw.find(text, self.at)
        found = self.raw.find(text, self.start) if found < 0 else found
        self.misses = self.misses + 1 if found < 0 else 0
        self.at = max(self.at, found + len(text)) if found >= 0 else self.at
        return (found, found + len(text)) if found >= 0 else None


def _blocks(places: _Places, markup: str, path: str) -> Iterator[RawBlock]:
    for block in flatten_html(markup).blocks if markup else ():
        start, end = places.find(block.text) or (None, None)
        reason = "escaped: the words stand in a script's data in another spelling" if start is None else None
        yield RawBlock(
            block.text, start, end, reason, tag=block.tag, path=path, classes=block.classes, semantics=block.semantics,
            link_chars=block.link_chars, n_links=block.n_links, is_hidden=block.is_hidden, is_bullet=block.is_bullet,
            image_urls=block.image_urls,
        )  # fmt: skip


def _statements(body: _Body, metas: list[dict[str, Any]], title: str | None) -> Iterator[Statement]:
    if title:
        yield Statement("meta", "title", title)
    for meta in metas:
        key, value = meta.get("property") or meta.get("name"), meta.get("content")
        if isinstance(key, str) and isinstance(value, str):
            yield Statement("meta", key, value)
    for around in body.around[:2]:
        for key in DATE_KEYS:
            if isinstance(around.get(key), str):
                yield Statement("html_attribute", key, around[key])


def _title(body: _Body, documents: list[Document]) -> tuple[str | None, str]:
    for around in body.around[:2]:
        for key in TITLE_KEYS:
            value = around.get(key)
            if isinstance(value, str) and 3 <= len(value) <= 300:
                return value, key
    drawn = [p["children"] for p in element_texts(documents, "title") if isinstance(p.get("children"), str)]
    return (drawn[0] if drawn else None), ""


def _pattern(path: Path) -> Path:
    return tuple("*" if isinstance(key, int) else key for key in path)


def _bodies(document: Document) -> Iterator[_Body]:
    """Texts of one document, each at the innermost place that holds it whole."""
    where, root, start = document
    queue: list[tuple[Any, Path, tuple[dict[str, Any], ...]]] = [(root, (), ())]
    for _ in range(MAX_NODES):
        if not queue:
            return
        value, path, around = queue.pop()
        named = [key for key in path if isinstance(key, str)]
        if len(path) > MAX_DEPTH or any(OTHER_KEYS.search(key) for key in named[-1:]):
            continue
        if isinstance(value, str | list):
            is_body = bool(named) and not isinstance(path[-1], int) and bool(BODY_KEYS.match(named[-1]))
            markup = _markup(value) if is_body or not path or isinstance(value, list) else ""
            n_words = _prose_words(markup)
            if n_words >= (MIN_WORDS if is_body else MIN_UNNAMED):
                yield _Body(where, start, path, markup, n_words, around)
                continue
        if isinstance(value, dict):
            inner = (value, *around[:3])
            queue += [(v, (*path, k), inner) for k, v in reversed(value.items()) if isinstance(v, str | list | dict)]
        elif isinstance(value, list):
            queue += [(v, (*path, n), around) for n, v in reversed([*enumerate(value)]) if isinstance(v, list | dict)]


def _markup(value: str | list[Any]) -> str:
    """Paragraphs of a text or of a list of paragraphs as markup; nothing where the list is of other things."""
    if isinstance(value, str):
        if "<p" in value or "<br" in value:
            return value
        return "".join(f"<p>{escape(line)}</p>" for line in value.split("\n") if line.strip())
    if any(isinstance(item, dict) and ITEM_KEYS & item.keys() for item in value) or value[:1] == ["$"]:
        return ""
    texts = [_inner(item, 0) for item in value if not _is_other(item)]
    return "".join(text if "<p" in text else f"<p>{text}</p>" for text in texts if text.strip())


def _is_other(item: Any) -> bool:
    kind = item.get("type") or item.get("__typename") if isinstance(item, dict) else None
    return isinstance(kind, str) and bool(OTHER_TYPES.search(kind))


def _inner(item: Any, depth: int) -> str:
    """Words of one paragraph: its text, or the texts of its parts one after the other."""
    if isinstance(item, str):
        return item if "<" in item else escape(item, quote=False)
    if depth > MAX_DEPTH:
        return ""
    if isinstance(item, dict):
        return next((text for key in INNER_KEYS if (text := _inner(item.get(key), depth + 1))), "")
    if isinstance(item, list) and item[:1] == ["$"]:
        return _inner(item[3], depth + 1) if len(item) == 4 else ""
    return "".join(_inner(part, depth + 1) for part in item) if isinstance(item, list) else ""


def _prose_words(markup: str) -> int:
    """Words of the paragraphs that are sentences."""
    paragraphs = (re.sub(r"<[^<>]*>", " ", part).strip() for part in re.split(r"</p>|<br", markup))
    return sum(n for text in paragraphs if (n := count_words(text)) >= PROSE_WORDS and ending(text) == 1)
