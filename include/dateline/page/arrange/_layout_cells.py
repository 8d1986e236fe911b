"""Layout by tables: the cell of the story, the cells beside it, and the boxes that are set into it.

Before style sheets a page was a table: a menu in one cell, the story in the next, headlines and advertisements in the
last, and within the story's cell a table of one cell for a picture, a vote or a pull quote. No class names tell them
apart, and their few words may read like text; but all of the story stands in one cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...schema.outcomes import TEXT_ROLES
from ..flatten._elements import HOMES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice
from ..wording.measure import is_prose

CELLS = frozenset({"td", "th"})
LEAST_PROSE = 60
"""Words in paragraphs that make a cell the story's."""
LEAST_SHARE = 0.5
"""Share of the text's words that stand in the story's cell; else the story goes on in others."""
MOST_PROSE = 0.2
"""Words in paragraphs of another cell, for each in the story's; one with more may be a part of the story."""
PARAGRAPH_WORDS = 20
"""Words of a sentence below the story's cell that may be its next paragraph; advertisements have fewer."""
BOX_WORDS = 60
"""Words of a box; longer ones are sections of the article."""
HEADING_WORDS = 8
"""One line of up to so many words in a box of its own, without a picture, may be a cross heading on a bar."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """The story's cell and the one around it, its first and last block of text, words in paragraphs by cell."""

    cell: int
    outer: int
    first: int
    last: int
    prose: Counter[int]


def leave_cells(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with the few words of other cells and of boxes in the story's cell taken out of the text.

    Tables of data stay: they have several cells. Pages that aren't laid out by tables stay as they are.

    >>> story = RawBlock(6 * "It rained all day on the town and on the harbour. ", path="table/tr/td", home=2)
    >>> blocks = [story, RawBlock("Cheap umbrellas!", path="table/tr/td", home=3)]
    >>> [choice.role for choice in leave_cells(blocks, [RoleChoice("body", 0.9, "")] * 2)]
    ['body', 'boilerplate']
    """
    layout = _find_layout(blocks, choices)
    if layout is None:
        return tuple(choices)
    made = list(choices)
    boxed = {no for box in _find_boxes(blocks, layout) for no in box}
    for no, choice in enumerate(choices):
        if choice.role not in TEXT_ROLES:
            continue
        if no in boxed:
            made[no] = choice._replace(role="boilerplate", reason="in a box of its own in the cell of the text")
        elif _is_beside(no, blocks[no], layout):
            made[no] = choice._replace(role="boilerplate", reason="a few words in another cell than the text")
    return tuple(made)


def _find_layout(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> _Layout | None:
    words: Counter[int] = Counter()
    prose: Counter[int] = Counter()
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    for no in text:
        block = blocks[no]
        n = block.text.count(" ") + 1
        words[block.home] += n
        prose[block.home] += n if is_prose(block.text) else 0
    if not text:
        return None
    cell = max(prose, key=lambda home: prose[home])
    inside = [no for no in text if blocks[no].home == cell]
    first = blocks[inside[0]]
    if not _stands_in_cell(first) or prose[cell] < LEAST_PROSE or words[cell] < LEAST_SHARE * words.total():
        return None
    return _Layout(cell, first.outer, inside[0], inside[-1], prose)


def _stands_in_cell(block: RawBlock) -> bool:
    """Whether the nearest element that holds a block's paragraphs together is a cell."""
    return next((tag for tag in reversed((block.path or "").split("/")) if tag in HOMES), None) in CELLS


def _is_beside(no: int, block: RawBlock, layout: _Layout) -> bool:
    """Whether a block stands outside the story's cell, in one with little prose or before or after the story."""
    is_near = block.home in (layout.cell, layout.outer) or block.outer == layout.cell
    if is_near or layout.prose[block.home] > MOST_PROSE * layout.prose[layout.cell]:
        return False
    if no > layout.last and _goes_on(block):
        return False
    return not layout.first < no < layout.last or _stands_in_cell(block)


def _goes_on(block: RawBlock) -> bool:
    """Whether a block below the story's last may be its next paragraph, in a row of its own."""
    return block.text.count(" ") + 1 >= PARAGRAPH_WORDS and is_prose(block.text) and not block.n_links


def _find_boxes(blocks: Sequence[RawBlock], layout: _Layout) -> Iterator[list[int]]:
    """Numbers of the blocks of each table of one cell that stands right in the story's cell."""
    run: list[int] = []
    for no, block in enumerate(blocks):
        if block.outer == layout.cell != block.home and _stands_in_cell(block):
            run.append(no)
            continue
        if run and _is_box([blocks[at] for at in run]):
            yield run
        run = []
    if run and _is_box([blocks[at] for at in run]):
        yield run


def _is_box(run: Sequence[RawBlock]) -> bool:
    n_words = sum(block.text.count(" ") + 1 for block in run)
    is_heading = len(run) == 1 and n_words <= HEADING_WORDS and not run[0].image_urls
    return n_words <= BOX_WORDS and not is_heading and len({block.home for block in run}) == 1
