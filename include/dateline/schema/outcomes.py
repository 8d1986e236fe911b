"""The closed lists: outcomes of captures, kinds of pages, roles and layers of blocks.

They are closed so that counts add up: a value outside them is refused before anything is published.
"""

from __future__ import annotations

ARTICLE = "article"
WITHDRAWN = "withdrawn"

REJECTED_OUTCOMES: dict[str, str] = {
    "not_article": "a page that holds no article; reason gives its kind (section_front, index, search, form)",
    "consent_wall": "a cookie or consent page stands where the article should be",
    "bot_wall": "a page that asks for proof of being human",
    "error_page": "an error message of the site with status 200, or a stored error status",
    "empty": "no bytes, or no text at all",
    "unsupported": "a media type or binary content that is not read",
    "undecodable": "bytes that no character set explains",
    "too_big": "larger than the size that settings allow",
    "truncated": "the stored bytes end early",
    "broken": "reading failed; detail says where",
}

BYTELESS_OUTCOMES: dict[str, str] = {
    "not_modified": "the server or archive says that the page is the one already stored",
    "robots_denied": "robots.txt forbids the fetch",
    "host_paused": "the host asked for a pause",
    "gone": "the server says 404 or 410",
    "http_error": "another HTTP status without a page",
    "timeout": "no answer in time, or the connection broke",
}

OUTCOMES: dict[str, str] = {
    ARTICLE: "at least one article was read",
    **REJECTED_OUTCOMES,
    **BYTELESS_OUTCOMES,
    WITHDRAWN: "no longer listed by its source; kept in raw, out of the tables",
}

REQUEUE_HINTS: dict[str, str] = {
    "fetch_again": "capture it again: its bytes can't be read",
    "raise_limit": "raise DATELINE_MAX_BYTES, then ingest its day again",
    "none": "nothing: no article to be had",
}
"""What rejected.requeue_hint asks for, in words."""

FETCH_AGAIN: dict[str, str] = {
    "bot_wall": "capture it again with a browser, or take it from an archive",
    "consent_wall": "capture it again after consenting, or take it from an archive",
    "error_page": "capture it again later, or take it from an archive",
    "empty": "capture it again: no text came",
    "truncated": "capture it again: the bytes end early",
}
"""What the hint fetch_again means for these outcomes; for the others it is what REQUEUE_HINTS has."""

PAGE_KINDS: dict[str, str] = {
    "article": "one story",
    "live_blog": "time-stamped entries that grow",
    "gallery": "pictures with captions",
    "video": "a player with a short text",
    "transcript": "spoken words with speakers",
    "briefs": "several short items",
    "teaser": "the beginning of a story that continues elsewhere or behind a wall",
}

REJECT_KINDS: tuple[str, ...] = ("section_front", "index", "search", "form")

ROLES: dict[str, str] = {
    "headline": "the title of the article",
    "standfirst": "the summary under the title",
    "byline": "who wrote it, when and for whom: byline, source and editor lines",
    "dateline": "place, date or agency on a line of their own before the text",
    "body": "a paragraph of the article",
    "heading": "a heading inside the body",
    "list": "an item of a list inside the body",
    "quote": "a block quotation inside the body",
    "caption": "text under or about a picture",
    "credit": "who made a picture",
    "embed": "a post, player or widget of another site",
    "table": "cells of a table inside the body",
    "related": "headlines and teasers of other stories",
    "navigation": "menus, section names, breadcrumbs, skip links",
    "boilerplate": "notices, footers, sharing and subscription lines",
    "comment": "what readers wrote",
}

TEXT_ROLES: frozenset[str] = frozenset({"body", "heading", "list", "quote", "table"})
"""Roles whose blocks make up articles.text."""

READ_ROLES: frozenset[str] = TEXT_ROLES | {"headline", "standfirst", "caption"}
"""Roles in which names, dates and quotations are looked for; byline, dateline and credit lines give facts instead."""

LAYERS: dict[str, str] = {
    "article": "belongs to the article itself",
    "rail": "headlines of other stories beside or below it",
    "shell": "masthead, banner strip, navigation, footer",
    "archive_tool": "what an archive put on top of the page",
    "unknown": "nothing tells",
}

DAMAGED_IN_RAW = "damaged_in_raw"
"""Reason of a `broken` capture whose stored bytes are missing or altered; it is read again once they are whole."""
