"""Which outlet published a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

import re2

from ..identity import fold
from ..model import Block, Statement
from ._lists import read_list
from ._stated import stated_values

_OWNER = re2.compile(
    r"(?i)(?:©|\(c\)|copyright)\W*(?:copyright\W*)?(?:(?:19|20)\d\d\W*(?:(?:-|–|to)\W*(?:19|20)\d\d\W*)?)?(?:by )?"
    r"([\p{Lu}][^.|,©]{1,60}?)(?: (?:(?:19|20)\d\d)|[.|,©]|\s+-|\s+all rights|$)"
)
_SOURCE = re2.compile(r"(?i)^\W*(?:source|from|via) ?[:：] ?([^|,]{2,40})")
_COMPANY = re2.compile(r"(?i),? (?:inc|llc|lllp|lp|ltd|limited|plc|corp|co|company|gmbh|ag|group|media)\b\.?.*$")
MASTHEAD_BLOCKS = 15


def find_outlet(blocks: Sequence[Block], statements: Sequence[Statement], url: str | None) -> str | None:
    """Name of the outlet: publisher stated, else the domain's, else a source line, copyright owner or masthead.

    A listed outlet is called by its listed name.

    >>> find_outlet([Block(0, "© 2005 Cable News Network LP, LLLP.", layer="shell")], (), None)
    'CNN'
    >>> find_outlet([Block(0, "Source: CCTV.com | 07-03-2007", role="byline", layer="article")], (), None)
    'CCTV'
    """
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    listed = _by_domain(host)
    if listed:
        return listed
    for value in stated_values(
        statements, "og:site_name", "publisher.name", "publisher", "application-name", "copyright"
    ):
        if len(value) < 60 and "://" not in value:
            return _listed(value) or _strip_domain(value)
    for text in _printed(blocks):
        name = _listed(text)
        if name:
            return name
    return next(iter(_owners(blocks)), None) or (_name_of_host(host) if host else None)


def _printed(blocks: Sequence[Block]) -> list[str]:
    """What the page prints that may name it, surest first."""
    sources = [m.group(1).strip() for b in blocks if b.role == "byline" and (m := _SOURCE.search(b.text))]
    masthead = [b.text for b in blocks[:MASTHEAD_BLOCKS] if b.layer == "shell" and len(b.text.split()) <= 5]
    heads = [" ".join(text.split()[:n]) for text in masthead for n in (5, 4, 3, 2, 1)]
    return sources + _owners(blocks) + heads


def _owners(blocks: Sequence[Block]) -> list[str]:
    found = []
    for block in blocks:
        owner = _OWNER.search(block.text[:300]) if block.layer in ("shell", "rail", "unknown") else None
        if owner:
            found.append(owner.group(1).strip())
    return found


def _listed(name: str) -> str | None:
    forms = _forms()
    bare = _COMPANY.sub("", name)
    for form in (fold(name), fold(bare), fold(_strip_domain(name))):
        if form in forms:
            return forms[form]
    return None


def _strip_domain(name: str) -> str:
    return name.removesuffix(".com").removesuffix(".org").strip()


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in read_list("outlets"):
        for form in (row["name"], row["domain"], *row["aliases"].split("|")):
            # A single letter or a word that other outlets use as well is no name to go by.
            if len(form) > 2 or form.isupper():
                forms.setdefault(fold(form), row["name"])
    return forms


@cache
def _domains() -> dict[str, str]:
    found = {}
    for row in read_list("outlets"):
        for domain in (row["domain"], *row["aliases"].split("|")):
            if "." in domain and " " not in domain:
                found[domain.casefold()] = row["name"]
    return found


def _by_domain(host: str) -> str | None:
    labels = host.casefold().split(".")
    for start in range(len(labels) - 1):
        name = _domains().get(".".join(labels[start:]))
        if name:
            return name
    return None


def _name_of_host(host: str) -> str:
    return host.casefold()
