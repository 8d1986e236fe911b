"""How likely each block is article text: a weight for each bin of each column, summed.

The weights are data (`data/role_weights.csv`), fitted by `bench/train_roles.py`. Two stages: the first sees
the columns of `_features`; the second sees the first's answers around each block too, so that a
short line inside the run of paragraphs is told from the same line outside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, partial
from itertools import accumulate
from math import exp
from operator import add

from ._features import Columns
from ._lists import read_list
from .raw_block import RawBlock

HOPELESS = 0.01
"""Menus and footers get less than this at first sight: half of all blocks, one in a thousand of them wrongly."""

Weights = dict[str, tuple[tuple[float, ...], tuple[float, ...]]]
"""Column -> (lower bounds of its bins but the first, weight of each bin)."""


def score_blocks(
    columns: Columns, blocks: Sequence[RawBlock], weights: dict[str, Weights] | None = None
) -> list[float]:
    """Probability of each block to be article text, from columns of `describe_blocks`."""
    weights = weights or load_weights()
    if not blocks:
        return []
    found = [sigmoid(s) for s in add_weights(columns, weights["1"], range(len(blocks)))]
    columns = columns | describe_scores(found, columns, blocks)
    unsure = second_look(found)
    for no, score in zip(unsure, add_weights(columns, weights["2"], unsure), strict=True):
        found[no] = sigmoid(score)
    return found


def second_look(first: Sequence[float]) -> list[int]:
    """Numbers of the blocks that the second stage judges: all but those that the first finds hopeless.

    >>> second_look([0.001, 0.3, 0.999])
    [1, 2]
    """
    return [no for no, p in enumerate(first) if p >= HOPELESS]


def add_weights(columns: Columns, weights: Weights, rows: Sequence[int]) -> list[float]:
    """Sum of the weights of the bins that each of `rows` falls in; columns that are missing count as 0 throughout."""
    constant = 0.0
    scores = [0.0] * len(rows)
    for name, (bounds, values) in weights.items():
        column = columns.get(name)
        if column is None:
            constant += values[bisect_right(bounds, 0.0)]
        else:
            bins = map(partial(bisect_right, bounds), map(column.__getitem__, rows))
            scores = list(map(add, scores, map(values.__getitem__, bins)))
    return [s + constant for s in scores]


def describe_scores(first: list[float], columns: Columns, blocks: Sequence[RawBlock]) -> Columns:
    """What the first stage says of a block and of those around it, in the same markup and in the same box."""
    n = len(first)
    words = [min(80.0, w) for w in columns["words"]]
    mass = [p * w for p, w in zip(first, words, strict=True)]
    masses, sizes = list(accumulate(mass, initial=0.0)), list(accumulate(words, initial=0.0))
    total = max(1.0, masses[-1])
    found: Columns = {"p": first}
    for step in (-2, -1, 1, 2):
        found[f"p_{step}"] = [first[i + step] if 0 <= i + step < n else -1.0 for i in range(n)]
    for width in (2, 5, 12):
        spans = [(max(0, i - width), min(n, i + width + 1)) for i in range(n)]
        found[f"p_mean_{width}"] = [
            (masses[b] - masses[a] - mass[i]) / max(1.0, sizes[b] - sizes[a] - words[i])
            for i, (a, b) in enumerate(spans)
        ]
        found[f"p_mass_{width}"] = [masses[b] - masses[a] - mass[i] for i, (a, b) in enumerate(spans)]
    found["p_before"] = [masses[i] / total for i in range(n)]
    found["p_after"] = [(total - masses[i + 1]) / total for i in range(n)]
    found["p_since"] = _distances(first)
    found["p_until"] = _distances(first[::-1])[::-1]
    found["p_total"] = [total] * n
    for name, keys in (("path", [b.path for b in blocks]), ("box", [(b.path, b.classes[:4]) for b in blocks])):
        if any(keys) and blocks[0].path is not None:
            found |= _describe_groups(name, keys, mass, words, total)
    return found


def _describe_groups(name: str, keys: Sequence[object], mass: list[float], words: list[float], total: float) -> Columns:
    masses: dict[object, float] = defaultdict(float)
    sizes: dict[object, float] = defaultdict(float)
    for key, m, w in zip(keys, mass, words, strict=True):
        masses[key] += m
        sizes[key] += w
    return {
        f"p_{name}_mean": [masses[k] / max(1.0, sizes[k]) for k in keys],
        f"p_{name}_share": [masses[k] / total for k in keys],
    }


def _distances(first: list[float]) -> list[float]:
    gaps, gap = [], 40.0
    for p in first:
        gaps.append(gap)
        gap = 0.0 if p > 0.5 else min(40.0, gap + 1)
    return gaps


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
        stages[stage][name] = (tuple(low for low, _ in pairs[1:]), tuple(w for _, w in pairs))
    return stages
