"""Dumps with a line for each text node: sentences are broken wherever a link or emphasis begins or ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

MIN_LINES = 3
MIN_SHARE = 0.01
"""Share of lines that begin with a mark no line begins with, or in mid-sentence below a line that breaks off."""
CLAUSE_WORDS = 4
SENTENCE_WORDS = 6
LONG_CLAUSE_WORDS = 8
NAME_WORDS = 5
"""Words up to which a line in capital letters between two halves of a sentence is taken for a linked name."""

_INNER_MARK = re.compile(r"[,.;:!?)\]’”](?:\s|$)|['’]s\b")
_BYLINE = re.compile(r"[Bb]y (?:[ ]|(?:[^\Wa-z]\S*+|and)(?=[ ]|$))+$")
_SAID = re.compile(r"\d\D{0,12}\s(?:said|says|wrote|writes) ?:$")
"""The end of a comment's stamp: "May 2, 2010 at 9:14 am said:". The comment is below it."""
STAMP_CHARS = 120
_STOPS = tuple(".!?…")
_CLOSING = "\"”’')]"
_OPEN = tuple(",(“‘—–-:")


def is_fragmented(lines: Sequence[str]) -> bool:
    """True for a document whose lines are pieces of sentences; `lines` are those with words, stripped.

    >>> is_fragmented(["The mayor,", "Jane Doe", ", said on", "Monday", ", that", "the ice", ", broke."])
    True
    """
    n_inner = sum(_INNER_MARK.match(line) is not None for line in lines)
    n_open = sum(_breaks_off(above, line) for above, line in pairwise(lines))
    return n_inner + n_open >= MIN_LINES and n_inner + n_open > MIN_SHARE * len(lines)


def _breaks_off(above: str, line: str) -> bool:
    """Whether a line of several words ends without a mark and the next one begins with a small letter."""
    if not line[0].islower() or above.rstrip(_CLOSING).endswith((*_STOPS, ":")):
        return False
    return len(above.split(maxsplit=CLAUSE_WORDS)) >= CLAUSE_WORDS


def goes_on(above: str, line: str, following: str | None) -> bool:
    """True where a line carries on the text above it, judged by the marks and letters where the two meet.

    `following` is the line after it: if that one goes on in mid-sentence, so did this one.

    >>> goes_on("The mayor of the town,", "Jane Doe", ", said"), goes_on("Skarvik Post", "Home", "World")
    (True, False)
    """
    if _INNER_MARK.match(line):
        return True
    n_above = len(above.split(maxsplit=LONG_CLAUSE_WORDS))
    if above.rstrip(_CLOSING).endswith(_STOPS) or _BYLINE.match(line) or _is_stamp(above):
        return False
    if above.endswith(_OPEN) and n_above >= CLAUSE_WORDS:
        return True
    if line[0].islower():
        return n_above >= CLAUSE_WORDS or len(line.split(maxsplit=SENTENCE_WORDS)) >= SENTENCE_WORDS
    is_inside = following is not None and (following[0].islower() or _INNER_MARK.match(following) is not None)
    is_short = len(line.split(maxsplit=NAME_WORDS)) <= NAME_WORDS and not line.endswith(_STOPS)
    return is_inside and is_short and n_above >= LONG_CLAUSE_WORDS and not _BYLINE.match(following or "")


def _is_stamp(above: str) -> bool:
    return above.endswith(":") and len(above) <= STAMP_CHARS and _SAID.search(above) is not None
