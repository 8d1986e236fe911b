"""What the text of a block tells by itself, as one row of numbers."""

from __future__ import annotations

from functools import lru_cache

from .lexicon import KINDS, phrase_kind
from .lists import all_stop_words
from .measure import count_words, ending
from .stamps import NONE, STAMP_CHARS, stamp_kind

WORDS_SEEN = 60
"""Shares are taken over the first words of a block: enough to tell prose, and linear in blocks, not characters."""

SHARES = ("stop_share", "capital_share", "digit_share", "caps_share", "commas")
"""Columns of shares of the words seen: function words, words that open with a capital or a digit, all in capitals."""
TEXT_COLUMNS = ("words", "end", "seen", *SHARES, "sentences", "first", "wording", "stamp")
"""Columns that the text of a block decides by itself, and the number of the words that shares are taken over."""


def count_seen_words(text: str) -> int:
    """As `count_words`, for the text of a block, which has been counted when it was described.

    >>> count_seen_words("Three short words")
    3
    """
    return int(describe_text(text)[0])


@lru_cache(maxsize=8192)
def describe_text(text: str) -> tuple[float, ...]:
    """Values of TEXT_COLUMNS, shares as counts. Labels come again on a page, and pages of one outlet share them."""
    words = text.split()
    n = len(words) if text.isascii() else count_words(text)
    words = words[:WORDS_SEEN]
    firsts = "".join([word[0] for word in words])
    kind = phrase_kind(text)
    return (
        n,
        ending(text),
        len(words),
        sum(map(all_stop_words().__contains__, " ".join(words).lower().split())),
        sum(map(str.isupper, firsts)),
        0 if firsts.isalpha() else sum(map(str.isdigit, firsts)),
        sum(map(str.isupper, words)),
        text.count(","),
        text.count(". ") + text.count("? ") + text.count("! "),
        _first(text),
        KINDS.index(kind) + 1 if kind else 0,
        stamp_kind(text) if len(text) <= STAMP_CHARS else NONE,
    )


def _first(text: str) -> int:
    c = text[:1]
    return 1 if c.isupper() else 2 if c.islower() else 3 if c.isdigit() else 4 if c in "\"'“‘«" else 5
