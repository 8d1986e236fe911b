"""What stands at the end of a text and is not the writer's: a company about itself, disclaimers, notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import re2

from ..flatten.raw_block import RawBlock
from ..wording.lists import read_list
from ..wording.measure import ending

LAST = 6
"""Text blocks from the end among which a closing may begin; a section about a company may stand anywhere else."""
LEAST_ABOVE = 3
"""Text blocks that must stand above it: a page on nothing but a company is an article about it."""
HEADING_WORDS = 8

_ABOUT = re.compile(r"^About (?:the )?[A-Z0-9][\w&.'’-]*(?: [\w&.,'’®™()-]+){0,6}:?$")


def find_closing(blocks: Sequence[RawBlock], is_text: Sequence[bool]) -> dict[int, str]:
    """Numbers of text blocks at the end that are not the article's, with the reason.

    After "About Example Ltd" all text is the company's own; of other closings each block must say what it is.

    >>> texts = ["Rain.", "Wind.", "Sun.", "About Harbour Ferries", "Harbour Ferries runs boats."]
    >>> sorted(find_closing([RawBlock(text) for text in texts], [True] * 5))
    [3, 4]
    """
    numbers = [no for no, kept in enumerate(is_text) if kept]
    found: dict[int, str] = {}
    for at in range(max(LEAST_ABOVE, len(numbers) - LAST), len(numbers)):
        no = numbers[at]
        text = blocks[no].text
        if _ABOUT.match(text) and text.count(" ") < HEADING_WORDS and ending(text) in (0, 3):
            found |= dict.fromkeys(numbers[at:], "what a company says about itself, below the text")
            break
        if _is_closing(text):
            found[no] = "a notice that closes texts"
    return found


def _is_closing(text: str) -> bool:
    return bool(_patterns().Match(text[:600].casefold().replace("’", "'")))


@cache
def _patterns() -> re2.Filter:
    """All patterns, each tried only where parts that it needs stand: as one set they take fifty times as long."""
    together = re2.Filter()
    for row in read_list("closings"):
        edge = r"^[\W_]*" if row["match"] == "start" else r"(?:^|[^\pL\pN])"
        together.Add(edge + row["pattern"])
    together.Compile()
    return together
