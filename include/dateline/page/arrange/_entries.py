"""Entries of a live blog: what stands under one of its time stamps is text, as far as the other entries are.

Between stamps, names of writers and buttons, an entry's short paragraphs look like the frame to a model that judges
a block by those around it. All entries are printed by one template, so that they are in the same boxes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from string import ascii_letters

import re2

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice

LEAST_STAMPS = 4
"""So many time stamps, each in a block of its own, make a live blog; a page has one or two beside its byline."""
STAMP_LENGTH = 60
SHARE = 0.5
"""At least this share of the words in boxes of one shape has to be text already, before the rest follows."""
HEAD_TAGS = frozenset({"h2", "h3", "h4"})

_OPENS_WITH_DIGIT = re.compile("[^0-9A-Za-z_]*+[0-9]")
_STAMP = re2.compile(r"(?i)^\W*(?:\d{1,2}[:.]\d{2}|\d+ ?(?:min|mins|minutes|hours?|hrs?|h|m) ago)")
Shape = tuple[str | None, tuple[str, ...]]


def complete_entries(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """Roles in which paragraphs and headings of all entries are text, where most of the same shape is.

    >>> def entry(time, text):
    ...     return [RawBlock(time, tag="div"), RawBlock(text, tag="p", classes=("entry",))]
    >>> blocks = [b for n in range(4) for b in entry(f"10:0{n}", "The tide is at the upper gauge.")]
    >>> roles = [RoleChoice(role, 0.4, "") for role in ("boilerplate", "body") * 3 + ("boilerplate",) * 2]
    >>> complete_entries(blocks, roles)[7].role
    'body'
    """
    # Most blocks begin with a letter, and are not asked one by one.
    stamps = [no for no, block in enumerate(blocks) if block.text[:1] not in ascii_letters and is_stamp(block)]
    if len(stamps) < LEAST_STAMPS or not any(choice.role in TEXT_ROLES for choice in choices):
        return tuple(choices)
    stamped = frozenset(stamps)
    shapes = _text_shapes(blocks, choices)
    made = list(choices)
    entry = False
    for no in range(stamps[0], len(blocks)):
        block, choice = blocks[no], choices[no]
        if no in stamped:
            entry = True
        elif choice.role in ("related", "navigation", "comment"):
            entry = False
        elif entry and choice.role == "boilerplate":
            made[no] = _of_entry(block, choice, _shape(block) in shapes)
    return tuple(_without_loose_heads(made, choices))


def is_stamp(block: RawBlock) -> bool:
    """Whether a block is a time of day, or how long ago something was, perhaps with a name.

    >>> is_stamp(RawBlock("2 hours ago 10:05 Ann Lee")), is_stamp(RawBlock("At 10:05 the lock was opened."))
    (True, False)
    """
    text = block.text
    # Few lines begin with a digit, and no other needs the pattern.
    return len(text) <= STAMP_LENGTH and _OPENS_WITH_DIGIT.match(text) is not None and _STAMP.search(text) is not None


def _shape(block: RawBlock) -> Shape:
    return block.tag, block.classes[:1]


def _text_shapes(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> frozenset[Shape]:
    """Shapes whose words are text in their greater part, in at least two blocks."""
    words: dict[Shape, int] = defaultdict(int)
    kept: dict[Shape, list[int]] = defaultdict(list)
    for block, choice in zip(blocks, choices, strict=True):
        n = len(block.text.split())
        words[_shape(block)] += n
        if choice.role in TEXT_ROLES:
            kept[_shape(block)].append(n)
    return frozenset(s for s, found in kept.items() if s[1] and len(found) >= 2 and sum(found) >= SHARE * words[s])


def _of_entry(block: RawBlock, choice: RoleChoice, is_known: bool) -> RoleChoice:
    if block.tag in HEAD_TAGS and not block.n_links:
        return choice._replace(role="heading", reason=f"the head of an entry of a live blog; {choice.reason}")
    if is_known:
        return choice._replace(role="body", reason=f"in a box like other entries of the live blog; {choice.reason}")
    return choice


def _without_loose_heads(made: Sequence[RoleChoice], choices: Sequence[RoleChoice]) -> list[RoleChoice]:
    """A head counts only above text: what stood above nothing keeps its first role."""
    below = [choice.role in TEXT_ROLES and choice.role != "heading" for choice in made]
    return [
        now if now.role != "heading" or before.role == "heading" or any(below[no + 1 : no + 3]) else before
        for no, (now, before) in enumerate(zip(made, choices, strict=True))
    ]
