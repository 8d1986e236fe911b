"""Rules for times told by their distance: today, last week, two years ago, a day later, that month."""

from __future__ import annotations

import re
from typing import Any

from . import _fragments as f
from . import _lexicon as lexicon
from ._date_rules import read_direction
from ._rule import Rule, express, part
from .expression import Expression

_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_YEARS = {"decade": 10, "century": 100}
_NIGHTS = {"tonight": ("TNI", 0), "overnight": ("TNI", 0)}


def _deictic(m: re.Match[str]) -> Expression:
    word = m["word"].lower()
    shift = _DAYS.get(word, 0)
    if "before" in m[0].lower():
        shift = -2
    if "after" in m[0].lower():
        shift = 2
    return express(m, "deictic_day", "relative", shift=shift, unit="day", base="published")


def _tonight(m: re.Match[str]) -> Expression:
    part, shift = _NIGHTS[m[0].lower()]
    return express(m, "tonight", "relative", type="TIME", shift=shift, unit="day", base="published", value=part)


def _day_part(m: re.Match[str]) -> Expression:
    value = lexicon.words("day_part")[m["part"].lower()]
    parts = read_direction(m["direction"])
    modifier = {"early": "START", "earlier": "START", "late": "END", "later": "END"}.get((m["phase"] or "").lower())
    return express(m, "day_part", "relative", type="TIME", unit="day", value=value, modifier=modifier, **parts)


def _unit(m: re.Match[str]) -> Expression:
    unit = lexicon.read_unit(m["unit"])
    value = "WE" if m["unit"].lower() == "weekend" else None
    parts = read_direction(m["direction"])
    if unit in _YEARS and m["direction"].lower().split()[-1] in {"past", "next", "coming"}:
        return express(m, "span", "duration", type="DURATION", value=f"P{_YEARS[unit]}Y")
    if value:
        unit = "week"
    return express(m, "relative_unit", "relative", unit=unit, value=value, **parts)


def _ago(m: re.Match[str]) -> Expression | None:
    number, unit = lexicon.read_number(m["number"]), lexicon.read_unit(m["unit"])
    if number is None:
        return None
    word = m["word"].lower()
    sign = 1 if word in {"later", "after", "afterwards", "afterward", "hence"} or word.startswith("from") else -1
    base = "published" if word in {"ago", "hence"} or word.startswith("from") else "focus"
    if number == lexicon.UNKNOWN_NUMBER:
        value = "PAST_REF" if sign < 0 else "FUTURE_REF"
        return express(m, "unknown_distance", "vague", value=value)
    kind = "TIME" if unit in {"hour", "minute", "second"} else "DATE"
    if unit in {"decade", "century"}:
        return express(m, "distance", "relative", shift=sign * number, unit=unit, base=base)
    rule = "year_before" if unit == "year" and number == 1 and sign < 0 else "distance"
    modifier = lexicon.words("approximation").get((m["about"] or "").lower())
    return express(m, rule, "relative", type=kind, shift=sign * number, unit=unit, base=base, modifier=modifier)


def _bare_ago(m: re.Match[str]) -> Expression:
    return express(m, "unknown_distance", "vague", value="PAST_REF" if m["word"].lower() != "later" else "FUTURE_REF")


def _neighbour(m: re.Match[str]) -> Expression:
    """`the day before`, `the year after`: one unit from the focus."""
    shift = -1 if m["word"].lower() in {"before", "earlier"} else 1
    day_part = part(m, "part")
    if day_part:
        value = lexicon.words("day_part")[day_part.lower()]
        return express(m, "neighbour", "relative", type="TIME", shift=shift, unit="day", base="focus", value=value)
    return express(m, "neighbour", "relative", shift=shift, unit=lexicon.read_unit(m["unit"]), base="focus")


def _year_end(m: re.Match[str]) -> Expression:
    return express(m, "year_end", "relative", shift=0, unit="year", base="published", modifier="END")


def _weekend(m: re.Match[str]) -> Expression:
    return express(m, "weekend", "relative", shift=None, unit="week", value="WE")


def _current(m: re.Match[str]) -> Expression | None:
    if m["unit"].lower() == "period" and (m["word"] or "").lower() != "latest":
        return None
    unit = "quarter" if m["unit"].lower() == "period" else lexicon.read_unit(m["unit"])
    parts: dict[str, Any] = {"unit": unit, "shift": 0, "base": "focus"}
    word = (m["word"] or "").lower()
    if word in {"current", "full", "fiscal", "latest", "latest fiscal"} or word.startswith("current"):
        parts["base"] = "published"
    if word == "latest fiscal":
        parts["shift"] = -1
    if unit == "quarter":
        parts = {"unit": "quarter", "shift": 0 if word == "current" else None, "base": "focus"}
    return express(m, "the_unit", "relative", **parts)


