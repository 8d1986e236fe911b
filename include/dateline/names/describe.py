"""What is said about a cluster of mentions: its name, label, country and weight in the article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from ..model import Block, Entity, Name
from .cluster import name_key
from .gazetteer import ListedName, listed_names
from .lists import read_list
from .titles import skip_titles

ROLE_WEIGHT = {"headline": 3.0, "standfirst": 2.0, "caption": 0.5}
"""Weight of a mention by the role of its block, against 1 for one at the end of the body."""

NEXT_WORD = re.compile(r" (?:also |now |then |later |yesterday )?(\w+)")


def describe_clusters(names: Sequence[Name], blocks: Sequence[Block]) -> tuple[Entity, ...]:
    """One entity a cluster, in order of cluster numbers.

    The longest mention names the cluster; countries and nationalities go by their listed name. Salience
    is the cluster's share of all mentions, each weighted by where it stands: a headline counts three,
    the beginning of the body two, falling to one at its end.
    """
    members: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        if name.cluster_no is not None:
            members[name.cluster_no].append(name)
    weights = _weights(names, blocks)
    total = sum(weights.values()) or 1.0
    in_text = {block.block_no for block in blocks if block.text_start is not None}
    shares: dict[int, float] = defaultdict(float)
    for name in names:
        shares[name.cluster_no or 0] += weights[name.block_no, name.start_char, name.end_char] / total
    return tuple(_describe(number, members[number], in_text, shares[number]) for number in sorted(members))


def _describe(number: int, names: list[Name], in_text: set[int], share: float) -> Entity:
    counts = Counter(name.label for name in names)
    label = max(counts, key=lambda each: counts[each])
    known = next((each for each in map(_known, names) if each is not None), None)
    name = known.name if known and known.kind == "country" else _longest([_bare(each) for each in names], label)
    return Entity(
        cluster_no=number,
        name=name,
        name_key=name_key(name),
        label=label,
        n_mentions=len(names),
        n_body_mentions=sum(each.block_no in in_text for each in names),
        salience=round(share, 6),
        country=known.iso2 if known and label == "GPE" else None,
        admin1=known.admin1 if known and known.kind == "us_state" and label == "GPE" else None,
    )


def _longest(names: list[str], label: str) -> str:
    """The longest name, shouted ones last; nationalities by the first listed adjective of their country."""
    if label == "NORP":
        country = next((known.iso2 for each in names if (known := listed_names().get(each)) and known.iso2), None)
        if country:
            return _adjectives()[country]
    calm = [name for name in names if not (name.isupper() and len(name) > 3)]
    return max(calm or names, key=len)


@cache
def _adjectives() -> dict[str, str]:
    adjectives: dict[str, str] = {}
    for row in read_list("demonyms.csv"):
        adjectives.setdefault(row["iso2"], row["demonym"])
    return adjectives


def _bare(name: Name) -> str:
    text = name.text
    return text[skip_titles(text, 0, len(text)) :] if name.label == "PERSON" else text


def _known(name: Name) -> ListedName | None:
    known = listed_names().get(name.text)
    return known if known and name.label == "GPE" and known.kind in ("country", "us_state") else None


def _weights(names: Sequence[Name], blocks: Sequence[Block]) -> dict[tuple[int, int, int], float]:
    place = {block.block_no: block for block in blocks}
    length = max((block.text_end or 0 for block in blocks), default=0) or 1
    weights = {}
    for name in names:
        block = place[name.block_no]
        weight = ROLE_WEIGHT.get(block.role)
        if weight is None:
            weight = 2.0 - ((block.text_start or 0) + name.start_char) / length
        weights[name.block_no, name.start_char, name.end_char] = max(weight, 0.0)
    return weights


def is_metonym(text: str, end: int) -> bool | None:
    """True where a place is the one who speaks, as in `Oslo said`; None where nothing tells.

    >>> is_metonym("Oslo says no.", 4), is_metonym("Oslo is cold.", 4)
    (True, None)
    """
    match = NEXT_WORD.match(text, end)
    return True if match and match.group(1) in _speaking() else None


@cache
def _speaking() -> frozenset[str]:
    return frozenset(row["form"] for row in read_list("reporting_verbs.csv") if row["takes"] != "quote")
