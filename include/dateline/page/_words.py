"""Words of a text, without case and punctuation; text in ASCII, as most is, without a pattern."""

from __future__ import annotations

import re

from ..identity import fold

_WORD = re.compile(r"\w+")
_ASCII = "".join(c.lower() if c.isalnum() or c == "_" else " " for c in map(chr, range(128)))
_ASCII_FOLDED = _ASCII.replace("_", " ")


def words_of(text: str) -> list[str]:
    """Runs of letters, digits and underscores, in small letters.

    >>> words_of("The river's at 2.5 m"), words_of("Café")
    (['the', 'river', 's', 'at', '2', '5', 'm'], ['café'])
    """
    return text.translate(_ASCII).split() if text.isascii() else _WORD.findall(text.casefold())


def folded_words(text: str) -> list[str]:
    """Words of `identity.fold`: as `words_of`, in compatibility form, parted at underscores.

    >>> folded_words("U.S. news_desk"), folded_words("\\u2167 Café")
    (['u', 's', 'news', 'desk'], ['viii', 'café'])
    """
    return text.translate(_ASCII_FOLDED).split() if text.isascii() else fold(text).split()
