"""How likely each block is article text: a weight for each bin of each column, summed.

The weights are data (`data/role_weights.csv`), fitted by `bench/train_roles.py`. Two stages: the first sees
the columns of `_features`; the second sees the first's answers around each block too, so that a
short line inside the run of paragraphs is told from the same line outside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import exp

import numpy as np

from ..flatten.raw_block import Flattened, RawBlock
from ..flatten.stated import stated_body, stated_summary
from ..wording.lists import read_list
from ._columns import Column, Columns, Numbers, distances, running_sums, shift, spans_around
from ._features import describe_blocks
from ._hints import Hints
from ._markup_columns import Places, describe_homes, number_places
from ._stated_body import heed_stated_body

HOPELESS = 0.01
"""Menus and footers get less than this at first sight: half of all blocks, one in a thousand of them wrongly."""

LIFT_WORDS = 25
LIFT_LEAST = 0.03
"""Below this no block is taken for text, however poor the page: menus and front pages end here."""

Weights = dict[str, tuple[Column, Column]]
"""Column -> (lower bounds of its bins but the first, weight of each bin)."""


def score_page(
    flattened: Flattened,
    hints: list[Hints],
    comments: range,
    title: str | None,
    weights: dict[str, Weights] | None,
) -> tuple[list[float], list[float]]:
    """How much each block reads like article text, and 1 where it is like the stated summary, else 0.

    Comments of readers are left out before anything is counted: they read like prose, and shares would be theirs.
    """
    blocks = flattened.blocks
    if comments:
        blocks = (*blocks[: comments.start], *blocks[comments.stop :])
        hints = [*hints[: comments.start], *hints[comments.stop :]]
    places = number_places(blocks)
    summary = stated_summary(flattened.statements)
    columns = describe_blocks(replace(flattened, blocks=blocks), title, summary, places, hints)
    scores = _lift(score_blocks(columns, blocks, weights, places), columns["words"].tolist())
    scores = heed_stated_body(blocks, scores, stated_body(flattened.statements))
    like_summary = columns["like_summary"].tolist()
    for values in (scores, like_summary):
        values[comments.start : comments.start] = [0.0] * len(comments)
    return scores, like_summary


def _lift(scores: list[float], words: Sequence[float]) -> list[float]:
    """Scores as they are; where hardly a word reaches one half, odds raised so that the likeliest long block does.

    Briefs and pages in a script without spaces get low scores throughout, and still their order is right.
    """
    best = max((p for p, n in zip(scores, words, strict=True) if n >= LIFT_WORDS), default=0.0)
    if best > 0.5 or best < LIFT_LEAST or sum(n for p, n in zip(scores, words, strict=True) if p > 0.5) > LIFT_WORDS:
        return scores
    factor = 1.5 * (1 - best) / best
    return [p * factor / (p * factor + 1 - p) for p in scores]


def score_blocks(
    columns: Columns,
    blocks: Sequence[RawBlock],
    weights: dict[str, Weights] | None = None,
    places: Places | None = None,
) -> list[float]:
    """Probability of each block to be article text, from columns of `describe_blocks`.

    `places` are of `number_places`, which a caller may have made already.
    """
    weights = weights or load_weights()
    if not blocks:
        return []
    found = _sigmoids(add_weights(columns, weights["1"]))
    columns = columns | describe_scores(found, columns, blocks, places)
    unsure = second_look(found)
    second = _sigmoids(add_weights(columns, weights["2"], np.array(unsure, np.intp)))
    for no, p in zip(unsure, second, strict=True):
        found[no] = p
    return found


def second_look(first: Sequence[float]) -> list[int]:
    """Numbers of the blocks that the second stage judges: all but those that the first finds hopeless.

    >>> second_look([0.001, 0.3, 0.999])
    [1, 2]
    """
    return [no for no, p in enumerate(first) if p >= HOPELESS]


def add_weights(columns: Columns, weights: Weights, rows: Numbers | None = None) -> Column:
    """Sum of the weights of the bins that each of `rows`, or of all, falls in; missing columns count as 0 throughout.

    Weights are added one column after the other in a fixed order, so that sums are the same to the last bit everywhere.
    """
    constant = 0.0
    scores = np.zeros(len(columns["words"]) if rows is None else len(rows))
    for name, (bounds, values) in weights.items():
        column = columns.get(name)
        if column is None:
            constant += float(values[bounds.searchsorted(0.0, "right")])
        else:
            scores += values.take(bounds.searchsorted(column if rows is None else column.take(rows), "right"))
    return scores + constant


def describe_scores(
    first: Sequence[float], columns: Columns, blocks: Sequence[RawBlock], places: Places | None = None
) -> Columns:
    """What the first stage says of a block and of those around it, in the same markup and in the same box."""
    p, n = np.array(first, dtype=float), len(first)
    words = np.minimum(80.0, columns["words"])
    mass = p * words
    masses, sizes = running_sums(mass), running_sums(words)
    total = max(1.0, masses[-1])
    found: Columns = {"p": p}
    for step in (-2, -1, 1, 2):
        found[f"p_{step}"] = shift(p, step)
    for width in (2, 5, 12):
        start, end = spans_around(n, width)
        near = masses[end] - masses[start] - mass
        found[f"p_mean_{width}"] = near / np.maximum(1.0, sizes[end] - sizes[start] - words)
        found[f"p_mass_{width}"] = near
    found["p_before"] = masses[:-1] / total
    found["p_after"] = (total - masses[1:]) / total
    found["p_since"], found["p_until"] = distances(p > 0.5), distances(p[::-1] > 0.5)[::-1]
    found["p_total"] = np.full(n, total)
    if blocks[0].path is not None:
        for name, numbers in (places or number_places(blocks)).items():
            found |= _describe_groups(name, numbers, mass, words, total)
        found |= describe_homes(blocks, "p_", mass, words, total)
    return found


def _describe_groups(name: str, places: Numbers, mass: Column, words: Column, total: float) -> Columns:
    masses, sizes = np.bincount(places, weights=mass), np.bincount(places, weights=words)
    return {
        f"p_{name}_mean": (masses / np.maximum(1.0, sizes))[places],
        f"p_{name}_share": (masses / total)[places],
    }


def _sigmoids(scores: Column) -> list[float]:
    """`sigmoid` of each score; numpy's own `exp` would differ in last digits."""
    return [1 / (1 + exp(-score)) for score in np.clip(scores, -30.0, 30.0).tolist()]


def sigmoid(score: float) -> float:
    """Probability of a score in log odds.

    >>> sigmoid(0.0)
    0.5
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


@cache
def load_weights() -> dict[str, Weights]:
    """Weights by stage, from the data file."""
    bins: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in read_list("role_weights"):
        bins[row["stage"], row["column"]].append((float(row["from"]), float(row["weight"])))
    stages: dict[str, Weights] = {"1": {}, "2": {}}
    for (stage, name), pairs in bins.items():
        pairs.sort()
        stages[stage][name] = (np.array([low for low, _ in pairs[1:]], float), np.array([w for _, w in pairs], float))
    return stages
