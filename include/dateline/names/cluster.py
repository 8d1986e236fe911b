"""Which mentions of one article name the same thing: full and short names, aliases, surnames."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..identity import fold
from ._people import group_people
from .gazetteer import listed_names
from .organisations import initials, is_body_word, is_generic, is_short_form

Key = tuple[str, str]
OF_PLACE = re.compile(r"^(?:State|City|Town|Republic|Kingdom|Province) of ", re.IGNORECASE)
LOWER_OR_COMMA = frozenset(",abcdefghijklmnopqrstuvwxyz")
MAX_WORDS = 10
"""Words of a name that are looked at for its short forms."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name to be grouped: its words without title and article, and its label."""

    text: str
    label: str


def name_key(name: str) -> str:
    """A name folded for joins: case, dots, possessive and leading article removed.

    >>> name_key("The U.N. Security Council"), name_key("O’Neil")
    ('un security council', 'o neil')
    """
    key = fold(name.replace(".", ""))
    return key.removeprefix("the ") if key != "the" else key


def cluster_mentions(mentions: Sequence[Mention]) -> list[int]:
    """Cluster number of each mention; clusters are numbered by their first mention.

    Equal strings are one; countries and nationalities go by country, but a nationality is never its
    country; people are grouped by full name and surname; short forms and shortened names join the latest
    full one.

    >>> words = ["United Nations", "Ida Berg", "U.N.", "Berg"]
    >>> cluster_mentions([Mention(w, "PERSON" if "Berg" in w else "ORG") for w in words])
    [0, 1, 0, 1]
    """
    keys: list[Key] = [("person", "") if m.label == "PERSON" else _thing_key(m) for m in mentions]
    people = [index for index, mention in enumerate(mentions) if mention.label == "PERSON"]
    groups = group_people([mentions[index].text for index in people])
    for index, group in zip(people, groups, strict=True):
        keys[index] = ("person", group)
    _join_short_names(mentions, keys)
    numbers: dict[Key, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _thing_key(mention: Mention) -> Key:
    text = _without_region(mention.text) if mention.label in ("GPE", "LOC") else mention.text
    known = listed_names().get(text)
    if known is None and mention.label == "NORP":
        known = listed_names().get(mention.text.rsplit("-", 1)[-1])
    if known is not None and known.kind == "demonym" and mention.label in ("NORP", "LANGUAGE"):
        return "people", known.iso2 or name_key(known.name).removesuffix("s")
    if known is not None and known.kind == "country" and (mention.label in ("GPE", "LOC") or not known.is_ambiguous):
        return "country", known.iso2 or ""
    if mention.label == "NORP":
        return "people", name_key(mention.text).removesuffix("s")
    return "thing", name_key(text)


def _without_region(name: str) -> str:
    """The place itself: `Bergen` of `Bergen, Norway`, `Texas` of `State of Texas`."""
    name = OF_PLACE.sub("", name)
    place, comma, region = name.partition(", ")
    return place if comma and region.split(", ")[-1] in listed_names() and name not in listed_names() else name


def _join_short_names(mentions: Sequence[Mention], keys: list[Key]) -> None:
    names: dict[Key, Mention] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if key[0] == "thing":
            names.setdefault(key, mention)
    fuller = _by_short_form(names)
    target: dict[Key, Key] = {}
    for key, short in names.items():
        found = [
            other
            for other in dict.fromkeys(fuller.get(key[1].replace(" ", ""), ()) + fuller.get(key[1], ()))
            if _is_shorter(short, names[other])
        ]
        if found and (len(found) == 1 or not is_body_word(short.text)):
            target[key] = max(found, key=lambda other: len(names[other].text))
    for index in range(len(keys)):
        while keys[index] in target:
            keys[index] = target[keys[index]]


def _by_short_form(names: Mapping[Key, Mention]) -> dict[str, tuple[Key, ...]]:
    """Names by what may be short for them: initials, beginnings and ends of their words."""
    found: dict[str, dict[Key, None]] = defaultdict(dict)
    for key, mention in names.items():
        words = key[1].split()[:MAX_WORDS]
        shorts = {" ".join(words[:count]) for count in range(1, len(words))}
        shorts |= {" ".join(words[count:]) for count in range(1, len(words))}
        for short in shorts | (initials(mention.text) if len(words) > 1 else set()):
            found[short][key] = None
    return {short: tuple(each) for short, each in found.items()}


def _is_shorter(shorter: Mention, fuller: Mention) -> bool:
    """Whether a name is a shortened form of another: initials, its beginning, or its end after a place or body."""
    short, short_label, name, label = shorter.text, shorter.label, fuller.text, fuller.label
    if len(short) >= len(name) or not _may_be_one(short_label, label):
        return False
    if is_short_form(short, name):
        return True
    low, full = name_key(short), name_key(name)
    if short in listed_names() or not low:
        return short_label == label == "GPE" and full in (f"{low} dc", f"{low} city", f"{low} d c")
    if full.startswith(low + " ") and label == short_label:
        rest = name[len(short) :].strip()
        return is_generic(rest) or is_body_word(short) or (len(low.split()) > 1 and rest[:1] in LOWER_OR_COMMA)
    if full.endswith(" " + low) and is_body_word(short):
        return label == short_label == "ORG"
    if full.endswith(" " + low) and len(low.split()) > 1:
        before = name[: len(name) - len(short)].strip().removesuffix("'s").removesuffix("’s")
        return before in listed_names() or (before.isupper() and label == "ORG") or before.replace(".", "").isupper()
    return False


def _may_be_one(short_label: str, label: str) -> bool:
    return short_label == label or {short_label, label} <= {"ORG", "GPE", "FAC", "EVENT", "LAW", "PRODUCT"}
