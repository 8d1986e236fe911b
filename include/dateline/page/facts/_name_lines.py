"""The writer's name where no word such as By stands before it: a line of its own near the headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial

from ...identity import fold
from ...model import Block
from ...schema.outcomes import TEXT_ROLES
from ..wording.lexicon import phrase_kind
from ..wording.persons import find_persons, find_roles

ABOVE = 4
"""A line of name and date stands at most so many blocks above the headline."""
BELOW = 3
"""A name that only its shape speaks for stands at most so many blocks below the headline."""
BESIDE = 2
LINE_CHARS = 80
LINE_TAGS = ("/p", "/div", "/span", "/address", "/font", "/td")
"""Elements that lines stand in; items of lists and cross headings look like names too often."""
_WORD = re.compile(r"[^\W\d_]+")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[/.]\d{1,2}[/.]\d\d\b")


def small_words(blocks: Sequence[Block]) -> frozenset[str]:
    """Words that stand in small letters somewhere on a page.

    >>> sorted(small_words([Block(0, "The daily rain"), Block(1, "Ann planned")]))
    ['daily', 'planned', 'rain']
    """
    return frozenset(word for block in blocks for word in _WORD.findall(block.text) if word[0].islower())


def is_all_names(name: str, small: frozenset[str]) -> bool:
    """Whether no word of a name stands in small letters on its page: what a name is made of has capitals throughout.

    >>> is_all_names("Ann Doe", frozenset({"daily"})), is_all_names("Harbour Daily", frozenset({"daily"}))
    (True, False)
    """
    return small.isdisjoint(_WORD.findall(name.casefold()))


def find_name_line(blocks: Sequence[Block], own: str) -> tuple[str, ...]:
    """Names of persons that a line by itself gives, between a little above the headline and the first paragraph.

    A line counts where it is a byline, holds a date, stands beside the line of the date, comes back below the text
    as the label of the author's box, or stands right under the headline or right above the text. Labels of sections
    look like names, so no word of a name may occur in small letters on the page. `own` is the outlet's folded name.

    >>> text = "Rain fell on the harbour and on the town, and the people of the town stayed at home all day."
    >>> page = [Block(0, "River floods town", "headline", "article"), Block(1, "Ann Doe", dom_path="body/p"),
    ...         Block(2, text, "body", "article", kept=True, text_start=0)]
    >>> find_name_line(page, ""), find_name_line([page[0], Block(1, "Town Harbour", dom_path="body/p"), page[2]], "")
    (('Ann Doe',), ())
    """
    head = next((b.block_no for b in blocks if b.role == "headline"), None)
    if head is None:
        return ()
    first = _first_paragraph(blocks, head)
    # Hardly any page has a line that needs them, and a hostile one may have thousands.
    small = cache(partial(small_words, blocks))
    times = Counter(b.text for b in blocks if len(b.text) <= LINE_CHARS)
    dates = {b.block_no for b in blocks[max(0, head - ABOVE) : first] if b.role == "byline"}
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for block in blocks[max(0, head - ABOVE) : first]:
        names = _names_of(block, own, small) if block.block_no != head else ()
        rank = _rank(block, head, first, dates, times[block.text]) if names else 0
        if rank:
            found.append((rank, block.block_no, names))
    return min(found)[2] if found else ()


def _rank(block: Block, head: int, first: int, dates: set[int], times: int) -> int:
    """How surely a line of a name is the byline, 1 surest; 0 where nothing but its shape says so."""
    no = block.block_no
    if no in dates and no > head:
        return 1
    # Above the headline stand menus too; only a date on the same side of it speaks for a line there.
    beside = {line for line in dates if abs(line - no) <= BESIDE and (no > head or line < head)}
    if beside or _DATED.search(block.text):
        return 2
    if no > head and times > 1:
        return 3
    is_line = (block.dom_path or "").endswith(LINE_TAGS)
    return 4 if (head < no <= head + BELOW or head < no == first - 1) and is_line else 0


def _names_of(block: Block, own: str, small: Callable[[], frozenset[str]]) -> tuple[str, ...]:
    """Names of a line that has a name first, and besides it a date, a job or the outlet at most."""
    text = block.text
    if len(text) > LINE_CHARS or block.role in ("caption", "dateline") or phrase_kind(text) or find_roles(text):
        return ()
    if "nav" in (block.dom_path or "").split("/"):
        return ()
    names = [name for name in find_persons(text) if not own or f" {own} " not in f" {fold(name)} "]
    right = all(1 < len(n.split()) <= 4 and phrase_kind(n) is None and is_all_names(n, small()) for n in names)
    is_alone = sum(len(n) for n in names) >= 0.8 * len(text) - 4
    has_more = bool(_DATED.search(text)) or "|" in text or "," in text
    return tuple(names) if names and right and (is_alone or has_more) else ()


def _first_paragraph(blocks: Sequence[Block], head: int) -> int:
    """Number of the first block of text that is more than a line: a name may have been taken for a heading."""
    for block in blocks[head + 1 :]:
        if block.kept and block.role in TEXT_ROLES and len(block.text) > LINE_CHARS:
            return block.block_no
    return head + 1
