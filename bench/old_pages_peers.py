"""What other readers make of pages, as JSON lines: `python bench/old_pages_peers.py PAGES.jsonl PEER > OUT.jsonl`.

Stands alone, so that any interpreter that has a peer installed can run it. A line of PAGES holds `id` and `html`,
decoded as the page's author meant it: a peer is never blamed for a charset. The first line of OUT holds the peer's
`version`, each other one what it makes of a page. Exits with 3 where the peer is missing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

Prediction = dict[str, Any]
Read = Callable[[str], Prediction]


def _trafilatura(favor_precision: bool = False) -> Read:
    from trafilatura import bare_extraction

    def read(html: str) -> Prediction:
        found: Any = bare_extraction(html, with_metadata=True, include_comments=False, favor_precision=favor_precision)
        if found is None:
            return {}
        authors = [name for name in (found.author or "").split("; ") if name]
        return {"text": found.text, "title": found.title, "authors": authors, "published": found.date}

    return read


def _readability() -> Read:
    from lxml.html import fromstring
    from readability import Document

    def read(html: str) -> Prediction:
        document = Document(html)
        body = fromstring(document.summary())
        for element in body.iter("p", "br", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "pre"):
            element.tail = "\n" + (element.tail or "")
        author = document.author()
        authors = [author] if author and author != "[no-author]" else []
        return {"text": body.text_content(), "title": document.short_title(), "authors": authors}

    return read


def _newspaper() -> Read:
    from newspaper import Article

    def read(html: str) -> Prediction:
        article = Article("http://old-pages.example/story.html", fetch_images=False, language="en")
        article.download(input_html=html)
        article.parse()
        day = article.publish_date
        return {
            "text": article.text,
            "title": article.title,
            "authors": list(article.authors),
            "published": day.isoformat()[:10] if day else None,
        }

    return read


def _goose() -> Read:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def read(html: str) -> Prediction:
        found = goose.extract(raw_html=html)
        return {
            "text": found.cleaned_text,
            "title": found.title,
            "authors": list(found.authors or []),
            "published": (found.publish_date or "").replace("/", "-"),
        }

    return read


def _resiliparse() -> Read:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def read(html: str) -> Prediction:
        tree = HTMLTree.parse(html)
        return {"text": extract_plain_text(tree, main_content=True), "title": tree.title}

    return read


def _justext() -> Read:
    from justext import get_stoplist, justext

    words = get_stoplist("English")

    def read(html: str) -> Prediction:
        return {"text": "\n\n".join(p.text for p in justext(html, words) if not p.is_boilerplate)}

    return read


def _boilerpy() -> Read:
    from boilerpy3.extractors import ArticleExtractor

    def read(html: str) -> Prediction:
        found = ArticleExtractor(raise_on_failure=False).get_doc(html)
        return {"text": found.content, "title": found.title}

    return read


PEERS: dict[str, tuple[str, Callable[[], Read]]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "trafilatura precision": ("trafilatura", lambda: _trafilatura(favor_precision=True)),
    "readability-lxml": ("readability-lxml", _readability),
    "newspaper4k": ("newspaper4k", _newspaper),
    "goose3": ("goose3", _goose),
    "resiliparse": ("resiliparse", _resiliparse),
    "jusText": ("justext", _justext),
    "boilerpy3": ("boilerpy3", _boilerpy),
}
"""Each peer by name: its distribution, and what makes its reading function."""

MISSING = 3


def main(pages: str, peer: str) -> int:
    """Read all pages with one peer; a page that makes it fail counts as empty and is named on stderr."""
    try:
        distribution, make = PEERS[peer]
        read, version = make(), metadata.version(distribution)
    except ImportError as error:
        print(error, file=sys.stderr)
        return MISSING
    print(json.dumps({"version": version}))
    for line in Path(pages).read_text("utf-8").splitlines():
        page = json.loads(line)
        try:
            found = read(page["html"])
        except Exception as error:
            print(f"{peer} failed on {page['id']}: {error!r}", file=sys.stderr)
            found = {}
        print(json.dumps({"id": page["id"], **found}, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
