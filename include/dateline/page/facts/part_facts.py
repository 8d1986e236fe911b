"""Facts of each article of a page that holds several: what the markup says of the page is said of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import Article, Block, Statement
from ..arrange.parts import Division, Part, shares_words
from ..flatten.stated import SUMMARY_KEYS
from ._outlet import find_outlet
from ._outlet_witnesses import STATED_KEYS
from ._title import strip_marks
from .gather_facts import gather_facts

SHARED_KEYS = frozenset({*STATED_KEYS, "lang", "og:locale", "content-language", "inlanguage", "language"})
"""Statements that hold for every article of a page: who publishes it, and in which language."""


def gather_part_facts(
    blocks: Sequence[Block], statements: Sequence[Statement], url: str | None, division: Division
) -> tuple[Article, ...]:
    """The articles of a divided page in the order of their numbers.

    Title, writers, agency and dateline are of the part's own lines. A page of briefs speaks for each of its items:
    they have its writers, and its title where none stands above them. Of other pages the markup and the lines
    outside all parts speak for the article that the page is about, and for no other.
    """
    outlet = find_outlet(blocks, statements, url)
    parts = sorted(division.parts, key=lambda part: part.part_no)
    return tuple(_gather(blocks, statements, url, division, part, outlet) for part in parts)


def _gather(
    blocks: Sequence[Block],
    statements: Sequence[Statement],
    url: str | None,
    division: Division,
    part: Part,
    outlet: str | None,
) -> Article:
    is_brief = division.kind == "briefs"
    own = blocks[part.first : part.last + 1]
    if is_brief:
        taken = {no for other in division.parts for no in range(other.first, other.last + 1)}
        seen = [b for b in blocks if b.block_no not in taken or part.first <= b.block_no <= part.last]
        said = [s for s in statements if s.key.lower() not in SUMMARY_KEYS]
    elif part.part_no == 0 and division.is_about:
        others = {no for other in division.parts if other != part for no in range(other.first, other.last + 1)}
        seen = [b for b in blocks if b.block_no not in others]
        said = list(statements)
    else:
        seen, said = list(own), [s for s in statements if s.key.lower() in SHARED_KEYS]
    # Readers of bylines look a block up by its number.
    seen = [block._replace(block_no=no) for no, block in enumerate(seen)]
    kind = "briefs" if is_brief else "article"
    article = gather_facts(seen, said, url, kind, part_no=part.part_no, outlet=outlet)
    if part.head is None:
        return article
    # The page's title is a part's own only where it says the same as its headline.
    headline = strip_marks(blocks[part.head].text)
    is_own = not is_brief and shares_words(headline, article.title or "")
    return article if is_own else replace(article, title=headline)
