"""Captions of plain text that stand twice: as the picture's alternative text, and below it with a credit."""

from __future__ import annotations

from collections.abc import Sequence

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice

LEAST_WORDS = 4
CREDIT_WORDS = 8
"""What the second printing adds names who made the picture: hardly more words."""
OPENINGS = " .,;:–—-|(["
"""What may stand before a credit. A small letter behind it goes on with the sentence."""
REACH = 2
"""Blocks between the two printings: a label such as "Image" may part them."""


def mark_twin_captions(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with text that opens the next block but for a credit made a caption, and that block too.

    Paragraphs don't repeat each other, and a dump says nothing else of what was a picture.

    >>> texts = ["The old ferry at dawn", "The old ferry at dawn Ann Doe/Harbour Daily", "It rained all day."]
    >>> made = mark_twin_captions([RawBlock(text) for text in texts], [RoleChoice("body", 0.9, "")] * 3)
    >>> [choice.role for choice in made]
    ['caption', 'caption', 'body']
    """
    made = list(choices)
    for no, choice in enumerate(choices):
        if choice.role not in TEXT_ROLES:
            continue
        text = blocks[no].text
        near = range(max(0, no - REACH), min(len(blocks), no + REACH + 1))
        if is_printed_twice(text) or any(_are_twins(text, blocks[other].text) for other in near):
            made[no] = RoleChoice("caption", choice.score, "words that stand twice, once with a credit after them")
    return tuple(made)


def _are_twins(one: str, other: str) -> bool:
    short, long = (one, other) if len(one) < len(other) else (other, one)
    rest = long[len(short) :]
    is_credit = bool(rest) and not rest.lstrip(OPENINGS)[:1].islower() and rest.count(" ") <= CREDIT_WORDS
    return is_credit and short.count(" ") + 1 >= LEAST_WORDS and long.startswith(short)


def is_printed_twice(text: str) -> bool:
    """Whether a text is some words and the same words again, with no more than a credit after them.

    >>> is_printed_twice("The old ferry at dawn. The old ferry at dawn. Ann Doe/AP"), is_printed_twice("It rained.")
    (True, False)
    """
    words = text.split(None, LEAST_WORDS)
    if len(words) <= LEAST_WORDS:
        return False
    again = text.find(" ".join(words[:LEAST_WORDS]), 1)
    return (
        again > 0
        and text[again : 2 * again - 1] == text[: again - 1]
        and text[2 * again - 1 :].count(" ") <= CREDIT_WORDS
    )
