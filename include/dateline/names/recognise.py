"""Names as the statistical model sees them, on text whose shouted lines are brought to ordinary case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ._spans import SEPARATOR, Span
from .decode import find_entities
from .lists import function_words
from .model import bounded_vocabulary, load_model

LABELS = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LANGUAGE"))
"""OntoNotes labels of names; those of times, numbers and amounts are not kept."""

CHUNK = 20_000
"""Code points that one forward pass sees at most: some 3,500 words, which keeps memory flat on very long pages."""

DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ /-]{2,40}(?=[,(][^\n—–]{1,60}?(?:--|[—–]| - )|\s?(?:--|[—–]| - ))")
CAPITALS = re.compile(r"[^\W\d_]+")
SHOUTED = 0.8
"""Share of capitals among the letters above which a line is shouted."""


def recognise(text: str, model_name: str) -> list[Span]:
    """Names in `text` with their labels, in order and without overlap; offsets count code points of `text`.

    One call is one article: passes never join several, since the shape of a pass may change the last bit
    of a float and with it a decision.
    """
    model = load_model(model_name)
    spans: list[Span] = []
    for start, chunk in _chunks(text):
        with bounded_vocabulary(model):
            spans += [
                Span(start + first, start + end, label)
                for first, end, label in find_entities(model, chunk)
                if label in LABELS
            ]
    return spans


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > CHUNK:
        cut = text.rfind(SEPARATOR, start + 1, start + CHUNK)
        if cut < 0:
            cut = text.rfind(" ", start + 1, start + CHUNK)
        cut = cut if cut > 0 else start + CHUNK
        yield start, text[start:cut]
        start = cut
    if text[start:].strip():
        yield start, text[start:]


def truecase(text: str) -> str:
    """A copy of equal length in which shouted lines and datelines have ordinary capitals.

    Words of up to three letters in a dateline, and known short forms with dots, stay as they are.

    >>> truecase("LISBON, Portugal -- The LISBON office of NATO.")
    'Lisbon, Portugal -- The LISBON office of NATO.'
    """
    return "\n".join(_truecase_line(line) for line in text.split("\n"))


def _truecase_line(line: str) -> str:
    letters = "".join(filter(str.isalpha, line))
    n_upper = sum(map(str.isupper, letters))
    if len(letters) > 10 and " " in line and n_upper > SHOUTED * len(letters):
        return CAPITALS.sub(_capitalise, line)
    place = DATELINE.match(line)
    if place:
        return CAPITALS.sub(_capitalise, place.group()) + line[place.end() :]
    return line


def _capitalise(word: re.Match[str]) -> str:
    text = word.group()
    if text.lower() in function_words():
        return text.lower()
    if len(text) <= 3 or not text.isupper():
        return text
    return text[0] + "".join(c.lower() if len(c.lower()) == 1 else c for c in text[1:])
