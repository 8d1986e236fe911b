"""Exact places of text nodes in the decoded raw page.

A fast parser gives text nodes without positions. One pass over the raw page finds the runs of text
outside markup, with positions; the runs are then matched in order with the text nodes. Both steps take
time linear in the page: the pattern's repetitions are possessive, so nothing is tried twice, and every
text node looks at a bounded number of runs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from ._elements import RAW_TEXT

WINDOW = 60
"""How far ahead a text may be found by its words alone; longer texts are found anywhere."""
UNMISTAKABLE = 25
"""Characters from which a text is taken to stand once in a page."""
MAX_JOINED = 40
"""Runs that the parser may have joined to one text node, by dropping the tags between them."""

_SPACE = r"\t\n\f\r "
_ANY_ATTRIBUTES = (
    rf"(?:[^>=]++|=[{_SPACE}]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{_SPACE}>\"'][^{_SPACE}>]*+)?+)*+(?:>|\Z)"
)
# Those that most tags have are passed over first: name="value", and then the end of the tag.
_ATTRIBUTES = rf"(?:[^>=]*+=\"[^\"]*+\")*+(?:>|{_ANY_ATTRIBUTES})"
_LONGER = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?|\r\n|\x00")


def _markup(raw_text: Sequence[str]) -> str:
    """Pattern of one piece of markup: tag, comment, element of raw text with its content, declaration.

    `<title/>` without attributes is taken as a drawing's empty title: in a drawing it ends itself, and
    elsewhere it would hide the rest of the page. Tags that can't open raw text stand first, as they are the most.
    """
    initials = "".join(sorted({letter for name in raw_text for letter in (name[0], name[0].upper())}))
    tag = rf"[a-zA-Z][^{_SPACE}/>]*+{_ATTRIBUTES}"
    elements = (
        rf"(?i:{name})(?=[{_SPACE}/>])(?![{_SPACE}]*+/>){_ATTRIBUTES}(?:[^<]++|<(?!/(?i:{name})[{_SPACE}/>]))*+"
        for name in raw_text
    )
    branches = (
        r"/[a-zA-Z][^>=]*+>",
        rf"(?![{initials}]){tag}",
        r"!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|-?\Z))",
        *elements,
        rf"/?{tag}",
        r"(?:[!?]|/(?![a-zA-Z]))[^>]*+(?:>|\Z)",
    )
    return f"<(?:{'|'.join(branches)})"


_MARKUP = re.compile(_markup(RAW_TEXT))
# Markup with nothing but white space in it is passed over at once.
_MARKUP_RUN = re.compile(rf"((?:{_markup(RAW_TEXT)}\s*+)++)")
_MARKUP_SCRIPTING = re.compile(rf"((?:{_markup((*RAW_TEXT, 'noscript'))}\s*+)++)")


class Run(NamedTuple):
    """Text between two pieces of markup: its place in the raw page without outer white space, and its characters."""

    start: int
    end: int
    text: str


def find_runs(raw: str, scripting: bool = True) -> list[Run]:
    """Runs of text outside tags, comments and elements of raw text, in page order; blank ones are left out.

    >>> [(run.start, run.text) for run in find_runs("<p>A &amp; B<!-- x > y --> <b>c</b>")]
    [(3, 'A & B'), (30, 'c')]
    """
    # Text and markup in turns, from and to a text.
    pieces = (_MARKUP_SCRIPTING if scripting else _MARKUP_RUN).split(raw)
    ends = list(accumulate(map(len, pieces)))
    runs: list[Run] = []
    for piece, end in zip(pieces[::2], ends[::2], strict=True):
        written = piece.strip()
        start = end - len(piece.lstrip())
        text = unescape(written).strip() if "&" in written else written
        if text:
            # A named tuple made of a bare one takes a third of the time.
            runs.append(tuple.__new__(Run, (start, start + len(written), text)))
    return runs


def find_markup(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    """Begin and end of every tag, comment and element of raw text between two offsets.

    >>> find_markup("a<b>c</b>", 0, 9)
    [(1, 4), (5, 9)]
    """
    return [match.span() for match in _MARKUP.finditer(raw, start, end)]


def comparable(text: str) -> str:
    """Text as both sides of the match write it: outer white space, NUL and carriage returns are the parser's business.

    >>> comparable(" a\\r\\nb ")
    'a\\nb'
    """
    text = text.strip()
    if "\x00" in text:
        text = text.replace("\x00", "").replace("\ufffd", "")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def match_texts(runs: Sequence[Run], texts: Sequence[str]) -> list[tuple[int, int] | None]:
    """For each text node in tree order the runs (first, end) that it was made of, or None where there is none.

    A node is expected right after the one before it; else it is sought by its words, close by, or
    anywhere if it is long. No run is given twice.
    """
    if [run.text for run in runs] == list(map(str.strip, texts)):
        # So it is on 49 of 50 pages: nothing was moved, joined or changed.
        return [(number, number + 1) for number in range(len(runs))]
    return _Matcher([comparable(run.text) for run in runs]).match([comparable(text) for text in texts])


class _Matcher:
    def __init__(self, runs: list[str]) -> None:
        self.runs = runs
        self.used = bytearray(len(runs))
        self.cursor = 0
        self.before_jump = 0
        self.steps = 0
        self._places: dict[str, list[int]] | None = None

    def match(self, texts: list[str]) -> list[tuple[int, int] | None]:
        placed: list[tuple[int, int] | None] = []
        runs, used = self.runs, self.used
        for text in texts:
            self.steps += 1
            cursor = self.cursor
            if cursor < len(runs) and runs[cursor] == text and not used[cursor]:
                used[cursor] = 1
                self.cursor = cursor + 1
                placed.append((cursor, cursor + 1))
            else:
                placed.append(self._seek(text))
        return placed

    def _seek(self, text: str) -> tuple[int, int] | None:
        """Place of a text that isn't next: before the last jump, joined of several runs, or further on."""
        for start in dict.fromkeys((self.before_jump, self.cursor)):
            found = self._joined(start, text)
            if found:
                return self._take(*found)
        first = self._next_place(text)
        if first is not None:
            return self._take(first, first + 1)
        for start in range(self.cursor + 1, min(self.cursor + 8, len(self.runs))):
            found = self._joined(start, text)
            if found:
                return self._take(*found)
        return None

    def _take(self, first: int, end: int) -> tuple[int, int]:
        if self.before_jump <= first < self.cursor:
            self.before_jump = end
        elif first > self.cursor:
            self.before_jump, self.cursor = self.cursor, end
        else:
            self.cursor = end
        self.used[first:end] = b"\x01" * (end - first)
        return first, end

    def _joined(self, start: int, text: str) -> tuple[int, int] | None:
        """Runs from `start` whose characters, white space apart, are those of the text."""
        runs = self.runs
        if start >= len(runs) or self.used[start] or not text.startswith(runs[start][:8]):
            return None
        wanted = "".join(text.split())
        done = 0
        for end in range(start, min(start + MAX_JOINED, len(runs))):
            self.steps += 1
            part = "".join(runs[end].split())
            if self.used[end] or not wanted.startswith(part, done):
                return None
            done += len(part)
            if done == len(wanted):
                return start, end + 1
        return None

    def _next_place(self, text: str) -> int | None:
        if self._places is None:
            self._places = {}
            for index, run in enumerate(self.runs):
                self._places.setdefault(run, []).append(index)
        places = self._places.get(text, [])
        reach = len(self.runs) if len(text) >= UNMISTAKABLE else self.cursor + WINDOW
        first = bisect_left(places, self.before_jump)
        for index in places[first : first + WINDOW]:
            self.steps += 1
            if not self.used[index]:
                return index if index < reach else None
        return None


class Ruler:
    """Maps offsets in a run's text to places in the raw page, where entities and line ends take more room.

    >>> raw = "<p>A &amp; B"
    >>> ruler = Ruler(raw, find_runs(raw)[0])
    >>> [raw[ruler.place(offset)] for offset in range(5)]
    ['A', ' ', '&', ' ', 'B']
    """

    def __init__(self, raw: str, run: Run) -> None:
        self.end = run.end
        self.offsets = [0]
        self.places = [run.start]
        offset, position = 0, run.start
        for match in _LONGER.finditer(raw, run.start, run.end):
            offset += match.start() - position
            self._add(offset, match.start())
            position = match.end()
            offset += len(comparable(f"x{unescape(match.group())}x")) - 2
            self._add(offset, position)

    def _add(self, offset: int, place: int) -> None:
        if offset == self.offsets[-1]:
            self.places[-1] = place
        else:
            self.offsets.append(offset)
            self.places.append(place)

    def place(self, offset: int) -> int:
        """Place in the raw page of the character at `offset`; of the run's end for its length."""
        index = bisect_right(self.offsets, offset) - 1
        return min(self.places[index] + offset - self.offsets[index], self.end)
