"""Who a phrase speaks of: the names in it, an earlier person, a document, or somebody unnamed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..model import Name, Speaker
from ..names.lists import read_list
from ._context import Context

PERSONAL = frozenset(("he", "she"))
PRONOUNS = frozenset(("he", "she", "they", "it", "who", "i", "we", "one", "this", "that", "both"))
OWNER = re.compile(r"['’]s?\b")
INSIDE = re.compile(r"\b(?:of|for|from|at|in|to|by|with|near|on)(?: the)?$")
MEMORY = 100
"""People named before a quotation that a pronoun or a title may mean, counted backwards."""

JOINED = re.compile(r"(?:, | and |, and )$")
WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Voice:
    """The speakers of a phrase and whether they stay unnamed; None where the phrase is a document or unclear."""

    speakers: tuple[Speaker, ...]
    text: str
    is_anonymous: bool | None


@cache
def _heads() -> dict[str, str]:
    return {row["head"]: row["kind"] for row in read_list("anonymous_sources.csv")}


def head_kind(phrase: str) -> str | None:
    """What the head noun of a phrase is: person, document, body or pronoun; None where no list tells.

    The head is the last listed noun before the first preposition.

    >>> head_kind("a Western diplomatic source"), head_kind("a statement from the ministry")
    ('person', 'document')
    """
    head = re.split(
        r",|\b(?:of|for|from|at|in|to|by|with|who|close|familiar|issued|released|near|on)\b", phrase, maxsplit=1
    )[0]
    kinds = [_heads().get(word.lower()) for word in WORD.findall(head or phrase)]
    known = [kind for kind in kinds if kind]
    return known[-1] if known else None


def find_voice(context: Context, start: int, end: int, before: Sequence[Name], last: Sequence[Speaker]) -> Voice:
    """The speakers that the phrase `start:end` of a block names.

    `before` are the people named earlier in the article, in order, and `last` the speakers of the
    quotation before: he and she mean whoever a paragraph began with since, else the last person who spoke,
    else the nearest one named.
    """
    text = context.text[start:end]
    names = context.names_in(start, end)
    if text.lower() in PRONOUNS:
        cluster = _antecedent(text.lower(), before, last)
        return Voice((_speaker(context, start, end, cluster),), text, None if cluster is None else False)
    chosen = _named(context, start, end, names)
    if chosen:
        speakers = tuple(_speaker(context, n.start_char, n.end_char, n.cluster_no) for n in chosen)
        return Voice(speakers, text, False)
    cluster = _by_title(text, before)
    if cluster is not None:
        return Voice((_speaker(context, start, end, cluster),), text, False)
    kind = head_kind(text)
    return Voice((_speaker(context, start, end, None),), text, None if kind == "document" else True)


def _speaker(context: Context, start: int, end: int, cluster: int | None) -> Speaker:
    base = context.base
    return Speaker(context.text[start:end], context.block_no, base + start, base + end, cluster)


def _antecedent(pronoun: str, before: Sequence[Name], last: Sequence[Speaker]) -> int | None:
    people = {name.cluster_no for name in before[-MEMORY:]}
    if pronoun == "it" and len(last) == 1 and last[0].cluster_no not in people:
        return last[0].cluster_no
    if pronoun not in PERSONAL:
        return None
    opener = _opener_since(before, last)
    if opener is not None:
        return opener
    spoken = [speaker.cluster_no for speaker in last if speaker.cluster_no in people]
    if len(spoken) == 1:
        return spoken[0]
    return before[-1].cluster_no if before else None


def _opener_since(before: Sequence[Name], last: Sequence[Speaker]) -> int | None:
    """Whoever the last paragraph began with, if that came after the last speaker: a new subject takes the pronouns."""
    if not before or not last:
        return None
    spoke = max((speaker.block_no, speaker.start_char) for speaker in last)
    openers = [name for name in before[-MEMORY:] if name.start_char == 0 and (name.block_no, 0) > spoke]
    return openers[-1].cluster_no if openers else None


def _named(context: Context, start: int, end: int, names: list[Name]) -> list[Name]:
    text = context.text
    own = [name for name in names if not OWNER.match(text, name.end_char, end)]
    people = [
        name
        for name in own
        if name.label == "PERSON" and not INSIDE.search(text, start, max(start, name.start_char - 1))
    ]
    comma = text.find(",", start, end)
    joined = _joined(text, own, start, end)
    if joined:
        return joined
    if people:
        early = [name for name in people if comma < 0 or name.end_char <= comma]
        return [early[-1] if early else people[0]]
    stop = comma if comma >= 0 else end
    for name in own:
        rest = text[name.end_char : stop].strip()
        inside = INSIDE.search(text[start : name.start_char].rstrip())
        is_head = not rest or (rest.islower() and head_kind(rest) == "body")
        if is_head and not inside and name.label not in ("NORP", "LANGUAGE"):
            return [name]
    return []


def _joined(text: str, names: list[Name], start: int, end: int) -> list[Name]:
    """Names that together fill the phrase: `A and B`, `A, B and C`."""
    if len(names) < 2 or names[-1].end_char != end:
        return []
    for left, right in pairwise(names):
        if not JOINED.fullmatch(text[left.end_char : right.start_char]):
            return []
    if " and " not in text[names[0].end_char : end]:
        return []
    return (
        names
        if text[start : names[0].start_char].strip().lower() in ("", "the", "both", "presidents", "ministers")
        else []
    )


def _by_title(phrase: str, before: Sequence[Name]) -> int | None:
    """The last person whose title ends in the noun that the phrase is: `the minister`."""
    words = phrase.lower().split()
    if len(words) < 2 or words[0] != "the" or len(words) > 4:
        return None
    for name in reversed(before[-MEMORY:]):
        if name.role_title and name.role_title.lower().endswith(" ".join(words[1:])):
            return name.cluster_no
    return None
