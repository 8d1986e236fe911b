"""Limits of the comparison of texts, read from `data/story_limits.csv`, which gives a reason for each."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Limits:
    """What decides which texts are compared, and which of them are copies.

    >>> default_limits().shingle_words
    5
    """

    shingle_words: int
    permutations: int
    bands: int
    seed: int
    most_in_band: int
    window_days: int
    least_words: int
    least_similarity: float
    least_containment: float
    least_shared: int


@cache
def default_limits() -> Limits:
    """The limits of the package's data file."""
    text = (files("dateline") / "data" / "story_limits.csv").read_text("utf-8")
    stated = {row["name"]: float(row["value"]) for row in csv.DictReader(text.splitlines())}
    whole = {item.name for item in fields(Limits) if item.type == "int"}
    return Limits(**{name: int(value) if name in whole else value for name, value in stated.items()})  # type: ignore[arg-type]
