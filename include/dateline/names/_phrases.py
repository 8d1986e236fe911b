"""Finding many fixed phrases in a text in one pass over its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")
WORD = re.compile(r"[^\W_][\w'’]*")
"""A word from its first letter or digit; hyphens and dots part words, so that U.S.-led holds U and S."""


class PhraseIndex(Generic[Value]):
    """Phrases with a value each, found at word boundaries, the longest first.

    Phrases are grouped by their first word, so the cost is one look-up a word of the text.

    >>> index = PhraseIndex({"New York": "city", "York": "town"})
    >>> list(index.find("From New York to York."))
    [(5, 13, 'city'), (17, 21, 'town')]
    """

    def __init__(self, phrases: Mapping[str, Value]) -> None:
        self._by_word: dict[str, list[tuple[str, Value]]] = {}
        for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
            first = WORD.match(phrase)
            if first:
                self._by_word.setdefault(_stem(first.group()), []).append((phrase, phrases[phrase]))

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Non-overlapping occurrences as (start, end, value), in order."""
        done = 0
        by_word = self._by_word
        for word in WORD.finditer(text):
            phrases = by_word.get(_stem(word.group()))
            start = word.start()
            if phrases is None or start < done:
                continue
            for phrase, value in phrases:
                end = start + len(phrase)
                if text.startswith(phrase, start) and not text[end : end + 1].isalnum():
                    yield start, end, value
                    done = end
                    break


def _stem(word: str) -> str:
    """The word up to its first apostrophe."""
    if "'" in word or "’" in word:
        return word.replace("’", "'").partition("'")[0]
    return word
