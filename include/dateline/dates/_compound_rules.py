"""Rules that wrap another expression: early next week, the end of 1994, around Nov. 1, a week before Christmas."""

from __future__ import annotations

import re
from dataclasses import replace

from . import _fragments as f
from . import _lexicon as lexicon
from ._date_rules import DATE_RULES
from ._period_rules import PERIOD_RULES
from ._relative_rules import RELATIVE_RULES
from ._rule import Rule, read_first
from .expression import Expression

_POINTS = {
    "full_date",
    "month_year",
    "month_day",
    "weekday",
    "month",
    "year",
    "spoken_year",
    "quarter",
    "half",
    "season",
    "decade",
    "century",
    "holiday",
    "fiscal_year",
    "deictic_day",
    "relative_unit",
    "the_unit",
    "weekend",
    "ancient_year",
    "year_end",
}
_POINT_RULES = [rule for rule in [*PERIOD_RULES, *DATE_RULES, *RELATIVE_RULES] if rule.name in _POINTS]
_POINT = "(?:" + "|".join(rule.anonymous for rule in _POINT_RULES) + ")"


def _point(m: re.Match[str], modifier: str | None) -> Expression | None:
    found = read_first(_POINT_RULES, m["point"])
    if len(found) != 1:
        return None
    return replace(found[0], start=0, end=len(m[0]), text=m[0], modifier=modifier or found[0].modifier)


def _phase(m: re.Match[str]) -> Expression | None:
    phase = re.sub(r"\s+", " ", m["phase"].lower()).rstrip("-")
    modifier = {"earlier": "START", "later": "END", "sometime": None}.get(phase, lexicon.words("phase").get(phase))
    return _point(m, modifier)


def _about(m: re.Match[str]) -> Expression | None:
    return _point(m, lexicon.words("approximation").get(m["about"].lower(), "APPROX"))


def _week_of(m: re.Match[str]) -> Expression | None:
    found = _point(m, None)
    if found is None or found.day is None:
        return None
    return replace(found, unit="week_of")


def _beyond(m: re.Match[str]) -> Expression | None:
    return _point(m, "AFTER")


COMPOUND_RULES = [
    Rule(
        "phase",
        rf"(?:the{f.GAP}(?:very{f.GAP})?)?(?P<phase>{f.PHASE}|earlier|later|sometime)(?:{f.GAP}(?:in|on|of)?\s{{0,3}}|-)(?P<point>{_POINT})",
        _phase,
    ),
    Rule("about", rf"(?P<about>about|around|circa|ca\.){f.GAP}(?P<point>{_POINT})", _about),
    Rule("week_of", rf"the{f.GAP}week{f.GAP}(?:of|beginning|ending){f.GAP}(?P<point>{_POINT})", _week_of),
    Rule("beyond", rf"post-(?P<point>{_POINT})", _beyond),
]
