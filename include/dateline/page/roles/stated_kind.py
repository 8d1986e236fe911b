"""Text of a page that calls itself an article and whose paragraphs were not recognised as text."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Statement
from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import Flattened, RawBlock
from ..flatten.stated import stated_values
from ..wording.lexicon import phrase_kind
from ..wording.text_columns import count_seen_words
from .assign_roles import RoleChoice

MIN_WORDS = 25
"""Words of text that a page must have to hold an article, as in `kind`."""
PARAGRAPH_WORDS = 8
"""Shorter blocks are labels and links, whatever stands around them."""
REACH = 8
"""Blocks of other kinds, such as tools and adverts, that may stand between headline and text or inside the text."""
MAX_LINKED = 0.3
_ASIDE = frozenset({"nav", "footer", "aside", "form"})


def heed_stated_kind(flattened: Flattened, choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with the prose under the headline made body where the markup says article and no text was found.

    Short stories in a language that the weights know little of, and stories of which only the opening is free, score
    like the frame around them. They stay as they are where the markup says nothing, or where there is no headline.

    >>> blocks = (RawBlock("River floods town"), RawBlock(5 * "Fluss und Stadt sind nass. "))
    >>> roles = [RoleChoice("headline", 0.1, ""), RoleChoice("boilerplate", 0.1, "")]
    >>> [c.role for c in heed_stated_kind(Flattened(blocks, (Statement("meta", "og:type", "article"),)), roles)]
    ['headline', 'body']
    """
    made = list(choices)
    head = next((no for no, choice in enumerate(made) if choice.role == "headline"), None)
    if head is None or has_text(flattened.blocks, made) or not _says_article(flattened.statements):
        return tuple(made)
    found = _find_prose(flattened.blocks, made, head)
    below = [no for no in found if made[no].role != "standfirst"]
    found = below if _words(flattened.blocks, below) >= MIN_WORDS else found
    if _words(flattened.blocks, found) >= MIN_WORDS:
        reason = "prose under the headline of a page that its markup calls an article, and no other text"
        for no in found:
            made[no] = RoleChoice("body", made[no].score, reason)
    return tuple(made)


def has_text(blocks: Sequence[RawBlock], made: Sequence[RoleChoice]) -> bool:
    """Whether a page with these roles has text enough to hold an article.

    >>> has_text([RawBlock(30 * "wet ")], [RoleChoice("body", 0.9, "")]), has_text([], [])
    (True, False)
    """
    n_words = 0
    for block, choice in zip(blocks, made, strict=True):
        n_words += count_seen_words(block.text) if choice.role in TEXT_ROLES else 0
        if n_words >= MIN_WORDS:
            return True
    return False


def _words(blocks: Sequence[RawBlock], numbers: Sequence[int]) -> int:
    return sum(count_seen_words(blocks[no].text) for no in numbers)


def _says_article(statements: Sequence[Statement]) -> bool:
    types = [value.casefold() for value in stated_values(statements, "og:type", "@type")]
    return any(kind.startswith("video") or kind.endswith(("article", "posting", "videoobject")) for kind in types)


def _find_prose(blocks: Sequence[RawBlock], made: Sequence[RoleChoice], head: int) -> list[int]:
    """Numbers of the paragraphs below the headline, up to the first long run of blocks that are none."""
    found: list[int] = []
    last = head
    for no in range(head + 1, len(blocks)):
        if no - last > REACH:
            break
        if made[no].role in TEXT_ROLES or (made[no].role in ("standfirst", "boilerplate") and _is_prose(blocks[no])):
            found.append(no)
        if found[-1:] == [no] or made[no].role in ("byline", "caption", "credit", "dateline", "standfirst"):
            last = no
    return found


def _is_prose(block: RawBlock) -> bool:
    return (
        count_seen_words(block.text) >= PARAGRAPH_WORDS
        and block.link_chars <= MAX_LINKED * len(block.text)
        and not block.is_hidden
        and not block.semantics & _ASIDE
        and phrase_kind(block.text) is None
    )
