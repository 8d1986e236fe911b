"""Blocks that score like article text, and are not, for reasons that need the whole page."""

from __future__ import annotations

from collections.abc import Sequence

from ..flatten.raw_block import RawBlock
from ..wording.lexicon import phrase_kind
from ._closing import find_closing
from ._repeats import find_repeats
from ._teasers import find_listed, is_doubled, is_file_name, is_linked_teaser, opens_list


def find_outsiders(blocks: Sequence[RawBlock], is_text: Sequence[bool]) -> dict[int, tuple[str, str]]:
    """Role and reason of each text block that is a repeat, a teaser, a file's name, or a notice below the text.

    >>> find_outsiders([RawBlock("harbour.jpg")], [True])
    {0: ('caption', 'nothing but the name of a picture file')}
    """
    found: dict[int, tuple[str, str]] = {}
    for no, block in enumerate(blocks):
        if is_text[no]:
            if is_file_name(block.text):
                found[no] = "caption", "nothing but the name of a picture file"
            elif is_doubled(block.text):
                found[no] = "related", "words and the same words again, as of a link and its picture"
            elif is_linked_teaser(block):
                found[no] = "related", "another story's headline by its look"
    rest = [kept and no not in found for no, kept in enumerate(is_text)]
    for numbers, role, reason in (
        (find_repeats(blocks, rest), "boilerplate", "a paragraph that stands above already"),
        (
            find_listed(blocks, rest, [phrase_kind(b.text) == "related" and opens_list(b) for b in blocks]),
            "related",
            "under a label of other stories",
        ),
    ):
        found |= {no: (role, reason) for no in numbers if rest[no] and no not in found}
    rest = [kept and no not in found for no, kept in enumerate(is_text)]
    return found | {no: ("boilerplate", reason) for no, reason in find_closing(blocks, rest).items()}
