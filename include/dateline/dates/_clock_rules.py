"""Rules for clock times and parts of the day, alone or with a date."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from . import _fragments as f
from . import _lexicon as lexicon
from ._date_rules import DATE_RULES
from ._period_rules import PERIOD_RULES
from ._relative_rules import RELATIVE_RULES
from ._rule import Rule, express, read_first
from .expression import Expression

_DAY_RULES = [
    rule for rule in DATE_RULES if rule.name in {"iso_date", "numeric_date", "full_date", "month_day", "weekday"}
]
_DAY_RULES += [rule for rule in PERIOD_RULES if rule.name == "holiday"]
_DAY_RULES += [rule for rule in RELATIVE_RULES if rule.name == "deictic_day"]
_DAY = "(?:" + "|".join(rule.anonymous for rule in _DAY_RULES) + ")"
_CLOCK_PARTS = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?::(\d\d))?(?:\.\d+)?\s*(?:([ap])\.?m)?", re.IGNORECASE)


def read_clock(text: str) -> dict[str, Any] | None:
    """Hour, minute and second of a clock time in digits or words; None where no clock shows it.

    >>> read_clock("9:48 p.m."), read_clock("noon"), read_clock("1400")
    ({'hour': 21, 'minute': 48}, {'hour': 12, 'minute': 0}, {'hour': 14, 'minute': 0})
    """
    word = text.strip().lower()
    if word in {"noon", "midday"}:
        return {"hour": 12, "minute": 0}
    if word == "midnight":
        return {"value": "T24:00"}
    if len(word) == 4 and word.isdigit():
        return {"hour": int(word[:2]), "minute": int(word[2:])}
    match = _CLOCK_PARTS.match(word)
    if match is None:
        return None
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    parts: dict[str, Any] = {"hour": hour}
    if match[2]:
        parts["minute"] = int(match[2])
    if match[3]:
        parts["second"] = int(match[3])
    return parts


def _with_day(m: re.Match[str]) -> Expression | None:
    day, clock = read_first(_DAY_RULES, m["day"]), read_clock(m["clock"])
    if not day or clock is None:
        return None
    zone = _zone(m["zone"])
    return replace(day[0], start=0, end=len(m[0]), text=m[0], type="TIME", zone=zone, **clock)


def _zone(text: str | None) -> str | None:
    if not text or "local" in text.lower():
        return None
    if text[0] in "+-" and ":" not in text:
        return f"{text[:3]}:{text[3:]}"
    return text


def _alone(m: re.Match[str]) -> Expression | None:
    clock = read_clock(m["clock"])
    return None if clock is None else express(m, "clock", "clock", type="TIME", zone=_zone(m["zone"]), **clock)


def _hour_of_part(m: re.Match[str]) -> Expression | None:
    hour = lexicon.read_number(m["hour"])
    if hour is None or not 1 <= hour <= 12:
        return None
    late = m["part"].lower() != "morning"
    return express(m, "clock", "clock", type="TIME", hour=int(hour) % 12 + (12 if late else 0), minute=0)


def _part_of_day(m: re.Match[str]) -> Expression | None:
    day = read_first(_DAY_RULES, m["day"])
    if not day:
        return None
    phase = (m["phase"] or "").lower().split("-")[0].strip()
    modifier = {"early": "START", "late": "END", "mid": "MID"}.get(phase)
    value = lexicon.words("day_part")[m["part"].lower()]
    if day[0].kind == "period":
        return None
    return replace(day[0], start=0, end=len(m[0]), text=m[0], type="TIME", value=value, modifier=modifier)


_ZONE = rf"(?:\s{{0,3}}(?P<zone>{f.ZONE}))?"
_ON = rf"(?:,?{f.GAP}(?:on{f.GAP})?|\s{{0,2}}[|,]{f.GAP})"
_AT = rf"(?:,?{f.GAP}(?:at{f.GAP})?|T|,\s{{0,3}}|\s{{0,2}}[|\-–]\s{{0,2}})"

CLOCK_RULES = [
    Rule("clock_on_day", rf"(?P<day>{_DAY}){_AT}(?P<clock>{f.CLOCK}){_ZONE}", _with_day),
    Rule("clock_on_day", rf"(?P<clock>{f.CLOCK}){_ZONE}{_ON}(?P<day>{_DAY})", _with_day),
    Rule(
        "part_of_day",
        rf"(?P<phase>(?:early|late|mid)[\s-]{{1,3}})?(?P<day>{_DAY})[\s-]{{1,3}}(?P<part>{f.DAY_PART})",
        _part_of_day,
    ),
    Rule(
        "part_of_day",
        rf"(?:the{f.GAP})?(?P<phase>(?:early|late|mid)[\s-]{{1,3}})?(?P<part>{f.DAY_PART})(?:{f.GAP}hours)?{f.GAP}"
        rf"(?:(?:of|on){f.GAP})?(?P<day>{_DAY})",
        _part_of_day,
    ),
    Rule(
        "clock",
        rf"(?P<hour>{f.NUMBER})(?:{f.GAP}o['’]clock)?{f.GAP}in{f.GAP}the{f.GAP}(?P<part>morning|afternoon|evening)",
        _hour_of_part,
    ),
    Rule("clock_on_day", rf"(?P<clock>{f.CLOCK_4}){f.GAP}(?:(?P<zone>{f.ZONE})|hours){_ON}(?P<day>{_DAY})", _with_day),
    Rule("clock", rf"(?P<clock>{f.CLOCK_4}){f.GAP}(?:(?P<zone>{f.ZONE})|hours)", _alone),
    Rule("clock", rf"(?P<clock>{f.CLOCK}){_ZONE}", _alone),
]
