"""Organisations and places told by the last word of their names, and short forms in brackets."""

from __future__ import annotations

import re
from functools import cache

from ._spans import Span, overlaps
from .lists import read_list

SHORT_FORM = re.compile(r"[ ]?\(([A-Z][A-Za-z&.-]{1,11})\)")
CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w'’&.-]*")
INNER = frozenset(("of", "the", "for", "and", "&", "de", "la", "on"))
SPLIT = re.compile(r"[\s/-]+")


@cache
def _suffixes() -> dict[str, bool]:
    return {row["suffix"]: row["marks_unseen"] == "1" for row in read_list("organisation_suffixes.csv")}


def correct_organisations(text: str, spans: list[Span]) -> list[Span]:
    """Spans that end in, or are followed by, the last word of an organisation's name become organisations;
    those that end in the word of a landform or building become places.

    >>> text = "Norland Steel Corp. closed."
    >>> correct_organisations(text, [Span(0, 13, "PERSON")])
    [Span(start=0, end=19, label='ORG', origin='suffix')]
    """
    result: list[Span] = []
    for index, span in enumerate(spans):
        limit = spans[index + 1].start if index + 1 < len(spans) else len(text)
        result.append(_with_suffix(text, span, limit))
    return result


@cache
def _place_suffixes() -> dict[str, tuple[str, bool]]:
    """Last words of places, with the label and whether the word is a surname too."""
    return {row["suffix"]: (row["label"], row["is_surname"] == "1") for row in read_list("place_suffixes.csv")}


def _with_suffix(text: str, span: Span, limit: int) -> Span:
    words = text[span.start : span.end].split()
    place = _place_suffixes().get(words[-1]) if len(words) > 1 else None
    if place and span.label in (("ORG", "NORP", "PRODUCT") if place[1] else ("PERSON", "ORG", "NORP", "PRODUCT")):
        return Span(span.start, span.end, place[0], "suffix")
    if len(words) > 1 and words[-1] in _suffixes() and span.label in ("PERSON", "GPE", "NORP", "PRODUCT"):
        return Span(span.start, span.end, "ORG", "suffix")
    following = CAPITALISED.match(text, span.end + 1) if text[span.end : span.end + 1] == " " else None
    if following and following.end() <= limit and span.label in ("PERSON", "ORG", "GPE", "NORP"):
        word = following.group()
        word = word if word in _suffixes() else word.rstrip(".")
        if _suffixes().get(word):
            return Span(span.start, following.start() + len(word), "ORG", "suffix")
    return span


def is_generic(words: str) -> bool:
    """Whether words after an organisation's name only say what kind it is: `news agency`, `Corp.`.

    >>> is_generic("news agency"), is_generic("Security Council")
    (True, False)
    """
    return words.islower() or _kinds().get(words) == "company"


def is_body_word(word: str) -> bool:
    """Whether a word by itself only says what kind of body is meant: `Council`, `University`.

    >>> is_body_word("Council"), is_body_word("Interpol")
    (True, False)
    """
    return _kinds().get(word) == "institution"


@cache
def _kinds() -> dict[str, str]:
    return {row["suffix"]: row["kind"] for row in read_list("organisation_suffixes.csv")}


def find_short_forms(text: str, spans: list[Span]) -> list[Span]:
    """Short forms in brackets right after the name that they shorten.

    >>> text = "the Arctic Fisheries Board (AFB) met"
    >>> find_short_forms(text, [Span(4, 26, "ORG")])
    [Span(start=28, end=31, label='ORG', origin='short form')]
    """
    found = []
    for span in spans:
        match = SHORT_FORM.match(text, span.end)
        if not match or span.label == "PERSON" or overlaps(spans, match.start(1), match.end(1)):
            continue
        if is_short_form(match.group(1), text[span.start : span.end]):
            found.append(Span(match.start(1), match.end(1), span.label, "short form"))
    return found


def is_short_form(short: str, name: str) -> bool:
    """Whether `short` is made of the initials of `name`, small words counted or not.

    >>> is_short_form("U.N.", "United Nations"), is_short_form("DoE", "Department of Energy")
    (True, True)
    """
    letters = "".join(c for c in short if c.isalnum())
    is_capital = sum(c.isupper() for c in letters) > 1
    return is_capital and len(name.split()) > 1 and letters.lower() in initials(name)


def initials(name: str) -> set[str]:
    """Initials of a name's words in lower case, with and without its small words.

    >>> sorted(initials("Department of Energy"))
    ['de', 'doe']
    """
    words = [word for word in SPLIT.split(name) if word]
    full = "".join(word[0] for word in words)
    return {full.lower(), "".join(word[0] for word in words if word.lower() not in INNER).lower()}
