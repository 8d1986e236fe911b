"""What the class and id words around the blocks of a page hint at, found once for all rules that ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain

from ..flatten.raw_block import RawBlock
from ..wording.lists import read_list

Hints = Mapping[str, int]
"""Hint -> number of class words that stand nearer than the first that hints at it. One object for equal words."""
NEAREST = 2
NEAR = 3
"""Words that stand so near tell more than those further out."""
FAR = 1000
"""More than the words around any block."""


def find_hints(blocks: Sequence[RawBlock]) -> list[Hints]:
    """Hints of each block's class words.

    >>> (hints,) = find_hints([RawBlock("Rain", classes=("byline", "x", "story", "article__sidebar"))])
    >>> sorted(hints.items())
    [('aside', 3), ('byline', 0), ('content', 2)]
    """
    # By identity, as blocks with the same words share them, and the words of each would be hashed anew.
    distinct = {id(block.classes): block.classes for block in blocks}
    words = set(chain.from_iterable(distinct.values()))
    telling = {word: hints for word in words if (hints := class_hints(word))}
    known = {key: _hints_of(words, telling) for key, words in distinct.items()}
    return [known[id(block.classes)] for block in blocks]


def is_near(hint: str, hints: Hints, words: int = NEAR) -> bool:
    """Whether one of the nearest class words hints at something.

    >>> is_near("caption", {"caption": 2}), is_near("caption", {"caption": 3})
    (True, False)
    """
    return hints.get(hint, FAR) < words


def class_hints(word: str) -> Sequence[str]:
    """What one class or id word hints at: itself, or its parts at `-` and `_`.

    >>> class_hints("byline"), class_hints("article__sidebar"), class_hints("x")
    (['byline'], ['content', 'aside'], ())
    """
    hints = _class_words()
    if word in hints:
        return [hints[word]]
    return _hints_of_parts(word) if "-" in word or "_" in word else ()


@lru_cache(maxsize=8192)
def _hints_of_parts(word: str) -> list[str]:
    hints = _class_words()
    return [hints[part] for part in word.replace("_", "-").split("-") if part in hints]


@cache
def _class_words() -> dict[str, str]:
    return {row["word"]: row["hint"] for row in read_list("class_words")}


def _hints_of(words: Sequence[str], telling: Mapping[str, Sequence[str]]) -> Hints:
    # From the outermost word inward, so that the nearest has the last say.
    told = [(no, telling[word]) for no, word in enumerate(words) if word in telling]
    return {hint: no for no, hints in reversed(told) for hint in hints}
