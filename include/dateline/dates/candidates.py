"""Gathers everything on a page that speaks about the day of publication, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model import Article, Capture, Page
from ._candidate import Candidate
from ._feed import feed_candidates
from ._header_lines import line_candidates, time_tag_candidates
from ._part_view import own_lines, speaks_for_all, without_others
from ._soft_signs import capture_candidates, era_candidates, text_candidates
from ._statements import script_candidates, statement_candidates, url_candidates


def collect_candidates(page: Page, part_no: int, capture: Capture, outlet_zone: str | None) -> tuple[Candidate, ...]:
    """All signs for one part of a page: markup, address, feed, lines, text, shell, capture, in this order.

    Of a page with several articles, each further one is dated by its own lines. Markup, address, feed and the lines
    around the articles speak for the first, and for all of them only where they are briefs under one headline.
    """
    article = next((a for a in page.articles if a.part_no == part_no), None)
    language = article.language if article else None
    found: list[Candidate] = []
    if part_no:
        found += _own_candidates(page, part_no, language)
        if speaks_for_all(page) and not any(candidate.is_published for candidate in found):
            found = [_for_all(c) for c in _page_candidates(page, part_no, article, capture, language)]
    else:
        found += _page_candidates(page, part_no, article, capture, language)
    found += era_candidates(page)
    found += capture_candidates(capture, outlet_zone)
    return tuple(found)


def _page_candidates(
    page: Page, part_no: int, article: Article | None, capture: Capture, language: str | None
) -> Iterator[Candidate]:
    """Signs of markup, address, feed, and of all lines that are no other article's."""
    view = without_others(page, part_no)
    yield from statement_candidates(view, language, _title(page, article))
    yield from url_candidates(view, capture)
    yield from feed_candidates(capture, language)
    yield from time_tag_candidates(view, language)
    yield from line_candidates(view, part_no, language)
    # Scripts are long, and what they say of the page they say of its first article.
    if part_no == 0 and page.media_type != "text/plain":
        yield from script_candidates(page.raw, language)
    yield from text_candidates(view, part_no, language)


def _own_candidates(page: Page, part_no: int, language: str | None) -> list[Candidate]:
    view = own_lines(page, part_no)
    return [
        *time_tag_candidates(view, language),
        *line_candidates(view, part_no, language),
        *text_candidates(view, part_no, language),
    ]


def _for_all(candidate: Candidate) -> Candidate:
    if not candidate.is_published:
        return candidate
    return replace(candidate, note=f"{candidate.note}; said of all articles of the page")


def _title(page: Page, article: Article | None) -> str | None:
    if article and article.title:
        return article.title
    return next((b.text for b in page.blocks if b.role == "headline"), None)
