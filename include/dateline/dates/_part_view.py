"""What speaks about one article of a page that holds several: its own blocks, and what the page says for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model import Block, Page

BRIEFS = "briefs"
"""Page kind of items that stand under one headline and date."""
HEAD_REACH = 8
"""Blocks above its first paragraph in which the lines of the first part stand."""


def without_others(page: Page, part_no: int) -> Page:
    """The page without the blocks and time tags of its other articles; the page itself where it has one.

    >>> page = Page("", "text/plain", None, None, blocks=(Block(0, "One"), Block(1, "Two", part_no=1)))
    >>> without_others(page, 0) is page
    True
    """
    if len(page.articles) < 2:
        return page
    first, last = _first_part(page)
    blocks = [b for b in page.blocks if b.part_no == part_no or (not b.part_no and not first <= b.block_no <= last)]
    return _with_blocks(page, blocks)


def own_lines(page: Page, part_no: int) -> Page:
    """The page with nothing but one further part's own blocks and their time tags."""
    return _with_blocks(page, [block for block in page.blocks if block.part_no == part_no])


def speaks_for_all(page: Page) -> bool:
    """Whether the page as a whole may date each of its parts: briefs under one headline."""
    return any(article.page_kind == BRIEFS for article in page.articles)


def _first_part(page: Page) -> tuple[int, int]:
    """First and last block of part 0: its text with the lines of its head, up to where another part begins.

    The blocks around all parts have the number 0 too.
    """
    text = [b.block_no for b in page.blocks if b.part_no == 0 and b.text_start is not None]
    if not text:
        return len(page.blocks), -1
    heads = [b.block_no for b in page.blocks if b.part_no == 0 and b.role == "headline" and b.block_no < text[0]]
    is_brief = speaks_for_all(page)
    first = text[0]
    if heads and text[0] - heads[-1] <= HEAD_REACH and not (is_brief and len(heads) == 1):
        first = heads[-1]
    others = (b.block_no for b in page.blocks if b.part_no)
    return first, next((no - 1 for no in others if no > text[-1]), text[-1])


def _with_blocks(page: Page, blocks: Iterable[Block]) -> Page:
    kept = tuple(blocks)
    numbers = {block.block_no for block in kept}
    statements = tuple(s for s in page.statements if s.source != "time_tag" or s.block_no in numbers)
    return replace(page, blocks=kept, statements=statements)
