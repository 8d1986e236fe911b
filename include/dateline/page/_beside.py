"""Blocks that are no paragraphs: what the site puts around and between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ._eras import copyright_era
from ._features import ending
from ._lexicon import class_hints, is_frame_wording, phrase_kind
from .raw_block import RawBlock

NOTICE_CHARS = 160
"""A notice of copyright with a year in it is hardly longer; an article on copyright names no year so early."""
JOB_WORDS = 7
LIST_ITEMS = 8

_JOB = re.compile(
    r"(?i)\b(?:(?:staff|senior|news|sports?|science|political|business|feature|foreign|wire|press) ?(?:writer|reporter|"
    r"editor|correspondent)|writer|reporter|correspondent|columnist|bureau chief|news (?:staff|service)|contributor)s?$"
)


def is_frame(text: str) -> bool:
    """Whether a short block is the site's own wherever it stands: a tool, a label of other stories, a notice.

    >>> is_frame("© 2004 Harbour Daily"), is_frame("Printer-friendly version"), is_frame("The version was printed.")
    (True, True, False)
    """
    return is_frame_wording(text) or (len(text) < NOTICE_CHARS and copyright_era(text) is not None)


def is_item(block: RawBlock) -> bool:
    """Whether a block stands in a box or menu beside the text, as an item of a list or as a link.

    >>> is_item(RawBlock("Rain, 2 May 2003", semantics=frozenset({"aside", "li"}))), is_item(RawBlock("Rain"))
    (True, False)
    """
    beside = bool(block.semantics & {"aside", "nav"})
    return beside and ("li" in block.semantics or block.link_chars > 0.5 * len(block.text))


def is_job_line(text: str) -> bool:
    """Whether a short line says what the writer named above it is.

    >>> is_job_line("Harbour Daily Staff Writer"), is_job_line("The reporter was not there.")
    (True, False)
    """
    return len(text.split()) <= JOB_WORDS and ending(text) == 0 and bool(_JOB.search(text))


def is_under_label(no: int, blocks: Sequence[RawBlock]) -> bool:
    """Whether a bullet stands in a list that a label such as "Story Tools" or "Related" opens.

    >>> is_under_label(1, [RawBlock("Story Tools"), RawBlock("Text size", is_bullet=True)])
    True
    """
    at = no
    while at > 0 and at > no - LIST_ITEMS and blocks[at].is_bullet:
        at -= 1
    return at < no and not blocks[at].is_bullet and phrase_kind(blocks[at].text) in ("tools", "related", "subscribe")


def name_frame(block: RawBlock) -> tuple[str, str]:
    """Role and reason of a block that is not article text.

    >>> name_frame(RawBlock("Leave a reply"))
    ('comment', 'a comment by its class or wording')
    """
    hints = frozenset(h for word in block.classes for h in class_hints(word))
    kind = phrase_kind(block.text)
    linked = block.link_chars > 0.5 * len(block.text)
    words = len(block.text.split())
    if "comment" in hints or kind == "comment":
        return "comment", "a comment by its class or wording"
    if "embed" in hints and words > 4:
        return "embed", "its class names an embedded post or player"
    if kind == "related":
        return "related", "wording that opens lists of other stories"
    if "nav" in block.semantics or kind == "navigation" or block.text.count(" | ") >= 3:
        return "navigation", "a menu by its tag or wording"
    if kind:
        return "boilerplate", f"wording of kind {kind}"
    if linked and words >= 5:
        return "related", "a linked headline"
    if "related" in hints or "aside" in block.semantics:
        return "related", "stands in a box of other stories"
    if linked or words <= 3:
        return "navigation", "a short or linked label"
    return "boilerplate", "does not read like article text"
