"""The edges of the text: what stands above the headline, between headline and first paragraph, and at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import HEADING_TAGS, RoleChoice
from ..wording.byline import byline_reason
from ..wording.measure import count_words, ending

MOST_ABOVE = 0.2
"""Words of text above the headline for each below it; where more stand there, another line was the headline."""
LINE_WORDS = 14
REACH = 6
"""Blocks below the headline in which such lines stand."""
LINKED = 0.5


def leave_edges(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices without the lines at the edges of the text that are no sentences.

    Above the headline such lines are the masthead's. Between it and the first paragraph, where no class names tell
    what they are, they say who wrote, where and when. Below the last paragraph, those that are mostly links lead on.

    >>> texts = ["Harbour Daily, founded 1887", "River floods town", "By Ann Doe", 9 * "It rained. ", "More news"]
    >>> blocks = [RawBlock(text, link_chars=9 * (text == "More news")) for text in texts]
    >>> roles = ["body", "headline", "heading", "body", "body"]
    >>> [choice.role for choice in leave_edges(blocks, [RoleChoice(role, 0.9, "") for role in roles])]
    ['boilerplate', 'headline', 'byline', 'body', 'boilerplate']
    """
    made = list(choices)
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    head = next((no for no, choice in enumerate(choices) if choice.role == "headline"), None)
    if head is not None:
        _leave_masthead(blocks, made, text, head)
        _leave_lines(blocks, made, [no for no in text if no > head], head)
    for no in reversed(text):
        block = blocks[no]
        if made[no].role not in TEXT_ROLES:
            continue
        if ending(block.text) == 1 or block.link_chars <= LINKED * len(block.text):
            break
        made[no] = made[no]._replace(role="boilerplate", reason="links below the last paragraph")
    return tuple(made)


def _leave_masthead(blocks: Sequence[RawBlock], made: list[RoleChoice], text: Sequence[int], head: int) -> None:
    words = {no: count_words(blocks[no].text) for no in text}
    above = [no for no in text if no < head]
    if sum(words[no] for no in above) > MOST_ABOVE * sum(n for no, n in words.items() if no > head):
        return
    for no in above:
        if ending(blocks[no].text) != 1:
            made[no] = made[no]._replace(role="boilerplate", reason="above the headline, and no sentence")


def _leave_lines(blocks: Sequence[RawBlock], made: list[RoleChoice], below: Sequence[int], head: int) -> None:
    recurring: Counter[str] | None = None
    for no in below:
        block = blocks[no]
        is_line = ending(block.text) != 1 and count_words(block.text) <= LINE_WORDS
        if not is_line or no - head > REACH or block.classes or block.tag in HEADING_TAGS:
            break
        recurring = recurring or Counter(blocks[at].text for at in below)
        if recurring[block.text] > 1:
            break
        role = "byline" if byline_reason(block.text) else "boilerplate"
        reason = "a line between headline and first paragraph, and no sentence"
        made[no] = made[no]._replace(role=role, reason=reason)
