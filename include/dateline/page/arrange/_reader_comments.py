"""Comments and guestbooks below the text that have fewer stamps than `roles` asks of a section of comments."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice
from ..wording.byline import byline_reason
from ..wording.lexicon import phrase_kind

LABEL_WORDS = 12
LABEL_CHARS = 100
LINE_CHARS = 120
LEAST_LINES = 2
"""Lines of who wrote or when: a single one below a label may be the article's own."""
REACH = 3
"""Blocks from the label to the first of them."""
WORDS_ABOVE = 60
"""Words of text that stand above: a page of letters or of questions has its label at the top."""
MOST_BELOW = 0.6
"""Words below for each word above; where more follow, the label stood among the articles of a page of several."""
_FIELD = re.compile(r"(?i)^(?:name|from|posted by|poster|author|subject) ?: ?\S")


def leave_reader_comments(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with text made `comment` below a label of readers' writings that lines of who and when follow.

    >>> texts = [60 * "It rained. ", "TalkBack", "Wet - Gus (03/22/00)", "I was there.", "No - Al (03/23/00)", "I too."]
    >>> choices = leave_reader_comments([RawBlock(text) for text in texts], [RoleChoice("body", 0.9, "")] * 6)
    >>> [choice.role for choice in choices]
    ['body', 'comment', 'comment', 'comment', 'comment', 'comment']
    """
    words = [
        block.text.count(" ") + 1 if choice.role in TEXT_ROLES else 0
        for block, choice in zip(blocks, choices, strict=True)
    ]
    above = list(accumulate(words, initial=0))
    lines: list[int] | None = None
    for no, block in enumerate(blocks):
        below = above[-1] - above[no]
        if not below:
            break
        if above[no] >= WORDS_ABOVE and below <= MOST_BELOW * above[no] and _is_label(block.text):
            if lines is None:
                lines = [at for at in range(no + 1, len(blocks)) if _is_line(blocks[at].text)]
            first = bisect(lines, no)
            if len(lines) - first < LEAST_LINES:
                break
            if lines[first] - no <= REACH:
                return tuple(_comment(choice) if at >= no else choice for at, choice in enumerate(choices))
    return tuple(choices)


def _comment(choice: RoleChoice) -> RoleChoice:
    if choice.role not in TEXT_ROLES:
        return choice
    return choice._replace(role="comment", reason="below a label of comments, among lines of who wrote and when")


def _is_label(text: str) -> bool:
    return len(text) <= LABEL_CHARS and text.count(" ") < LABEL_WORDS and phrase_kind(text) == "comment"


def _is_line(text: str) -> bool:
    return len(text) <= LINE_CHARS and (_FIELD.match(text) is not None or "date" in (byline_reason(text) or ""))
