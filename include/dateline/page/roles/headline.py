"""Which block is the headline, by what the markup states or by how it stands before the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial

import re2

from ...identity import fold
from ..flatten.raw_block import RawBlock
from ..wording.byline import PARTICLES, byline_reason
from ..wording.lexicon import phrase_kind
from ..wording.lists import all_stop_words
from ..wording.measure import ending
from ..wording.words import folded_words

LOOK_BACK = 40
"""How many blocks before the first paragraph a headline may stand; menus and pictures come in between."""

BYLINE_REACH = 4
BYLINE_BELOW = 0.5
CAPTION_BELOW = 0.4
SENTENCE = 0.8
"""Weights chosen on dumps of pages whose titles are known."""
NOTICES = 20
SITE_WORDS = 6
"""Names of sites, with a section behind them, have no more words than this."""
_COPYRIGHT = re2.compile(r"(?i)©|\(c\)|\bcopyright\b")
_NUMBERED = re2.compile(r"^\d{1,3}\. ")
_PARTS = re2.compile(r":\s+|\s+[|\-–—·•»]+\s+")


def find_headline(
    blocks: Sequence[RawBlock], scores: Sequence[float], title: str | None, captions: frozenset[int]
) -> tuple[int | None, str]:
    """Number of the headline's block and why; None where no block can be it.

    `scores` are the blocks' probabilities to be article text, `title` what the markup states, `captions` the
    numbers of blocks that are captions or credits.
    """
    first = next(
        (i for i, p in enumerate(scores) if p > 0.5 and len(blocks[i].text.split()) >= 12 and i not in captions), None
    )
    # Few pages need them, and every block would be looked at.
    notices = cache(partial(_find_notices, blocks))
    stated = _find_stated(blocks, title, first, notices)
    if stated is not None:
        return stated, "has the words of the stated title"
    heads = [i for i, b in enumerate(blocks) if b.tag == "h1" and not b.is_hidden and _can_be_headline(b.text)]
    if len(heads) == 1:
        return heads[0], "the only h1 of the page"
    if first is None:
        return None, ""
    return _find_before(blocks, first, captions, notices)


def _find_notices(blocks: Sequence[RawBlock]) -> list[str]:
    """The last notices of copyright of the page, folded."""
    return [fold(b.text) for b in blocks if len(b.text) < 400 and _is_notice(b.text)][-NOTICES:]


def _is_notice(text: str) -> bool:
    folded = text.casefold()
    # Few blocks hold the sign or the word, and looking for them is faster than the pattern.
    is_likely = "©" in folded or "(c)" in folded or "copyright" in folded
    return is_likely and _COPYRIGHT.search(text) is not None


def _find_stated(
    blocks: Sequence[RawBlock], title: str | None, first: int | None, notices: Callable[[], Sequence[str]]
) -> int | None:
    wanted = fold(title)
    if not wanted:
        return None
    best: tuple[float, int] | None = None
    words = set(wanted.split())
    parts = {key for part in _PARTS.split(title or "") if len((key := fold(part)).split()) > 1}
    least, most = len(wanted) / 3, 2 * len(wanted) + 20
    for no, block in enumerate(blocks):
        if not least <= len(block.text) <= most or block.is_hidden:
            continue
        found = folded_words(block.text)
        if words.isdisjoint(found):
            continue
        own = set(found)
        key = " ".join(found)
        likeness = len(own & words) / max(1, len(own | words))
        if len(key) > 12 and len(own) > 2 and (wanted.startswith(key + " ") or wanted.endswith(" " + key)):
            likeness = max(likeness, 0.8)
        if key in parts:
            likeness = max(likeness, 0.8)
        if likeness < 0.55 or (key != wanted and block.tag != "h1" and _names_site(block.text, notices)):
            continue
        near = 0.0 if first is None else 0.3 * (no <= first)
        score = likeness + 0.4 * (block.tag == "h1") + 0.15 * (block.tag == "h2") + near
        if best is None or score > best[0] + 1e-9:
            best = score, no
    return best[1] if best else None


def _find_before(
    blocks: Sequence[RawBlock], first: int, captions: frozenset[int], notices: Callable[[], Sequence[str]]
) -> tuple[int | None, str]:
    topic = content_words(" ".join(b.text for b in blocks[first : first + 6]))
    low = max(0, first - LOOK_BACK)
    lines = [no for no in range(low, first) if byline_reason(blocks[no].text) is not None]
    texts = Counter(block.text for block in blocks[low:first])
    opening = fold(blocks[0].text)
    best: tuple[float, int] | None = None
    for no in range(first - 1, low - 1, -1):
        block = blocks[no]
        if no in captions or not _can_be_headline(block.text) or _names_site(block.text, notices):
            continue
        score = _score_words(block.text, topic) - 0.03 * (first - no)
        score += 1.2 * (no > 0 and len(block.text.split()) > 2 and opening.startswith(fold(block.text.lstrip("# "))))
        score += 0.3 * (block.tag in ("h1", "h2", "b", "center")) - 0.3 * (block.link_chars > 0.6 * len(block.text))
        score += BYLINE_BELOW * any(no < line <= no + BYLINE_REACH for line in lines)
        score += 0.3 * (texts[block.text] > 1 and len(block.text.split()) >= 6)
        score -= 0.8 * _labels_next(block.text, blocks[no + 1].text) + CAPTION_BELOW * (no + 1 in captions)
        if best is None or score > best[0] + 1e-9:
            best = score, no
    if best is None or best[0] < 0.45:
        return None, ""
    return best[1], f"a short line before the text that shares its words (score {best[0]:.2f})"


def _score_words(text: str, topic: set[str]) -> float:
    """How much a line by itself looks like the headline of a text with these words."""
    own = content_words(text)
    n = len(text.split())
    shared = len(own & topic) / max(1, len(own))
    score = 1.6 * shared + 0.5 * text.startswith("# ") + 0.4 * (4 <= n <= 18) - 0.5 * (n < 3)
    return score - SENTENCE * (ending(text) == 1) - 0.5 * bool(_NUMBERED.search(text))


def _names_site(text: str, notices: Callable[[], Sequence[str]]) -> bool:
    """Whether a short line is a masthead: the copyright notice holds its words, or those before a separator."""
    if len(text.split()) > SITE_WORDS:
        return False
    names = (fold(part).removeprefix("the ") for part in _PARTS.split(text))
    return any(len(name) > 3 and f" {name} " in f" {notice} " for name in names for notice in notices())


def _labels_next(text: str, below: str) -> bool:
    """Whether a line of names alone opens the line below it as well, as the label of a picture does its caption."""
    words = text.split()
    names = all(w[0].isupper() or w in PARTICLES or w == "and" for w in words)
    return names and fold(below).startswith(f"{fold(text)} ")


def _can_be_headline(text: str) -> bool:
    n = len(text.split())
    return (
        (2 <= n <= 30 or (n == 1 and not text.isascii() and len(text) >= 6))
        and len(text) <= 250
        and any(c.isalpha() for c in text)
        and phrase_kind(text) is None
        and byline_reason(text) is None
        and text.count(" | ") == 0
    )


def content_words(text: str) -> set[str]:
    """Words of a text without function words, each by its first letters.

    >>> sorted(content_words("They discussed the rivers of Westland"))
    ['discu', 'river', 'westl']
    """
    stops = all_stop_words()
    # Five letters of a word stand for its forms: discuss, discussed, discussion.
    return {w[:5] for w in folded_words(text) if w not in stops and len(w) > 1}
