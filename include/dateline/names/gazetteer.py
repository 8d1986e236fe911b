"""Countries, nationalities, capitals, states and large cities as fixed lists: what needs no statistics."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from ._phrases import PhraseIndex
from ._spans import Span, add_spans
from .lists import function_words, read_list

PREVIOUS_WORD = re.compile(r"(?:^|(\S)[\"“'‘]?\s+)[\"“'‘(]?([^\s\"“'‘(]+) $")
SENTENCE_ENDS = frozenset((None, ".", "!", "?", ":", "”", '"'))


@dataclass(frozen=True, slots=True)
class ListedName:
    """What a list says about a name: its label, what it is called in full, its country (ISO 3166-1 alpha-2).

    `kind` is country, demonym, capital, us_state or city; `is_ambiguous` marks names that are as often
    something else, such as Jordan or Jackson: they confirm, but never decide.
    """

    label: str
    name: str
    kind: str
    iso2: str | None
    admin1: str | None
    is_ambiguous: bool


@cache
def listed_names() -> dict[str, ListedName]:
    """Every listed name as printed.

    >>> listed_names()["U.S."].name, listed_names()["Norwegians"].iso2
    ('United States', 'NO')
    """
    names: dict[str, ListedName] = {}
    for row in read_list("countries.csv"):
        names[row["name"]] = ListedName("GPE", row["country"], "country", row["iso2"], None, row["is_ambiguous"] == "1")
    for row in read_list("demonyms.csv"):
        names[row["demonym"]] = ListedName(
            "NORP", row["country"] or row["demonym"], "demonym", row["iso2"] or None, None, row["is_ambiguous"] == "1"
        )
    for row in read_list("places.csv"):
        known = ListedName(
            "GPE", row["name"], row["kind"], row["iso2"], row["admin1"] or None, row["is_ambiguous"] == "1"
        )
        names.setdefault(row["name"], known)
    return names


@cache
def _index() -> PhraseIndex[ListedName]:
    return PhraseIndex(listed_names())


def find_listed(text: str) -> list[tuple[int, int, ListedName]]:
    """Every occurrence of a listed name, in order."""
    return list(_index().find(text))


def apply_lists(text: str, spans: list[Span], listed: list[tuple[int, int, ListedName]]) -> list[Span]:
    """Correct the labels of spans that are listed names, and add listed names that were passed over."""
    long = [Span(start, end, known.label, "list") for start, end, known in listed if " " in text[start:end]]
    kept = [span for span in spans if not any(_contains(each, span) for each in _touching(long, span))]
    return add_spans([_relabel(text, span) for span in kept], _unmarked(text, listed))


def _touching(spans: list[Span], other: Span) -> list[Span]:
    index = bisect_right(spans, other.start, key=lambda span: span.start)
    return spans[max(0, index - 1) : index]


def _contains(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start


def _relabel(text: str, span: Span) -> Span:
    known = listed_names().get(text[span.start : span.end])
    if known is None or known.is_ambiguous or known.label == span.label:
        return span
    if known.kind == "city" or (known.kind == "demonym" and span.label == "LANGUAGE"):
        return span
    return Span(span.start, span.end, known.label, "list")


def _unmarked(text: str, listed: list[tuple[int, int, ListedName]]) -> list[Span]:
    found = []
    for start, end, known in listed:
        if known.is_ambiguous:
            continue
        if known.kind in ("city", "capital", "us_state") and is_inside_a_longer_name(text, start, end):
            continue
        found.append(Span(start, end, known.label, "list"))
    return found


def is_inside_a_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text touches another capitalised word; small words and the first of a sentence don't count.

    >>> is_inside_a_longer_name("the Oslo Accords", 4, 8), is_inside_a_longer_name("In Oslo he", 3, 7)
    (True, False)
    """
    before = PREVIOUS_WORD.search(text, max(0, start - 40), start)
    after = text[end + 1 : end + 2] if text[end : end + 1] in (" ", "-") else ""
    if after.isupper() or text[start - 1 : start] in ("-", "&"):
        return True
    if before is None or not before.group(2)[:1].isupper() or before.group(2).lower() in function_words():
        return False
    return before.group(1) not in SENTENCE_ENDS
