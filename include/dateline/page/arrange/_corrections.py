"""Notes in which an outlet corrects its own story: about the article, not of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import re2

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice

_NOTED_ROLES = TEXT_ROLES | {"standfirst"}
HEAD_CHARS = 300
"""A note says in its first sentence that it is one."""
_THIS = r"this (?:article|story|report|column|piece|post|page|headline|caption)"
_LABELLED = re2.compile(
    r"(?i)^\W*(?:corrections?|clarifications?|errat(?:um|a))(?: (?:appended|added|issued|published))?"
    r"(?:[,;]? \(?[^!?:–—]{0,30}\d\)?)?\s*(?:[:–—]|$)"
)
_TOLD = re2.compile(
    rf"(?i)^\W*(?:(?:editor['’]?s['’]? )?note:? )?(?:"
    rf"{_THIS} (?:has been|was) (?:amended|corrected|revised|edited to correct|updated to correct)"
    rf"|an? (?:earlier|previous|original) version of {_THIS}"
    rf"|{_THIS} (?:originally|incorrectly|wrongly|mistakenly) "
    r"(?:said|stated|reported|gave|misstated|misspelled|misidentified))"
)
_OPENING = re.compile(r"[^0-9A-Za-z_]*+(?i:an? |this|editor|note|correct|clarif|errat)")


def is_correction(text: str) -> bool:
    """Whether a paragraph is an outlet's note about what it had wrong.

    >>> is_correction("Correction, May 9: An earlier version of this article gave a wrong age.")
    True
    >>> is_correction("This article was amended on 9 May 2021 to correct an age.")
    True
    >>> is_correction("Corrections officers walked out: the pay is low."), is_correction("The correction came late.")
    (False, False)
    """
    head = text[:HEAD_CHARS]
    # Few paragraphs open with a word that opens such a note, and only they need the patterns.
    return _OPENING.match(head) is not None and bool(_TOLD.search(head) or _LABELLED.search(head))


def mark_corrections(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with notes of correction taken out of the text: what they quote is what the story does not say.

    >>> note = RawBlock("An earlier version of this article gave a wrong age.")
    >>> mark_corrections([note], [RoleChoice("body", 0.9, "")])[0].role
    'boilerplate'
    """
    notes = [no for no, choice in enumerate(choices) if choice.role in _NOTED_ROLES and is_correction(blocks[no].text)]
    made = list(choices)
    for no in notes:
        made[no] = RoleChoice("boilerplate", made[no].score, "a note of correction about the article")
    return tuple(made)
