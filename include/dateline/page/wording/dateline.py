"""Datelines: the place that a report was filed from, printed before its first sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

import re2

from .persons import agency_of

_WORD = r"[\p{Lu}][\p{L}.'’-]*"
_PLACE = rf"{_WORD}(?: [\p{{Lu}}][\p{{L}}.'’-]*| (?:de|del|of|the|la|le|upon|on|am|an der) {_WORD}){{0,3}}"
_CAPITALS = r"[\p{Lu}][\p{Lu}.'’-]+(?: [\p{Lu}][\p{Lu}.'’-]*){0,3}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:, ?{_MONTH} \d{{1,2}}(?:, ?\d{{4}})?|, ?\d{{1,2}} {_MONTH}(?: \d{{4}})?)?"
_DASH = r" ?(?:--?|–|—|―|:) ?"
_AGENCY = r"\((?P<agency>\p{L}[^()\d]{1,39})\)"
_OPENING = r"[\p{L}\p{N}\"“'‘$£€]"
_SHOUTED = re2.compile(
    rf"^(?P<all>(?P<place>{_CAPITALS})(?:, {_PLACE}|/{_CAPITALS})?{_DAY}(?: ?{_AGENCY})?){_DASH}{_OPENING}"
)
_QUIET = re2.compile(rf"^(?P<all>(?P<place>{_PLACE})(?:, {_PLACE})?{_DAY} ?{_AGENCY})(?:{_DASH}| ){_OPENING}")
_DATED = re2.compile(
    rf"^(?P<all>(?P<place>{_PLACE})(?:, {_PLACE})?, ?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?: ?{_AGENCY})?)"
    rf"{_DASH}{_OPENING}"
)
_DIGIT = re.compile("[0-9]")
_BRACKET = re2.compile(rf"^{_AGENCY}{_DASH}{_OPENING}")
_NOT_PLACES = frozenset(
    ("A", "AN", "IN", "ON", "AT", "FOR",
     "BREAKING", "UPDATE", "UPDATED", "EXCLUSIVE", "WATCH", "VIDEO", "NOTE", "OPINION", "ANALYSIS", "FACTBOX", "READ",
     "CORRECTION", "RELATED", "MORE", "PHOTO", "PHOTOS", "LIVE", "Q", "A", "CEO", "BY", "FILE", "LISTEN", "ALERT",
     "NEWS", "WARNING", "EDITOR", "SOURCE", "COMMENT", "BUSINESS", "WORLD", "SPORT", "SPORTS", "TODAY", "NOW")
)  # fmt: skip
"""Labels that are printed in capitals before a dash or colon as places are."""


@dataclass(frozen=True, slots=True)
class DatelineFound:
    """A dateline as printed (`text`, from the start of the block), its `place` and the `agency` in brackets."""

    text: str
    place: str
    agency: str | None


def find_dateline(text: str) -> DatelineFound | None:
    """The dateline that opens a paragraph, or None.

    >>> find_dateline("RIVERMOUTH, Westland -- The river has reached the town hall.")
    DatelineFound(text='RIVERMOUTH, Westland', place='Rivermouth', agency=None)
    >>> find_dateline("Port Ann (AP) — A ferry ran aground.").agency
    'AP'
    >>> find_dateline("WARNING: The river is rising.") is None
    True
    """
    head = text[:160]
    # What a pattern can't do without is looked for first: few paragraphs have it.
    for pattern, may_match in ((_SHOUTED, not head[1:2].islower()), (_QUIET, "(" in head), (_DATED, _has_digit(head))):
        found = pattern.search(head) if may_match else None
        if not found:
            continue
        place = found.group("place")
        if place.rstrip(".").upper() in _NOT_PLACES or place.split()[0].upper() in _NOT_PLACES:
            return None
        if not _ends_in_dash(head[len(found.group("all")) :]) and not agency_of(found.group("agency") or ""):
            return None
        colon = head[len(found.group("all")) :].lstrip().startswith(":")
        agency = found.group("agency") or None
        if colon and not agency and "," not in found.group("all"):
            return None
        return DatelineFound(found.group("all").strip(), _spell(place), agency)
    return None


def find_opening_agency(text: str) -> str | None:
    """The agency in brackets that opens a paragraph without a place, or None.

    >>> find_opening_agency("(Reuters) - The river has reached the town hall."), find_opening_agency("(A) The river")
    ('Reuters', None)
    """
    found = _BRACKET.search(text[:160]) if text[:1] == "(" else None
    return agency_of(found.group("agency")) if found else None


def _has_digit(head: str) -> bool:
    return _DIGIT.search(head) is not None


def _ends_in_dash(rest: str) -> bool:
    return rest.lstrip()[:1] in ("-", "–", "—", "―", ":")


def is_dateline_line(text: str) -> bool:
    """Whether a block is a dateline and nothing else.

    >>> is_dateline_line("RIVERMOUTH, Westland (AP) --"), is_dateline_line("HEADLINE NEWS")
    (True, False)
    """
    if len(text) > 80:
        return False
    bare = text.rstrip(" -–—―:")
    if not ("," in bare or "(" in bare or bare != text):
        return False
    return any(pattern.search(bare + " -- X") for pattern in (_SHOUTED, _DATED)) and bare.split()[0] not in _NOT_PLACES


def _spell(place: str) -> str:
    if not place.isupper():
        return place
    return " ".join("-".join(p.capitalize() for p in w.split("-")) if "." not in w else w for w in place.split())
