"""Statements that are reported without quotation marks: `X said that ...`, `..., X said`, `according to X`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ._context import Context
from ._words import any_of
from .attribution import Attribution, has_subject
from .cues import Cue
from .phrases import phrase_after, phrase_before
from .speakers import head_kind

THAT = re.compile(r" (?:[\w'’.-]+ ){0,7}?(?:that|how|why|whether) ")
"""Between verb and conjunction may stand whom it was told, where and when, but no comma."""

DAY = r"(?: (?:on |late |early )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today))?"
CAPITALISED = r"[A-ZÀ-Þ][\w'’.-]*"
HEARER = re.compile(rf"{DAY}(?: (?:{any_of('hearer')}|(?:the )?{CAPITALISED}))?{DAY}")
CLAUSE = re.compile(rf" (?:{any_of('clause_start')}|{CAPITALISED}) ")
FINITE = re.compile(rf"\b(?:{any_of('finite_verb')}|\w+ed|\w+s)\b")
TELLING = frozenset(("told", "tells", "said", "says"))
MIN_WORDS = 4
MAX_CUES = 20


def find_indirect(context: Context) -> Iterator[tuple[int, int, Attribution]]:
    """Reported statements of a block as (start, end, attribution); sentences that quote are left to marks.

    Only verbs that take a clause count, with a subject that is a name, a pronoun or a listed kind of
    source: elsewhere a clause can't be told from an object without a parser.
    """
    for start, end in context.sentences:
        marked = context.marked_after(start)
        if (marked and marked.opening < end) or "__" in context.masked[start:end]:
            continue
        cues = context.cues_in(start, end)[:MAX_CUES]
        found = next((each for cue in cues if (each := _report(context, cue, start, end))), None)
        if found:
            yield found


def _report(context: Context, cue: Cue, start: int, end: int) -> tuple[int, int, Attribution] | None:
    if cue.form == "phrase":
        return _according(context, cue, start, end)
    if cue.form == "participle" or cue.takes == "quote" or (cue.is_noun and not has_subject(context, cue)):
        return None
    phrase = phrase_before(context, start, cue.start)
    if phrase is None or not _speaks(context, *phrase):
        return None
    text = context.masked
    that = THAT.match(text, cue.end, end)
    rest = text[cue.end : end].strip(" .,")
    if that:
        return _content(context, that.end(), end, cue, phrase)
    if len(rest.split()) <= 3 and text[start : phrase[0]].rstrip().endswith(","):
        return _content(context, start, text.rfind(",", start, phrase[0]), cue, phrase)
    hearer = HEARER.match(text, cue.end, end)
    for clause in (hearer.end() if hearer and cue.text in TELLING else cue.end, cue.end):
        if cue.takes == "clause" and CLAUSE.match(text, clause, end) and FINITE.search(text, clause + 3, end):
            return _content(context, clause, end, cue, phrase)
    return None


def _according(context: Context, cue: Cue, start: int, end: int) -> tuple[int, int, Attribution] | None:
    phrase = phrase_after(context, cue.end, end)
    if phrase is None or not _speaks(context, *phrase):
        return None
    if cue.start - start <= 1:
        comma = context.masked.find(",", phrase[1], end)
        return _content(context, comma + 1, end, cue, phrase) if comma >= 0 else None
    return _content(context, start, cue.start, cue, phrase)


def _speaks(context: Context, start: int, end: int) -> bool:
    phrase = context.text[start:end]
    return bool(context.names_in(start, end)) or head_kind(phrase) is not None


def _content(
    context: Context, start: int, end: int, cue: Cue, phrase: tuple[int, int]
) -> tuple[int, int, Attribution] | None:
    text = context.masked
    while start < end and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;.!?"):
        end -= 1
    if len(text[start:end].split()) < MIN_WORDS:
        return None
    return start, end, Attribution(cue.text, *phrase)
