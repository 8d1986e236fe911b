"""Stretches of text between quotation marks, whatever marks the page uses, over several paragraphs too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "”": "”", "»": "«"}
"""Opening marks and what may close them: English, French, German, Swedish, and straight marks."""

DOUBLE = frozenset('"“”„«»')
SINGLE = frozenset("‘'")
BEFORE_OPENING = frozenset(" \t\xa0\n([{—–-/…")
MIN_SINGLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """Text in quotation marks in one block: `start`/`end` without the marks, `opening`/`closing` with them.

    `continued` is True where the paragraph ends before the mark is closed and the next one opens it again,
    `continues` where it takes up such a quotation.
    """

    index: int
    start: int
    end: int
    opening: int
    closing: int
    continued: bool = False
    continues: bool = False


def find_marked(texts: Sequence[str]) -> list[Marked]:
    """Marked stretches of consecutive paragraphs, in order.

    Apostrophes are no marks; a mark without its partner costs no other one.

    >>> [text[m.start:m.end] for text in ["He's here: “No,” she said."] for m in find_marked([text])]
    ['No,']
    """
    found: list[Marked] = []
    is_open = False
    for index, text in enumerate(texts):
        marks = DOUBLE if any(mark in text for mark in DOUBLE) else SINGLE
        pieces = list(_in_paragraph(text, marks))
        following = texts[index + 1] if index + 1 < len(texts) else ""
        reopened = following[:1] in DOUBLE and following[:1] != "»"
        for start, end, opening, closing in pieces:
            is_whole = closing > end
            continues = is_open and opening == 0
            is_open = not is_whole and reopened
            found.append(Marked(index, start, end, opening, closing, is_open, continues))
        if not pieces:
            is_open = False
    return found


def _in_paragraph(text: str, marks: frozenset[str]) -> Iterator[tuple[int, int, int, int]]:
    """Marked stretches of one paragraph as (start, end, opening, closing); an open one ends with the paragraph."""
    singles = _single_closers(text) if marks is SINGLE else []
    position = 0
    while position < len(text):
        if text[position] in marks and _may_open(text, position):
            if marks is SINGLE:
                end = _next_single(text, position, singles)
            else:
                end = _closing(text, position)
                if end is None:
                    yield position + 1, len(text), position, len(text)
                    return
            if end is not None:
                yield position + 1, end, position, end + 1
                position = end
        position += 1


def _single_closers(text: str) -> list[int]:
    """Places of single marks that may close: behind a word or stop, before no letter."""
    return [
        place
        for place, char in enumerate(text)
        if char in "'’" and place and not text[place - 1].isspace() and not text[place + 1 : place + 2].isalnum()
    ]


def _next_single(text: str, opening: int, closers: list[int]) -> int | None:
    index = bisect_right(closers, opening + 1)
    if index == len(closers):
        return None
    end = closers[index]
    return end if len(text[opening : min(end, opening + 200)].split()) >= MIN_SINGLE_WORDS else None


def _may_open(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if not after:
        return False
    if text[position] in "'‘\"”»":
        return (not before or before in BEFORE_OPENING or before in ",:") and (
            not after.isspace() or text[position] == '"'
        )
    return True


def _closing(text: str, opening: int) -> int | None:
    """Place of the mark that closes the one at `opening`; None where the paragraph ends before."""
    mark = text[opening]
    closers = PAIRS[mark] + ("”" if mark == '"' else '"' if mark == "“" else "")
    fallback = None
    for position in range(opening + 1, len(text)):
        char = text[position]
        if char in closers:
            after = text[position + 1 : position + 2]
            inner = text[position - 1].isspace() and after.isalnum()
            if not inner:
                return position
        elif char == mark == "“":
            if fallback is not None or text[position - 1] not in ".,!?":
                return fallback
            fallback = position
    return fallback
