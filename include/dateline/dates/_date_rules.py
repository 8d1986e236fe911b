"""Rules for calendar dates: years, months, days, weekdays, in words and in digits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from . import _fragments as f
from . import _lexicon as lexicon
from ._rule import Rule, express
from .expression import Expression

OTHER_YEAR = (
    rf"(?:(?:last|this|next|that){f.GAP}(?:same{f.GAP})?year"
    rf"|the{f.GAP}(?:same|current|previous|preceding|following|next|past|coming){f.GAP}year)"
)
ANCIENT = r"\d{1,4}\s{1,2}B\.?C\b(?:\.?E\b)?\.?"
ANY_YEAR = rf"(?:{ANCIENT}|{f.YEAR}|{f.SPOKEN_YEAR}|{OTHER_YEAR})"
_BEFORE_YEAR = rf"(?:,\s{{0,3}}|{f.GAP}of{f.GAP}|{f.GAP})"
_BEFORE = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1}
_AFTER = {"next": 1, "following": 1, "coming": 1, "upcoming": 1, "ensuing": 1, "succeeding": 1, "subsequent": 1}
_FROM_FOCUS = ("previous", "preceding", "following", "that", "same", "ensuing", "succeeding", "subsequent", "prior")


def read_direction(words: str) -> dict[str, Any]:
    """Shift and base that words such as `last`, `the following`, `that same` name.

    >>> read_direction("the following")
    {'shift': 1, 'base': 'focus'}
    """
    found = words.lower().split()
    shift = next(((_BEFORE | _AFTER)[word] for word in found if word in _BEFORE or word in _AFTER), 0)
    if "the" in found and "next" in found:
        return {"shift": 1, "base": "focus"}
    return {"shift": shift, "base": "focus" if any(word in found for word in _FROM_FOCUS) else "published"}


def read_any_year(text: str | None) -> dict[str, Any]:
    """Year in digits, or a shift of the anchor's year for `last year` and the like."""
    if not text:
        return {}
    text = re.sub(r"['’]s?$", "", text.strip())
    if text.strip("'’").isdigit():
        return {"year": lexicon.read_year(text)}
    spoken = read_spoken_year(text)
    if spoken:
        return {"year": spoken}
    if text[0].isdigit():
        return {"year": -int(text.split()[0])}
    return {**read_direction(text[: -len("year")]), "unit": "year"}


def _month(text: str) -> int:
    return lexicon.MONTHS[text.lower().rstrip(".")]


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _weekday(text: str | None) -> int | None:
    return lexicon.WEEKDAYS[text.lower().rstrip(".")] if text else None


