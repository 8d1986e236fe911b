"""Words that the patterns of attribution are made of, read from the lists of the package."""

from __future__ import annotations

import re
from functools import cache

from ..names.lists import read_list


@cache
def words(word_class: str) -> tuple[str, ...]:
    """Words of one class of `speech_words.csv`, longest first.

    >>> "because" in words("clause_break")
    True
    """
    found = [row["word"] for row in read_list("speech_words.csv") if row["class"] == word_class]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def any_of(word_class: str) -> str:
    """A pattern that matches any word of a class.

    >>> re.search(any_of("hearer"), "told reporters").group()
    'reporters'
    """
    return "(?:" + "|".join(map(re.escape, words(word_class))) + ")"
