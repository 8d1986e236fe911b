"""Lists of names and words as the package ships them, read once a process."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def read_list(name: str) -> tuple[Mapping[str, str], ...]:
    """Rows of a list of the package, in file order.

    >>> read_list("demonyms.csv")[0]["demonym"]
    'Afghan'
    """
    text = (files("dateline") / "data" / name).read_text("utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(text.splitlines()))


@cache
def function_words() -> frozenset[str]:
    """The most frequent English words, lower case: never names by themselves.

    >>> "the" in function_words()
    True
    """
    return frozenset(
        word for row in read_list("stop_words.csv") if row["language"] == "en" for word in row["words"].split()
    )
