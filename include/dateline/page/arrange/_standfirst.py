"""The standfirst of a page without markup: a short block of its own between headline and byline or text."""

from __future__ import annotations

from collections.abc import Sequence

from ...identity import fold
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice
from ..roles.headline import content_words
from ..wording.byline import byline_reason
from ..wording.lexicon import phrase_kind

LEAST_WORDS = 6
MOST_WORDS = 45
SHARED = 0.3
"""Share of its content words that the headline and the first paragraphs must use too."""


def mark_standfirst(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with the block right below the headline made standfirst where its words are the story's.

    >>> texts = ("River floods town", "The river rises to its highest level", "The river is at its highest level.")
    >>> roles = ("headline", "boilerplate", "body")
    >>> marked = mark_standfirst([RawBlock(t) for t in texts], [RoleChoice(r, 0.2, "") for r in roles])
    >>> [choice.role for choice in marked]
    ['headline', 'standfirst', 'body']
    """
    made = list(choices)
    head = next((no for no, choice in enumerate(made) if choice.role == "headline"), None)
    if head is None or any(choice.role == "standfirst" for choice in made):
        return tuple(made)
    below = head + 1
    while below < len(blocks) and fold(blocks[below].text) == fold(blocks[head].text):
        below += 1
    if below < len(blocks) and made[below].role == "boilerplate" and _tells_story(below, head, blocks, made):
        reason = "a line of its own under the headline that shares the words of the story"
        made[below] = made[below]._replace(role="standfirst", reason=reason)
    return tuple(made)


def _tells_story(no: int, head: int, blocks: Sequence[RawBlock], made: Sequence[RoleChoice]) -> bool:
    text = blocks[no].text
    if not LEAST_WORDS <= len(text.split()) <= MOST_WORDS or phrase_kind(text) or byline_reason(text):
        return False
    story = [blocks[head].text, *(b.text for b, c in zip(blocks, made, strict=True) if c.role == "body")][:7]
    own = content_words(text)
    return len(own & content_words(" ".join(story))) >= max(2, SHARED * len(own))
