"""What flattening yields: runs of text with their place in the raw page and in the markup, not yet judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ...model import Statement


class RawBlock(NamedTuple):
    """A run of text between two block boundaries.

    `text` has entities decoded and white space folded; `raw_start`/`raw_end` bound it in the decoded raw
    page, or `raw_reason` says why they are unknown. The markup fields are empty in plain text:
    `tag` is the nearest block tag, `path` the tags from the root (`body/div/p`), `classes` the words of
    class and id attributes from the block outward (nearest first, lower case), `semantics` the meaningful
    tags above it (article, main, aside, nav, header, footer, figure, figcaption, blockquote, form, table, li, h1 ...),
    `home` and `outer` the numbers on the page of the nearest element that holds paragraphs together, and of the next.
    """

    text: str
    raw_start: int | None = None
    raw_end: int | None = None
    raw_reason: str | None = None
    tag: str | None = None
    path: str | None = None
    classes: tuple[str, ...] = ()
    semantics: frozenset[str] = frozenset()
    link_chars: int = 0
    n_links: int = 0
    is_hidden: bool = False
    is_bullet: bool = False
    blank_lines_before: int = 0
    image_urls: tuple[str, ...] = ()
    home: int = 0
    outer: int = 0


@dataclass(frozen=True, slots=True)
class Flattened:
    """A page as blocks in reading order, with what its markup states."""

    blocks: tuple[RawBlock, ...]
    statements: tuple[Statement, ...] = ()
    is_html: bool = True
