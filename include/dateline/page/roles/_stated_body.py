"""Scores of blocks seen in the light of the article text that a page states for machines."""

from __future__ import annotations

from collections.abc import Sequence

from ..flatten.raw_block import RawBlock
from ..wording.words import words_of

MIN_CHARS = 600
"""A shorter text that the markup states as the article's is a teaser."""
MIN_SHARE = 0.6
"""Share of the text found without it that the stated text must have: else it is a summary, or another page's."""
HEAD_WORDS = 12
MIN_WORDS = 4
RAISED, LOWERED = 2.3, 0.053
"""Factors on the odds of blocks that the stated text has and has not: they move one half to .3 and to .95. Of 450 words
in blocks that such texts leave out, with scores of .5 to .95, 15 were article text; above .95, 580 of 609 were."""


def heed_stated_body(blocks: Sequence[RawBlock], scores: Sequence[float], body: str | None) -> list[float]:
    """Scores of blocks, raised where `body`, the text that the markup states, has their first words, else lowered.

    They stay as they are where nothing is stated, where it is short, or where it is not the text of this page.

    >>> rain, ad = RawBlock("Rain fell on the harbour all day."), RawBlock("Ten ways to stay dry for less.")
    >>> [round(p, 2) for p in heed_stated_body([rain, ad], [0.9, 0.45], 20 * "Rain fell on the harbour all day. ")]
    [0.95, 0.04]
    """
    if body is None or len(body) < MIN_CHARS:
        return list(scores)
    stated = f" {' '.join(words_of(body))} "
    has = [_has(stated, block.text) for block in blocks]
    sizes = [(len(block.text), known) for block, p, known in zip(blocks, scores, has, strict=True) if p > 0.5]
    if sum(size for size, known in sizes if known) < MIN_SHARE * sum(size for size, _ in sizes):
        return list(scores)
    factors = [1.0 if known is None else RAISED if known else LOWERED for known in has]
    return [p * factor / (p * factor + 1 - p) for p, factor in zip(scores, factors, strict=True)]


def _has(stated: str, text: str) -> bool | None:
    """Whether a text's first words stand in another; None for labels, whose words may stand anywhere."""
    words = words_of(text[:200])[:HEAD_WORDS]
    if len(words) < MIN_WORDS:
        return None
    # The last of the words may have been cut.
    return f" {' '.join(words[:-1])} " in stated
