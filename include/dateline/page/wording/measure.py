"""Words of a text, how it ends, and whether it is prose."""

from __future__ import annotations

import re

PROSE_WORDS = 12
"""A block of so many words that ends like a sentence counts as prose."""

_WIDE = re.compile("[\u3040-\u9fff\uf900-\ufaff]")
_CLOSERS = "\"'”’»)]"
_ENDS = {".": 1, "!": 1, "?": 1, "。": 1, "！": 1, "？": 1, "…": 2, ":": 3, "：": 3, ",": 4, ";": 4}


def count_words(text: str) -> int:
    """Words of a text; in scripts written without spaces, half the characters.

    >>> count_words("Three short words"), count_words("総理大臣は東京で会見した")
    (3, 6)
    """
    n = len(text.split())
    return n if text.isascii() else max(n, count_wide_words(text))


def count_wide_words(text: str) -> int:
    """Half the characters of scripts that are written without spaces.

    >>> count_wide_words("総理大臣は東京で会見した"), count_wide_words("Three short words")
    (6, 0)
    """
    return len(_WIDE.findall(text)) // 2 if _WIDE.search(text) else 0


def ending(text: str) -> int:
    """How a text ends: 0 nothing, 1 sentence mark, 2 ellipsis, 3 colon, 4 comma or semicolon.

    >>> ending('He said "no."'), ending("More ..."), ending("Sources:"), ending("Home")
    (1, 2, 3, 0)
    """
    # Most lines end in a letter or digit, and that is nothing.
    if text[-1:].isalnum():
        return 0
    bare = text.rstrip(_CLOSERS + " ")
    if bare.endswith("..."):
        return 2
    return _ENDS.get(bare[-1:], 0)


def is_prose(text: str) -> bool:
    """Whether a text is as long as a paragraph and ends like one.

    >>> is_prose("The ferry ran aground on Monday, the harbour master of the town said."), is_prose("The ferry.")
    (True, False)
    """
    return text.count(" ") + 1 >= PROSE_WORDS and ending(text) == 1
