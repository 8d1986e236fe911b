"""Wording and class names that tell what a block does on a page."""

from __future__ import annotations

from functools import cache, lru_cache

import re2

from ._lists import read_list

KINDS = ("tools", "navigation", "related", "subscribe", "legal", "comment", "advert", "photo", "about")
"""Kinds of boilerplate wording, in the numbering that the weights use (1 is the first)."""

HEAD_CHARS = 200
"""Boilerplate wording stands at the front; looking no further keeps long paragraphs cheap and innocent."""


@lru_cache(maxsize=8192)
def phrase_kind(text: str) -> str | None:
    """Kind of boilerplate that the wording of a block betrays, or None.

    >>> phrase_kind("Story Tools"), phrase_kind("Sign up for our morning letter"), phrase_kind("The tools broke.")
    ('tools', 'subscribe', None)
    """
    head = text[:HEAD_CHARS].casefold().replace("’", "'").strip()
    if len(text) < 60:
        kind = _whole().get(head.strip(" :|»>-•*.›→[]"))
        if kind:
            return kind
    for pattern, kinds in _patterns():
        found = pattern.search(head)
        if found:
            return kinds[found.group(1)]
    return None


@cache
def _whole() -> dict[str, str]:
    return {row["phrase"].strip(" :"): row["kind"] for row in read_list("boilerplate") if row["match"] == "whole"}


@cache
def _patterns() -> tuple[tuple[re2._Regexp, dict[str, str]], ...]:
    made = []
    for match, shape in (("start", r"^[\W_]*({})(?:\W|$)"), ("any", r"(?:^|[^\pL\pN])({})(?:[^\pL\pN]|$)")):
        kinds = {row["phrase"]: row["kind"] for row in read_list("boilerplate") if row["match"] == match}
        # Longest first: alternation takes the first branch that fits.
        phrases = "|".join(re2.escape(p) for p in sorted(kinds, key=lambda p: (-len(p), p)))
        made.append((re2.compile(shape.format(phrases)), kinds))
    return tuple(made)


@lru_cache(maxsize=65536)
def class_hints(word: str) -> frozenset[str]:
    """What one class or id word hints at: itself, its parts at `-` and `_`, and the last part's plural.

    >>> sorted(class_hints("article__sidebar"))
    ['aside', 'content']
    """
    hints = _class_words()
    whole = hints.get(word)
    if whole:
        return frozenset((whole,))
    parts = word.replace("_", "-").split("-")
    return frozenset(hints[part] for part in parts if part in hints)


@cache
def _class_words() -> dict[str, str]:
    return {row["word"]: row["hint"] for row in read_list("class_words")}
