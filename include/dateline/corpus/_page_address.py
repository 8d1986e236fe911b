"""What numbers the pages of one story: `?page=2`, `/page/2`, `-2.html`, `_2.htm`, a line "Page 2 of 3"."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..identity import fold

LONGEST_LINE = 60
_N = "([1-9][0-9]?)"
"""A number above 99 is an id or a year; one that begins with 0 is a day or month."""
_END = r"(\.[a-z]{3,5})?$"
_BARE = re.compile(rf"(?<=[^/_,-])[-_,]{_N}{_END}", re.I)
_FOLDER = re.compile(rf"/{_N}$")
_INDEX = re.compile(rf"/index[-_]?{_N}\.[a-z]{{3,5}}$", re.I)
_STORY_NAME = re.compile(r"\w[-_+]\w+[-_+]\w|\d{4}|\.(?:s?html?|php\d?|aspx?|jsp|cfm)$", re.I)
_STORY_QUERY = re.compile(r"(?:^|&)\w*(?:id|story|article|art)=", re.I)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """An address taken apart: `base`, which all pages of a story share, and the number of the page.

    `is_named` says that a word such as `page` stands with the number, without which it may be part of a name.
    """

    base: str
    number: int
    written: str
    is_named: bool


def numbered_addresses(key: str) -> tuple[PageAddress, ...]:
    """Each way to read a URL key as the address of a numbered page.

    >>> numbered_addresses("news.example/ferry-sails-again?page=2")
    (PageAddress(base='news.example/ferry-sails-again', number=2, written='page=2', is_named=True),)
    >>> [(found.base, found.number, found.is_named) for found in numbered_addresses("news.example/a/ferry_2.htm")]
    [('news.example/a/ferry.htm', 2, False)]
    >>> numbered_addresses("news.example/2026/03/02/ferry")
    ()
    """
    path, mark, query = key.partition("?")
    return (*_in_query(path, query), *_in_path(path, mark + query))


def is_story_address(base: str) -> bool:
    """Whether an address looks like that of one story: some words, an id, or a file. Fronts have short names.

    >>> is_story_address("news.example/world"), is_story_address("news.example/world/ferry-sails-again")
    (False, True)
    """
    path, _, query = base.partition("?")
    _, slash, name = path.rpartition("/")
    return bool(slash and _STORY_NAME.search(name)) or bool(_STORY_QUERY.search(query))


def read_page_line(text: str) -> tuple[int, int] | None:
    """Number and count of a line that does nothing but say which page this is.

    >>> read_page_line("Page 2 of 3"), read_page_line("(Seite 1 von 4)"), read_page_line("Page 5 of 3")
    ((2, 3), (1, 4), None)
    """
    found = _page_line().fullmatch(fold(text)) if len(text) <= LONGEST_LINE else None
    if found is None:
        return None
    number, count = (int(digits) for digits in found.groups() if digits)
    return (number, count) if number <= count and count > 1 else None


def title_of_story(title: str | None) -> str:
    """A title folded, without what its pages add to it.

    >>> title_of_story("The long strike (page 2)") == title_of_story("The Long Strike, continued")
    True
    """
    folded = fold(title)
    found = _title_tail().search(folded)
    return folded[: found.start()] if found else folded


def _in_query(path: str, query: str) -> Iterator[PageAddress]:
    pairs = query.split("&") if query else []
    for place, pair in enumerate(pairs):
        name, _, value = pair.partition("=")
        if name.lower() in _names("parameter") and re.fullmatch(_N, value):
            rest = "&".join(pairs[:place] + pairs[place + 1 :])
            yield PageAddress(path + (f"?{rest}" if rest else ""), int(value), pair, True)
            return


def _in_path(path: str, query: str) -> Iterator[PageAddress]:
    for pattern, is_named in _path_patterns():
        found = pattern.search(path)
        if found:
            number, end = found.group(1), (found.group(2) or "") if found.re.groups > 1 else ""
            written = found.group(0).removesuffix(end)
            yield PageAddress(path[: found.start()] + end + query, int(number), written, is_named)
            return


@cache
def _path_patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    words = "|".join(_names("word"))
    folder = re.compile(rf"/(?:{words})[/_-]?{_N}$", re.I)
    named = re.compile(rf"[-_,.](?:{words}|{'|'.join(_names('suffix'))})[-_]?{_N}{_END}", re.I)
    return (folder, True), (named, True), (_INDEX, True), (_BARE, False), (_FOLDER, False)


@cache
def _page_line() -> re.Pattern[str]:
    return re.compile("|".join(_spelt(name) for name in _names("line")))


@cache
def _title_tail() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(_spelt(name) for name in _names('tail'))})$")


def _spelt(line: str) -> str:
    """A line of the list as a pattern for folded words: `#` is a number, and spaces about it may lack."""
    return " ".join(fold(line.replace("#", "0")).split()).replace(" ", " ?").replace("0", _N)


@cache
def _names(kind: str) -> tuple[str, ...]:
    text = (files("dateline") / "data" / "page_numbers.csv").read_text("utf-8")
    return tuple(row["name"] for row in csv.DictReader(text.splitlines()) if row["kind"] == kind)
