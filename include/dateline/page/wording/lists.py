"""The lists that reading a page depends on, loaded once from the package's data files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def read_list(name: str) -> Iterator[dict[str, str]]:
    """Rows of `data/<name>.csv` in file order, as text.

    >>> next(read_list("walls"))["outcome"]
    'consent_wall'
    """
    with (files("dateline") / "data" / f"{name}.csv").open(encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """Most frequent function words by ISO 639-1 language."""
    return {row["language"]: frozenset(row["words"].split()) for row in read_list("stop_words")}


@cache
def all_stop_words() -> frozenset[str]:
    """Function words of any listed language."""
    return frozenset().union(*stop_words().values())
