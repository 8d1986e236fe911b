"""Rules for lengths of time (durations), repetitions (sets) and times that stay vague."""

from __future__ import annotations

import re

from . import _fragments as f
from . import _lexicon as lexicon
from ._rule import Rule, express, part
from .expression import Expression

_LETTERS = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
}
_TIMES = {"second", "minute", "hour"}
_MULTIPLES = {"fortnight": (2, "week"), "decade": (10, "year"), "century": (100, "year")}


def length(number: float, unit: str) -> str:
    """TIMEX3 value of a duration; X stands for an untold amount, decades and centuries count as years.

    >>> length(2, "year"), length(1.5, "hour"), length(2, "decade"), length(-1, "week")
    ('P2Y', 'PT1H30M', 'P20Y', 'PXW')
    """
    if number == lexicon.UNKNOWN_NUMBER:
        return _untold(unit)
    if unit in _MULTIPLES:
        factor, unit = _MULTIPLES[unit]
        number *= factor
    if unit == "quarter":
        number, unit = number * 3, "month"
    prefix = "PT" if unit in _TIMES else "P"
    if number == int(number):
        return f"{prefix}{int(number)}{_LETTERS[unit]}"
    finer = {"year": (12, "M"), "hour": (60, "M"), "minute": (60, "S")}.get(unit)
    rest = (number - int(number)) * finer[0] if finer else 0.5
    if finer is None or rest != int(rest):
        return f"{prefix}{number:g}{_LETTERS[unit]}"
    whole = f"{int(number)}{_LETTERS[unit]}" if number >= 1 else ""
    return f"{prefix}{whole}{int(rest)}{finer[1]}"


def _untold(unit: str) -> str:
    if unit in {"decade", "century"}:
        return "PXDE" if unit == "decade" else "PXCE"
    return ("PTX" if unit in _TIMES else "PX") + _LETTERS[_MULTIPLES.get(unit, (1, unit))[1]]


def _modifier(text: str | None) -> str | None:
    return lexicon.words("approximation").get(re.sub(r"\s+", " ", text.lower())) if text else None


def _duration(m: re.Match[str]) -> Expression | None:
    number = lexicon.read_number(m["number"])
    if number is None:
        return None
    if m["half"] or m["part"]:
        number += 0.5
    modifier = _modifier(m["about"]) or ("APPROX" if m["so"] else None)
    value = length(number, lexicon.read_unit(m["unit"]))
    return express(m, "duration", "duration", type="DURATION", value=value, modifier=modifier)


def _span(m: re.Match[str]) -> Expression | None:
    number = lexicon.read_number(part(m, "number")) if part(m, "number") else lexicon.UNKNOWN_NUMBER
    if number is None:
        return None
    value = length(number, lexicon.read_unit(m["unit"]))
    return express(m, "span", "duration", type="DURATION", value=value)


def _from_to(m: re.Match[str]) -> Expression | None:
    number = lexicon.read_number(m["number"])
    if number is None:
        return None
    return express(m, "duration_range", "duration", type="DURATION", value=length(number, lexicon.read_unit(m["unit"])))


def _long(m: re.Match[str]) -> Expression:
    return express(m, "duration_long", "duration", type="DURATION", value=length(1, lexicon.read_unit(m["unit"])))


def _every(m: re.Match[str]) -> Expression:
    quant = {"every": "EVERY", "each": "EACH", "per": "EVERY", "a": "EVERY", "an": "EVERY"}.get(m["quant"].lower())
    if m["weekday"]:
        value = f"XXXX-WXX-{lexicon.WEEKDAYS[m['weekday'].lower()] + 1}"
    elif m["month"]:
        value = f"XXXX-{lexicon.MONTHS[m['month'].lower().rstrip('.')]:02d}"
    elif m["season"]:
        value = f"XXXX-{lexicon.words('season')[m['season'].lower()]}"
    elif m["part"]:
        value = f"XXXX-XX-XX{lexicon.words('day_part')[m['part'].lower()]}"
    else:
        number = {"other": 2.0}.get((m["number"] or "").lower()) or lexicon.read_number(m["number"]) or 1
        value = length(number, lexicon.read_unit(m["unit"]))
    return express(m, "every", "set", type="SET", value=value, quant=quant)


