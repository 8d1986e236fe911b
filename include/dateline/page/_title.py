"""The headline of an article, reconciled from markup and page, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..identity import fold
from ..model import Block, Statement
from ._stated import stated_values

_COLON = re.compile(r":\s+")
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«›:~/]+\s+|\s*[|»›_｜＿]\s*")
MAX_SUFFIX_WORDS = 7
SECTION_WORDS = 2


def find_title(blocks: Sequence[Block], statements: Sequence[Statement], outlet: str | None) -> str | None:
    """Title of the article: og:title, JSON-LD headline, the headline's block and <title> reconciled.

    What another source gives without a suffix is taken without it; in plain text the headline's block is all.

    >>> blocks = [Block(0, "River floods town", role="headline", layer="article")]
    >>> find_title(blocks, [Statement("meta", "og:title", "River floods town | Harbour Daily")], "Harbour Daily")
    'River floods town'
    """
    printed = next((strip_marks(b.text) for b in blocks if b.role == "headline"), None)
    stated = [v for v in stated_values(statements, "og:title", "headline", "twitter:title", "title") if len(v) < 300]
    if printed:
        stated = [v for v in stated if not _names_site(v, outlet, fold(printed))]
    if not stated:
        return printed
    plain = {fold(v) for v in (*stated, printed or "") if v}
    stripped = [strip_suffix(value, plain, outlet) for value in stated]
    if printed and any(fold(printed) == fold(value) for value in stripped):
        return printed
    return stripped[0]


def strip_marks(text: str) -> str:
    """A headline without list and heading marks of a plain-text rendering.

    >>> strip_marks("# River floods town #")
    'River floods town'
    """
    return text.strip("#*_ ").strip() or text


def strip_suffix(title: str, plain: set[str], outlet: str | None) -> str:
    """The title without the name of site or section behind (or before) a separator.

    `plain` are folded titles from other places of the page: what is left counts as right if it is one of them.

    >>> strip_suffix("River floods town - World - Harbour Daily", set(), "Harbour Daily")
    'River floods town - World'
    >>> strip_suffix("Harbour Daily: River floods town", set(), "The Harbour Daily")
    'River floods town'
    """
    colon = _COLON.search(title)
    if colon and outlet and _bare(title[: colon.start()]) == _bare(outlet):
        return title[colon.end() :].strip()
    cuts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(title)]
    for start, _ in cuts:
        if fold(title[:start]) in plain and fold(title[:start]):
            return title[:start].strip()
    for _, end in cuts:
        if fold(title[end:]) in plain and len(title[end:].split()) >= 4:
            return title[end:].strip()
    if cuts and outlet:
        start, end = cuts[-1]
        tail, head, own = fold(title[end:]), fold(title[: cuts[0][0]]), fold(outlet)
        if _is_outlet(tail, own):
            return title[:start].strip()
        if _is_outlet(head, own):
            return title[cuts[0][1] :].strip()
    return title


def _names_site(title: str, outlet: str | None, printed: str) -> bool:
    """Whether a stated title holds the outlet's name and a section at most, so that the page's headline tells more."""
    parts = [fold(part) for part in _SEPARATOR.split(title) if part]
    if not outlet or printed in parts:
        return False
    others = [part for part in parts if not _is_outlet(part, fold(outlet))]
    return len(others) < len(parts) and all(len(part.split()) <= SECTION_WORDS for part in others)


def _bare(name: str) -> str:
    return fold(name).removeprefix("the ")


def _is_outlet(text: str, own: str) -> bool:
    bare, name = text.replace(" ", ""), own.replace(" ", "").removeprefix("the")
    return bool(name) and len(text.split()) <= MAX_SUFFIX_WORDS and (name in bare or bare == "the" + name)
