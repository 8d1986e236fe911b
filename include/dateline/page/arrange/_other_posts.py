"""Other posts of a weblog that its software prints around the one that a page is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice

PROSE_WORDS = 25
LEAST_OTHERS = 2
"""One other number may be a picture's or a reprint's; boxes of other posts come in numbers."""
MAX_LINKED = 0.3
_POST = re.compile(r"post(?:id)?-(\d+)")
"""The class that WordPress gives a post and the body of its page (`post_class`, `body_class`)."""


def leave_other_posts(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with the text of posts whose number is not the headline's made `related`.

    Where no other prose was text, that under the headline's own number becomes it.

    >>> rain, snow, hail = (RawBlock(text, classes=(f"post-{text}",)) for text in ("1", "2", "3"))
    >>> roles = [RoleChoice("headline", 0.1, ""), *[RoleChoice("body", 0.9, "")] * 3]
    >>> [choice.role for choice in leave_other_posts([rain, rain, snow, hail], roles)]
    ['headline', 'body', 'related', 'related']
    """
    head = next((no for no, choice in enumerate(choices) if choice.role == "headline"), None)
    own = _numbers(blocks[head]) if head is not None else []
    if head is None or not own:
        return tuple(choices)
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    posts = {no: numbers[0] for no in text if (numbers := _numbers(blocks[no]))}
    others = {no: number for no, number in posts.items() if number not in own}
    if len(set(others.values())) < LEAST_OTHERS:
        return tuple(choices)
    made = list(choices)
    for no, number in others.items():
        reason = f"the text of another post: its class has number {number}, the headline's {own[0]}"
        made[no] = made[no]._replace(role="related", reason=reason)
    if not any(_is_prose(blocks[no]) for no in text if no not in others):
        for no in range(head + 1, len(blocks)):
            if _is_prose(blocks[no]) and not set(own).isdisjoint(_numbers(blocks[no])[:1]):
                made[no] = made[no]._replace(role="body", reason=f"prose of the headline's own post, number {own[0]}")
    return tuple(made)


def _numbers(block: RawBlock) -> list[str]:
    """Numbers of the posts that a block is in, the innermost first."""
    return [found[1] for word in block.classes if word.startswith("post") and (found := _POST.fullmatch(word))]


def _is_prose(block: RawBlock) -> bool:
    is_long = block.text.count(" ") + 1 >= PROSE_WORDS
    return is_long and block.link_chars <= MAX_LINKED * len(block.text) and not block.is_hidden
