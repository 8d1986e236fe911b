"""Titles and offices beside a person's name: kept apart from the name, and a sign of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .gazetteer import listed_names
from .lists import read_list

WORDS_BEFORE = 60
"""Code points before a name in which its title is looked for: the longest listed title has 32."""

MAX_TITLE_WORDS = 4
APPOSITION = re.compile(r",? (?:the |a |an |its |his |her |their )?([^\W\d_][\w'’. -]{2,60})")
NAME_WORD = re.compile(r" ?[A-ZÀ-Þ][\w'’-]+")


@dataclass(frozen=True, slots=True)
class _Titles:
    kinds: dict[str, str]
    marking: frozenset[str]


@cache
def _titles() -> _Titles:
    rows = read_list("titles.csv")
    kinds = {row["title"].lower(): row["kind"] for row in rows}
    return _Titles(kinds, frozenset(row["title"] for row in rows if row["marks_person"] == "1"))


def is_title(words: str) -> bool:
    """Whether the words are a listed title or office, with or without modifiers before it.

    >>> is_title("deputy foreign minister"), is_title("former"), is_title("Oslo")
    (True, False, False)
    """
    kinds = _titles().kinds
    parts = words.lower().split()
    while parts:
        if kinds.get(" ".join(parts), "modifier") != "modifier":
            return True
        if kinds.get(parts[0]) != "modifier":
            return False
        parts = parts[1:]
    return False


def title_before(text: str, start: int) -> tuple[int, int] | None:
    """Span of the title that ends right before `start`, modifiers included; None where there is none.

    >>> text = "said Norwegian Foreign Minister Ida Berg"
    >>> text[slice(*title_before(text, text.index("Ida")))]
    'Foreign Minister'
    """
    words = _words_before(text, start)
    best = None
    for first, _ in words[-MAX_TITLE_WORDS:]:
        candidate = text[first:start].rstrip()
        if "," not in candidate and is_title(candidate):
            best = (first, first + len(candidate))
            break
    return best


def _words_before(text: str, start: int) -> list[tuple[int, int]]:
    if text[start - 1 : start] != " ":
        return []
    low = max(0, start - WORDS_BEFORE)
    words = []
    for match in re.finditer(r"\S+", text[low:start]):
        if match.start() or not low or text[low - 1].isspace():
            words.append((low + match.start(), low + match.end()))
    return words


def title_after(text: str, end: int) -> tuple[int, int] | None:
    """Span of an office in apposition after a name, as in `Ida Berg, the Norwegian foreign minister,`.

    >>> text = "Ida Berg, the Norwegian foreign minister, left."
    >>> text[slice(*title_after(text, 8))]
    'foreign minister'
    """
    match = APPOSITION.match(text, end)
    if text[end : end + 1] != "," or not match:
        return None
    start = match.start(1)
    while text[start : start + 1]:
        known = next((n for n in (2, 1) if " ".join(text[start:].split(None, n)[:n]) in listed_names()), 0)
        if not known:
            break
        start += len(" ".join(text[start:].split(None, known)[:known])) + 1
    words = text[start : start + WORDS_BEFORE].split()
    for count in range(MAX_TITLE_WORDS, 0, -1):
        phrase = " ".join(words[:count]).rstrip(".,;:")
        if is_title(phrase) and text.startswith(phrase, start):
            return start, start + len(phrase)
    return None


def skip_titles(text: str, start: int, end: int) -> int:
    """Where the bare name begins in a person's span that may begin with countries, titles and offices.

    >>> text = "Norwegian Foreign Minister Ida Berg"
    >>> text[skip_titles(text, 0, len(text)):]
    'Ida Berg'
    """
    words = [(start + match.start(), start + match.end()) for match in re.finditer(r"\S+", text[start:end])]
    for last in range(min(len(words) - 1, 7), 0, -1):
        for first in range(max(0, last - MAX_TITLE_WORDS), last):
            if is_title(text[words[first][0] : words[last - 1][1]]):
                return words[last][0]
    return start


def find_titled(text: str) -> list[tuple[int, int]]:
    """Spans of names that nothing but an honorific, rank or office before them betrays: `Mr. Okafor`.

    >>> text = "A letter to Mr. Okafor came."
    >>> [text[start:end] for start, end in find_titled(text)]
    ['Okafor']
    """
    found = []
    for match in _title_pattern().finditer(text):
        name = NAME_WORD.match(text, match.end())
        end = match.end()
        while name and (end == match.end() or name.group().startswith(" ")):
            if is_title(name.group().strip()) or name.group().strip() in listed_names():
                break
            end = name.end()
            name = NAME_WORD.match(text, end)
        if end > match.end():
            found.append((match.end(), end))
    return found


@cache
def _title_pattern() -> re.Pattern[str]:
    marking = sorted(
        (re.escape(title) for title in _titles().marking if title[0].isupper()), key=lambda t: (-len(t), t)
    )
    # Most words are passed over at their first letter, before any title is tried.
    initials = "".join(sorted({title[0] for title in marking}))
    return re.compile(rf"\b(?=[{initials}])(?:{'|'.join(marking)}) ")
