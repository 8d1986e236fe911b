"""Reporting verbs: the words that tie a quotation to its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..names.lists import read_list


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word at a place: its form (past, present, participle, phrase) and what it takes.

    `takes` is clause (said he left), that (stressed that he left) or quote; `is_noun` marks forms that
    are as often a noun (reports, claims).
    """

    start: int
    end: int
    text: str
    form: str
    takes: str
    is_noun: bool = False


ACCORDING = "according to"


@cache
def _forms() -> dict[str, tuple[str, str, bool]]:
    rows = [row for row in read_list("reporting_verbs.csv") if row["tense"] != "base"]
    return {row["form"]: (row["tense"], row["takes"], row["is_noun"] == "1") for row in rows}


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_forms(), key=lambda form: (-len(form), form))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r"|[Aa]ccording to)(?![\w-])")


def find_cues(masked: str) -> Iterator[Cue]:
    """Reporting words of a text whose quotations are masked, in order.

    >>> [cue.text for cue in find_cues("Officials said so, according to him, adding nothing.")]
    ['said', 'according to', 'adding']
    """
    for match in _pattern().finditer(masked):
        text = match.group()
        if text.lower() == ACCORDING:
            yield Cue(match.start(), match.end(), ACCORDING, "phrase", "quote")
            continue
        tense, takes, is_noun = _forms()[text]
        yield Cue(match.start(), match.end(), text, tense, takes, is_noun)
