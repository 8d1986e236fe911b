"""Which reporting word and which phrase a quotation belongs to, told by patterns around the marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ._context import Context
from .cues import Cue
from .marks import Marked
from .phrases import phrase_after, phrase_before, sentence_subject

SKIP = re.compile(r"[\s,;:—–-]*")
QUOTED = re.compile(
    r"\b(?:quoted|quotes|quoting|cited|cites|citing) ([^,.;:]{3,140}?) as (?:saying|telling|having said|stating)\b"
)
SAID_OF = re.compile(r"\b(?:has|have|had|is|was|were|are|be|been) (?:also |since )?$")
SUBJECT_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|who) (?:also |now |still )?")
ADVERB_GAP = re.compile(r" (?:also|now|still) $")
SIGNED = re.compile(r"\s*(?:—|–|--|-) ?")
MAX_SUBJECT = 200
"""Code points between a quotation and a trailing verb; longer stretches are a sentence of their own."""

MAX_LEAD = 600
"""Code points before a quotation in which its verb is looked for."""

MAX_SIGNATURE = 60


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reporting word with the phrase that speaks, and the phrases that pass it on, nearest first."""

    cue: str | None
    start: int
    end: int
    relays: tuple[tuple[int, int, str], ...] = ()


def attribute(context: Context, marked: Marked) -> Attribution | None:
    """The attribution of a marked stretch inside its own sentence, or right after it; None where there is none."""
    signed = _signed(context, marked)
    if signed:
        return signed
    number = context.sentence_at(marked.opening)
    start, end = context.sentences[number]
    tail = context.text[marked.start : marked.end].rstrip()[-1:]
    if end <= marked.closing and tail in "?!" and number + 1 < len(context.sentences):
        end = context.sentences[number + 1][1]
    following = context.marked_after(marked.closing)
    stop = following.opening if following else end
    after = SKIP.match(context.masked, marked.closing, max(min(end, stop), marked.closing))
    right = after.end() if after else marked.closing
    ends_open = tail in ",?!—–-" or "," in context.masked[marked.closing : right]
    found = _right(context, right, min(end, stop)) if ends_open or not _strong_left(context, start, marked) else None
    if found is None:
        found = _left(context, start, marked.opening)
    return found or _trailing(context, right, end)


def _signed(context: Context, marked: Marked) -> Attribution | None:
    """`"..." - Name` that ends the paragraph."""
    dash = SIGNED.match(context.masked, marked.closing)
    rest = len(context.masked)
    if dash is None or rest - dash.end() > MAX_SIGNATURE or context.cues_in(dash.end(), rest):
        return None
    signer = next((name for name in context.names_in(dash.end(), rest) if name.start_char == dash.end()), None)
    return Attribution(None, signer.start_char, signer.end_char) if signer else None


def _strong_left(context: Context, start: int, marked: Marked) -> bool:
    cues = context.cues_in(start, marked.opening)
    return bool(cues) and context.masked[cues[-1].end : marked.opening].strip(' ,:—–-"“') in ("", "that")


def _right(context: Context, start: int, end: int) -> Attribution | None:
    """`..." said X`, `..." X said`, `..." according to X`, `..." X quoted Y as saying`."""
    quoted = QUOTED.search(context.masked, start, min(end, start + MAX_LEAD))
    if quoted and quoted.start() - start < MAX_SUBJECT:
        return _quoted(context, quoted, start)
    for cue in context.cues_in(start, min(end, start + MAX_SUBJECT)):
        if cue.form == "participle":
            continue
        if cue.start == start:
            phrase = phrase_after(context, cue.end, end)
        elif cue.form == "phrase" or not _is_verb(context, cue):
            continue
        else:
            phrase = phrase_before(context, start, cue.start)
            if phrase and phrase[0] > start and "," not in context.masked[start : cue.start]:
                phrase = None
        return Attribution(cue.text, *phrase) if phrase else None
    return None


def _quoted(context: Context, quoted: re.Match[str], start: int) -> Attribution | None:
    relay = phrase_before(context, start, quoted.start())
    verb = quoted.group().split(None, 1)[0]
    relays = ((relay[0], relay[1], verb),) if relay else ()
    return Attribution(verb, quoted.start(1), quoted.end(1), relays)


def _left(context: Context, start: int, end: int) -> Attribution | None:
    """`X said, "...`, `X said that the "...`, `according to X, "...`, `X did this, saying "...`."""
    quoted = QUOTED.search(context.masked, max(start, end - MAX_LEAD), end)
    if quoted:
        return _quoted(context, quoted, start)
    cues = [cue for cue in context.cues_in(max(start, end - MAX_LEAD), end) if _is_verb(context, cue)]
    while cues:
        cue = cues.pop()
        is_after_marks = context.masked[max(start, cue.start - 3) : cue.start].strip(" ,")[-1:] in ('"', "”", "»")
        if cue.form == "phrase" or is_after_marks:
            phrase = phrase_after(context, cue.end, end)
        elif cue.form == "participle":
            if any(other.form in ("past", "present") for other in cues):
                continue
            phrase = sentence_subject(context, start, cue.start)
        else:
            phrase = phrase_before(context, start, cue.start)
        if phrase:
            return Attribution(cue.text, *phrase)
    return None


def _trailing(context: Context, start: int, end: int) -> Attribution | None:
    """`... "part of a clause" and more, X said.`"""
    for cue in reversed(context.cues_in(max(start, end - MAX_LEAD), end)):
        if cue.form == "phrase":
            phrase = phrase_after(context, cue.end, end)
        elif cue.form != "participle" and _is_verb(context, cue) and len(context.masked[cue.end : end].split()) <= 3:
            comma = context.masked.rfind(",", start, cue.start)
            phrase = phrase_before(context, comma + 1, cue.start) if comma >= 0 else None
        else:
            continue
        if phrase:
            return Attribution(cue.text, *phrase)
    return None


def _is_verb(context: Context, cue: Cue) -> bool:
    if cue.form == "phrase":
        return True
    before = context.masked[max(0, cue.start - 14) : cue.start]
    if cue.form == "past" and cue.text not in ("said",) and SAID_OF.search(before):
        return before.rstrip().endswith(("has", "have", "had"))
    return not cue.is_noun or has_subject(context, cue)


def has_subject(context: Context, cue: Cue) -> bool:
    """Whether a name or pronoun stands right before a word that may be a verb or a noun: `She also claims`."""
    before = SUBJECT_PRONOUN.search(context.masked, max(0, cue.start - 16), cue.start)
    if before and before.end() == cue.start:
        return True
    gap = ADVERB_GAP.search(context.masked, max(0, cue.start - 8), cue.start)
    return context.name_ending_at(gap.start() if gap else cue.start - 1) is not None
