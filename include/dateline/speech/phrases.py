"""The phrase that names a speaker: the noun phrase before or after a reporting word, without a parser."""

from __future__ import annotations

import re

from ._context import Context
from ._words import any_of

Stretch = tuple[int, int]

ADVERB = re.compile(rf"(?:,? ?(?:{any_of('adverb')}|\w+ly))+ ?$")
BOUNDARY = re.compile(rf"[;:—–]|--| - |,|\b{any_of('clause_break')}\b|[\"“”»]")
STOP_AFTER = re.compile(rf"[,;:.!?—–\"“]|--| - |\b{any_of('phrase_end')}\b")
INTRODUCTION = re.compile(rf"{any_of('introduction')}\b")
CONJUNCTION = re.compile(r"(?:and|but|or|so|yet|then|also|however|meanwhile|still) ", re.IGNORECASE)
ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Rev|Prof|St|Jr|Sr|Cmdr|Brig|Amb)$"
)
DETERMINER = r"(?:The|A|An|His|Her|Their|Its|the|a|an) "
SUBJECT_HEAD = re.compile(rf"{DETERMINER}(?:[\w'’.-]+ ){{0,4}}?{any_of('speaking_noun')}\b")
LATER_CLAUSE = re.compile(
    r"[^,]* (?:on|in|at|was|is|were|are|has|had|began|\w+ed) [^,]* (?:and|but) (?=(?:the |a |an )?[^,]*$)"
)
WHO = re.compile(r",? who$")
MAX_WORDS = 24
MAX_SUBJECT = 400
"""Code points before a verb in which its subject is looked for."""

COMMA = re.compile(",")
DAYS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December"
)
WORD_START = re.compile(r"(?<=\s)\S")
DETERMINED = re.compile(r"(?:the|a|an|he|she|they|it|his|her) ")
PRONOUN = re.compile(r"\b(?:He|She|They|he|she|they)\b")


def phrase_before(context: Context, start: int, verb: int) -> Stretch | None:
    """The subject that ends right before a verb; None where there is none.

    Goes back to the beginning of the clause; a comma right before the verb closes an apposition, which
    belongs to the phrase, as `who` belongs to the noun before it.
    """
    text = context.masked
    start = max(start, verb - MAX_SUBJECT)
    end = _trim_end(text, start, verb)
    who = WHO.search(text, start, end)
    if who and who.end() == end:
        end = _trim_end(text, start, who.start())
        return _clean(text, _clause_start(text, start, end), end)
    if end > start and text[end - 1] == ",":
        return _clean(text, _apposition_start(context, start, end), end - 1)
    return _clean(text, _clause_start(text, start, end), end)


def _trim_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    adverb = ADVERB.search(text, max(start, end - 60), end)
    if adverb and adverb.end() == end and adverb.start() > start:
        end = adverb.start()
    return end


def _clause_start(text: str, start: int, end: int) -> int:
    last = start
    for boundary in BOUNDARY.finditer(text, start, end):
        if boundary.group() != "," or not _is_list(text, boundary.end(), end):
            last = boundary.end()
    return last


def _is_list(text: str, start: int, end: int) -> bool:
    """Whether a comma only parts the members of a list of names: `A, B and C`."""
    rest = text[start:end]
    return " and " in rest and all(
        part[:1].isupper() for part in rest.replace(" and ", ", ").split(", ") if part.strip()
    )


def _apposition_start(context: Context, start: int, end: int) -> int:
    """Where `X, chief of Y,` begins: the clause before its first comma, at a name where there is one."""
    text = context.masked
    commas = [match.start() for match in COMMA.finditer(text, start, end - 1)]
    names = context.names_in(start, end)
    people = {name.end_char for name in names if name.label == "PERSON"}
    anybody = {name.end_char for name in names}
    head = next((comma for comma in commas if comma in people), None)
    head = head or next((comma for comma in reversed(commas) if comma in anybody), commas[-1] if commas else end - 1)
    return _clause_start(text, start, head)


def _clean(text: str, start: int, end: int) -> Stretch | None:
    while start < end and (text[start].isspace() or text[start] in ',;:—–-"“”»)'):
        start += 1
    conjunction = CONJUNCTION.match(text, start, end)
    if conjunction:
        start = conjunction.end()
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–-"):
        end -= 1
    phrase = text[start:end]
    if not any(c.isalpha() for c in phrase) or "____" in phrase or len(phrase.split()) > MAX_WORDS:
        return None
    clause = LATER_CLAUSE.match(text, start, end)
    return _without_introduction(text, clause.end() if clause else start, end)


def _without_introduction(text: str, start: int, end: int) -> Stretch | None:
    """Drop a leading adverbial that no comma ends: `On Monday the mayor` is `the mayor`."""
    if not INTRODUCTION.match(text, start, end):
        return start, end
    words = [match.start() for match in WORD_START.finditer(text, start, end)]
    words = [at for at in words if (DETERMINED.match(text, at, end) or text[at].isupper()) and not DAYS.match(text, at)]
    if not words:
        return None
    return (words[-1] if text[words[-1]].islower() else words[0]), end


def phrase_after(context: Context, start: int, end: int) -> Stretch | None:
    """The noun phrase right after a verb or `according to`, up to the first comma or adverbial."""
    text = context.masked
    while start < end and text[start].isspace():
        start += 1
    stop = start
    for match in STOP_AFTER.finditer(text, start, end):
        stop = match.start()
        if match.group() == "." and (ABBREVIATED.search(text, start, stop) or text[stop + 1 : stop + 2].isalnum()):
            stop = end
            continue
        break
    else:
        stop = end
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] in ",;:.!?"):
        stop -= 1
    # A name may end in a dot of its own: `Martin Okafor Jr.`
    stop = max([stop, *(name.end_char for name in context.names_in(start, min(end, stop + 1)))])
    phrase = text[start:stop]
    is_phrase = phrase[:1].isalpha() and "____" not in phrase and len(phrase.split()) <= MAX_WORDS
    return (start, stop) if is_phrase else None


def sentence_subject(context: Context, start: int, end: int) -> Stretch | None:
    """What a sentence seems to speak of: its first name or noun of speech before `end`, introductions skipped."""
    text = context.masked
    start = max(start, end - MAX_SUBJECT)
    head = SUBJECT_HEAD.search(text, start, end)
    names = [name for name in context.names_in(start, end) if name.label in ("PERSON", "ORG", "GPE")]
    person = next((name for name in names if name.label == "PERSON"), names[0] if names else None)
    pronoun = PRONOUN.search(text, start, end)
    found = [(m.start(), m.end()) for m in (head, pronoun) if m]
    if person:
        found.append((person.start_char, person.end_char))
    return min(found) if found else None
