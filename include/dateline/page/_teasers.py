"""Blocks among or below the paragraphs that lead to other stories, or that a page prints again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ._features import ending
from ._lexicon import phrase_kind
from .raw_block import RawBlock

DIVIDER_WORDS = 8
DIVIDERS = 3
"""A label that stands so often between two paragraphs was set there by the site."""
CUT_RUN = 3
"""So many paragraphs in a row that break off are teasers: an article breaks off once."""
CUT_REACH = 2
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


def find_dividers(blocks: Sequence[RawBlock], prose: Sequence[float]) -> list[int]:
    """Numbers of blocks with a short label that comes again and again right between two paragraphs.

    >>> blocks = [RawBlock(text) for text in ("Rain.", *("Article content", "Rain.") * 3)]
    >>> find_dividers(blocks, [20.0, 0.0] * 3 + [20.0])
    [1, 3, 5]
    """
    counts = Counter(block.text for no, block in enumerate(blocks) if _is_between(no, block, prose))
    often = {text for text, count in counts.items() if count >= DIVIDERS}
    return [no for no, block in enumerate(blocks) if block.text in often] if often else []


def _is_between(no: int, block: RawBlock, prose: Sequence[float]) -> bool:
    return (
        0 < no < len(prose) - 1
        and prose[no - 1] > 0
        and prose[no + 1] > 0
        and block.text.count(" ") < DIVIDER_WORDS
        and prose[no] == 0
        and any(map(str.isalpha, block.text))
    )


def find_cut_teasers(blocks: Sequence[RawBlock], is_text: Sequence[bool]) -> list[int]:
    """Numbers of text blocks in a run of paragraphs that all break off, below a paragraph that doesn't.

    >>> texts = ["Rain fell on the town all day.", *["FERRY: The ferry came back on Monday and many people ..."] * 3]
    >>> find_cut_teasers([RawBlock(text) for text in texts], [True] * 4)
    [1, 2, 3]
    """
    cut = [no for no, block in enumerate(blocks) if is_text[no] and block.text.count(" ") >= 7 and _breaks_off(block)]
    found: list[int] = []
    run: list[int] = []
    for no in [*cut, len(blocks) + CUT_REACH + 1]:
        if run and no - run[-1] > CUT_REACH:
            whole_above = any(is_text[at] and ending(blocks[at].text) == 1 for at in range(run[0]))
            if len(run) >= CUT_RUN and whole_above:
                found += run
            run = []
        run.append(no)
    return found


def _breaks_off(block: RawBlock) -> bool:
    text = block.text.rstrip(" ]»>")
    return text.endswith(("...", "…", "[&hellip;", "[…", "[..."))


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
