"""Gathers everything on a page that speaks about the day of publication, in a fixed order."""

from __future__ import annotations

from ..model import Article, Capture, Page
from ._candidate import Candidate
from ._feed import feed_candidates
from ._header_lines import line_candidates, time_tag_candidates
from ._soft_signs import capture_candidates, era_candidates, text_candidates
from ._statements import script_candidates, statement_candidates, url_candidates


def collect_candidates(page: Page, part_no: int, capture: Capture, outlet_zone: str | None) -> tuple[Candidate, ...]:
    """All signs for one part of a page: markup, address, feed, lines, text, shell, capture, in this order.

    Markup, address and feed speak for the page's first part only; of further parts they say nothing.
    """
    article = next((a for a in page.articles if a.part_no == part_no), None)
    language = article.language if article else None
    found: list[Candidate] = []
    if part_no == 0:
        found += statement_candidates(page, language, _title(page, article))
        found += url_candidates(page, capture)
        found += feed_candidates(capture, language)
        found += time_tag_candidates(page, language)
    found += line_candidates(page, part_no, language)
    if part_no == 0 and page.media_type != "text/plain":
        found += script_candidates(page.raw, language)
    found += text_candidates(page, part_no, language)
    found += era_candidates(page)
    found += capture_candidates(capture, outlet_zone)
    return tuple(found)


def _title(page: Page, article: Article | None) -> str | None:
    if article and article.title:
        return article.title
    return next((b.text for b in page.blocks if b.role == "headline"), None)
