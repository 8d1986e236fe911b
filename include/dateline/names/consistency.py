"""One article speaks of one thing under one name: labels and recognition made consistent over the whole text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from ._phrases import WORD, PhraseIndex
from ._spans import Span, add_spans
from .gazetteer import is_inside_a_longer_name, listed_names
from .lists import function_words
from .titles import title_before

SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
AFTER_IN = re.compile(r"\b(?:[Ii]n|[Nn]ear) ([A-ZÀ-Þ][\w-]*)(?!['’\w])")
SPREAD = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"))


def surname(name: str) -> str | None:
    """The last word of a full name, generation suffixes apart; None where there is one word only.

    >>> surname("Martin Okafor Jr."), surname("Okafor")
    ('Okafor', None)
    """
    words = [word for word in name.split() if word not in SUFFIXES]
    return words[-1].rstrip(",") if len(words) > 1 else None


def make_consistent(text: str, spans: list[Span]) -> list[Span]:
    """Spans after a vote on labels, with surnames of known people and unmarked repeats of known names added.

    >>> text = "Ida Berg left. Later Berg spoke."
    >>> [text[span.start:span.end] for span in make_consistent(text, [Span(0, 8, "PERSON")])]
    ['Ida Berg', 'Berg']
    """
    words = Counter(match.group() for match in WORD.finditer(text))
    spans = [span for span in spans if not _is_common_word(text, span, words)]
    labels = _vote(text, spans, words)
    voted = [Span(s.start, s.end, labels[text[s.start : s.end]], s.origin) for s in spans]
    return add_spans(voted, _repeats(text, labels, words))


def _is_common_word(text: str, span: Span, words: Counter[str]) -> bool:
    """Whether a one-word name begins its sentence and stands uncapitalised elsewhere."""
    name = text[span.start : span.end]
    if " " in name or span.origin != "model" or not words[name.lower()] or name.islower():
        return False
    return text[max(0, span.start - 8) : span.start].rstrip(" \"“‘'(")[-1:] in ("", ".", "!", "?", "\n", ":", "•")


def _vote(text: str, spans: Iterable[Span], words: Counter[str]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        votes[text[span.start : span.end]][span.label] += 1 if span.origin == "model" else 3
    labels = {name: max(counts, key=lambda label: counts[label]) for name, counts in votes.items()}
    # A third of a name's occurrences after `in` or `near` make a place: those of people hardly ever stand there.
    places = Counter(match.group(1) for match in AFTER_IN.finditer(text))
    people = [name for name, label in labels.items() if label == "PERSON"]
    for name in people:
        if 3 * places[name] >= words[name] > 0 and places[name]:
            labels[name] = "GPE"
    for name in people:
        last = surname(name)
        if last and _may_be_personal(last):
            labels[last] = "PERSON"
        first = name.split()[0]
        if last and first in labels and _may_be_personal(first):
            labels[first] = "PERSON"
    return labels


def _may_be_personal(word: str) -> bool:
    known = listed_names().get(word)
    return len(word) > 2 and word[:1].isupper() and (known is None or known.is_ambiguous)


def _repeats(text: str, labels: dict[str, str], words: Counter[str]) -> list[Span]:
    known = {name: label for name, label in labels.items() if label in SPREAD and _is_distinct(name, words)}
    return [
        Span(start, end, label, "repeat")
        for start, end, label in PhraseIndex(known).find(text)
        if not is_inside_a_longer_name(text, start, end) or (label == "PERSON" and title_before(text, start))
    ]


def _is_distinct(name: str, words: Counter[str]) -> bool:
    """Whether a repeat of the name can hardly be anything else: no word that also stands uncapitalised."""
    if " " in name:
        return True
    if len(name) < 3 and not name.isupper():
        return False
    return name[:1].isupper() and name.lower() not in function_words() and not words[name.lower()]
