"""Lines that say who wrote an article, when and for whom."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    ("de", "da", "del", "della", "der", "den", "van", "von", "bin", "ibn", "abu", "al", "el", "la", "le", "di", "du",
     "dos", "das", "ten", "ter", "st", "y", "e")
)  # fmt: skip
"""Words inside names of persons that begin with a small letter."""

_LABEL = (
    r"(?:by|(?:written|reported|posted|published|compiled|edited|words|story|report|text) by|(?:report|edit)ing by|"
    r"from|authors?|(?:web |copy )?editors?|reporters?|writer|correspondent|journalist|sources?|agency|via|with)"
)
_LABELLED = re.compile(rf"(?i)^\W*{_LABEL} ?[:：] ?\S")
_BY = re.compile(r"(?i)^\W*(?:written |posted |reported |edited |compiled )?by ")
_BY_ELSEWHERE = re.compile(r"^(?:Von|Par|Por|Di|Door|Av|Af) ")
_ELSEWHERE = frozenset("VPDA")
_STAMP_WORD = re.compile(
    r"(?i)^\W*(?:first |last |originally )?(?:published|updated?|modified|posted|created|added|date|on|at|edited)\b"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"(?i)\b(?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\.?,? \d{{4}}"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:\d{{4}}|at\b)|\d{{1,2}}:\d{{2}})"
)
_DIGIT = re.compile(r"\d")
_AGO = re.compile(r"(?i)\b\d+ (?:second|minute|hour|day|week|month|year)s? ago\b|\bmin(?:ute)?s? read\b")

DATE_ONLY = "little more than a date"
BYLINE_WORDS = 24
"""Longer blocks are prose; a byline with two writers, a date and a reading time has some twenty words."""
DATED_WORDS = 14


def byline_reason(text: str) -> str | None:
    """Why a block reads as a byline, source, editor or date line, or None.

    >>> byline_reason("Source: Harbour Daily | 07-03-2007 09:48")
    'a label such as By, Source or Editor opens it'
    >>> byline_reason("Editor:Ann Doe")
    'a label such as By, Source or Editor opens it'
    >>> byline_reason("Von Anna Doe, Innsbruck"), byline_reason("Von der Leyen reist nach Riga")
    ('a label such as By, Source or Editor opens it', None)
    >>> byline_reason("March 3, 2011, 10:15 a.m.")
    'little more than a date'
    >>> byline_reason("By Monday the river had reached the town hall, the mayor said, and shops closed.") is None
    True
    """
    if len(text) > 300:
        return None
    n = text.count(" ") + 1
    if n > BYLINE_WORDS:
        return None
    if (_opens_with_label(text) or _opens_with_name(text)) and (not _is_sentence(text) or n <= 4):
        return "a label such as By, Source or Editor opens it"
    dated = _find_date(text) if n <= DATED_WORDS else None
    if dated and not _is_sentence(text):
        if _STAMP_WORD.match(text):
            return "a word such as Published or Updated and a date"
        if len(dated.group(0)) >= 5 and n <= 8:
            return DATE_ONLY
    return None


def is_by_line(text: str) -> bool:
    """Whether a line opens with By and a name.

    >>> is_by_line("By Ann Doe"), is_by_line("By the river"), is_by_line("Ann Doe")
    (True, False, False)
    """
    return text[:3].casefold() in ("by ", "by:") and byline_reason(text) is not None


def looks_like_name(text: str) -> bool:
    """Whether a text is one to five words, all capitalised but particles, as names of persons are.

    >>> looks_like_name("Bob van der Roe"), looks_like_name("the mayor"), looks_like_name("Jean-Luc O’Neil")
    (True, False, True)
    """
    words = text.split()
    if not 1 <= len(words) <= 6 or not words[0][0].isalpha() or not (words[0][0].isupper() or not text.isascii()):
        return False
    capitals = [w for w in words if w[0].isupper() or not (w[0].islower() or w[0].isdigit())]
    small = [w for w in words if w[0].islower()]
    shaped = all(c.isalpha() or c in "'’.-·" for w in words for c in w)
    return shaped and 1 <= len(capitals) <= 5 and all(w in PARTICLES for w in small)


def _opens_with_label(text: str) -> bool:
    return (":" in text or "：" in text) and _LABELLED.match(text) is not None


def _find_date(text: str) -> re.Match[str] | None:
    """The first date, hour or reading time; few lines have a digit or such words, and these are looked for first."""
    found = _DATE.search(text) if _DIGIT.search(text) else None
    folded = text.casefold()
    return found or (_AGO.search(text) if " ago" in folded or " read" in folded else None)


def _opens_with_name(text: str) -> bool:
    # What the patterns can't do without is looked for first.
    other = _BY_ELSEWHERE.match(text) if text[:1] in _ELSEWHERE else None
    if other:
        name = text[other.end() :].split(",", maxsplit=1)[0]
        return 2 <= len(name.split()) <= 4 and looks_like_name(name)
    by = _BY.match(text) if "y " in text or "Y " in text else None
    if not by:
        return False
    words = text[by.end() :].split(None, 2)[:2]
    # "By Monday" opens a sentence as well; a second capital, or nothing after it, makes a name.
    return bool(words) and all(w[0].isupper() or w in PARTICLES or w in ("and", "|") for w in words)


def _is_sentence(text: str) -> bool:
    return text.rstrip("\"'”’»)]")[-1:] in (".", "!", "?") and len(text.split()) > 8
