"""Facts about an article from its markup and its blocks: title, authors, outlet, language, section, dateline."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Article, Block, Statement
from ..arrange.layers import join_text
from ..flatten.stated import stated_summary, stated_values
from ..wording.dateline import DatelineFound, find_dateline, find_opening_agency
from ..wording.measure import count_words
from ._agency import find_agency
from ._authors import find_author_roles, find_authors
from ._language import find_language
from ._outlet import find_outlet
from ._title import find_title

GENRES = {
    "opinion": "opinion", "op-ed": "opinion", "editorial": "opinion", "comment": "opinion", "commentary": "opinion",
    "column": "opinion", "columnists": "opinion", "analysis": "analysis", "review": "review", "interview": "interview",
    "obituary": "obituary", "obituaries": "obituary",
}  # fmt: skip
GENRE_TYPES = {"opinionnewsarticle": "opinion", "analysisnewsarticle": "analysis", "reviewnewsarticle": "review"}

LEAD_PARAGRAPHS = 2
"""A standfirst or a note may stand before the paragraph that the dateline opens."""


def gather_facts(
    blocks: Sequence[Block],
    statements: Sequence[Statement],
    url: str | None,
    page_kind: str,
    *,
    part_no: int = 0,
    outlet: str | None = None,
) -> Article:
    """The article of a page, or of one part of it, from blocks with roles and layers.

    `outlet` is found here unless it is known already.

    >>> blocks = [Block(0, "River floods town", role="headline", layer="article", kept=True),
    ...           Block(1, "RIVERMOUTH (AP) -- It rained.", role="body", kept=True, text_start=0, text_end=29)]
    >>> article = gather_facts(blocks, (), None, "article")
    >>> article.title, article.agency, article.dateline_place, article.n_words
    ('River floods town', 'Associated Press', 'Rivermouth', 5)
    """
    text = join_text(blocks)
    outlet = outlet or find_outlet(blocks, statements, url)
    # In a transcript a speaker's name opens a paragraph where elsewhere a place would.
    line = None if page_kind == "transcript" else _find_line(blocks)
    return Article(
        part_no=part_no,
        page_kind=page_kind,
        title=find_title(blocks, statements, outlet),
        text=text,
        outlet=outlet,
        standfirst=_find_standfirst(blocks, statements, text),
        language=find_language(text, statements),
        section=_find_section(statements),
        genre=_find_genre(statements),
        authors=find_authors(blocks, statements, outlet),
        author_roles=find_author_roles(blocks, statements),
        agency=find_agency(blocks, statements, line.agency if line else _opening_agency(blocks), outlet),
        dateline_text=line.text if line else None,
        dateline_place=line.place if line else None,
        is_free=_is_free(statements),
        n_words=count_words(text),
    )


def _find_line(blocks: Sequence[Block]) -> DatelineFound | None:
    """The dateline that opens one of the first paragraphs, or stands in a block of its own."""
    alone = [b.text + " -- X" for b in blocks if b.role == "dateline"]
    return next((line for text in (*_lead(blocks), *alone) if (line := find_dateline(text))), None)


def _opening_agency(blocks: Sequence[Block]) -> str | None:
    return next((agency for text in _lead(blocks) if (agency := find_opening_agency(text))), None)


def _lead(blocks: Sequence[Block]) -> list[str]:
    return [b.text for b in blocks if b.text_start is not None and b.role == "body"][:LEAD_PARAGRAPHS]


def _find_standfirst(blocks: Sequence[Block], statements: Sequence[Statement], text: str) -> str | None:
    printed = [b.text for b in blocks if b.role == "standfirst" and b.layer == "article"]
    if printed:
        return "\n".join(printed)
    summary = stated_summary(statements)
    # A summary that only repeats the first paragraph was never printed as a standfirst.
    return summary if summary and summary[:60] not in text and not summary.endswith(("...", "…")) else None


def _find_section(statements: Sequence[Statement]) -> str | None:
    values = stated_values(statements, "article:section", "articleSection", "parsely-section", "section")
    return next((v for v in values if len(v) < 60), None)


def _find_genre(statements: Sequence[Statement]) -> str | None:
    for value in stated_values(statements, "@type"):
        if value.casefold() in GENRE_TYPES:
            return GENRE_TYPES[value.casefold()]
    for value in stated_values(statements, "genre", "article:section", "articleSection", "article:opinion"):
        if value.casefold() in GENRES:
            return GENRES[value.casefold()]
    return None


def _is_free(statements: Sequence[Statement]) -> bool | None:
    values = {v.casefold() for v in stated_values(statements, "isAccessibleForFree", "article:content_tier")}
    if values & {"false", "locked", "metered"}:
        return False
    return True if values & {"true", "free"} else None