def _year_ago_period(m: re.Match[str]) -> Expression:
    return express(m, "year_before", "relative", shift=-1, unit="year", base="focus")


def _year_before_noun(m: re.Match[str]) -> Expression:
    return express(m, "year_before", "relative", "core", shift=-1, unit="year", base="focus")


_PAST_THIS = rf"(?:last|past|next|this(?:{f.GAP}(?:past|coming))?|that(?:{f.GAP}same)?|that{f.GAP}very)"
_THE = (
    rf"the{f.GAP}(?:previous|preceding|prior|past|last|following|next|coming|upcoming|ensuing|succeeding|same"
    rf"|very{f.GAP}same|very{f.GAP}next)"
)
_EARLIER = r"(?:ago|earlier|later|previously|afterwards?|hence|from\s{1,3}(?:now|today))"
_ABOUT = rf"(?:(?P<about>{f.APPROXIMATION}){f.GAP})?(?:just{f.GAP}|only{f.GAP})?"

RELATIVE_RULES = [
    Rule("deictic_day", rf"the{f.GAP}day{f.GAP}(?:before|after){f.GAP}(?P<word>yesterday|tomorrow)", _deictic),
    Rule("deictic_day", r"(?P<word>today|yesterday|tomorrow)", _deictic),
    Rule("tonight", r"(?:tonight|overnight)", _tonight),
    Rule(
        "distance",
        rf"{_ABOUT}(?P<number>(?:an?|one)\b|{f.AMOUNT})[\s-]{{1,3}}(?:more{f.GAP})?(?P<unit>{f.UNIT})(?:{f.GAP}or{f.GAP}so)?{f.GAP}(?P<word>{_EARLIER})",
        _ago,
    ),
    Rule("unknown_distance", rf"(?P<unit>{f.LONG_UNIT}){f.GAP}(?P<word>ago|earlier|later)", _bare_ago),
    Rule(
        "year_before",
        rf"(?:(?:the|its|their){f.GAP})?(?:(?:comparable|corresponding|same){f.GAP})?year-(?:ago|earlier|before)(?:{f.GAP}{f.PERIOD})?",
        _year_ago_period,
    ),
    Rule(
        "year_before",
        rf"the{f.GAP}(?:(?:corresponding|comparable|same|like){f.GAP})?(?:period|quarter|month|time){f.GAP}(?:of{f.GAP}|in{f.GAP})?(?:a{f.GAP}year{f.GAP}(?:ago|earlier|before)|(?:last|the{f.GAP}previous){f.GAP}year)",
        _year_ago_period,
    ),
    Rule("year_before", rf"a{f.GAP}(?P<core>year-(?:ago|earlier))", _year_before_noun),
    Rule("year_before", rf"(?:last|the{f.GAP}(?:previous|prior)){f.GAP}year['’]s{f.GAP}{f.PERIOD}", _year_ago_period),
    Rule("neighbour", rf"the{f.GAP}(?P<part>{f.DAY_PART}){f.GAP}(?P<word>before|after)", _neighbour),
    Rule("neighbour", rf"the{f.GAP}(?P<unit>{f.LONG_UNIT}){f.GAP}(?P<word>before|after|following|earlier)", _neighbour),
    Rule(
        "day_part",
        rf"(?:(?P<phase>early|earlier|late|later){f.GAP})?(?P<direction>{_PAST_THIS}|{_THE}){f.GAP}(?P<part>{f.DAY_PART})",
        _day_part,
    ),
    Rule(
        "relative_unit",
        rf"(?P<direction>{_PAST_THIS}|{_THE}){f.GAP}(?:fiscal{f.GAP}|calendar{f.GAP}|trading{f.GAP}|full{f.GAP})?"
        r"(?P<unit>day|weekend|week|fortnight|month|quarter|year|decade|century)",
        _unit,
    ),
    Rule("year_end", r"(?:the\s{1,3})?year(?:['’]s\s{1,3}|-|\s{1,3})end", _year_end),
    Rule("weekend", rf"the{f.GAP}weekend", _weekend),
    Rule(
        "the_unit",
        rf"the{f.GAP}(?:(?P<word>current(?:{f.GAP}fiscal)?|full|fiscal|latest(?:{f.GAP}fiscal)?){f.GAP})?(?P<unit>year|quarter|month|week|day|period)",
        _current,
    ),
]
