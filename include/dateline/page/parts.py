"""More than one article on a page: briefs filed from places of their own, and whole stories one below the other.

A cut in the wrong place breaks an article in two, so a cross heading is never enough: see `_part_signs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from ..identity import fold
from ..model import Statement
from ..schema.outcomes import TEXT_ROLES
from ._byline import byline_reason
from ._headline import content_words
from ._part_signs import can_open, find_signs, is_filed
from ._stacked import find_openings
from ._stated import stated_values
from .raw_block import Flattened, RawBlock
from .roles import RoleChoice

BRIEFS = 3
"""So many paragraphs filed from places of their own are separate items."""
FOOT = 4
LIKE_TITLE = 0.5
"""Share of a headline's content words that the page's title or address has, where the page is about that article."""


@dataclass(frozen=True, slots=True)
class Part:
    """One article of several: its number, its first and last block, its headline's block, and what told it apart."""

    part_no: int
    first: int
    last: int
    head: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Division:
    """A page in parts: what they are (`briefs`, `articles`), the parts in reading order, the blocks' new roles."""

    kind: str
    parts: tuple[Part, ...]
    choices: tuple[RoleChoice, ...]

    def part_nos(self) -> tuple[int, ...]:
        """Number of the part that each block is in; 0 for the blocks of the page around them."""
        numbers = [0] * len(self.choices)
        for part in self.parts:
            numbers[part.first : part.last + 1] = [part.part_no] * (part.last + 1 - part.first)
        return tuple(numbers)


def divide(flattened: Flattened, choices: Sequence[RoleChoice], url: str | None) -> Division | None:
    """The articles of a page that holds several, or None where it holds one, as nearly all do.

    Part 0 is the one that title or address of the page speak of, else the first.

    >>> place = ("Oslo", "Riga", "Bern")
    >>> briefs = [RawBlock(f"{p.upper()} -- The river rose by two feet on Monday, and the shops closed.") for p in place]
    >>> division = divide(Flattened(tuple(briefs)), [RoleChoice("body", 0.9, "")] * 3, None)
    >>> division.kind, division.part_nos()
    ('briefs', (0, 1, 2))
    """
    blocks = flattened.blocks
    starts = _find_briefs(blocks, choices)
    kind = "briefs" if starts else "articles"
    if not starts:
        main = next((no for no, choice in enumerate(choices) if choice.role == "headline"), None)
        openings = find_openings(blocks, choices, main)
        starts = [(opening.head, opening.head, ", ".join(sorted(opening.signs))) for opening in openings]
    if len(starts) < 2:
        return None
    return _number(flattened, choices, kind, starts, url)


def _find_briefs(
    blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]
) -> list[tuple[int, int | None, str]]:
    """First block, headline and reason of each item where datelines open most paragraphs, or headed ones."""
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    filed = [no for no in text if choices[no].role == "body" and is_filed(blocks[no].text)]
    if len(filed) < BRIEFS or filed[0] > text[min(len(text) - 1, 2)]:
        return []
    inside = set(text)
    heads = {no: _head_above(blocks, choices, no) for no in filed}
    paragraphs = [no for no in text if choices[no].role != "heading" and no not in heads.values()]
    n_headed = sum(head is not None for head in heads.values())
    if 2 * len(filed) < len(paragraphs) and n_headed < len(filed):
        return []
    starts: list[tuple[int, int | None, str]] = []
    for no in filed:
        head = heads[no] if n_headed > 1 else None
        first = head if head is not None else no
        starts.append((first, head, "a dateline of its own" + (" under a heading" if head is not None else "")))
    del inside
    return starts


def _head_above(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], no: int) -> int | None:
    """The heading of an item: right above its first paragraph, or with a line of who and when between."""
    above = no - 1
    while above > 0 and no - above < 3 and (find_signs(blocks[above].text) or byline_reason(blocks[above].text)):
        above -= 1
    is_head = above >= 0 and choices[above].role != "headline" and can_open(blocks[above], choices[above])
    return above if is_head else None


def _number(
    flattened: Flattened,
    choices: Sequence[RoleChoice],
    kind: str,
    starts: Sequence[tuple[int, int | None, str]],
    url: str | None,
) -> Division | None:
    blocks = flattened.blocks
    last_text = max(no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES)
    lasts = [first - 1 for first, _, _ in starts[1:]]
    lasts.append(_extend(blocks, last_text))
    about = 0 if kind == "briefs" else _find_about(flattened, [head for _, head, _ in starts], url)
    if about and not starts[0][2]:
        # What stands above the article that the page is about needs signs of its own to be one.
        return None
    order = [about, *(at for at in range(len(starts)) if at != about)]
    numbers = {at: number for number, at in enumerate(order)}
    parts = tuple(
        Part(numbers[at], first, last, head, reason)
        for at, ((first, head, reason), last) in enumerate(zip(starts, lasts, strict=True))
    )
    return Division(kind, parts, _rename(blocks, choices, parts))


def _extend(blocks: Sequence[RawBlock], last: int) -> int:
    """The end of the last part: its last paragraph with the lines about it right below."""
    end = last
    for no in range(last + 1, min(last + 1 + FOOT, len(blocks))):
        if find_signs(blocks[no].text):
            end = no
    return end


def _find_about(flattened: Flattened, heads: Sequence[int | None], url: str | None) -> int:
    """Which headline the page's title or address has the words of; the first where none has them."""
    slug = unquote(urlsplit(url or "").path).replace("-", " ").replace("_", " ").replace("/", " ")
    stated = [content_words(text) for text in (*_titles(flattened.statements), slug)]
    best = (LIKE_TITLE, 0)
    for at, head in enumerate(heads):
        own = content_words(flattened.blocks[head].text) if head is not None else set()
        likeness = max((len(own & words) / len(own) for words in stated if len(own) > 1), default=0.0)
        if likeness > best[0]:
            best = (likeness, at)
    return best[1]


def _titles(statements: Sequence[Statement]) -> list[str]:
    return stated_values(statements, "og:title", "headline", "twitter:title", "title")


def _rename(
    blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], parts: Sequence[Part]
) -> tuple[RoleChoice, ...]:
    """The choices with the parts' headlines and the lines about them called so."""
    made = list(choices)
    for part in parts:
        text = [no for no in range(part.first, part.last + 1) if choices[no].role in TEXT_ROLES and no != part.head]
        for no in range(part.first, part.last + 1):
            if no == part.head:
                made[no] = replace(choices[no], role="headline", reason=f"opens part {part.part_no}: {part.reason}")
            elif choices[no].role in ("boilerplate", "comment", "related", "navigation", "heading"):
                made[no] = _line(blocks[no], choices[no], no <= min(text, default=no))
    return tuple(made)


def _line(block: RawBlock, choice: RoleChoice, is_above: bool) -> RoleChoice:
    signs = find_signs(block.text)
    if signs & {"who", "when"} and (is_above or signs >= {"who", "when"}):
        return replace(choice, role="byline", reason=f"says of its part: {', '.join(sorted(signs))}")
    return choice
