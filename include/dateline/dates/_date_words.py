"""What the words beside a date and the keys of metadata say about it: published, modified, created or other."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import re2

from ._calendar_words import fold_word

_MODIFIED = re2.compile(r"modif|updat|revis|edited|chang")
_OTHER = re2.compile(
    r"expir|start|end|valid|birth|found|event|comment|access|render|current|now$|today|copyright|avail"
)
_CREATED = re2.compile(r"creat|upload")
_PUBLISHED = re2.compile(r"publi|posted|issued|pub-?date|displaydate|pubtime|release")
_DATED = re2.compile(r"date|time|_at$|_on$|\bat$|published$|issued$")
_WORDS = re2.compile(r"[^\s:：|•·,()\[\]\-–—/<>]+")

LABEL_REACH = 60
"""Characters before a date in which its label is looked for: 'Published on Tuesday by A. N. Author, ' is 38 long."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words that say what a date is; offsets are based on the text given."""

    text: str
    meaning: str
    start: int
    end: int


def key_meaning(key: str) -> str | None:
    """Meaning of a metadata key: published, created, modified, other; None where it names no date.

    Known keys come from the list; unknown ones are judged by the words in them.

    >>> key_meaning("article:published_time"), key_meaning("x-last-update-date"), key_meaning("keywords")
    ('published', 'modified', None)
    """
    key = key.strip().lower()
    listed = _keys().get(key)
    if listed:
        return listed
    if not _DATED.search(key):
        return None
    for pattern, meaning in (
        (_MODIFIED, "modified"),
        (_OTHER, "other"),
        (_CREATED, "created"),
        (_PUBLISHED, "published"),
    ):
        if pattern.search(key):
            return meaning
    return None


def find_label(text: str) -> Label | None:
    """The last label in a text that ends where a date begins; longer labels win over the words in them.

    Languages share words ("data", "update"); as far as they do, they mean the same.

    >>> find_label("Aktualisiert am ").meaning, find_label("By A. Writer | Posted on ").meaning, find_label("In ")
    ('modified', 'published', None)
    """
    labels, longest = _labels()
    begin = max(0, len(text) - LABEL_REACH)
    words = [(m.start() + begin, m.end() + begin) for m in _WORDS.finditer(text[begin:])]
    for last in range(len(words), 0, -1):
        for first in range(max(0, last - longest), last):
            start, end = words[first][0], words[last - 1][1]
            meaning = labels.get(" ".join(fold_word(text[s:e]) for s, e in words[first:last]))
            if meaning:
                return Label(text[start:end], meaning, start, end)
    return None


@cache
def _keys() -> dict[str, str]:
    text = (files("dateline") / "data" / "date_keys.csv").read_text("utf-8")
    return {row["key"]: row["meaning"] for row in csv.DictReader(text.splitlines())}


@cache
def _labels() -> tuple[dict[str, str], int]:
    """Folded label to meaning, and the most words a label has."""
    text = (files("dateline") / "data" / "date_labels.csv").read_text("utf-8")
    labels: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        key = " ".join(fold_word(word) for word in row["label"].split())
        labels.setdefault(key, row["meaning"])
    return labels, max(len(key.split()) for key in labels)
