"""Lines that say when, or that, somebody wrote something: over readers' comments, over posts, beside headlines."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import re2

STAMP_CHARS = 120
"""A line that only says who wrote and when is hardly longer."""
NONE, AGO, DATED, SAYS, ANSWER = range(5)

_MONTH = (
    r"(?:jan|feb|m[aä]r|apr|ma[yi]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic|"
    r"gen|mag|giu|lug|set|ott|out|fev)\pL*\.?"
)
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? ?(?:\d{{4}})?|\d{{1,2}}\.? (?:de )?{_MONTH},? ?(?:de )?(?:\d{{4}})?|"
_DAY += r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4})"
_DAY = _DAY[:-1] + r"|\d{2,4}[年년] ?\d{1,2}[月월] ?\d{1,2}[日일])"
_CLOCK = r"\d{1,2}[:.h時시点] ?\d{2}分?(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?"
_PATTERNS = (
    (rf"^.{{0,60}}\b{_DAY},? ?(?:at |@ ?|um |à |a las |às |alle |[-–—|,·] ?)?{_CLOCK}(?:\W.{{0,40}})?$", DATED),
    (r"^.{0,40}\b\d{1,3} ?(?:seconds?|secs?|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|mo|years?|yrs?|y)"
     r" ago\b.{0,20}$", AGO),
    (r"^\W*(?:vor \d+ \pL+|il y a \d+ \pL+|hace \d+ \pL+|há \d+ \pL+|\d+ \pL+ fa)\W*$", AGO),
    (r"^\W*(?:likes?:? \d+|recommend \(?\d+\)?|\d+ (?:likes?|reply|replies))\W*$", ANSWER),
)  # fmt: skip
_SAYS = re2.compile(
    r"^.{0,80}\b(?:says|said|wrote|writes|replied|commented|schreibt|schrieb|sagt|a dit|a écrit|dice|dijo|disse|scrive|"
    r"schreef|skrev)(?: on .{0,40})? ?:$"
)
_ANSWERS = frozenset(
    (
        "reply", "log in to reply", "sign in to reply", "like", "permalink", "quote", "report", "report abuse",
        "report comment", "report this comment", "report post", "flag", "recommend", "rate this comment", "upvote",
        "downvote", "antworten", "melden", "répondre", "signaler", "responder", "denunciar", "rispondi", "segnala",
        "reageren", "svar", "svara", "reply like", "like reply", "reply report", "reply share", "reply quote",
    )
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_HOUR = re.compile(r"\d[:.h時시点] ?\d\d")
_TIMED_PARTS = (" ago", "vor ", "il y a ", "hace ", "há ", " fa", "like", "recommend ", " repl")


@lru_cache(maxsize=8192)
def stamp_kind(text: str) -> int:
    """What a short line says of a writing: NONE, how long AGO, DATED to the minute, who SAYS, or an ANSWER link.

    >>> stamp_kind("October 3, 2018 at 4:12 pm"), stamp_kind("Ann Doe says:"), stamp_kind("Reply")
    (2, 3, 4)
    >>> stamp_kind("3 hours ago"), stamp_kind("The mayor said this: it will rain."), stamp_kind("Rain")
    (1, 0, 0)
    """
    if len(text) > STAMP_CHARS:
        return NONE
    folded = text.casefold()
    if folded[-1:] == ":" and _SAYS.search(folded):
        return SAYS
    # Few lines have digits, and only they can have a time.
    if _DIGIT.search(folded):
        found = _compiled().Match(folded) if _may_be_timed(folded) else None
        return max((_PATTERNS[no][1] for no in found or ()), default=NONE)
    bare = folded.strip(" |·↓")
    return ANSWER if bare in _ANSWERS or (bare.startswith("reply to ") and bare.count(" ") < 6) else NONE


def _may_be_timed(folded: str) -> bool:
    """False where no pattern can match: looking for an hour and for their words is faster than for the patterns."""
    return _HOUR.search(folded) is not None or any(part in folded for part in _TIMED_PARTS)


@cache
def _compiled() -> re2.Set:
    together = re2.Set.SearchSet()
    for pattern, _ in _PATTERNS:
        together.Add(pattern)
    together.Compile()
    return together
