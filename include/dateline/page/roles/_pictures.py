"""The captions and credits of a page's pictures."""

from __future__ import annotations

from collections.abc import Sequence

from ..flatten.raw_block import RawBlock
from ..wording.lexicon import phrase_kind
from ._captions import SHORTEST, caption_reason, captions_above_credits, has_picture_credit, is_credit
from ._hints import Hints

PARAGRAPH_WORDS = 12
_CAPTION_TAGS = frozenset({"figcaption", "caption"})
_FIGURES = frozenset({"figure", "figcaption"})


def find_pictures(
    blocks: Sequence[RawBlock], hints: Sequence[Hints], scores: Sequence[float]
) -> dict[int, tuple[str, str]]:
    """Role and reason of each block that is a caption or a credit; `hints` are of `find_hints`.

    >>> find_pictures([RawBlock("Photograph: Ann Doe/Reuters"), RawBlock("Rain fell.")], [{}, {}], [0.2, 0.9])
    {0: ('credit', 'only says who made a picture')}
    """
    found = {}
    first = next(
        (no for no, p in enumerate(scores) if p > 0.5 and len(blocks[no].text.split()) >= PARAGRAPH_WORDS), len(blocks)
    )
    for no in find_candidates(blocks, hints, first):
        text = blocks[no].text
        is_credited = has_picture_credit(text)
        if is_credit(text, is_credited):
            found[no] = "credit", "only says who made a picture"
            continue
        reason = caption_reason(no, blocks, hints[no], scores[no], no <= first, is_credited)
        if reason:
            found[no] = "caption", reason
    below = [no for no, (role, _) in found.items() if role == "credit"]
    for no in captions_above_credits(blocks, scores, below) if below else ():
        found.setdefault(no, ("caption", "a picture credit follows it, apart from the paragraphs"))
    return found


def find_candidates(blocks: Sequence[RawBlock], hints: Sequence[Hints], first: int) -> list[int]:
    """Numbers of the blocks that have what some rule for captions or credits needs; half of a page has none of it.

    `first` is the first paragraph: without markup, any block up to it may stand under a picture.
    """
    above = [""] + [block.text for block in blocks]
    plain = first if blocks and blocks[0].path is None else -1
    return [
        no
        for no, (block, own, last) in enumerate(zip(blocks, hints, above, strict=False))
        if "/" in (text := block.text)
        or ":" in text
        or "(" in text
        or ")" in text
        or "]" in text
        or text == last
        or (no + 2 < len(above) and text == above[no + 2])
        or (
            len(text) > SHORTEST
            and (
                "left" in text
                or "right" in text
                or ", cent" in text
                or "ictured" in text
                or "n this " in text
                or text.startswith(("FILE", "File photo"))
            )
        )
        or "caption" in own
        or block.tag in _CAPTION_TAGS
        or not _FIGURES.isdisjoint(block.semantics)
        or no <= plain
        or phrase_kind(text) == "photo"
    ]
