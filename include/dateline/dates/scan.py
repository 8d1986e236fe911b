"""Finds the time expressions of a text and takes them apart, without resolving them against any day."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ._context import in_context
from ._grammar import FINDER, read_phrase
from .expression import Expression


def scan(text: str) -> list[Expression]:
    """Time expressions of a text in reading order; offsets are code points in `text`, end exclusive.

    One automaton runs over the text, so the time is linear in its length; only the short phrases it stops
    at are taken apart. A phrase that no rule covers, or that is part of a longer word, is passed over.

    >>> [(e.text, e.kind, e.month, e.day) for e in scan("It opened on July 2, 2007, and shut on March 7.")]
    [('July 2, 2007', 'date', 7, 2), ('March 7', 'month_day', 3, 7)]
    """
    return list(_scan(text))


@lru_cache(maxsize=512)
def _scan(text: str) -> tuple[Expression, ...]:
    """The publication date and the date mentions read the same blocks, one after the other: some dozens a page."""
    found: list[Expression] = []
    for match in FINDER.finditer(text):
        start, end = match.span()
        if _is_inside_word(text, start, end):
            continue
        for part in read_phrase(text[start:end]):
            judged = in_context(text, replace(part, start=start + part.start, end=start + part.end))
            if judged:
                found.append(judged)
    return tuple(found)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """True where a letter outside ASCII, which the automaton takes for a border, goes on at either end."""
    begins = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return begins or (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
