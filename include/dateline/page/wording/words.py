"""Words of a text, without case and punctuation; most texts without a pattern."""

from __future__ import annotations

import re
from unicodedata import normalize

_WORD = re.compile(r"\w+")
_FOLDED_WORD = re.compile(r"[^\W_]+")
_ASCII = "".join(c.lower() if c.isalnum() or c == "_" else " " for c in map(chr, range(128)))
_ASCII_FOLDED = _ASCII.replace("_", " ")
_ASCII_BYTES = bytes(range(128))
MAX_SIGNS = 8
"""Different dashes, quotation marks and the like beyond ASCII up to which each is looked for by itself."""


def words_of(text: str) -> list[str]:
    """Runs of letters, digits and underscores, in small letters.

    >>> words_of("The river's at 2.5 m"), words_of("Café “Zur Brücke”")
    (['the', 'river', 's', 'at', '2', '5', 'm'], ['café', 'zur', 'brücke'])
    """
    return text.translate(_ASCII).split() if text.isascii() else _split(text, _ASCII, _WORD)


def folded_words(text: str) -> list[str]:
    """Words of `identity.fold`: as `words_of`, in compatibility form, parted at underscores.

    >>> folded_words("U.S. news_desk"), folded_words("\\u2167 Café")
    (['u', 's', 'news', 'desk'], ['viii', 'café'])
    """
    if text.isascii():
        return text.translate(_ASCII_FOLDED).split()
    return _split(normalize("NFKC", text), _ASCII_FOLDED, _FOLDED_WORD)


def _split(text: str, table: str, pattern: re.Pattern[str]) -> list[str]:
    """Matches of a pattern for words, by bytes where few characters beyond ASCII are other than letters and digits."""
    data = text.encode("utf-8", "surrogatepass")
    beyond = data.translate(None, _ASCII_BYTES).decode("utf-8", "surrogatepass")
    if beyond != beyond.casefold():
        return _split(text.casefold(), table, pattern)
    if not beyond.isalnum():
        signs = [char for char in set(beyond) if not char.isalnum()]
        if len(signs) > MAX_SIGNS:
            return pattern.findall(text.casefold())
        for sign in signs:
            data = data.replace(sign.encode("utf-8", "surrogatepass"), b" ")
    return data.translate(_TABLES[table]).decode().split()


_TABLES = {table: table.encode() + bytes(range(128, 256)) for table in (_ASCII, _ASCII_FOLDED)}
