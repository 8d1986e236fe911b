"""Sentences of plain text that the model takes for the frame, though they stand right above or inside the text."""

from __future__ import annotations

from collections.abc import Sequence

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice
from ..wording.lexicon import phrase_kind
from ..wording.measure import ending
from ._copies import ABOVE

LEAST = 0.2
"""Below this half of the sentences beside the text are notices of the site, in dumps of 149 pages by six renderers."""
INSIDE_WORDS = 8
ABOVE_WORDS = 12
"""A sentence with text on one side only may be a standfirst's or a tool's, and those are short."""


def fill_gaps(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with sentences right above the text, or between two paragraphs of it, made text as well.

    The first paragraph has menus above it, and a short one among headings has little prose around it: a model that
    judges a block by those around it doubts both. Nothing is taken from below the text, where notices read like prose.

    >>> rain = RawBlock("It rained on the town all day, and nobody went out to the harbour.")
    >>> roles = [RoleChoice("boilerplate", 0.3, ""), RoleChoice("body", 0.9, ""), RoleChoice("boilerplate", 0.3, "")]
    >>> [choice.role for choice in fill_gaps([rain] * 3, roles)]
    ['body', 'body', 'boilerplate']
    """
    made = list(choices)
    text = [choice.role in TEXT_ROLES and choice.role != "heading" for choice in made]
    if not any(text):
        return tuple(made)
    first = text.index(True)
    for no, (block, choice) in enumerate(zip(blocks, choices, strict=True)):
        if choice.role != "boilerplate" or choice.score < LEAST or not any(text[no + 1 : no + 2]):
            continue
        place = "right above the text" if no < first else "between paragraphs" if _has_text(made, text, no) else None
        least = ABOVE_WORDS if no < first else INSIDE_WORDS
        if place and block.text.count(" ") + 1 >= least and _is_sentence(block) and not choice.reason.endswith(ABOVE):
            made[no] = RoleChoice("body", choice.score, f"a sentence {place} ({choice.score:.2f})")
            text[no] = True
    return tuple(made)


def _has_text(made: Sequence[RoleChoice], text: Sequence[bool], no: int) -> bool:
    """Whether a paragraph stands right above a block, or above a cross heading over it."""
    return text[no - 1] or (no > 1 and text[no - 2] and made[no - 1].role in TEXT_ROLES)


def _is_sentence(block: RawBlock) -> bool:
    return ending(block.text) == 1 and not block.n_links and phrase_kind(block.text) is None