def _rate(m: re.Match[str]) -> Expression:
    return express(m, "rate", "set", type="SET", value=length(1, lexicon.read_unit(m["unit"])), quant="EVERY")


def _weekdays(m: re.Match[str]) -> Expression:
    day_part = part(m, "part")
    name = m["weekday"].lower() if day_part else m["weekday"].lower().removesuffix("s")
    value = f"XXXX-WXX-{lexicon.WEEKDAYS[name] + 1}"
    if day_part:
        value += lexicon.words("day_part")[day_part.lower()]
    return express(m, "weekdays", "set", type="SET", value=value, quant="EVERY")


def _frequency(m: re.Match[str]) -> Expression:
    return express(m, "frequency", "set", type="SET", value=lexicon.words("frequency")[m[0].lower()], quant="EVERY")


def _vague(m: re.Match[str]) -> Expression:
    return express(m, "vague", "vague", value=lexicon.VAGUE[re.sub(r"\s+", " ", m[0].lower())])


_ABOUT = rf"(?:(?P<about>{f.APPROXIMATION}){f.GAP})?"
_SOME = (
    r"(?:past|last|next|coming|previous|preceding|following|first|final|latest|recent|subsequent|ensuing|remaining"
    r"|intervening|succeeding|early)"
)
_OF = (
    rf"(?:{f.GAP}(?:trading|business|working|calendar|full|consecutive|more|additional|long|straight|whole){f.GAP}"
    r"|[\s-]{1,3})"
)

SET_RULES = [
    Rule(
        "every",
        rf"(?P<quant>every|each){f.GAP}(?:(?P<number>other|{f.NUMBER}){f.GAP})?(?:(?P<unit>{f.UNIT})|(?P<weekday>{f.FULL_WEEKDAY})"
        rf"|(?P<month>{f.MONTH})|(?P<season>{f.SEASON})|(?P<part>{f.DAY_PART}))",
        _every,
    ),
    Rule("rate", r"per\s{1,3}(?P<unit>hour|day|week|month|year)", _rate),
    Rule("weekdays", rf"(?P<weekday>{f.FULL_WEEKDAY}){f.GAP}(?P<part>{f.DAY_PART})s", _weekdays),
    Rule("weekdays", rf"(?P<weekday>{f.FULL_WEEKDAY}s)", _weekdays),
]
"""Repetitions; they come before the dates, so that `Sunday nights` is not read as a Sunday."""

AMOUNT_RULES = [
    Rule(
        "span",
        rf"(?:(?:the|its|their|his|her){f.GAP})?{_SOME}{f.GAP}(?:(?P<number>{f.AMOUNT}){_OF})(?P<unit>{f.UNIT})"
        rf"(?:{f.GAP}or{f.GAP}so)?",
        _span,
    ),
    Rule(
        "span",
        rf"the{f.GAP}(?P<number>{f.AMOUNT})(?:{f.GAP}{_SOME})?{f.GAP}(?P<unit>{f.UNIT})",
        _span,
    ),
    Rule(
        "span",
        rf"(?:(?:the|its){f.GAP})?{_SOME}{f.GAP}(?P<unit>hours|days|weeks|months|quarters|years|decades|centuries)",
        _span,
    ),
    Rule(
        "duration_range",
        rf"(?P<number>{f.NUMBER})(?:{f.GAP}(?:to|or){f.GAP}|-|–){f.NUMBER}[\s-]{{1,3}}(?P<unit>{f.UNIT})",
        _from_to,
    ),
    Rule(
        "duration",
        rf"{_ABOUT}(?P<number>(?:half{f.GAP})?an?|{f.AMOUNT})(?P<part>[\s-]and[\s-]a[\s-]half)?(?:{_OF})(?P<unit>{f.UNIT})\b"
        rf"(?P<half>{f.GAP}and{f.GAP}a{f.GAP}half)?(?P<so>{f.GAP}or{f.GAP}so)?(?:(?:{f.GAP}|-)(?:long|period))?",
        _duration,
    ),
    Rule("duration_long", r"(?P<unit>hour|day|week|month|year|decade|century)s?-long", _long),
    Rule("frequency", f.any_of(lexicon.words("frequency")), _frequency),
    Rule("span", r"(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)", _span),
    Rule("vague", f.any_of(lexicon.VAGUE), _vague),
]
