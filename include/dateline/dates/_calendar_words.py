"""Names of months and weekdays in many languages, folded so that accents and case do not matter."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib.resources import files

_RARER = frozenset({"hr", "lt", "sl"})
"""Languages with fewer pages than those that claim the same name."""

Meanings = tuple[tuple[int, frozenset[str]], ...]


def find_month(name: str, language: str | None = None) -> int | None:
    """Number of the month (1 to 12) that a word names, or None.

    Where languages disagree (`listopad` is November in Polish, October in Croatian) the given language
    decides, else the meaning that more languages share.

    >>> find_month("Juli"), find_month("листопада"), find_month("listopada", "hr"), find_month("people")
    (7, 11, 10, None)
    """
    return _find("month", name, language)


def find_weekday(name: str, language: str | None = None) -> int | None:
    """Number of the weekday (Monday is 0) that a word names, or None.

    >>> find_weekday("Tue."), find_weekday("dienstag"), find_weekday("today")
    (1, 1, None)
    """
    return _find("weekday", name, language)


def _find(kind: str, name: str, language: str | None) -> int | None:
    meanings = _words().get((kind, fold_word(name)))
    if not meanings:
        return None
    language = (language or "")[:2].lower()
    for number, languages in meanings:
        if language in languages:
            return number
    return meanings[0][0]


def fold_word(word: str) -> str:
    """A word without case, accents and final full stop."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).rstrip(".")


@cache
def _words() -> dict[tuple[str, str], Meanings]:
    gathered: dict[tuple[str, str], dict[int, set[str]]] = {}
    text = (files("dateline") / "data" / "calendar_words.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        meanings = gathered.setdefault((row["kind"], fold_word(row["name"])), {})
        meanings.setdefault(int(row["number"]), set()).update(row["languages"].split())
    return {
        key: tuple((number, frozenset(langs)) for number, langs in sorted(m.items(), key=_by_use))
        for key, m in gathered.items()
    }


def _by_use(meaning: tuple[int, set[str]]) -> tuple[int, bool, int]:
    number, languages = meaning
    return -len(languages), languages <= _RARER, number
