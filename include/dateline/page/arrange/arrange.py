"""From the roles of a page's blocks to its articles: copies and other posts left out, layers, kind, parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...model import Block
from ..flatten.raw_block import Flattened, RawBlock
from ..roles.assign_roles import RoleChoice
from ._copies import drop_copies
from ._corrections import mark_corrections
from ._edges import leave_edges
from ._entries import complete_entries
from ._gaps import fill_gaps
from ._joined_copies import drop_joined_copies
from ._layout_cells import leave_cells
from ._listings import leave_items_above, leave_listing
from ._other_posts import leave_other_posts
from ._pull_quotes import leave_pull_quotes
from ._reader_comments import leave_reader_comments
from ._standfirst import mark_standfirst
from ._twin_captions import mark_twin_captions
from .kind import Kind, decide_kind
from .layers import assign_layers
from .parts import Division, divide

DIVISIBLE = frozenset({"article", "briefs"})
"""Kinds of pages that may hold several articles; entries of live blogs and words of speakers are parts of one."""

Step = Callable[[Sequence[RawBlock], Sequence[RoleChoice]], Sequence[RoleChoice]]

MARKUP_STEPS: tuple[Step, ...] = (
    complete_entries, mark_corrections, leave_items_above, drop_copies, leave_listing, leave_reader_comments,
    leave_pull_quotes, leave_cells, leave_edges,
)  # fmt: skip
"""What is done to the roles of a page's blocks, one after the other."""
DUMP_STEPS: tuple[Step, ...] = (
    fill_gaps, complete_entries, mark_corrections, leave_items_above, mark_standfirst, drop_copies, leave_listing,
    mark_twin_captions, drop_joined_copies,
)  # fmt: skip
"""The same for plain text, where only the words tell what was a caption or a second printing."""


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

    for step in MARKUP_STEPS if is_html else DUMP_STEPS:
        choices = step(flattened.blocks, choices)
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
