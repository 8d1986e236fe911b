"""Grouping of people's names: a surname is the last person mentioned in full who bears it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from .consistency import SUFFIXES

FURTHER = re.compile(r"(?:,(?! (?:Jr|Sr))| of | from | by ).*$", re.DOTALL)
Words = tuple[str, ...]
PARTICLES = frozenset(
    (
        "de",
        "da",
        "di",
        "del",
        "della",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "la",
        "le",
        "du",
        "dos",
    )
)


def group_people(names: Sequence[str]) -> list[str]:
    """A group for each name, in order of mention; the group is called by its first full name.

    A full name joins an earlier one of equal surname whose first names don't contradict it. A single
    word joins the latest earlier person in full who bears it (as surname before first name), else the
    first later one, else its equals.

    >>> group_people(["Berg", "Ida Berg", "Jon Berg", "Berg", "Ida M. Berg", "Jon"])
    ['ida berg', 'ida berg', 'jon berg', 'jon berg', 'ida berg', 'jon berg']
    """
    parts = [_parts(name) for name in names]
    full = _group_full_names(parts)
    surnames: dict[str, list[int]] = defaultdict(list)
    first_names: dict[str, list[int]] = defaultdict(list)
    for index in full:
        for last in {parts[index][-1], parts[index][-1].rsplit("-", 1)[-1]}:
            surnames[last].append(index)
        first_names[parts[index][0]].append(index)
    groups = []
    for index, words in enumerate(parts):
        bearer = _nearest(surnames[words[0]], index) if index not in full else index
        if bearer is None:
            bearer = _nearest(first_names[words[0]], index)
        groups.append(" ".join(words) if bearer is None else full[bearer])
    return groups


def _parts(name: str) -> Words:
    name = FURTHER.sub("", name)
    words = [word.strip(",").rstrip(".").lower().replace("’", "'") for word in name.split() if word not in SUFFIXES]
    return tuple(word for word in words if word) or (name.lower(),)


def _group_full_names(parts: Sequence[Words]) -> dict[int, str]:
    """The group of every name of two words or more, by its index."""
    groups: dict[Words, str] = {}
    by_end: dict[str, list[Words]] = defaultdict(list)
    found: dict[int, str] = {}
    for index, words in enumerate(parts):
        if len(words) < 2:
            continue
        if words not in groups:
            candidates = by_end[words[-1]] + by_end[words[0]]
            known = next((other for other in reversed(candidates) if _is_one_person(words, other)), None)
            groups[words] = groups[known] if known else " ".join(words)
            by_end[words[-1]].append(words)
            by_end[words[0]].append(words)
        found[index] = groups[words]
    return found


def _is_one_person(words: Words, other: Words) -> bool:
    if words[-1] != other[-1]:
        # Names that begin with the family name, and second surnames: one may be the other's beginning.
        shorter, longer = sorted((words, other), key=len)
        return len(longer) - len(shorter) == 1 and longer[: len(shorter)] == shorter and shorter[-1] not in PARTICLES
    shorter, longer = sorted((words, other), key=len)
    if longer[-len(shorter) :] == shorter:
        return True
    first, second = words[0], other[0]
    if first == second:
        return _middles_agree(words[1:-1], other[1:-1])
    return first[0] == second[0] and (len(first) == 1 or len(second) == 1)


def _middles_agree(middle: Words, other: Words) -> bool:
    return not middle or not other or middle[0][0] == other[0][0]


def _nearest(places: Sequence[int], index: int) -> int | None:
    """The latest place before `index`, else the first one after it."""
    after = bisect_left(places, index)
    if after:
        return places[after - 1]
    return places[0] if places else None
