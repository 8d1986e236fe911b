"""Which blocks are comments of readers below the text.

Comments read like prose and may be longer than the article. What gives them away is the pattern: a header such as
"27 Comments", and below it, again and again, lines that say who wrote and when, or that offer to answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..flatten.raw_block import RawBlock
from ..wording.lexicon import phrase_kind
from ..wording.measure import is_prose
from ..wording.stamps import AGO, ANSWER, DATED, NONE, SAYS, STAMP_CHARS, stamp_kind

PROSE_ABOVE = 40
"""Words of prose above the first comment; a page with fewer is a page of letters, or of questions and answers."""
HEADER_WORDS = 12
FIRST_REACH = 14
"""Blocks below a header in which the first two stamps stand: forms to write a comment may come before."""
LEAST = 3
"""Stamps that make a pattern; an article has one or two of its own."""
GAP = 30
"""Blocks between two stamps: longer comments than that are rare, and menus below the comments have none."""
TAIL = 8
"""Blocks of the last comment below its stamp, as far as no wording of the site's stands between."""


def find_comments(blocks: Sequence[RawBlock]) -> range:
    """Numbers of the blocks of the comment section; empty where a page has none.

    A section opens with a header of comments that stamps follow,
    or, without a header, with a line that says who wrote and, next to it, when.

    >>> text = [RawBlock(10 * "It rained on the town, " + "said the mayor."), RawBlock("3 Comments")]
    >>> comments = [RawBlock("Ann says:"), RawBlock("May 2, 2010 at 9:14 am"), RawBlock("No.")]
    >>> find_comments([*text, *comments * 3])
    range(1, 11)
    """
    stamps = [
        no for no, block in enumerate(blocks) if len(block.text) <= STAMP_CHARS and stamp_kind(block.text) != NONE
    ]
    if len(stamps) < LEAST:
        return range(0)
    kinds = {no: stamp_kind(blocks[no].text) for no in stamps}
    above = 0
    for no, block in enumerate(blocks):
        if above >= PROSE_ABOVE and (_is_header(block) or _is_signed(no, kinds)):
            run = _run_of_stamps(stamps, no)
            if _is_section(run, kinds, no):
                return range(no, _end_of(blocks, run[-1]))
        if is_prose(block.text):
            above += block.text.count(" ") + 1
    return range(0)


def _is_header(block: RawBlock) -> bool:
    return len(block.text) < 120 and block.text.count(" ") < HEADER_WORDS and phrase_kind(block.text) == "comment"


def _is_signed(no: int, kinds: dict[int, int]) -> bool:
    """Whether a line names who speaks, and it or the next one the minute of writing."""
    return kinds.get(no) == SAYS and kinds.get(no + 1) in (AGO, DATED)


def _run_of_stamps(stamps: Sequence[int], first: int) -> list[int]:
    """Stamps from a block on, up to the first gap."""
    run: list[int] = []
    for no in stamps:
        if no < first:
            continue
        if no - (run[-1] if run else first) > (GAP if run else FIRST_REACH):
            break
        run.append(no)
    return run


def _is_section(run: Sequence[int], kinds: dict[int, int], first: int) -> bool:
    """Whether stamps recur: lists of other stories have times too, but nobody who says, and no links to answer."""
    if len(run) < LEAST or run[1] - first > 2 * FIRST_REACH:
        return False
    spoken = sum(kinds[no] in (SAYS, ANSWER) for no in run)
    dated = sum(kinds[no] == DATED for no in run)
    return spoken >= 2 or dated >= LEAST


def _end_of(blocks: Sequence[RawBlock], last: int) -> int:
    for no in range(last + 1, min(len(blocks), last + 1 + TAIL)):
        if phrase_kind(blocks[no].text) in ("navigation", "related", "legal", "subscribe"):
            return no
    return min(len(blocks), last + 1 + TAIL)
