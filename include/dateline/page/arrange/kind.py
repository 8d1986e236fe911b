"""What kind of page it is, or why it holds no article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_letters
from urllib.parse import urlsplit

import re2

from ...model import Block, Rejection, Statement
from ...schema.outcomes import TEXT_ROLES
from ..flatten.stated import stated_title, stated_values
from ..wording.text_columns import count_seen_words
from ._part_signs import is_filed
from ._walls import find_wall

WALL_WORDS = 120
"""Pages with more words of article text than this hold an article, whatever wall stands in front of it."""
MIN_WORDS = 25
"""Fewer words of text than this are no article: a brief has some forty."""
TEASER_WORDS = 150
BRIEFS = 3
"""So many paragraphs filed from places of their own are separate items."""

_ARTICLE_TYPES = (
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "blogposting",
    "analysisnewsarticle",
    "opinionnewsarticle",
)
_CLOCK = re2.compile(r"^\W*(?:\d{1,2}[:.]\d{2}|\d+ ?(?:min|minutes|hours?|h) ago)")
_OPENS_WITH_DIGIT = re.compile("[^0-9A-Za-z_]*+[0-9]")
_SPEAKER = re2.compile(r"^(?:[\p{Lu}][\p{Lu}.,'’-]+ ?){1,5}(?:\([^)]{1,30}\))?:|^[QA]:\s|^Q\.\s")
_CUT = re2.compile(
    r"(?i)(?:subscribe|sign in|log in|register|subscribers? only|to continue reading|read the full|rest of this)"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """Either `page_kind` (of `schema.outcomes.PAGE_KINDS`) or `rejection`; `reason` says why."""

    page_kind: str | None
    reason: str
    rejection: Rejection | None = None


def decide_kind(
    blocks: Sequence[Block], statements: Sequence[Statement], url: str | None, http_status: int | None = None
) -> Kind:
    """Decide from the blocks' roles, what the markup states, the URL and the stored HTTP status.

    >>> decide_kind([Block(0, "404 Not Found"), Block(1, "nginx")], (), None).rejection.outcome
    'error_page'
    """
    if not any(b.text.strip() for b in blocks):
        return _reject("empty", "no text on the page", None)
    text = [b for b in blocks if b.kept and b.role in TEXT_ROLES]
    n_words = sum(count_seen_words(b.text) for b in text)
    if n_words < WALL_WORDS:
        if http_status is not None and http_status >= 400:
            reason = f"stored with HTTP status {http_status}"
            return _reject("error_page", reason, blocks[0].text[:120], "fetch_again")
        wall = find_wall(blocks, statements, n_words >= MIN_WORDS)
        if wall:
            return _reject(wall.outcome, wall.reason, wall.detail, "fetch_again")
    if n_words < MIN_WORDS or _is_front(blocks, statements, url, n_words):
        return _not_article(blocks, statements, url, n_words)
    return _article_kind(blocks, text, statements, url, n_words)


def _reject(outcome: str, reason: str, detail: str | None, hint: str = "none") -> Kind:
    return Kind(None, reason, Rejection(outcome, reason, "kind", detail, hint))


def _not_article(blocks: Sequence[Block], statements: Sequence[Statement], url: str | None, n_words: int) -> Kind:
    title = (stated_title(statements) or "").casefold()
    path = urlsplit(url or "").path.strip("/").casefold()
    query = urlsplit(url or "").query
    links = sum(b.role in ("related", "navigation") for b in blocks)
    forms = sum("form" in (b.dom_path or "").split("/") for b in blocks)
    if "search result" in title or path.split("/")[-1] == "search" or query.startswith(("q=", "s=", "query=")):
        reason = "search"
    elif forms > len(blocks) / 2:
        reason = "form"
    elif path == "" or sum(b.role == "related" for b in blocks) >= 8:
        reason = "section_front"
    else:
        reason = "index"
    return _reject("not_article", reason, f"{n_words} words of text, {links} links among {len(blocks)} blocks")


def _is_front(blocks: Sequence[Block], statements: Sequence[Statement], url: str | None, n_words: int) -> bool:
    """Teasers read like paragraphs; a front is one where they stand alone, each beside a linked headline."""
    types = {v.casefold() for v in stated_values(statements, "@type")}
    if types.intersection(_ARTICLE_TYPES) or "article" in stated_values(statements, "og:type"):
        return False
    roles = [b.role for b in blocks]
    is_text = [role in TEXT_ROLES for role in roles]
    n_text, n_related = sum(is_text), roles.count("related")
    if n_related < min(8, n_text):
        return False
    alone = sum(
        now and not above and not below
        for now, above, below in zip(is_text, [False, *is_text], [*is_text[1:], False], strict=False)
    )
    is_root = url is not None and urlsplit(url).path.strip("/") in ("", "index.html", "home", "news", "world")
    # An article may state the home page as its canonical address; its paragraphs still stand together.
    is_root = is_root and 2 * alone >= n_text
    return (is_root and n_related >= 8) or (n_text >= 3 and alone >= 0.8 * n_text and n_related >= n_text)


def _article_kind(
    blocks: Sequence[Block], text: Sequence[Block], statements: Sequence[Statement], url: str | None, n_words: int
) -> Kind:
    types = {v.casefold() for v in stated_values(statements, "@type")}
    og_type = next(iter(stated_values(statements, "og:type")), "").casefold()
    path = urlsplit(url or "").path.casefold()
    captions = [count_seen_words(b.text) for b in blocks if b.role == "caption" and b.kept]
    inside = [b.text for b in blocks if b.layer != "shell" and b.text[:1] not in ascii_letters]
    clocks = sum(len(line) < 200 and _opens_with_time(line) for line in inside)
    speakers = sum(_names_speaker(b.text) for b in text)
    n_paragraphs = sum(b.role != "heading" for b in text)
    if "liveblogposting" in types or ("/live/" in path and clocks >= 4) or clocks >= max(8, n_paragraphs / 3):
        return Kind("live_blog", "a live blog by its markup, or by its many time-stamped entries")
    if n_words < 100 and (og_type.startswith("video") or "/video/" in path or types == {"videoobject"}):
        return Kind("video", "a video by its markup or URL, with a short text")
    pictures = len(captions) >= 5 and len(captions) > len(text) and sum(captions) > n_words
    if types & {"imagegallery", "mediagallery"} or pictures:
        return Kind("gallery", "more in captions than in paragraphs, or a gallery by its markup")
    if "/transcript" in path or (speakers >= 8 and speakers > len(text) / 3):
        return Kind("transcript", "speakers' names open many paragraphs")
    filed = sum(is_filed(b.text) for b in text)
    if filed >= BRIEFS and 2 * filed >= len(text):
        return Kind("briefs", f"{filed} of {len(text)} paragraphs open with a dateline of their own")
    locked = "false" in [v.casefold() for v in stated_values(statements, "isAccessibleForFree")]
    cut = text[-1].text.rstrip().endswith(("...", "…")) and any(_CUT.search(b.text) for b in blocks if not b.kept)
    if n_words < TEASER_WORDS and (locked or cut):
        return Kind(
            "teaser", "a short text before a wall" if locked else "the text breaks off before a call to sign in"
        )
    return Kind("article", f"{n_words} words of article text")


def _opens_with_time(text: str) -> bool:
    # Few blocks begin with a digit, and no other needs the pattern.
    return _OPENS_WITH_DIGIT.match(text) is not None and _CLOCK.search(text) is not None


def _names_speaker(text: str) -> bool:
    # Most paragraphs have a small letter after their first, and need no pattern.
    return not text[1:2].islower() and (":" in text or text[:1] == "Q") and _SPEAKER.search(text) is not None
