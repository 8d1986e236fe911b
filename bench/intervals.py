"""How far a figure could be off: deviations over the documents that it was measured on."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable, Mapping
from functools import cache
from math import sqrt
from pathlib import Path
from statistics import stdev
from types import ModuleType
from typing import Any

Documents = Mapping[str, Mapping[str, Any]]
Scores = Mapping[str, Any]

ROUNDS = 60
"""Resamples of a bootstrap: enough for two digits of a deviation, cheap enough to run with every scorecard."""

SEED = 7


def of_share(share: float, n: int) -> float:
    """Standard deviation of a share of n pages.

    >>> round(of_share(0.9, 100), 3)
    0.03
    """
    return sqrt(share * (1 - share) / n) if n else 0.0


def of_documents(
    score: Callable[[Documents, Documents], Scores],
    gold: Documents,
    predicted: Documents,
    picks: Mapping[str, Callable[[Scores], float]],
    rounds: int = ROUNDS,
) -> dict[str, float]:
    """Bootstrap deviations over documents of several figures of one scorer, by the names of `picks`.

    Documents are drawn with replacement; a document that is drawn twice counts as two.
    """
    rng = random.Random(SEED)
    ids = sorted(gold)
    draws: dict[str, list[float]] = {name: [] for name in picks}
    for _ in range(rounds):
        drawn = [(f"{page}#{number}", page) for number, page in enumerate(rng.choices(ids, k=len(ids)))]
        found = score(
            {key: gold[page] for key, page in drawn}, {key: predicted[page] for key, page in drawn if page in predicted}
        )
        for name, pick in picks.items():
            draws[name].append(float(pick(found) or 0.0))
    return {name: stdev(values) for name, values in draws.items()}


@cache
def scorer_module(path: Path) -> ModuleType:
    """A scorer script as a module, for calling its functions many times."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
