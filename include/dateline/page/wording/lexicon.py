"""Wording that tells what a block does on a page."""

from __future__ import annotations

from functools import cache, lru_cache

import re2

from .dateline import find_dateline, find_opening_agency
from .lists import read_list

KINDS = ("tools", "navigation", "related", "subscribe", "legal", "comment", "advert", "photo", "about", "consent")
"""Kinds of boilerplate wording, in the numbering that the weights use (1 is the first)."""

HEAD_CHARS = 200
"""Boilerplate wording stands at the front; looking no further keeps long paragraphs cheap and innocent."""
LABEL_CHARS = 90
FRAME_WORDS = {"tools": 14, "related": 14, "comment": 14, "advert": 14, "legal": 25, "consent": 80}
"""Words up to which a block with wording of a kind is never article text: 1 in 150 such blocks is, in 498 pages."""

_SHAPES = (
    ("start", r"^[\W_]*({})(?:\W|$)"),
    ("count", r"^[\W_]*\d[\d,.]*[KkMm]? ({})(?:\W|$)"),
    ("any", r"(?:^|[^\pL\pN])({})(?:[^\pL\pN]|$)"),
)
"""How a phrase stands in a block: `start` opens it, `count` follows its opening number, `any` is one of its words."""
_LABEL_EDGE = " :|»>-•*.›→[]"


@lru_cache(maxsize=8192)
def phrase_kind(text: str) -> str | None:
    """Kind of boilerplate that the wording of a block betrays, or None.

    >>> phrase_kind("Story Tools"), phrase_kind("Sign up for our morning letter"), phrase_kind("The tools broke.")
    ('tools', 'subscribe', None)
    >>> phrase_kind("E-mail this story | Printer-friendly version"), phrase_kind("12 comments")
    ('tools', 'comment')
    >>> phrase_kind("Mayor Ann Doe (Reuters photo)"), phrase_kind("RIVERMOUTH (Reuters) - The river rose on Monday.")
    ('photo', None)
    """
    head = text[:HEAD_CHARS].casefold().replace("’", "'").strip()
    kind = _label_kind(head) if len(text) < LABEL_CHARS else None
    if kind:
        return kind
    shapes = _any_shape().Match(head.encode())
    if shapes is None:
        return None
    if not any(map(str.isdigit, head[:4])):
        shapes = [no for no in shapes if _SHAPES[no][0] != "count"]
    kind = _first_kind(head, min(shapes)) if shapes else None
    # An agency in the dateline wrote the report; it made no picture.
    is_filed = kind == "photo" and (find_dateline(text) or find_opening_agency(text)) is not None
    return None if is_filed else kind


def _first_kind(head: str, shape: int) -> str:
    """Kind of the first phrase that stands in a shape; places are asked for only where phrases of two kinds do."""
    together, kinds = _kinds_of_shapes()[shape]
    found: set[str] = {kinds[no] for no in together.Match(head.encode()) or ()}
    if len(found) == 1:
        return found.pop()
    pattern, kind_of = _patterns()[shape]
    phrase: str = pattern.search(head).group(1)
    return kind_of[phrase]


def is_frame_wording(text: str) -> bool:
    """Whether a short block's wording belongs to the frame of a page, wherever on the page it stands.

    >>> is_frame_wording("ALSO READ: Ferry returns"), is_frame_wording("They also read the letter to the town.")
    (True, False)
    """
    most = FRAME_WORDS.get(phrase_kind(text) or "", 0)
    return most > 0 and text.count(" ") < most


def _label_kind(head: str) -> str | None:
    """Kind of a label that is a whole phrase, or a row of them between strokes."""
    whole = _whole()
    if " | " not in head:
        return whole.get(head.strip(_LABEL_EDGE))
    kinds = [whole.get(part.strip(_LABEL_EDGE)) for part in head.split(" | ")]
    return kinds[0] if all(kinds) else None


@cache
def _whole() -> dict[str, str]:
    return {
        row["phrase"].strip(_LABEL_EDGE): row["kind"] for row in read_list("boilerplate") if row["match"] == "whole"
    }


@cache
def _patterns() -> tuple[tuple[re2._Regexp, dict[str, str]], ...]:
    made = []
    for match, shape in _SHAPES:
        kinds = {row["phrase"]: row["kind"] for row in read_list("boilerplate") if row["match"] == match}
        # Longest first: alternation takes the first branch that fits.
        phrases = "|".join(re2.escape(p) for p in sorted(kinds, key=lambda p: (-len(p), p)))
        made.append((re2.compile(shape.format(phrases)), kinds))
    return tuple(made)


@cache
def _kinds_of_shapes() -> list[tuple[re2.Set, list[str]]]:
    """For each shape a set of one pattern a kind, and the kinds in its order: telling them needs no places."""
    made = []
    for match, shape in _SHAPES:
        rows = [row for row in read_list("boilerplate") if row["match"] == match]
        kinds = sorted({row["kind"] for row in rows})
        together = re2.Set.SearchSet()
        for kind in kinds:
            together.Add(shape.format("|".join(re2.escape(row["phrase"]) for row in rows if row["kind"] == kind)))
        together.Compile()
        made.append((together, kinds))
    return made


@cache
def _any_shape() -> re2.Set:
    """All patterns as one: most blocks have wording of none, and that is told in a third of the time."""
    together = re2.Set.SearchSet()
    for pattern, _ in _patterns():
        together.Add(pattern.pattern)
    together.Compile()
    return together
