"""Sentences of the article that are set again, large, to catch the eye."""

from __future__ import annotations

from collections.abc import Sequence

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice

LEAST_WORDS = 6
"""Fewer words may be said twice in one story."""
MOST_WORDS = 45
REACH = 8
"""Blocks of text between a pull quote and the paragraph that it is of."""
QUOTES = frozenset('"“«„')
_MARKS = "\"“”«»„‘’' …."


def leave_pull_quotes(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with each quotation whose words stand inside a longer paragraph nearby taken out of the text.

    Lines without quotation marks are left: cross headings and references have words of the text below them, too.

    >>> blocks = [RawBlock('"It took all of our bridge."'), RawBlock('"It took all of our bridge," she said.')]
    >>> [choice.role for choice in leave_pull_quotes(blocks, [RoleChoice("body", 0.9, "")] * 2)]
    ['boilerplate', 'body']
    """
    made = list(choices)
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    for at, no in enumerate(text):
        own = blocks[no].text
        if own[:1] not in QUOTES or not LEAST_WORDS <= own.count(" ") + 1 <= MOST_WORDS:
            continue
        bare = own.strip(_MARKS)
        for other in text[max(0, at - REACH) : at + 1 + REACH]:
            if len(blocks[other].text) > len(own) and bare in blocks[other].text:
                made[no] = made[no]._replace(role="boilerplate", reason=f"a pull quote: words of block {other}")
                break
    return tuple(made)
