"""More than one article on a page: briefs filed from places of their own, and whole stories one below the other.

A cut in the wrong place breaks an article in two, so a cross heading is never enough: see `_part_signs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ...model import Statement
from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import Flattened, RawBlock
from ..flatten.stated import stated_values
from ..roles.assign_roles import RoleChoice
from ..roles.beside import is_job_line
from ..roles.headline import content_words
from ..wording.byline import byline_reason
from ..wording.dateline import find_dateline
from ._part_signs import can_open, find_signs, is_filed
from ._stacked import LEAST_WORDS, find_openings, is_paragraph

BRIEFS = 3
"""So many paragraphs filed from places of their own are separate items."""
MOST_PARTS = 100
"""A page with more is a list; it is left whole."""
FOOT = 4
LINE_ROLES = frozenset({"boilerplate", "comment", "related", "navigation", "heading", "body"})
"""Roles that lines about further articles get from rules which look for one article's."""
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
    """A page in parts: what they are (`briefs`, `articles`), the parts in reading order, the blocks' new roles.

    `is_about` tells that title or address of the page speak of part 0.
    """

    kind: str
    parts: tuple[Part, ...]
    choices: tuple[RoleChoice, ...]
    is_about: bool

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
    >>> briefs = tuple(RawBlock(f"{p.upper()} -- The river rose by two feet, and the shops closed.") for p in place)
    >>> division = divide(Flattened(briefs), [RoleChoice("body", 0.9, "")] * 3, None)
    >>> division.kind, division.part_nos()
    ('briefs', (0, 1, 2))
    """
    blocks = flattened.blocks
    starts = _find_briefs(blocks, choices)
    kind = "briefs" if starts else "articles"
    if not starts:
        main = next((no for no, choice in enumerate(choices) if choice.role == "headline"), None)
        openings = find_openings(blocks, choices, main)
        starts = [(opening.first, opening.head, ", ".join(sorted(opening.signs))) for opening in openings]
    if not 2 <= len(starts) <= MOST_PARTS:
        return None
    above = [no for no, choice in enumerate(choices[: starts[0][0]]) if choice.role in TEXT_ROLES]
    if sum(blocks[no].text.count(" ") + 1 for no in above) >= LEAST_WORDS:
        # A text above the first part that no sign makes one of its own: the page is not understood so far.
        return None
    choices = list(choices)
    named = [no for no, choice in enumerate(choices) if choice.role == "headline"] if kind == "articles" else []
    for no in set(named) - {head for _, head, _ in starts}:
        choices[no] = choices[no]._replace(role="boilerplate", reason="the page's name above several articles")
    for no in above:
        choices[no] = choices[no]._replace(role="boilerplate", reason="a few words above the first article of several")
    return _number(flattened, choices, kind, starts, url)


def _find_briefs(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> list[tuple[int, int | None, str]]:
    """First block, headline and reason of each item where datelines open most paragraphs, or headed ones."""
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    filed = [no for no in text if choices[no].role == "body" and is_filed(blocks[no].text)]
    if len(filed) < BRIEFS or filed[0] > text[min(len(text) - 1, 2)]:
        return []
    heads = {no: _head_above(blocks, choices, no) for no in filed}
    headings = set(heads.values())
    paragraphs = [no for no in text if choices[no].role != "heading" and no not in headings]
    n_headed = sum(head is not None for head in heads.values())
    places = {line.place for no in filed if (line := find_dateline(blocks[no].text))}
    if len(places) < 2 or (2 * len(filed) < len(paragraphs) and n_headed < len(filed)):
        return []
    starts: list[tuple[int, int | None, str]] = []
    for no in filed:
        head = heads[no] if n_headed > 1 else None
        first = head if head is not None else no
        starts.append((first, head, "a dateline of its own" + (" under a heading" if head is not None else "")))
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
) -> Division:
    blocks = flattened.blocks
    last_text = max(no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES)
    lasts = [first - 1 for first, _, _ in starts[1:]]
    lasts.append(_extend(blocks, last_text))
    found = None if kind == "briefs" else _find_about(flattened, [head for _, head, _ in starts], url)
    about = found or 0
    order = [about, *(at for at in range(len(starts)) if at != about)]
    numbers = {at: number for number, at in enumerate(order)}
    parts = tuple(
        Part(numbers[at], first, last, head, reason)
        for at, ((first, head, reason), last) in enumerate(zip(starts, lasts, strict=True))
    )
    return Division(kind, parts, _rename(blocks, choices, parts), found is not None)


def _extend(blocks: Sequence[RawBlock], last: int) -> int:
    """The end of the last part: its last paragraph with the lines about it right below."""
    end = last
    for no in range(last + 1, min(last + 1 + FOOT, len(blocks))):
        if find_signs(blocks[no].text):
            end = no
    return end


def _find_about(flattened: Flattened, heads: Sequence[int | None], url: str | None) -> int | None:
    """Which headline the page's title or address has the words of, or None."""
    slug = unquote(urlsplit(url or "").path).replace("-", " ").replace("_", " ").replace("/", " ")
    stated = (*_titles(flattened.statements), slug)
    shares = [
        0.0 if head is None else max(_likeness(flattened.blocks[head].text, text) for text in stated) for head in heads
    ]
    best = max(shares)
    return shares.index(best) if best >= LIKE_TITLE else None


def shares_words(headline: str, title: str) -> bool:
    """Whether a title has half the content words of a headline, and so is of the same article.

    >>> shares_words("River floods town", "Town floods | Harbour Daily"), shares_words("River floods town", "News")
    (True, False)
    """
    return _likeness(headline, title) >= LIKE_TITLE


def _likeness(headline: str, text: str) -> float:
    own = content_words(headline)
    return len(own & content_words(text)) / len(own) if len(own) > 1 else 0.0


def _titles(statements: Sequence[Statement]) -> list[str]:
    return stated_values(statements, "og:title", "headline", "twitter:title", "title")


def _rename(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], parts: Sequence[Part]) -> tuple[RoleChoice, ...]:
    """The choices with the parts' headlines and the lines about them called so."""
    made = list(choices)
    for part in parts:
        if part.head is None:
            opening = choices[part.first]
            made[part.first] = opening._replace(reason=f"opens part {part.part_no}: {part.reason}; {opening.reason}")
        inside = range(part.first, part.last + 1)
        text = next((no for no in inside if choices[no].role in TEXT_ROLES and is_paragraph(blocks[no])), part.last)
        for no in inside:
            if no == part.head:
                made[no] = choices[no]._replace(role="headline", reason=f"opens part {part.part_no}: {part.reason}")
            elif choices[no].role in LINE_ROLES:
                made[no] = _line(blocks[no], choices[no], no < text)
    return tuple(made)


def _line(block: RawBlock, choice: RoleChoice, is_above: bool) -> RoleChoice:
    signs = find_signs(block.text)
    if (is_above and (signs & {"who", "when"} or is_job_line(block.text))) or signs >= {"who", "when"}:
        return choice._replace(role="byline", reason=f"a line about its part: {', '.join(sorted(signs)) or 'job'}")
    return choice
