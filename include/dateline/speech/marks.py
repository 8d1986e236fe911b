"""Stretches of text between quotation marks, whatever marks the page uses, over several paragraphs too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "”": "”", "»": "«", "‘": "’", "'": "'"}
"""Opening marks and what may close them: English, French, German, Swedish, and straight marks."""

DOUBLE = frozenset('"“”„«»')
SINGLE = frozenset("‘'")
BEFORE_OPENING = frozenset(" \t\xa0\n([{—–-/…")
AFTER_CLOSING = frozenset(" \t\xa0\n)]}—–-,.;:!?/…'’")
MIN_SINGLE_WORDS = 3
MAX_SINGLE = 2_000
"""Code points that single marks may hold: what looks like one is mostly an apostrophe."""


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
            if not is_whole and not reopened and marks is SINGLE:
                continue
            is_open = not is_whole and reopened
            found.append(Marked(index, start, end, opening, closing, is_open, continues))
        if not pieces:
            is_open = False
    return found


def _in_paragraph(text: str, marks: frozenset[str]) -> Iterator[tuple[int, int, int, int]]:
    position = 0
    while position < len(text):
        mark = text[position]
        if mark in marks and mark in PAIRS and _may_open(text, position):
            end = _closing(text, position, PAIRS[mark] + ("”" if mark == '"' else '"' if mark == "“" else ""))
            if end is None and mark not in SINGLE:
                yield position + 1, len(text), position, len(text)
                return
            if end is not None and (mark not in SINGLE or len(text[position:end].split()) >= MIN_SINGLE_WORDS):
                yield position + 1, end, position, end + 1
                position = end
        position += 1


def _may_open(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if not after:
        return False
    if text[position] in "'‘\"”»":
        return (not before or before in BEFORE_OPENING or before in ",:") and (
            not after.isspace() or text[position] == '"'
        )
    return True


def _closing(text: str, opening: int, closers: str) -> int | None:
    mark = text[opening]
    fallback = None
    stop = min(len(text), opening + MAX_SINGLE) if mark in SINGLE else len(text)
    for position in range(opening + 1, stop):
        char = text[position]
        if char in closers:
            after = text[position + 1 : position + 2]
            inner = text[position - 1 : position].isspace() and after.isalnum()
            if (not after or after in AFTER_CLOSING or char in "”»") and not inner:
                return position
            if char not in "'’" and not inner and after:
                return position
        elif char == mark and fallback is None and mark == "“" and text[position - 1] in ".,!?":
            fallback = position
        elif char == mark and mark == "“":
            return fallback
    return fallback
