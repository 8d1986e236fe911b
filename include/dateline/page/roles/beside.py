"""Blocks that are no paragraphs: what the site puts around and between them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from ..flatten.raw_block import RawBlock
from ..wording.eras import copyright_era
from ..wording.lexicon import is_frame_wording, phrase_kind
from ..wording.measure import ending

NOTICE_CHARS = 160
"""A notice of copyright with a year in it is hardly longer; an article on copyright names no year so early."""
MENU_CHARS = 400
MENU_LABELS = 3
LABEL_WORDS = 4
ROW_LINKS = 4
JOB_WORDS = 7
LIST_ITEMS = 8

_JOB = re.compile(
    r"(?i)\b(?:(?:staff|senior|news|sports?|science|political|business|feature|foreign|wire|press) ?(?:writer|reporter|"
    r"editor|correspondent)|writer|reporter|correspondent|columnist|bureau chief|news (?:staff|service)|contributor)s?$"
)


_BESIDE = frozenset({"aside", "nav"})
_STROKES = re.compile(r" ?\|+ ?|\] ?\[|^\[|\]$")
_PAGES = re.compile(r"(?i)^(?:page:? ?)?(?:\[?\d{1,2}\]?[ |,]{1,3}){1,20}(?:\d{1,2} ?)?next(?: page)?[ »>]*$")
_PRINTED_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")


def is_frame(text: str) -> bool:
    """Whether a short block is the site's own wherever it stands: a tool, a label of other stories, a notice.

    >>> is_frame("© 2004 Harbour Daily"), is_frame("Printer-friendly version"), is_frame("The version was printed.")
    (True, True, False)
    >>> is_frame('<iframe src="http://player.example/1"></iframe>')
    True
    """
    return (
        is_frame_wording(text)
        or is_menu_row(text)
        or (len(text) < NOTICE_CHARS and copyright_era(text) is not None)
        or (text[:1] == "<" and sum(len(tag) for tag in _PRINTED_TAG.findall(text)) > 0.5 * len(text))
    )


def is_menu_row(text: str) -> bool:
    """Whether a text is a row of labels between strokes or brackets, as menus and tools were set before lists.

    >>> is_menu_row("News | World | Sport"), is_menu_row("[print] [mail] [save]"), is_menu_row("Rain | 4 mm")
    (True, True, False)
    >>> is_menu_row("1 2 3 Next page >>"), is_menu_row("Ann Doe | Bob Roe | He says that it rained all day.")
    (True, False)
    """
    if len(text) > MENU_CHARS or ending(text) == 1:
        return False
    if _PAGES.match(text):
        return True
    labels = [label for label in _STROKES.split(text) if label.strip()] if "|" in text or "[" in text else []
    return len(labels) >= MENU_LABELS and all(len(label.split()) <= LABEL_WORDS for label in labels)


def is_item(block: RawBlock) -> bool:
    """Whether a block stands in a box or menu beside the text, as an item of a list or as a link.

    >>> is_item(RawBlock("Rain, 2 May 2003", semantics=frozenset({"aside", "li"}))), is_item(RawBlock("Rain"))
    (True, False)
    """
    return not _BESIDE.isdisjoint(block.semantics) and (
        "li" in block.semantics or block.link_chars > 0.5 * len(block.text)
    )


def is_linked_label(block: RawBlock, score: float) -> bool:
    """Whether a block is one link that reads like a menu's entry or another story's headline, not like a paragraph.

    `score` is its probability to be article text. Of linked items of up to three words one in three is text in 498
    pages, of linked headings of nine words and more below .8 one in twenty.

    >>> is_linked_label(RawBlock("Rugby news", tag="li", link_chars=10), 0.9)
    True
    """
    if block.link_chars < 0.9 * len(block.text) or ending(block.text) == 1:
        return False
    words = len(block.text.split())
    if words <= 3:
        return block.tag == "li" or "li" in block.semantics
    return words >= 9 and score < 0.8 and block.tag != "p" and "li" not in block.semantics


def is_link_row(block: RawBlock) -> bool:
    """Whether a block is nothing but links, one after the other.

    >>> is_link_row(RawBlock("Rain Wind Sun Hail", n_links=4, link_chars=15))
    True
    """
    return block.n_links >= ROW_LINKS and block.link_chars + block.n_links >= 0.95 * len(block.text)


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


def name_frame(block: RawBlock, hints: Container[str] = ()) -> tuple[str, str]:
    """Role and reason of a block that is not article text; `hints` are those of all class words around it.

    >>> name_frame(RawBlock("Leave a reply"))
    ('comment', 'a comment by its class or wording')
    """
    text = block.text
    kind = phrase_kind(text)
    if "comment" in hints or kind == "comment":
        return "comment", "a comment by its class or wording"
    if "embed" in hints and len(text.split()) > 4:
        return "embed", "its class names an embedded post or player"
    if kind == "related":
        return "related", "wording that opens lists of other stories"
    if "nav" in block.semantics or kind == "navigation" or text.count(" | ") >= 3:
        return "navigation", "a menu by its tag or wording"
    if kind:
        return "boilerplate", f"wording of kind {kind}"
    # No more words are counted than the rules need.
    words = len(text.split(None, 5))
    linked = block.link_chars > 0.5 * len(text)
    if linked and words >= 5:
        return "related", "a linked headline"
    if "related" in hints or "aside" in block.semantics:
        return "related", "stands in a box of other stories"
    if linked or words <= 3:
        return "navigation", "a short or linked label"
    return "boilerplate", "does not read like article text"
