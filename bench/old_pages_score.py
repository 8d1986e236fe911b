"""Scores a reading of an old page, by the measure of the Zyte article-extraction benchmark.

A page is the multiset of its runs of four words. Precision and recall are taken per page and averaged, and F1 is the
harmonic mean of the two means; a page without any text counts for recall alone.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from .run_dateline import Record

SHINGLE = 4
"""Words in a run, as in that benchmark."""

ROUNDS = 10_000
SEED = 7


@dataclass(frozen=True, slots=True)
class PageScore:
    """How well one page was read: precision is None where nothing was given, others where gold is silent."""

    precision: float | None
    recall: float
    f1: float
    title: bool
    day: bool | None
    says_day: bool
    authors_right: int
    authors_found: int
    authors_wanted: int


def score_page(gold: Record, found: Record) -> PageScore:
    """One page against its gold; of several acceptable bodies the best counts.

    >>> gold = {"text": "a b c d e", "title": "Rain!", "authors": ["Ann Lee"], "published": "1999-01-02"}
    >>> score = score_page(gold, {"text": "a b c d x", "title": "rain", "authors": ["By Ann Lee"]})
    >>> score.precision, score.recall, score.title, score.authors_right, score.day
    (0.5, 0.5, True, 1, False)
    """
    bodies = [gold["text"], *gold.get("alt_texts", [])]
    precision, recall, f1 = max((_body(found.get("text") or "", body) for body in bodies), key=lambda row: row[2])
    wanted, have = _names(gold.get("authors") or []), _names(found.get("authors") or [])
    have = have if gold.get("authors") is not None else set()
    day = gold.get("published")
    return PageScore(
        precision=precision,
        recall=recall,
        f1=f1,
        title=_squeeze(found.get("title") or "") == _squeeze(gold["title"]),
        day=None if day is None else str(found.get("published") or "")[:10] == day,
        says_day=bool(found.get("published")),
        authors_right=len(wanted & have),
        authors_found=len(have),
        authors_wanted=len(wanted),
    )


def _body(found: str, wanted: str) -> tuple[float | None, float, float]:
    have, want = _shingles(found), _shingles(wanted)
    common = (have & want).total()
    precision = common / have.total() if have else None
    return precision, common / want.total(), 2 * common / (have.total() + want.total())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)) if words)


def _squeeze(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def _names(names: Sequence[str]) -> set[str]:
    return {_squeeze(re.sub(r"^\s*by\b[\s:]*", "", name, flags=re.IGNORECASE)) for name in names} - {""}


def body_f1(scores: Sequence[PageScore]) -> float:
    """Harmonic mean of mean precision (over pages with any text) and mean recall."""
    precision, recall = body_precision(scores), mean(score.recall for score in scores)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def body_precision(scores: Sequence[PageScore]) -> float:
    """Mean precision over the pages where any text was given; 0 where there is none."""
    return mean([score.precision for score in scores if score.precision is not None] or [0.0])


def difference(
    ours: Mapping[str, PageScore], theirs: Mapping[str, PageScore], rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """Body F1 of ours less that of theirs, and the ends of its 95 % interval: a paired bootstrap over pages."""
    rng, ids = random.Random(SEED), sorted(ours)
    draws = []
    for _ in range(rounds):
        drawn = rng.choices(ids, k=len(ids))
        draws.append(body_f1([ours[page] for page in drawn]) - body_f1([theirs[page] for page in drawn]))
    draws.sort()
    whole = body_f1(list(ours.values())) - body_f1(list(theirs.values()))
    return whole, draws[round(0.025 * rounds)], draws[round(0.975 * rounds) - 1]
