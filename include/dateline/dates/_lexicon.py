"""The words of time that the grammar is made of, read from the lists of the package.

Lists are data so that a word can be added, and its source seen, without touching the grammar.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def read_list(name: str) -> list[dict[str, str]]:
    """Rows of a list of the package, in file order.

    >>> read_list("month_names.csv")[0]["word"]
    'january'
    """
    text = (files("dateline") / "data" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def words(word_class: str) -> dict[str, str]:
    """Words of one class of `time_words.csv` with their values.

    >>> words("season")["autumn"]
    'FA'
    """
    return {row["word"]: row["value"] for row in read_list("time_words.csv") if row["class"] == word_class}


MONTHS = {row["word"]: int(row["month"]) for row in read_list("month_names.csv")}
"""Month names and short forms without full stop, lower case, to 1..12."""

WEEKDAYS = {row["word"]: int(row["weekday"]) for row in read_list("weekday_names.csv")}
"""Weekday names and short forms without full stop, lower case, to 0 (Monday)..6."""

FULL_MONTHS = [row["word"] for row in read_list("month_names.csv") if row["is_short"] == "0"]
SHORT_MONTHS = [row["word"] for row in read_list("month_names.csv") if row["is_short"] == "1"]
UNSURE_MONTHS = frozenset(row["word"] for row in read_list("month_names.csv") if row["is_unsure"] == "1")
"""Month words that are also other words or names: alone they need a word such as `in` before them."""

SHORT_WEEKDAYS = [row["word"] for row in read_list("weekday_names.csv") if row["is_short"] == "1"]
FULL_WEEKDAYS = [row["word"] for row in read_list("weekday_names.csv") if row["is_short"] == "0"]
VAGUE = {row["phrase"]: row["value"] for row in read_list("vague_times.csv")}
HOLIDAYS = {row["name"]: row["rule"] for row in read_list("holidays.csv")}

FEW = ("few", "several", "many", "some", "number of")
UNKNOWN_NUMBER = -1.0
"""Stands for an amount that isn't told: `a few`, `several`, the bare plural."""


def read_unit(word: str) -> str:
    """Unit of time that a word names: `Years` and `year's` are `year`.

    >>> read_unit("Centuries")
    'century'
    """
    word = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    units = words("unit")
    return units[word] if word in units else units[word.removesuffix("s")]


def read_number(text: str | None) -> float | None:
    """Number in digits or words; UNKNOWN_NUMBER for an untold amount, None where it is no number.

    >>> read_number("twenty-one"), read_number("2 1/2"), read_number("a couple of"), read_number("two thousand")
    (21.0, 2.5, 2.0, 2000.0)
    >>> read_number("a few")
    -1.0
    """
    if text is None:
        return None
    tokens = text.lower().replace("-", " ").replace(",", "").split()
    tokens = [token for token in tokens if token not in {"a", "an", "of", "and", "the", "other", "more"}]
    if not tokens:
        return 1.0
    if any(word in " ".join(tokens) for word in FEW):
        return UNKNOWN_NUMBER
    if tokens[0] in {"couple", "dozen", "half"}:
        return {"couple": 2.0, "dozen": 12.0, "half": 0.5}[tokens[0]]
    return _add_up(tokens)


def _add_up(tokens: list[str]) -> float | None:
    total = 0.0
    for token in tokens:
        if token in words("number"):
            value = float(words("number")[token])
            total = (total or 1) * value if value >= 100 else total + value
        elif token.replace(".", "", 1).isdigit():
            total += float(token)
        elif token.count("/") == 1:
            top, _, bottom = token.partition("/")
            if not (top.isdigit() and bottom.isdigit() and int(bottom)):
                return None
            total += int(top) / int(bottom)
        else:
            return None
    return total


def read_ordinal(text: str) -> int | None:
    """Rank named by a word or by digits: `third` and `3rd` are 3.

    >>> read_ordinal("third"), read_ordinal("21st"), read_ordinal("last")
    (3, 21, None)
    """
    text = text.lower()
    if text in words("ordinal"):
        return int(words("ordinal")[text])
    digits = text.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return int(digits) if digits.isdigit() else None


def read_year(text: str, pivot: int = 50) -> int:
    """Year of four, two or three digits; two digits from `pivot` on are of the 1900s.

    >>> read_year("1998"), read_year("07"), read_year("'89")
    (1998, 2007, 1989)
    """
    digits = text.strip("'’")
    if len(digits) != 2:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= pivot else 2000)
