"""What the text of a block tells by itself, as one row of numbers."""

from __future__ import annotations

from functools import lru_cache
from struct import Struct

from .lexicon import KINDS, phrase_kind
from .lists import all_stop_words
from .measure import count_wide_words, ending
from .stamps import NONE, STAMP_CHARS, stamp_kind

WORDS_SEEN = 60
"""Shares are taken over the first words of a block: enough to tell prose, and linear in blocks, not characters."""

SHARES = ("stop_share", "capital_share", "digit_share", "caps_share", "commas")
"""Columns of shares of the words seen: function words, words that open with a capital or a digit, all in capitals."""
TEXT_COLUMNS = ("words", "end", "seen", *SHARES, "sentences", "first", "wording", "stamp")
"""Columns that the text of a block decides by itself, and the number of the words that shares are taken over."""
_PACKED = Struct(f"{len(TEXT_COLUMNS)}d")
_NUMBERS = {kind: no for no, kind in enumerate((None, *KINDS))}
_ASCII = bytes(range(128))
_NO_CAPITALS = bytes(b for b in range(256) if not 65 <= b <= 90)


def count_seen_words(text: str) -> int:
    """As `count_words`, for the text of a block, which has been counted when it was described.

    >>> count_seen_words("Three short words")
    3
    """
    return int(_PACKED.unpack(describe_text(text))[0])


@lru_cache(maxsize=8192)
def describe_text(text: str) -> bytes:
    """Values of TEXT_COLUMNS as doubles, packed, as columns are made of them at once; shares are counts.

    Labels come again on a page, and pages of one outlet share them.
    """
    words = text.split()
    n = len(words)
    seen = text if n <= WORDS_SEEN else " ".join(words[:WORDS_SEEN])
    del words[WORDS_SEEN:]
    firsts = "".join([word[0] for word in words])
    return _PACKED.pack(
        n if text.isascii() else max(n, count_wide_words(text)),
        ending(text),
        len(words),
        sum(map(all_stop_words().__contains__, seen.lower().split())),
        _count_capitals(firsts),
        0 if firsts.isalpha() else sum(map(str.isdigit, firsts)),
        sum(map(str.isupper, words)),
        text.count(","),
        text.count(". ") + text.count("? ") + text.count("! "),
        _first(text),
        _NUMBERS[phrase_kind(text)],
        stamp_kind(text) if len(text) <= STAMP_CHARS else NONE,
    )


def _count_capitals(chars: str) -> int:
    """Characters that are capitals, by bytes where they are ASCII."""
    data = chars.encode("utf-8", "surrogatepass")
    n = len(data.translate(None, _NO_CAPITALS))
    if len(data) == len(chars):
        return n
    return n + sum(map(str.isupper, data.translate(None, _ASCII).decode("utf-8", "surrogatepass")))


def _first(text: str) -> int:
    c = text[:1]
    return 1 if c.isupper() else 2 if c.islower() else 3 if c.isdigit() else 4 if c in "\"'“‘«" else 5
