"""Whole articles one below the other: where a second headline with a line of its own, or a dateline, begins one."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ...identity import fold
from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice
from ..wording.measure import ending
from ._part_signs import MOST_SIGN_CHARS, MOST_SIGN_WORDS, can_open, find_signs, is_filed, is_heading

PARAGRAPH_WORDS = 12
LEAST_WORDS = 40
"""Words of an article between two headlines; less is a teaser, an event or an entry of a list."""
LINKED_WORDS = 80
"""The same where the headline is a link: what it leads to is mostly elsewhere."""
LEAST_WEIGHT = 2
WEIGHTS = {"who": 1, "when": 1, "foot": 1, "filed": 2, "twin": 1}
"""What the signs count beside a headline; a book's author, or the day of an event, is one sign and not enough."""
MOST_SHORT = 0.5
"""For two articles there may be one beginning of another; where most are that short the page is a list."""
HEAD_REACH = 8
"""Blocks between a headline and the first paragraph below it: byline, date, picture, tools."""
FOOT_REACH = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an article may begin: its first block, headline and first paragraph, the end of the text above, signs."""

    first: int
    head: int
    paragraph: int
    above: int
    signs: frozenset[str]

    @property
    def weight(self) -> int:
        """What the signs count together."""
        return sum(WEIGHTS[sign] for sign in self.signs)


def find_openings(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], main: int | None) -> list[Opening]:
    """Where the articles of a page begin, in reading order; empty where it holds one article, as nearly all do.

    `main` is the block of the page's headline: it begins an article without further signs.
    """
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES and is_paragraph(blocks[no])]
    gaps = [(above, below) for above, below in pairwise(text) if below - above > 1]
    found = [opening for above, below in gaps if (opening := _look(blocks, choices, above, below)) is not None]
    own = fold(blocks[main].text) if main is not None else ""
    found = [opening for opening in found if opening.head == main or fold(blocks[opening.head].text) != own]
    if not found:
        return []
    shapes = {_shape(blocks[opening.head]) for opening in found if is_heading(blocks[opening.head])}
    first = _look_first(blocks, choices, text[0], main, shapes)
    return _confirm(blocks, choices, text, [*first, *found], main)


def _look_first(
    blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], below: int, main: int | None, shapes: Container[object]
) -> list[Opening]:
    """What begins above the first paragraph of the page: its headline, else the headline of the first article."""
    is_above = main is not None and main < below
    opening = _look(
        blocks, choices, main if main is not None and is_above else max(-1, below - HEAD_REACH), below, False
    )
    # Under the name of the page its first article has a headline of the same kind as the others.
    if main is None or not is_above or (opening is not None and _shape(blocks[opening.head]) in shapes):
        return [opening] if opening is not None else []
    signs = frozenset[str]().union(*(find_signs(blocks[no].text) for no in range(main + 1, below)))
    return [Opening(_with_line(blocks, main), main, below, main - 1, signs)]


def is_paragraph(block: RawBlock) -> bool:
    """Whether a block of text is a paragraph: no heading, and no line about an article.

    >>> is_paragraph(RawBlock("It rained.")), is_paragraph(RawBlock("Posted by Ann Doe on Monday, May 5, 2003 at 9:15"))
    (True, False)
    """
    text = block.text
    n_words = text.count(" ") + 1
    # What is too long for a sign is not asked for one, nor remembered without one.
    is_line = len(text) <= MOST_SIGN_CHARS and n_words <= MOST_SIGN_WORDS
    is_prose = n_words >= PARAGRAPH_WORDS or (ending(text) == 1 and " " in text)
    return is_prose and not (is_line and find_signs(text))


def _look(
    blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], above: int, below: int, needs_line: bool = True
) -> Opening | None:
    """The headline in a gap between two paragraphs with what speaks for it there, or None.

    Where `needs_line`, a gap without any line about an article, its own or the one above, has a cross heading at most.
    """
    filed = frozenset({"filed"}) if is_filed(blocks[below].text) else frozenset[str]()
    signs = {no: found for no in range(above + 1, below) if (found := find_signs(blocks[no].text))}
    if needs_line and not signs and not filed:
        return None
    low = max(above + 1, below - HEAD_REACH)
    heads = [no for no in range(low, below) if can_open(blocks[no], choices[no])]
    head = next((no for no in heads if is_heading(blocks[no])), None)
    if head is None:
        # Without tags the line right above the byline is the headline, or above the text where none is between.
        first = next((no for no in sorted(signs) if no > low), below)
        head = next((no for no in reversed(heads) if no < first), heads[0] if heads else None)
    if head is None:
        return None
    beneath = frozenset[str]().union(*(signs[no] for no in signs if no > head)) - {"foot"}
    # A bare date may stand above its headline; a line that names a writer there ends the article before.
    dated = signs.get(head - 1, frozenset()) == {"when"} and "when" not in beneath
    if dated:
        return Opening(head - 1, head, below, above, filed | beneath | {"when"})
    return Opening(head, head, below, above, filed | beneath)


def _with_line(blocks: Sequence[RawBlock], head: int) -> int:
    """The line about an article right above its headline, else the headline."""
    return head - 1 if head and find_signs(blocks[head - 1].text) else head


def _confirm(
    blocks: Sequence[RawBlock],
    choices: Sequence[RoleChoice],
    text: Sequence[int],
    found: Sequence[Opening],
    main: int | None,
) -> list[Opening]:
    """The openings whose signs, those at the foot and in the markup included, weigh enough and that have a text."""
    shape = _shape(blocks[main]) if main is not None and is_heading(blocks[main]) else None
    commented = next((no for no, c in enumerate(choices) if c.role == "comment" and no > text[0]), len(blocks))
    counts = [blocks[no].text.count(" ") + 1 for no in text]
    words_above = dict(zip(text, accumulate(counts, initial=0), strict=False))
    confirmed = []
    n_short = 0
    feet: list[frozenset[str]] = []
    for at, seen in enumerate(found):
        below = found[at + 1] if at + 1 < len(found) else None
        end = below.above if below else text[-1]
        feet.append(_foot(blocks, end, below.head if below else len(blocks)))
        # The last line of the page is no article's own foot, unless the article above has one too.
        signs = seen.signs | (feet[at] if at == 0 or feet[at - 1] else frozenset())
        signs |= {"twin"} if seen.head != main and _shape(blocks[seen.head]) == shape else set()
        opening = replace(seen, signs=signs)
        # What readers write below an article has titles, names and dates as well.
        is_readers = opening.head > commented and not signs & {"foot", "twin"}
        # The page's headline may be wrong, and in plain text nothing but lines about the article confirms it.
        is_plain = blocks[opening.head].tag is None
        is_first = at == 0 and opening.head == main and bool(signs) and not is_plain
        if is_first or (_is_enough(opening) and not is_readers):
            words = words_above[end] - words_above[opening.paragraph] + blocks[end].text.count(" ") + 1
            is_whole = _is_whole(blocks[opening.head], blocks[end], words)
            n_short += not is_whole
            confirmed += [opening] if is_whole else []
    # Events, teasers and changes of a program have titles and days too, and most of them have few words.
    return confirmed if n_short <= MOST_SHORT * len(confirmed) else []


def _is_enough(opening: Opening) -> bool:
    return opening.weight >= LEAST_WEIGHT and bool(opening.signs - {"twin"})


def _is_whole(head: RawBlock, last: RawBlock, words: int) -> bool:
    """Whether there is a text below the headline, and not its beginning only."""
    is_linked = head.link_chars > 0.5 * len(head.text)
    return words >= (LINKED_WORDS if is_linked else LEAST_WORDS) and ending(last.text) != 2


def _foot(blocks: Sequence[RawBlock], last: int, below: int) -> frozenset[str]:
    """Signs of the lines right under the last paragraph of an article."""
    lines = range(last + 1, min(below, last + 1 + FOOT_REACH, len(blocks)))
    return frozenset[str]().union(*_foot_lines(blocks, lines))


def _foot_lines(blocks: Sequence[RawBlock], lines: range) -> Iterator[frozenset[str]]:
    for no in lines:
        signs = find_signs(blocks[no].text)
        if "foot" in signs or signs >= {"who", "when"}:
            yield signs


def _shape(block: RawBlock) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Tag, path and class words without numbers: equal for the headlines of one template."""
    return block.tag, block.path, tuple(word for word in block.classes if word.isalpha())