def _iso(m: re.Match[str]) -> Expression | None:
    month, day = int(m["month"]), int(m["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return express(m, "iso_date", "numeric", year=int(m["year"]), month=month, day=day)


def _numeric(m: re.Match[str]) -> Expression | None:
    first, second, year = int(m["first"]), int(m["second"]), lexicon.read_year(m["year"])
    if not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return None
    month, day = (second, first) if first > 12 else (first, second)
    unsure = first <= 12 and second <= 12 and first != second
    return express(m, "numeric_date", "numeric", year=year, month=month, day=day, is_ambiguous=unsure)


def _full(m: re.Match[str]) -> Expression:
    year = read_any_year(m["year"])
    kind = "date" if "year" in year else "month_day"
    return express(
        m, "full_date", kind, month=_month(m["month"]), day=_day(m["day"]), weekday=_weekday(m["weekday"]), **year
    )


def _month_day(m: re.Match[str]) -> Expression:
    return express(
        m, "month_day", "month_day", month=_month(m["month"]), day=_day(m["day"]), weekday=_weekday(m["weekday"])
    )


def _day_range(m: re.Match[str]) -> list[Expression] | None:
    first, last, month = _day(m["first"]), _day(m["last"]), _month(m["month"])
    year = read_any_year(m["year"])
    kind = "date" if "year" in year else "month_day"
    if first >= last:
        return None
    month_first = m.start("month") < m.start("first")
    one = express(m, "day_range", kind, "first", month=month, day=first, **year)
    two = express(m, "day_range", kind, "last", month=month, day=last, **year)
    low, high = (0, m.end("first")) if month_first else (m.start("last"), len(m.string))
    if month_first:
        one = _widen(m, one, low, high)
        return [one, _widen(m, two, two.start, len(m.string)) if m["year"] else two]
    return [one, _widen(m, two, low, high)]


def _widen(m: re.Match[str], expression: Expression, start: int, end: int) -> Expression:
    return replace(expression, start=start, end=end, text=m.string[start:end])


def _month_year(m: re.Match[str]) -> Expression:
    year = read_any_year(m["year"])
    return express(m, "month_year", "date" if "year" in year else "month", month=_month(m["month"]), **year)


def _month_alone(m: re.Match[str]) -> Expression:
    parts: dict[str, Any] = {}
    if m["direction"]:
        parts = {**read_direction(m["direction"]), "unit": "month"}
    return express(m, "month", "month", month=_month(m["month"]), **parts)


def _weekday_alone(m: re.Match[str]) -> Expression:
    parts: dict[str, Any] = {}
    if m["direction"]:
        parts = {**read_direction(m["direction"]), "unit": "day"}
    if m["week"]:
        parts = {**read_direction(m["week"]), "unit": "week"}
    return express(m, "weekday", "weekday", weekday=_weekday(m["weekday"]), **parts)


def _year_range(m: re.Match[str]) -> list[Expression] | None:
    first = lexicon.read_year(m["first"])
    last = int(m["last"]) if len(m["last"]) == 4 else first // 100 * 100 + int(m["last"])
    if not first < last <= first + 150:
        return None
    return [express(m, "year_range", "date", "first", year=first), express(m, "year_range", "date", "last", year=last)]


def _ancient(m: re.Match[str]) -> list[Expression]:
    sign = -1 if m["era"].upper().startswith("B") else 1
    found = []
    if m["first"]:
        found.append(express(m, "ancient_year", "date", "first", year=sign * int(m["first"])))
    last: dict[str, Any] = {"year": sign * int(m["last"])}
    if m["month"]:
        last |= {"month": _month(m["month"])}
    whole = express(m, "ancient_year", "date", modifier="APPROX" if m["about"] else None, **last)
    return [*found, _widen(m, whole, m.start("last") if found else 0, len(m.string))]


def read_spoken_year(text: str) -> int | None:
    """Year said as two numbers, or None.

    >>> read_spoken_year("nineteen ninety-seven"), read_spoken_year("last year")
    (1997, None)
    """
    century, _, rest = re.sub(r"[\s-]+", " ", text.lower()).partition(" ")
    low, high = lexicon.read_number(century), lexicon.read_number(rest)
    if low is None or high is None or not (18 <= low <= 20 and 10 <= high <= 99):
        return None
    return int(low * 100 + high)


def _spoken_year(m: re.Match[str]) -> Expression | None:
    year = 2000 if m["thousand"] else read_spoken_year(m[0])
    return express(m, "spoken_year", "date", year=year) if year else None


def _year(m: re.Match[str]) -> Expression:
    return express(m, "year", "date", year=lexicon.read_year(m["year"]))


DIRECTION = (
    rf"(?:(?P<direction>(?:last|past|next|this(?:{f.GAP}(?:past|coming))?|the{f.GAP}(?:previous|following|next)|that)"
    rf"{f.GAP})?)"
)
_WEEK = rf"(?:,?{f.GAP}(?:of{f.GAP})?(?P<week>(?:last|this|next|that|the{f.GAP}(?:following|previous)){f.GAP}week))?"
_WDAY = rf"(?:(?P<weekday>{f.WEEKDAY}),?{f.GAP}(?:the{f.GAP})?)?"
_BETWEEN = r"\s{0,2}(?:-|–|—|to|and|through|until|or)\s{0,2}"

DATE_RULES = [
    Rule("iso_date", r"(?P<year>1[89]\d\d|20\d\d)[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)", _iso),
    Rule("numeric_date", r"(?P<first>\d\d?)[-/.](?P<second>\d\d?)[-/.](?P<year>1[89]\d\d|20\d\d|\d\d)", _numeric),
    Rule(
        "day_range",
        rf"(?P<month>{f.MONTH}){f.GAP}(?P<first>{f.DAY}){_BETWEEN}(?P<last>{f.DAY})\b(?:{_BEFORE_YEAR}(?P<year>{ANY_YEAR}))?",
        _day_range,
    ),
    Rule(
        "day_range",
        rf"(?P<first>{f.DAY}){_BETWEEN}(?P<last>{f.DAY}){f.GAP}(?:of{f.GAP})?(?P<month>{f.MONTH})(?:{_BEFORE_YEAR}(?P<year>{ANY_YEAR}))?",
        _day_range,
    ),
    Rule(
        "full_date",
        rf"{_WDAY}(?P<month>{f.MONTH}){f.GAP}(?:the{f.GAP})?(?P<day>{f.DAY})\b{_BEFORE_YEAR}(?:in{f.GAP})?(?P<year>{ANY_YEAR}|{f.SHORT_YEAR})",
        _full,
    ),
    Rule(
        "full_date",
        rf"{_WDAY}(?:the{f.GAP})?(?P<day>{f.DAY})(?:{f.GAP}of{f.GAP}|{f.GAP}|-)(?P<month>{f.MONTH})(?:{_BEFORE_YEAR}|-)(?P<year>{ANY_YEAR}|{f.SHORT_YEAR})",
        _full,
    ),
    Rule(
        "ancient_year",
        rf"(?P<about>ca?\.{f.GAP})?(?:(?P<month>{f.MONTH}){f.GAP})?(?:(?P<first>\d{{1,4}})\s?[-–/]\s?)?(?P<last>\d{{1,4}})\s{{1,2}}(?P<era>{f.ERA})",
        _ancient,
    ),
    Rule("month_year", rf"(?P<month>{f.MONTH}){_BEFORE_YEAR}(?P<year>{ANY_YEAR}|{f.SHORT_YEAR})", _month_year),
    Rule(
        "month_day",
        rf"(?:(?:last|this|next){f.GAP})?{_WDAY}(?P<month>{f.MONTH}){f.GAP}(?:the{f.GAP})?(?P<day>{f.DAY})",
        _month_day,
    ),
    Rule(
        "month_day",
        rf"{_WDAY}(?:the{f.GAP})?(?P<day>{f.DAY})(?:{f.GAP}of{f.GAP}|{f.GAP})(?P<month>{f.MONTH})",
        _month_day,
    ),
    Rule(
        "year_range",
        rf"(?P<first>{f.YEAR})(?:\s?[-–—/]\s?)(?P<last>{f.YEAR}|\d\d)",
        _year_range,
    ),
    Rule("weekday", rf"{DIRECTION}(?P<weekday>{f.FULL_WEEKDAY}){_WEEK}", _weekday_alone),
    Rule("month", rf"{DIRECTION}(?P<month>{f.MONTH})", _month_alone),
    Rule("spoken_year", rf"(?:{f.SPOKEN_YEAR}|the{f.GAP}year{f.GAP}(?P<thousand>two{f.GAP}thousand))", _spoken_year),
    Rule("year", rf"(?:the{f.GAP}year{f.GAP})?(?P<year>{f.YEAR})", _year),
    Rule("year", rf"(?P<year>{f.SHORT_YEAR})", _year),
]
"""Most telling first: the scan takes the first that matches at a place."""
