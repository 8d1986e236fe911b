"""Second look at a phrase among its neighbours: what only looks like a time is dropped, some kinds are retyped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from . import _lexicon as lexicon
from ._tense import tense_of
from .expression import Expression

_WORD_BEFORE = re.compile(r"([^\s,;:()\[\]]+)[\s(]*$")
_WORD_AFTER = re.compile(r"[\s]*([^\s,;:()\[\]]+)")
_OLD = re.compile(r"['’]?s?[\s-]{0,2}(?:old\b|of\s+age\b)", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:\d|[$%£€¥]|\b(?:million|billion|percent|times|once|twice|cents)\b)[^.;!?]{0,24}$", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"\s*(?:[.,;:!?)\"'”’]|$|-|–|—)")
_COUNTED = re.compile(r"\s+(?:[a-z]+s|people|men|women|troops)\b")
_PLAUSIBLE_YEARS = range(1850, 2050)
"""A number of four digits outside these years needs a word such as `in` before it to be a year."""


def in_context(text: str, expression: Expression) -> Expression | None:
    """The expression as its neighbours let it stand, or None where it is no time.

    >>> from ._grammar import read_phrase
    >>> in_context("She may go", replace(read_phrase("may")[0], start=4, end=7)) is None
    True
    """
    before = text[max(0, expression.start - 40) : expression.start]
    after = text[expression.end : expression.end + 24]
    check = _CHECKS.get(expression.rule)
    return check(expression, before, after) if check else expression


def _word_before(before: str) -> str:
    match = _WORD_BEFORE.search(before)
    return match[1].strip("\"'`“”‘’") if match else ""


def _word_after(after: str) -> str:
    match = _WORD_AFTER.match(after)
    return match[1] if match else ""


def _is_led(before: str) -> bool:
    return _word_before(before).lower() in lexicon.words("lead")


def _month(expression: Expression, before: str, after: str) -> Expression | None:
    if len(expression.text.split()) > 1:
        return expression if expression.text.split()[-1][0].isupper() else None
    if expression.text.lower().rstrip(".") not in lexicon.UNSURE_MONTHS:
        return expression
    if not expression.text[0].isupper() or re.match(r"\s+[A-Z][a-z]", after):
        return None
    return expression if _is_led(before) or before.endswith("(") else None


def _season(expression: Expression, before: str, after: str) -> Expression | None:
    words = expression.text.lower().split()
    if expression.year is not None or expression.shift is not None or len(words) > 2:
        return expression
    if words[-1] == "fall" and re.match(r"\s+(?:of|in|to|from|apart|back|into|off|below|by)\b", after):
        return None
    if len(words) == 1:
        lead = _word_before(before).lower()
        if words[0] in {"summer", "winter", "autumn"}:
            return expression if words[0] == expression.text else None
        return expression if lead in {"in", "by", "during", "since", "until", "early", "late", "of", "and"} else None
    return expression


def _year(expression: Expression, before: str, after: str) -> Expression | None:
    if re.match(r"[.,]\d|%|['’]?\w|-\d|/\d", after) or re.search(r"[$#£€¥.,:/+\d-]$|['`’]['’]?$", before):
        return None if not re.search(r"\b[12]\d{3}[-/]$", before) and not after.startswith(("'s", "’s")) else expression
    lead = _word_before(before).lower()
    if len(expression.text.split()) > 1:
        return expression
    if lead in lexicon.words("label") and lead not in lexicon.words("lead"):
        return None
    year = expression.year or 0
    is_plausible = year in _PLAUSIBLE_YEARS and not (year % 100 == 0 and _COUNTED.match(after))
    if is_plausible and not expression.text.startswith(("'", "’")):
        return expression
    is_count = year not in _PLAUSIBLE_YEARS and _COUNTED.match(after) and lead not in {"in", "since", "until"}
    return expression if _is_led(before) and not is_count else None


def _digits(expression: Expression, before: str, after: str) -> Expression | None:
    """Not a part of a longer chain of numbers: addresses, versions, telephone numbers."""
    return None if re.search(r"\d[./-]$", before) or re.match(r"[./-]\d", after) else expression


def _length(expression: Expression, before: str, after: str) -> Expression | None:
    if _OLD.match(after) or _word_before(before).lower() in {"age", "aged", "ages"}:
        return None
    words = expression.text.lower().replace("-", " ").split()
    if expression.rule == "duration" and words[-1].startswith("quarter"):
        return None
    if words[-1] == "second" and words[0] in {"a", "the"}:
        return None
    if len(words) == 2 and words[0] in {"a", "an"} and _AMOUNT.search(before):
        return replace(expression, kind="set", rule="rate", type="SET", quant="EVERY")
    return expression


def _span(expression: Expression, before: str, after: str) -> Expression | None:
    is_bare = len(expression.text.split()) == 1
    if is_bare and _word_before(before).lower() not in {"for", "in", "within", "over", "after"}:
        return None
    return _length(expression, before, after)


def _frequency(expression: Expression, before: str, after: str) -> Expression | None:
    is_adjective = _word_after(after)[:1].islower()
    return None if expression.text.lower() == "quarterly" and is_adjective else expression


def _vague(expression: Expression, before: str, after: str) -> Expression | None:
    words, lead = expression.text.lower(), _word_before(before).lower()
    following = _word_after(after).lower().rstrip(".!?\"'”’")
    if words == "soon" and (
        lead in {"as", "how", "so", "too"} or following in {"after", "afterward", "afterwards", "as"}
    ):
        return None
    if words == "soon" and (tense_of(lead) == "past" or tense_of(following) == "past"):
        return None
    if words == "this time" and lead not in {"at", "by", "until"}:
        return None
    return None if words == "at the time" and following in {"of", "being", "when"} else expression


def _neighbour(expression: Expression, before: str, after: str) -> Expression | None:
    return expression if _CLAUSE_END.match(after) or expression.text.lower().endswith("following") else None


def _clock(expression: Expression, before: str, after: str) -> Expression | None:
    words, lead = expression.text.lower(), _word_before(before).lower()
    if "m" in words or expression.zone or "noon" in words or words.endswith("hours"):
        return None if lead == "high" else expression
    return (
        expression if lead in {"at", "by", "from", "until", "before", "after", "around", "about", "to", "and"} else None
    )


def _the_unit(expression: Expression, before: str, after: str) -> Expression | None:
    words = expression.text.lower().split()
    if words == ["the", "day"]:
        return None
    if words[-1] == "year" and re.match(r"\s+(?:ended|ending|to)\b", after):
        return replace(expression, kind="duration", type="DURATION", value="P1Y", shift=None, unit=None)
    return expression


def _named(expression: Expression, before: str, after: str) -> Expression | None:
    """Titles of programmes and papers: This Week, USA Today."""
    if not expression.text[0].isupper() or expression.text.isupper():
        return expression
    words = expression.text.split()
    if len(words) > 1:
        quoted = before.endswith(('"', "“", "‘", "'", "`"))
        return None if quoted and words[-1][0].isupper() else expression
    lead = _WORD_BEFORE.search(before)
    return None if lead and lead[1][0].isupper() and not re.search(r"[.!?:,]$", lead[1]) else expression


_CHECKS: dict[str, Callable[[Expression, str, str], Expression | None]] = {
    "month": _month,
    "season": _season,
    "year": _year,
    "numeric_date": _digits,
    "iso_date": _digits,
    "duration": _length,
    "duration_range": _length,
    "span": _span,
    "frequency": _frequency,
    "vague": _vague,
    "neighbour": _neighbour,
    "clock": _clock,
    "the_unit": _the_unit,
    "deictic_day": _named,
    "relative_unit": _named,
}
