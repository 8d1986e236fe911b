"""Pieces of pattern that the rules share. Every piece is linear: no repeated group holds a repetition without bound."""

from __future__ import annotations

from . import _lexicon as lexicon


def any_of(phrases: list[str] | dict[str, str] | dict[str, int]) -> str:
    """Alternation of fixed phrases, longest first, with flexible white space and either apostrophe.

    >>> any_of(["now", "right now"])
    '(?:right\\\\s{1,3}now|now)'
    """
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    escaped = [p.replace(".", r"\.").replace("'", "['’]").replace(" ", r"\s{1,3}") for p in ordered]
    return "(?:" + "|".join(escaped) + ")"


GAP = r"\s{1,3}"
MONTH = rf"(?:{any_of(lexicon.FULL_MONTHS)}\b|{any_of(lexicon.SHORT_MONTHS)}\b\.?)"
FULL_WEEKDAY = any_of(lexicon.FULL_WEEKDAYS)
WEEKDAY = rf"(?:{FULL_WEEKDAY}\b|{any_of(lexicon.SHORT_WEEKDAYS)}\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1\d{3}|20\d\d)"
SHORT_YEAR = r"['’]\d\d"
SPOKEN_YEAR = (
    rf"(?:eighteen|nineteen|twenty)[\s-]{{1,3}}{any_of(lexicon.words('number'))}(?:-{any_of(lexicon.words('number'))})?"
)
ERA = r"(?:B\.?C\.?E?\.?|A\.?D\.?|C\.?E\.)"
UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
LONG_UNIT = r"(?:days?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
NUMBER_WORD = any_of(lexicon.words("number"))
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,4}(?:\.\d{1,2}|\s\d/\d)?"
    rf"|a{GAP}(?:hundred|thousand)|{NUMBER_WORD}(?:(?:-|{GAP}|{GAP}and{GAP}){NUMBER_WORD}){{0,3}})"
)
FEW = (
    rf"(?:(?:a|the|some){GAP}(?:few|couple(?:{GAP}of)?|number{GAP}of|dozen|half{GAP}dozen)"
    rf"|few|several|many|some|couple{GAP}of)"
)
AMOUNT = rf"(?:{FEW}|{NUMBER})"
ORDINAL = any_of(lexicon.words("ordinal"))
SEASON = any_of(lexicon.words("season"))
DAY_PART = r"(?:morning|afternoon|evening|night|dawn|dusk)"
PHASE = any_of(lexicon.words("phase"))
APPROXIMATION = any_of(lexicon.words("approximation"))
ZONE = (
    r"(?:(?:GMT|UTC|[ECMP][SD]T|BST|CES?T|EES?T|WES?T|MSK|IST|JST|KST|HKT|SGT|AE[SD]T|NZ[SD]T|Z)\b"
    r"(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d\b|local\s{1,3}time)"
)
CLOCK_12 = r"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d(?::[0-5]\d)?)?\s{0,3}[ap]\.?m\b\.?"
CLOCK_24 = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?"
CLOCK_4 = r"(?:[01]\d|2[0-3])[0-5]\d"
CLOCK_WORD = r"(?:noon|midday|midnight)"
CLOCK = rf"(?:{CLOCK_12}|{CLOCK_24}|{CLOCK_WORD})"
HOLIDAY = any_of(lexicon.HOLIDAYS)
PERIOD = r"(?:period|quarter)"
