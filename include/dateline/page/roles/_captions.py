"""Which blocks are captions and credits of pictures rather than paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ..flatten.raw_block import RawBlock
from ..wording.eras import copyright_era
from ..wording.lexicon import phrase_kind
from ..wording.measure import ending
from ._hints import Hints, is_near

CREDIT_WORDS = 10
"""A credit names a photographer and an agency; longer blocks describe the picture as well."""
CAPTION_WORDS = 45
CAPTION_CHARS = 900
SHORTEST = 20
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
_AFTER_CREDIT = "." + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
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


def has_picture_credit(text: str) -> bool:
    """Whether the text ends by naming who made a picture.

    >>> has_picture_credit("The bridge of Rivermouth at dawn. (AP Photo/Ann Doe)")
    True
    >>> has_picture_credit("He works for the news agency (AP) in Rome.")
    False
    """
    tail = text[-160:]
    # What the branches of the pattern need is looked for first: a stroke, a label and a colon, a bracket at the end.
    may_match = (
        "/" in tail
        or (":" in tail and ("hoto" in tail or "icture" in tail or "mage" in tail or "redit" in tail))
        or ((")" in tail or "]" in tail) and tail.rstrip(_AFTER_CREDIT)[-1:] in (")", "]"))
    )
    return may_match and _ends_in_credit(tail)


@lru_cache(maxsize=2048)
def _ends_in_credit(tail: str) -> bool:
    return _CREDIT_END.search(tail) is not None


def names_positions(text: str) -> bool:
    """Whether the text says who stands where in a picture.

    >>> names_positions("Mayor Ann Doe (L) and Bob Roe open the bridge")
    True
    """
    if len(text) <= SHORTEST:
        return False
    head = text[:400]
    # Looking for the parts that branches of the pattern need is faster than for the pattern.
    may_match = (
        "left" in head
        or "right" in head
        or "(" in head
        or ", cent" in head
        or "ictured" in head
        or "n this " in head
        or head.startswith(("FILE", "File photo"))
    )
    return may_match and _POSITION.search(head) is not None


def caption_reason(
    no: int, blocks: Sequence[RawBlock], hints: Hints, score: float, opens_text: bool, is_credited: bool
) -> str | None:
    """Why block `no` is a caption, or None.

    `hints` are those of its class words, `score` is its probability to be article text; `opens_text` says that it
    stands before or at the first paragraph, `is_credited` that a picture credit ends it.
    """
    block = blocks[no]
    text = block.text
    if len(text) > CAPTION_CHARS:
        return None
    reason = _caption_by_markup(block, hints, score)
    if reason is None and is_credited:
        reason = "a picture credit ends it"
    elif reason is None and (opens_text or block.image_urls or ending(text) != 1) and names_positions(text):
        reason = "says who stands where in a picture"
    elif reason is None and opens_text and block.path is None and names_picture_above(no, blocks):
        reason = "a sentence under a picture's label that has the label's names"
    elif reason is None and printed_twice(no, blocks) and ending(text) in (1, 2) and len(text.split()) < 40:
        reason = "one sentence printed twice in a row, as alternative text and as caption"
    return None if reason and copyright_era(text) else reason


def _caption_by_markup(block: RawBlock, hints: Hints, score: float) -> str | None:
    if block.tag == "figcaption" or "figcaption" in block.semantics:
        return "stands in a figcaption"
    if "caption" in hints and is_near("caption", hints) and not is_near("content", hints) and score < 0.9:
        return "its class names a caption"
    if block.tag == "caption":
        return "stands in a table's caption"
    if "figure" in block.semantics and len(block.text.split()) < 60 and score < SURE:
        return "stands in a figure"
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
    is_beside = (no > 0 and blocks[no - 1].text == text) or (no + 1 < len(blocks) and blocks[no + 1].text == text)
    return is_beside and len(text.split()) >= 4


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


def is_credit(text: str, is_credited: bool | None = None) -> bool:
    """Whether a short block only says who made a picture; `is_credited` is `has_picture_credit`, if known already.

    >>> is_credit("Photograph: Ann Doe/Reuters"), is_credit("Photograph the birds at dawn, the guide said.")
    (True, False)
    >>> is_credit("Ann Doe/Harbour Daily"), is_credit("Science/Health")
    (True, False)
    """
    # Words are counted last: few blocks have a maker.
    return (
        (phrase_kind(text) == "photo" and ending(text) == 0)
        or (has_picture_credit(text) if is_credited is None else is_credited)
        or ("/" in text and _NAME_AND_HOUSE.match(text) is not None)
    ) and len(text.split(None, CREDIT_WORDS)) <= CREDIT_WORDS
