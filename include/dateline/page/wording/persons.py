"""Names of persons out of bylines and author statements; organisations, addresses and labels stay out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ...identity import fold
from .byline import looks_like_name
from .lists import read_list

_LEAD = re.compile(
    r"(?i)^\W*(?:(?:exclusive|analysis|opinion|review|story|report|words|text|article|written|posted|reported|reporting|"
    r"compiled|published|edited|photographs?|photos?) )?"
    r"(?:by|from|authors?|byline|writer|reporter|editor|correspondent)\b ?[:：]?\s*"
    r"|^(?-i:Von|Par|Por|Di|Door|Av|Af) (?=\S+ \S)"
)
_ADDRESS = re.compile(
    r"(?i)\S+@\S+|https?://\S+|www\.\S+|(?:^|\s)@\w+|\b(?:follow|twitter|facebook|instagram|linkedin)\b.*$"
)
_SPLIT = re.compile(r"(?i)\s*(?:;|\||•|·|／|/|\n|&|,? and |,? with | und | et | y |,)\s*")
_MONTHS = r"jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_TAIL = re.compile(
    rf"(?i)\s+(?:(?:{_MONTHS})[a-z]*\.? \d.*|"
    r"(?:for|in|at|of|from|on|is|has|updated|published|posted|special to|[-–—]+)\b.*|[-–—(\[].*|\d.*)$"
)
_STAMP = re.compile(rf"(?i)^\W*(?:(?:{_MONTHS})[a-z]*\.? \d|\d{{1,2}} (?:{_MONTHS})|(?:19|20)\d\d\b)")
"""A date; what follows it in a line is the section or the number of comments."""
_GLUED = re.compile(r"[a-zà-ÿ]{4}[A-Z]")
"""Two words that lost the space between them; FitzGerald and MacDonald have fewer small letters before the capital."""
_CREDENTIALS = frozenset(
    ("phd", "md", "ma", "msc", "mba", "jr", "sr", "esq", "rn", "dphil", "cpa", "cfa", "ii", "iii", "iv")
)


def find_persons(text: str, strict: bool = True) -> list[str]:
    """Names in a byline or author statement, in order.

    `strict` wants at least two words a name, as in running bylines; a statement of markup may hold one.

    >>> find_persons("By Ann Doe and Bob van Roe, Harbour Daily Staff")
    ['Ann Doe', 'Bob van Roe']
    >>> find_persons("Doe, Ann"), find_persons("news@harbour.example"), find_persons("ANN DOE")
    (['Ann Doe'], [], ['Ann Doe'])
    """
    plain = _LEAD.sub("", _ADDRESS.sub(" ", text)).strip()
    found: dict[str, None] = {}
    parts = [p for p in _SPLIT.split(plain) if p]
    if (
        plain.count(",") == 1
        and len(parts) == 2
        and all(len(p.split()) == 1 and not is_organisation(p) for p in parts)
        and _is_name(" ".join(parts), True)
    ):
        parts = [" ".join(reversed(parts))]
    for part in parts[:12]:
        if found and _STAMP.search(part):
            break
        name = _clean(part)
        # One word is a name by itself only, not out of a list of words.
        if _is_name(name, strict or (len(parts) > 1 or len(part.split()) > 1)):
            found[_spell(name)] = None
    return list(found)


def find_roles(text: str) -> list[tuple[str, str]]:
    """Pairs of name and role that a labelled line gives.

    >>> find_roles("Editor:Ann Doe"), find_roles("By Ann Doe")
    ([('Ann Doe', 'editor')], [])
    """
    labels = _role_labels()
    plain = text[:200].strip()
    for end in (plain.find(":"), plain.find("："), plain.lower().find(" by ") + 3):
        role = labels.get(plain[:end].strip().casefold()) if end > 2 else None
        if role:
            return [(name, role) for name in find_persons(plain[end:].lstrip(":： "))]
    return []


def is_organisation(name: str) -> bool:
    """Whether a name is of an outlet, agency or desk rather than of a person.

    >>> is_organisation("Harbour Daily"), is_organisation("Reuters"), is_organisation("Ann Doe")
    (True, True, False)
    """
    return not not_name_words().isdisjoint(fold(name).split()) or fold(name) in _known_organisations()


def agency_of(text: str) -> str | None:
    """The news agency that a credit names, by its listed name.

    >>> agency_of("(AP)"), agency_of("Xinhua/Reuters Photo"), agency_of("Editor: Petra Doe")
    ('Associated Press', 'Xinhua', None)
    """
    names = _agencies()
    for part in _PARTS.split(text):
        words = part.split()
        # "Reuters Photo" credits an agency; the first name of an editor may be an agency's name too.
        credited = len(words) > 1 and fold(words[-1]) in not_name_words()
        for piece in (part.strip(), " ".join(words[:-1]) if credited else ""):
            if fold(piece) in names:
                return names[fold(piece)]
    return None


_PARTS = re.compile(r"[/|,;()\[\]]| - | via | and | in |: ?")


@cache
def _agencies() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in read_list("agencies"):
        for form in (row["name"], *row["aliases"].split("|")):
            if form:
                names.setdefault(fold(form), row["name"])
    return names


@cache
def not_name_words() -> frozenset[str]:
    """Folded words of bylines that no name of a person holds."""
    return frozenset(row["word"] for row in read_list("not_names"))


@cache
def _job_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_list("not_names") if row["kind"] == "job")


@cache
def _role_labels() -> dict[str, str]:
    return {row["label"]: row["role"] for row in read_list("role_labels")}


@cache
def _known_organisations() -> frozenset[str]:
    forms: Iterable[str] = (f for row in read_list("outlets") for f in (row["name"], *row["aliases"].split("|")) if f)
    return frozenset(map(fold, forms)) | frozenset(_agencies())


def _clean(part: str) -> str:
    words = _TAIL.sub("", part.strip(" .,:;-–—|()[]\"'“”*_®™")).split()
    while words and words[-1].strip(".").replace(".", "").casefold() in _CREDENTIALS and len(words) > 2:
        words.pop()
    if words and words[0].casefold().rstrip(".") in ("dr", "prof", "mr", "mrs", "ms"):
        words = words[1:]
    while len(words) > 2 and fold(words[-1]) in _job_words():
        words.pop()
    return " ".join(words).strip(" ,")


def _is_name(name: str, strict: bool) -> bool:
    n = len(name.split())
    if not name or n > 5 or len(name) > 60 or any(c.isdigit() for c in name):
        return False
    if n == 1 and (strict or not name[0].isupper() or name.isupper()) and name.isascii():
        return False
    if is_organisation(name) or (strict and _GLUED.search(name)):
        return False
    return looks_like_name(name)


def _spell(name: str) -> str:
    if not name.isupper():
        return name
    return " ".join(
        "-".join(p[:1] + p[1:].lower() if len(p) > 1 and "." not in p else p for p in w.split("-"))
        for w in name.split()
    )
