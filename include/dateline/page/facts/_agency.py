"""Which news agency an article comes from, told by dateline, byline, stated author or a credit under the headline."""

from __future__ import annotations

from collections.abc import Sequence

import re2

from ...identity import fold
from ...model import Block, Statement
from ...schema.outcomes import TEXT_ROLES
from ..flatten.stated import stated_values
from ..wording.persons import agency_of

CREDIT_WORDS = 4
"""A credit that only names an agency has no more words."""
AUTHOR_KEYS = ("author.Organization", "author.Person", "author", "byl", "dc.creator", "article:author")
_SHORT_NAME = re2.compile(r"^[\p{Lu}]{2,6}$")
_SPELLED = re2.compile(r"(?i)^[\p{L}&. -]*\b(?:wire|news|press|agency|agencies|service)\b[\p{L}&. -]*$")
_PARTS = re2.compile(r"[|,;/()]|\s+-\s+|\s{2,}")


def find_agency(
    blocks: Sequence[Block], statements: Sequence[Statement], bracketed: str | None, outlet: str | None
) -> str | None:
    """Name of the agency, or None where the outlet wrote the article itself.

    `bracketed` is what a dateline has in brackets. A listed agency is called by its listed name; an unlisted one by
    the name in a byline that the letters abbreviate, else as printed. The outlet's own letters are no agency.

    >>> find_agency([Block(0, "Harbour Wire", role="byline", layer="article")], (), "HW", "Valley Daily")
    'Harbour Wire'
    >>> find_agency([], (), "VD", "Valley Daily"), find_agency([], (), "AP", "Valley Daily")
    (None, 'Associated Press')
    """
    bylines = [b.text for b in blocks if b.role == "byline" and b.layer == "article"]
    stated = stated_values(statements, *AUTHOR_KEYS)
    found = None
    if bracketed:
        found = agency_of(bracketed) or _spell_out(
            bracketed.strip(), [*bylines, *stated, *_credits(blocks), outlet or ""]
        )
    for text in () if found else (*bylines, *stated, *_credits(blocks)):
        found = found or agency_of(text)
    return found if found and fold(found) != fold(outlet).removeprefix("the ") and found != outlet else None


def _credits(blocks: Sequence[Block]) -> list[str]:
    """Short lines between headline and text that nothing else explains."""
    head = next((b.block_no for b in blocks if b.role == "headline"), None)
    text = next((b.block_no for b in blocks if b.kept and b.role in TEXT_ROLES), None)
    if head is None or text is None:
        return []
    lines = [b.text for b in blocks[head + 1 : text] if b.role not in ("caption", "credit")]
    # Two equal letters are a button that sets the size of type.
    return [line for line in lines if len(line.split()) <= CREDIT_WORDS and len(set(line)) > 1]


def _spell_out(bracketed: str, texts: Sequence[str]) -> str | None:
    """The name whose first letters are in the brackets, or the brackets' own words where they look like an agency's."""
    if not _SHORT_NAME.search(bracketed):
        return bracketed if _SPELLED.search(bracketed) and bracketed[0].isupper() else None
    for text in texts:
        for part in _PARTS.split(text):
            words = part.split()[: len(bracketed)]
            if len(words) == len(bracketed) and "".join(w[0] for w in words).upper() == bracketed:
                return " ".join(words)
    return bracketed
