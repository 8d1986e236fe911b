"""From the roles of a page's blocks to its articles: copies and other posts left out, layers, kind, parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Block
from ..flatten.raw_block import Flattened, RawBlock
from ..roles.assign_roles import RoleChoice
from ._copies import drop_copies
from ._corrections import mark_corrections
from ._entries import complete_entries
from ._gaps import fill_gaps
from ._joined_copies import drop_joined_copies
from ._listings import leave_items_above, leave_listing
from ._other_posts import leave_other_posts
from ._standfirst import mark_standfirst
from ._twin_captions import mark_twin_captions
from .kind import Kind, decide_kind
from .layers import assign_layers
from .parts import Division, divide

DIVISIBLE = frozenset({"article", "briefs"})
"""Kinds of pages that may hold several articles; entries of live blogs and words of speakers are parts of one."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Blocks with roles, layers and places in the text; what kind of page it is; how it is divided, if it is."""

    blocks: tuple[Block, ...]
    kind: Kind
    division: Division | None = None


def arrange(
    flattened: Flattened,
    choices: Sequence[RoleChoice],
    url: str | None,
    *,
    is_html: bool = True,
    http_status: int | None = None,
) -> Arrangement:
    """Decide which blocks are the text of which article; `choices` are roles, one a block, before neighbours count.

    >>> arrange(Flattened(()), (), None).kind.rejection.outcome
    'empty'
    """

    def decide(roles: Sequence[RoleChoice]) -> Arrangement:
        blocks = assign_layers(flattened, roles)
        return Arrangement(blocks, decide_kind(blocks, flattened.statements, url, http_status))

    blocks = flattened.blocks
    choices = choices if is_html else fill_gaps(blocks, choices)
    choices = mark_corrections(blocks, complete_entries(blocks, choices))
    choices = leave_items_above(blocks, choices)
    choices = leave_listing(blocks, drop_copies(blocks, choices if is_html else mark_standfirst(blocks, choices)))
    choices = choices if is_html else _mend_dump(blocks, choices)
    found = decide(choices)
    if found.kind.page_kind not in DIVISIBLE:
        return found
    division = divide(flattened, choices, url)
    if division is not None:
        return Arrangement(assign_layers(flattened, division.choices, division.part_nos()), found.kind, division)
    if found.kind.page_kind == "article":
        own = leave_other_posts(flattened.blocks, choices)
        return found if own == choices else decide(own)
    return found


def _mend_dump(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices without what only markup tells from text: captions, second printings in one piece."""
    return drop_joined_copies(blocks, mark_twin_captions(blocks, choices))
