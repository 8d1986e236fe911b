"""Whether the words around an expression look forward or back, by a closed list of cue words."""

from __future__ import annotations

import re

from . import _lexicon as lexicon

_CUES = {row["word"]: row["tense"] for row in lexicon.read_list("tense_cues.csv")}
_WORD = re.compile(r"[A-Za-z]+(?:['’]t)?|[.;!?](?=\s)")
_EARLIEST = re.compile(r"\bas\s+(?:soon|early)\s+as\s+(?:on\s+)?$", re.IGNORECASE)
_STOPS = frozenset(".;!?")
REACH = 70
"""Characters on either side in which a cue counts: measured best for month names in newswire."""

LEAD = 8
"""Words before a date among which `until` or a plan takes it out of the story (3 to 20 tried on histories)."""


def looks_forward(text: str, start: int, end: int, *, plainly: bool = False) -> bool:
    """True where the nearest cue in the clause is of the future.

    The cue before the expression decides; only where there is none, the one after it. `plainly` asks for a
    plan said in so many words (will, scheduled, due), not a mere deadline (until, by): a weekday needs that,
    since it nearly always looks back.

    >>> looks_forward("The court will rule in March.", 23, 28), looks_forward("The court ruled in March.", 19, 24)
    (True, False)
    >>> looks_forward("He waited until Friday.", 16, 22, plainly=True)
    False
    """
    before = text[max(0, start - REACH) : start]
    if _EARLIEST.search(before):
        return True
    after = text[end : end + REACH]
    if plainly and after.startswith(("'s", "’s")):
        return False
    ignored = "deadline" if plainly else None
    cue = _last_cue(_WORD.findall(before), ignored) or _last_cue(_WORD.findall(after)[::-1], ignored)
    return cue in {"planned", "deadline"}


def points_ahead(text: str, start: int) -> bool:
    """True where the words just before lead out of the story into its future: until 1945, will end in 1950.

    >>> points_ahead("It stood until the fire in 1945.", 27), points_ahead("It burned in 1945.", 13)
    (True, False)
    """
    found = [word.lower() for word in _WORD.findall(text[max(0, start - REACH) : start])]
    for word in reversed(found[-LEAD:]):
        if word in _STOPS or tense_of(word) == "past":
            return False
        if word in {"until", "till"} or tense_of(word) == "planned":
            return True
    return False


def _last_cue(found: list[str], ignored: str | None) -> str | None:
    for index in range(len(found) - 1, -1, -1):
        if found[index] in _STOPS:
            return None
        tense = tense_of(found[index].lower())
        if tense == "past" and index and found[index - 1].lower() == "be":
            return "planned"
        if tense and tense != ignored:
            return tense
    return None


def tense_of(word: str) -> str | None:
    """What a word in lower case says: `planned`, `deadline`, `past`, or None.

    >>> tense_of("will"), tense_of("until"), tense_of("opened"), tense_of("house")
    ('planned', 'deadline', 'past', None)
    """
    if word in _CUES:
        return _CUES[word]
    return "past" if len(word) > 4 and word.endswith("ed") else None
