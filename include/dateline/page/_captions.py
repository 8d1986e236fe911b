"""Which blocks are captions and credits of pictures rather than paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ._eras import copyright_era
from ._features import ending
from ._lexicon import hints_of, phrase_kind
from .raw_block import RawBlock

CREDIT_WORDS = 10
"""A credit names a photographer and an agency; longer blocks describe the picture as well."""
CAPTION_WORDS = 45
SURE = 0.7
"""Some sites put paragraphs into figures: of blocks there with this score and more, two in three are text."""

_MAKERS = r"(?:AP|AFP|EPA|ANSA|PA|Reuters|Xinhua|Getty(?: Images)?|Bloomberg|(?:ITAR-)?TASS|Kyodo|Yonhap|NASA|EFE|dpa)"
# A bracket or slash that names who made the picture, at the very end: "(Xinhua/Reuters Photo)", "(AP Photo/Jo Roe)".
_CREDIT_END = re.compile(
    r"(?:[\(\[](?:[^()\[\]]{0,60}\b(?:[Pp]hotos?|PHOTOS?|[Pp]ictures?|[Ii]mages?|[Ii]llustrations?)\b[^()\[\]]{0,60}"
    rf"|[^()\[\]]{{0,40}}/{_MAKERS}|{_MAKERS}(?:/[^()\[\]]{{0,40}})?|(?i:file|handout|courtesy[^()]{{0,40}}))[\)\]]"
    r"|\b(?:Photo|Photograph|Picture|Image|Credit|Photo credit|Image credit)s?: ?[^.!?]{2,60}"
    rf"|[A-Z][\w.'’-]+ ?/ ?{_MAKERS}(?: via [A-Z][\w ]{{2,20}})?)[.\s]*$"
)
# Places of persons in a picture: "(R)", "(left)", "second from right".
_POSITION = re.compile(
    r"\((?:[LRCc]|left|right|center|centre|top|bottom|rear|second [LRlr]|[23](?:nd|rd) [LRlr])\)"
    r"|, (?:left|right|center|centre),|\b(?:second|third|fourth|first) from (?:the )?(?:left|right)\b"
    r"|\b(?:second|third) (?:left|right),|^Pictured\b|\bis pictured\b|\bfrom left(?: to right)?[,:] "
    r"|^(?:FILE|File photo)\b ?[-–—:]?|\b[Ii]n this (?:file |undated |handout )?(?:photo|picture|image)\b"
)


_NAME = r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’&-]*|de|da|del|van|von|bin|al|of|the))"
# A person's name and who printed the picture: "Ann Doe/Harbour Daily", "Ann Doe / For the Harbour Daily".
_NAME_AND_HOUSE = re.compile(rf"^{_NAME}{{1,3}} ?/ ?(?:[Ff]or )?(?:[Tt]he )?{_NAME}{{0,4}}$")


@lru_cache(maxsize=8192)
def has_picture_credit(text: str) -> bool:
    """Whether the text ends by naming who made a picture.

    >>> has_picture_credit("The bridge of Rivermouth at dawn. (AP Photo/Ann Doe)")
    True
    >>> has_picture_credit("He works for the news agency (AP) in Rome.")
    False
    """
    tail = text[-160:]
    return (")" in tail or "]" in tail or "/" in tail or ":" in tail) and bool(_CREDIT_END.search(tail))


def names_positions(text: str) -> bool:
    """Whether the text says who stands where in a picture.

    >>> names_positions("Mayor Ann Doe (L) and Bob Roe open the bridge")
    True
    """
    head = text[:400]
    return len(text) > 20 and _may_name_positions(head) and _POSITION.search(head) is not None


def _may_name_positions(head: str) -> bool:
    """False where no branch of the pattern can match: looking for their parts is faster than for the pattern."""
    return (
        "left" in head
        or "right" in head
        or "(" in head
        or ", cent" in head
        or "ictured" in head
        or "n this " in head
        or head.startswith(("FILE", "File photo"))
    )


def caption_reason(no: int, blocks: Sequence[RawBlock], score: float, opens_text: bool) -> str | None:
    """Why block `no` is a caption, or None.

    `score` is its probability to be article text; `opens_text` says that it stands before or at the first paragraph.
    """
    block = blocks[no]
    text = block.text
    if len(text) > 900 or copyright_era(text):
        return None
    if block.tag == "figcaption" or "figcaption" in block.semantics:
        return "stands in a figcaption"
    hints = hints_of(block.classes[:3])
    if "caption" in hints and "content" not in hints and score < 0.9:
        return "its class names a caption"
    if block.tag == "caption":
        return "stands in a table's caption"
    if "figure" in block.semantics and len(text.split()) < 60 and score < SURE:
        return "stands in a figure"
    if has_picture_credit(text):
        return "a picture credit ends it"
    if (opens_text or block.image_urls or ending(text) != 1) and names_positions(text):
        return "says who stands where in a picture"
    if opens_text and block.path is None and names_picture_above(no, blocks):
        return "a sentence under a picture's label that has the label's names"
    if ending(text) in (1, 2) and printed_twice(no, blocks) and len(text.split()) < 40:
        return "one sentence printed twice in a row, as alternative text and as caption"
    return None


def names_picture_above(no: int, blocks: Sequence[RawBlock]) -> bool:
    """Whether the block above is a picture's short label, all of whose capitalised words stand in this sentence.

    >>> blocks = [RawBlock("Doe Roe"), RawBlock("Ann Doe and Bob Roe open the bridge.")]
    >>> names_picture_above(1, blocks)
    True
    """
    if no == 0 or ending(blocks[no].text) != 1:
        return False
    label, words = blocks[no - 1].text.split(), set(blocks[no].text.replace(",", " ").replace(".", " ").split())
    return 2 <= len(label) <= 6 and len(words) <= 40 and all(w[0].isupper() and w in words for w in label)


def printed_twice(no: int, blocks: Sequence[RawBlock]) -> bool:
    """Whether the very next or last block has the same text, of at least four words."""
    text = blocks[no].text
    is_near = (no > 0 and blocks[no - 1].text == text) or (no + 1 < len(blocks) and blocks[no + 1].text == text)
    return is_near and len(text.split()) >= 4


def captions_above_credits(blocks: Sequence[RawBlock], scores: Sequence[float], below: Sequence[int]) -> list[int]:
    """Numbers of the blocks right above the credits `below` that stand elsewhere in the markup than the paragraphs do.

    >>> blocks = [RawBlock("Rain fell.", path="p"), RawBlock("A wet dog", path="b"), RawBlock("Ann Doe/AP", path="b")]
    >>> captions_above_credits(blocks, [0.9, 0.6, 0.2], [2])
    [1]
    """
    mass: Counter[str | None] = Counter()
    for block, score in zip(blocks, scores, strict=True):
        if score > 0.5:
            mass[block.path] += len(block.text)
    paragraphs = max(mass, key=lambda path: mass[path], default=None)
    return [
        no - 1
        for no in below
        if no > 0
        and blocks[no - 1].path == blocks[no].path != paragraphs
        and 3 <= len(blocks[no - 1].text.split()) <= CAPTION_WORDS
    ]


def is_credit(text: str) -> bool:
    """Whether a short block only says who made a picture.

    >>> is_credit("Photograph: Ann Doe/Reuters"), is_credit("Photograph the birds at dawn, the guide said.")
    (True, False)
    >>> is_credit("Ann Doe/Harbour Daily"), is_credit("Science/Health")
    (True, False)
    """
    return len(text.split(None, CREDIT_WORDS)) <= CREDIT_WORDS and (
        (phrase_kind(text) == "photo" and ending(text) == 0)
        or has_picture_credit(text)
        or ("/" in text and bool(_NAME_AND_HOUSE.search(text)))
    )
