"""The article once more in one piece: several of its paragraphs in one block below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice
from ._copies import ABOVE, SHINGLE

LEAST_WORDS = 30
COPIED = 0.8
"""Share of the block's shingles that stand above: those over the seams of two paragraphs are new."""
LEAST_ORIGINALS = 2
"""Paragraphs that the words are of: forms, recipes and timetables repeat one, with a few words changed."""
OWN_SHINGLES = 5


def drop_joined_copies(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with text that holds the words of several paragraphs above made `boilerplate`.

    Pages carry their article a second time for players, for search or for printing, with other breaks or with none.

    >>> story = ["The river reached the town hall on Monday and the mayor closed all of the shops there.",
    ...          "A boat brought the last guests of the hotel to the school at the top of the hill."]
    >>> blocks = [RawBlock(text) for text in (*story, " ".join(story))]
    >>> [choice.role for choice in drop_joined_copies(blocks, [RoleChoice("body", 0.9, "")] * 3)]
    ['body', 'body', 'boilerplate']
    """
    made = list(choices)
    owners: dict[tuple[str, ...], int] = {}
    for no, choice in enumerate(choices):
        if choice.role not in TEXT_ROLES:
            continue
        words = blocks[no].text.casefold().split()
        shingles = list(zip(*(words[at:] for at in range(SHINGLE)), strict=False))
        known = [owners[shingle] for shingle in shingles if shingle in owners]
        originals = sum(n >= OWN_SHINGLES for n in Counter(known).values())
        if len(words) >= LEAST_WORDS and originals >= LEAST_ORIGINALS and len(known) >= COPIED * len(shingles):
            made[no] = RoleChoice("boilerplate", choice.score, f"words of {originals} paragraphs, each {ABOVE}")
        else:
            for shingle in shingles:
                owners.setdefault(shingle, no)
    return tuple(made)
