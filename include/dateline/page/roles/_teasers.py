"""Blocks among or below the paragraphs that lead to other stories, by the look of each and by the label above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..flatten.raw_block import RawBlock
from ..wording.lexicon import phrase_kind
from ..wording.measure import ending

LABEL_WORDS = 7
CAPITALS = 4
LIST_LEAST = 2
LIST_WORDS = 24

_FILE = r"\S{1,200}\.(?:jpe?g|png|gif|webp|avif|svg)"
_FILES = re.compile(rf"(?i)^(?:\[?{_FILE}(?:\?\S{{0,300}})?\]?[\s,]{{0,3}}){{1,4}}$")
_COUNTED = re.compile(r"\S \((?:\d{1,3}|\d{1,3},\d{3})\)$")


def is_file_name(text: str) -> bool:
    """Whether a block is nothing but names of picture files.

    >>> is_file_name("harbour-at-dawn.jpg harbour-at-dawn.jpg"), is_file_name("See harbour.jpg for the place.")
    (True, False)
    """
    return len(text) < 600 and "." in text and _FILES.match(text) is not None


def is_doubled(text: str) -> bool:
    """Whether a text is some words and the same words again: a headline and its picture's alternative text.

    >>> is_doubled("Ferry returns to Rivermouth Ferry returns to Rivermouth"), is_doubled("No, no")
    (True, False)
    """
    half = len(text) // 2
    return len(text) % 2 == 1 and text[half] == " " and text[:half].count(" ") >= 2 and text[:half] == text[half + 1 :]


def is_linked_teaser(block: RawBlock) -> bool:
    """Whether a block is one link all in capitals, or one that a number of comments in brackets ends.

    >>> is_linked_teaser(RawBlock("FERRY RETURNS TO RIVERMOUTH HARBOUR", link_chars=35))
    True
    """
    text = block.text
    if block.link_chars < 0.9 * len(text) or text.count(" ") + 1 < CAPITALS:
        return False
    return text.isupper() or _COUNTED.search(text) is not None


def find_listed(blocks: Sequence[RawBlock], is_text: Sequence[bool], opens: Sequence[bool]) -> list[int]:
    """Numbers of text blocks that are headlines under a label of other stories, up to the next sentence.

    `opens` says which blocks are labels. At least two headlines make a list; one may be a cross heading.

    >>> blocks = [RawBlock(t) for t in ("Most read in Sport", "Ferry wins", "Rain stops play", "Rain fell all day.")]
    >>> find_listed(blocks, [False, True, True, True], [True, False, False, False])
    [1, 2]
    """
    found: list[int] = []
    for at in (no for no, opened in enumerate(opens) if opened):
        run = []
        for no in range(at + 1, len(blocks)):
            text = blocks[no].text
            if opens[no] or text.count(" ") >= LIST_WORDS or (ending(text) in (1, 3) and text.count(" ") >= 3):
                break
            run.append(no)
        if len(run) >= LIST_LEAST:
            found += [no for no in run if is_text[no]]
    return found


def opens_list(block: RawBlock) -> bool:
    """Whether a block is a label of a list of other stories and nothing else.

    >>> opens_list(RawBlock("Most read in Sport")), opens_list(RawBlock("Read more: Ferry comes back to the harbour"))
    (True, False)
    """
    text = block.text
    if text.count(" ") >= LABEL_WORDS or ending(text) == 1 or phrase_kind(text) != "related":
        return False
    return ":" not in text.rstrip(": ")
