"""Rules for stretches of the calendar with names: quarters, halves, seasons, decades, centuries, holidays."""

from __future__ import annotations

import re
from typing import Any

from . import _fragments as f
from . import _lexicon as lexicon
from ._date_rules import ANY_YEAR, read_any_year, read_direction
from ._rule import Rule, express, part
from .expression import Expression

_DEFAULT_DECADE = "19"
"""Century of a decade named without it; `the '20s` of today are written in full far more often."""


def _year_of(m: re.Match[str]) -> dict[str, Any]:
    text = part(m, "before") or part(m, "after")
    if text and re.search(r"ago|earlier", text, re.IGNORECASE):
        return {"shift": -1, "unit": "year", "base": "focus"}
    return read_any_year(text)


def _quarter(m: re.Match[str]) -> Expression | None:
    number = {"last": 4, "final": 4}.get(m["number"].lower()) or lexicon.read_ordinal(m["number"].strip("qQ"))
    if number is None or number > 4:
        return None
    return express(m, "quarter", "period", value=f"Q{number}", **_year_of(m))


def _half(m: re.Match[str]) -> Expression | None:
    word = m["number"].lower()
    number = {"latter": 2, "last": 2, "first": 1, "second": 2, "final": 2, "h1": 1, "h2": 2}[word]
    parts = _year_of(m)
    if part(m, "month"):
        return express(
            m,
            "half",
            "month",
            month=lexicon.MONTHS[m["month"].lower().rstrip(".")],
            modifier="START" if number == 1 else "END",
        )
    return express(m, "half", "period", value=f"H{number}", **parts)


def _season(m: re.Match[str]) -> Expression:
    parts = read_any_year(m["after"])
    if m["direction"]:
        parts = {**read_direction(m["direction"]), "unit": "season"}
    return express(m, "season", "period", value=lexicon.words("season")[m["season"].lower()], **parts)


def _decade(m: re.Match[str]) -> Expression:
    if m["word"]:
        tens = lexicon.words("decade")[m["word"].lower()]
        century = {"eighteen": "18", "nineteen": "19"}.get((m["century"] or "").lower(), _DEFAULT_DECADE)
        return express(m, "decade", "period", unit="decade", value=f"{century}{tens}")
    digits = (m["digits"] or m["ancient"]).strip("'’")
    if m["era"]:
        return express(m, "decade", "period", unit="decade", value=f"BC{int(digits) // 10:03d}")
    return express(
        m, "decade", "period", unit="decade", value=(_DEFAULT_DECADE + digits if len(digits) == 2 else digits)[:3]
    )


def _century(m: re.Match[str]) -> Expression | None:
    number = lexicon.read_ordinal(m["number"])
    if not number:
        return None
    value = f"{'BC' if m['era'] else ''}{number - 1:02d}"
    return express(m, "century", "period", unit="century", value=value)


def _holiday(m: re.Match[str]) -> Expression:
    rule = lexicon.HOLIDAYS[re.sub(r"\s+", " ", m["holiday"].lower().replace("’", "'"))]
    parts = read_any_year(m["after"])
    if m["direction"]:
        parts = {**read_direction(m["direction"]), "unit": "day"}
    return express(m, "holiday", "period", value=f"{'week' if m['week'] else 'day'}:{rule}", **parts)


def _fiscal_year(m: re.Match[str]) -> Expression:
    return express(m, "fiscal_year", "date", year=lexicon.read_year(m["year"]))


def _year_period(m: re.Match[str]) -> Expression:
    return express(m, "year_period", "period", value="period", **read_any_year(m["year"]))


_AGO = r"year-(?:ago|earlier)"
_BEFORE = rf"(?:(?P<before>{ANY_YEAR}(?:['’]s)?|{_AGO}){f.GAP})?"
_AFTER = rf"(?:{f.GAP}(?:of|in){f.GAP}(?:fiscal{f.GAP})?(?P<after>{ANY_YEAR}|a{f.GAP}year{f.GAP}(?:ago|earlier)))?"
_DIRECT_YEAR = rf"(?:,?{f.GAP}(?:of{f.GAP}|in{f.GAP})?(?P<after>{ANY_YEAR}))?"
_ADJECTIVE = rf"(?:(?:fiscal|calendar|comparable|corresponding|same|full){f.GAP})?"
_WHICH = r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th)"

PERIOD_RULES = [
    Rule(
        "quarter",
        rf"(?:the{f.GAP})?{_BEFORE}{_ADJECTIVE}(?:fiscal-)?(?P<number>{_WHICH})[\s-]{{1,3}}quarter{_AFTER}",
        _quarter,
    ),
    Rule("quarter", rf"(?P<number>Q[1-4]|[1-4]Q)(?:{f.GAP}(?:of{f.GAP})?(?P<after>{ANY_YEAR}))?", _quarter),
    Rule(
        "half",
        rf"(?:the{f.GAP})?{_BEFORE}{_ADJECTIVE}(?P<number>first|second|last|latter|final)[\s-]{{1,3}}half(?:{f.GAP}of{f.GAP}(?:(?P<after>{ANY_YEAR})|(?P<month>{f.MONTH})))?",
        _half,
    ),
    Rule(
        "season",
        rf"(?:(?P<direction>(?:last|past|next|this(?:{f.GAP}(?:past|coming))?|that|the{f.GAP}(?:previous|following|next)){f.GAP})|the{f.GAP})?(?P<season>{f.SEASON}){_DIRECT_YEAR}",
        _season,
    ),
    Rule(
        "decade",
        rf"(?:the{f.GAP})?(?:(?P<digits>1\d\d0|20\d0|['’][2-9]0)['’]?s"
        rf"|(?P<ancient>\d{{2,3}}0)['’]?s{f.GAP}(?P<era>B\.?C\.?E?\.?)"
        rf"|(?:(?P<century>eighteen|nineteen)[\s-]{{1,2}})?(?P<word>{f.any_of(lexicon.words('decade'))}))",
        _decade,
    ),
    Rule(
        "century",
        rf"(?:the{f.GAP})?(?P<number>\d{{1,2}}(?:st|nd|rd|th)|{f.ORDINAL})[\s-]{{1,3}}century(?:{f.GAP}(?P<era>B\.?C\.?E?\.?))?",
        _century,
    ),
    Rule(
        "holiday",
        rf"(?:(?P<direction>(?:last|next|this|the{f.GAP}previous|the{f.GAP}following){f.GAP}))?(?P<holiday>{f.HOLIDAY})(?:{f.GAP}(?P<week>week))?{_DIRECT_YEAR}",
        _holiday,
    ),
    Rule("half", rf"(?P<number>H[12]){f.GAP}(?:of{f.GAP})?(?P<after>{ANY_YEAR})", _half),
    Rule("fiscal_year", rf"(?:fiscal{f.GAP}(?:year{f.GAP})?|FY\s?)(?P<year>{f.YEAR})", _fiscal_year),
    Rule("year_period", rf"the{f.GAP}(?P<year>{f.YEAR}){f.GAP}{f.PERIOD}", _year_period),
]
