"""The whole grammar: one alternation that finds phrases, and the reading of a phrase that was found."""

from __future__ import annotations

from functools import lru_cache

import re2

from ._amount_rules import AMOUNT_RULES, SET_RULES
from ._clock_rules import CLOCK_RULES
from ._compound_rules import COMPOUND_RULES
from ._date_rules import DATE_RULES
from ._period_rules import PERIOD_RULES
from ._relative_rules import RELATIVE_RULES
from ._rule import Rule, read_first
from .expression import Expression

RULES: list[Rule] = [
    *SET_RULES,
    *CLOCK_RULES,
    *COMPOUND_RULES,
    *PERIOD_RULES,
    *DATE_RULES,
    *RELATIVE_RULES,
    *AMOUNT_RULES,
]
"""Most telling first: at one place the scan takes the first rule that matches."""


def _compile() -> re2._Regexp:
    options = re2.Options()
    options.max_mem = 256 << 20
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(r"(?:\b(?:" + "|".join(rule.anonymous for rule in RULES) + r")|['’]\d\ds?)\b", options)


FINDER = _compile()


@lru_cache(maxsize=16384)
def read_phrase(phrase: str) -> tuple[Expression, ...]:
    """Expressions in a phrase that the finder stopped at; empty where no rule covers it all.

    >>> [(e.text, e.kind, e.year) for e in read_phrase("1993-97")]
    [('1993', 'date', 1993), ('97', 'date', 1997)]
    """
    return read_first(RULES, phrase)
