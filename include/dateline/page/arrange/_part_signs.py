"""Signs that a new article begins on a page: a line like a headline, who and when, a dateline, a foot line."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import re2

from ...identity import fold
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import HEADING_TAGS, RoleChoice
from ..wording.byline import byline_reason, looks_like_name
from ..wording.dateline import find_dateline
from ..wording.lexicon import phrase_kind
from ..wording.lists import read_list
from ..wording.measure import ending
from ..wording.persons import agency_of

MOST_SIGN_CHARS = 200
MOST_SIGN_WORDS = 24
HEAD_WORDS = 24
NAME_WORDS = 3
"""So few words with capitals are rather a writer's name than a headline, where no tag says which."""
_WHO = re2.compile(
    r"^\W*(?:(?i:(?:written|reported|posted|published|compiled|story|words|text)? ?by|author|reporter):? |"
    r"(?:Von|Par|Por|Di|Door|Av|Af) )\p{Lu}"
)
_WHO_INSIDE = re2.compile(r"(?i:posted|published|written|reported) (?:(?i:on|at) [^|]{4,40} )?(?i:by) \p{Lu}")
_WHEN = re2.compile(
    r"(?i)\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d\d\b|\b\d{1,2}:\d\d\b|"
    r"\b\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?) ago\b"
)
_FOOT = re2.compile(
    r"(?i)\b(?:permalink|permanent link|trackbacks?|comments? ?\(\d+\)|\d+ comments?|\(\d+\) comments?)"
)
_ITEM = re2.compile(
    r"^(?:\d{1,3}[.):]|#\d|[-*•]|v?\d+\.\d|(?:version|release) \d|step \d|part \d|day \d|q:|a:|re: |chapter )"
)
_DIGIT = re.compile("[0-9]")
_MARK = re.compile("[-–—―(]")
_FOOT_PARTS = ("link", "trackback", "comment")
_WHO_PARTS = ("by", "author", "reporter", "von ", "par ", "por ", "di ", "door ", "av ", "af ")
"""Parts, in small letters, of which each match of a pattern holds one: most lines have none of them."""
_BETWEEN_NAMES = re2.compile(r", | and | & |; ")
_LISTED_KINDS = frozenset({"capital", "city", "us_state"})


@lru_cache(maxsize=8192)
def find_signs(text: str) -> frozenset[str]:
    """What a short line says of an article: `who`, `when`, `foot`; empty where it is no line of that kind.

    >>> sorted(find_signs("Posted by Ann Doe on May 5, 2003 at 10:15")), sorted(find_signs("It rained in 2003."))
    (['when', 'who'], [])
    >>> sorted(find_signs("Permalink | Comments (3)"))
    ['foot']
    """
    if len(text) > MOST_SIGN_CHARS or text.count(" ") >= MOST_SIGN_WORDS:
        return frozenset()
    folded = text.casefold()
    is_dated = _DIGIT.search(text) is not None and _WHEN.search(text) is not None
    is_foot = _has_any(folded, _FOOT_PARTS) and _FOOT.search(text) is not None and ending(text) != 1
    is_named = _has_any(folded, _WHO_PARTS) and (_WHO.search(text) or _WHO_INSIDE.search(text)) is not None
    signs = {"foot"} if is_foot else set()
    # Most lines have nothing of it, and need not be looked at as bylines.
    if (is_dated and is_foot) or ((is_dated or is_named) and byline_reason(text) is not None):
        signs |= ({"when"} if is_dated else set()) | ({"who"} if is_named else set())
    return frozenset(signs)


def _has_any(folded: str, parts: tuple[str, ...]) -> bool:
    return any(map(folded.__contains__, parts))


@lru_cache(maxsize=8192)
def is_filed(text: str) -> bool:
    """Whether a paragraph opens with a dateline beyond doubt: with country, day or agency, or of a listed place.

    >>> is_filed("RIVERMOUTH, Westland -- It rained."), is_filed("OSLO -- It rained.")
    (True, True)
    >>> is_filed("MARIGOLDS - Gardeners love them."), is_filed("Search Engine (SE): A program that finds pages.")
    (False, False)
    """
    # Most paragraphs have none of these marks so early, and need no pattern.
    if not text[:1].isupper() or not _MARK.search(text, 0, 90):
        return False
    line = find_dateline(text)
    if line is None:
        return False
    rest = line.text.replace(f"({line.agency})", "") if line.agency else line.text
    return "," in rest or agency_of(line.agency or "") is not None or fold(line.place) in _places()


@cache
def _places() -> frozenset[str]:
    listed = {fold(row["name"]) for row in read_list("places") if row["kind"] in _LISTED_KINDS}
    return frozenset(listed | {fold(row["name"]) for row in read_list("countries")})


def is_heading(block: RawBlock) -> bool:
    """Whether the markup calls a block a heading."""
    return block.tag == "h1" or block.tag in HEADING_TAGS


def can_open(block: RawBlock, choice: RoleChoice) -> bool:
    """Whether a block may be the headline of an article: short, no sentence, no name, label or item of a list.

    >>> can_open(RawBlock("River floods town"), RoleChoice("heading", 0.5, ""))
    True
    >>> [can_open(RawBlock(text), RoleChoice("heading", 0.5, "")) for text in ("3. Wash it", "Ann Doe", "Story Tools")]
    [False, False, False]
    """
    text = block.text
    n = text.count(" ") + 1
    if block.is_hidden or len(text) > 200 or n > HEAD_WORDS or choice.role in ("caption", "credit"):
        return False
    if n < 2 and (text.isascii() or len(text) < 6):
        return False
    if ending(text) in (2, 3, 4) or (ending(text) == 1 and not is_heading(block) and text[-1:] not in "?!"):
        return False
    if _ITEM.search(text.casefold()) or not any(map(str.isalpha, text)):
        return False
    is_name = not is_heading(block) and _is_names(text)
    return not (is_name or phrase_kind(text) or find_signs(text) or byline_reason(text))


def _is_names(text: str) -> bool:
    """Whether a line is a short name, or several names and nothing else."""
    parts = [part for part in _BETWEEN_NAMES.split(text) if part]
    return all(len(part.split()) <= NAME_WORDS or len(parts) > 1 for part in parts) and all(map(looks_like_name, parts))
