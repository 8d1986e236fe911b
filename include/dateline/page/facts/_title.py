"""The headline of an article, reconciled from markup and page, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...identity import fold
from ...model import Block, Statement
from ..flatten.stated import stated_values
from ._outlet_witnesses import is_domain
from .outlets import is_listed

_COLON = re.compile(r":\s+")
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«›:~/]+\s+|\s*[|»›_｜＿]\s*")
_KICKER = re.compile(
    r"(?i)^(?:opinion|analysis|editorial|comment|live|watch|video|exclusive|breaking(?: news)?)\s*[|｜]\s+"
)
"""Kinds of story that sites set before a headline with a bar; with a colon they are the headline's own words."""
MAX_SUFFIX_WORDS = 7
SECTION_WORDS = 2
LABELLED_SPACES = 3
"""A headline of fewer than four words may be the end of a longer one that has a colon."""
APART = ("og:title", "headline", "title")
"""Statements that sites fill in apart; twitter:title is mostly a copy of og:title."""
ABRIDGED_WORDS = 5
"""Fewer words than this are a label of the story, not its headline made shorter."""


def find_title(blocks: Sequence[Block], statements: Sequence[Statement], outlet: str | None) -> str | None:
    """Title of the article: og:title, JSON-LD headline, the headline's block and <title> reconciled.

    What another source gives without a suffix is taken without it; in plain text the headline's block is all.

    >>> blocks = [Block(0, "River floods town", role="headline", layer="article")]
    >>> find_title(blocks, [Statement("meta", "og:title", "River floods town | Harbour Daily")], "Harbour Daily")
    'River floods town'
    >>> blocks = [Block(0, "River floods the town", role="headline", layer="article")]
    >>> find_title(blocks, [Statement("title", "title", "Harbour Daily: World: River floods the town")], None)
    'River floods the town'
    """
    printed = next((strip_marks(b.text) for b in blocks if b.role == "headline"), None)
    stated = [v for v in stated_values(statements, "og:title", "headline", "twitter:title", "title") if len(v) < 300]
    if printed:
        stated = [_without_label(v, printed) for v in stated if not _names_site(v, outlet, fold(printed))]
    if not stated:
        return printed
    plain = {fold(v) for v in (*stated, printed or "") if v}
    stripped = [strip_suffix(value, plain, outlet) for value in stated]
    if not printed:
        return next((value for value in stripped if not _is_cut(value, stripped)), stripped[0])
    if _is_news(statements, outlet) and _abridges(stripped[0], printed):
        return stripped[0]
    if any(fold(printed) == fold(value) for value in stripped) or _is_cut(stripped[0], [printed]):
        return printed
    # Where the markup agrees on other words than the page they are its title; where it does not, the page decides.
    apart = [fold(strip_suffix(v, plain, outlet)) for key in APART for v in stated_values(statements, key)[:1]]
    return printed if len(set(apart)) == len(apart) > 1 else stripped[0]


def _without_label(title: str, printed: str) -> str:
    """The printed headline where a title is that, behind a colon and the names of site or section."""
    is_labelled = title.casefold().endswith(f": {printed.casefold()}") and printed.count(" ") >= LABELLED_SPACES
    return printed if is_labelled else title


def _is_news(statements: Sequence[Statement], outlet: str | None) -> bool:
    """Whether a newsroom made the page: a listed outlet, or markup that types a news article."""
    return is_listed(outlet) or any("newsarticle" in value.casefold() for value in stated_values(statements, "@type"))


def _abridges(short: str, long: str) -> bool:
    """Whether one title is the other with words left out, and still holds two thirds of them.

    Newsrooms shorten a headline for sharing and cite the story by it; a title in other words is another title, made
    for a search engine or a social network, and the headline stands.
    """
    kept, words = fold(short).split(), iter(fold(long).split())
    n_long = len(fold(long).split())
    return ABRIDGED_WORDS <= len(kept) < n_long <= 1.5 * len(kept) and all(word in words for word in kept)


def _is_cut(title: str, others: Sequence[str]) -> bool:
    """Whether a title breaks off where another one goes on: after dots, or inside a word."""
    plain = title.rstrip(".… ")
    return any(
        other != title and other.startswith(plain) and (plain != title or other[len(plain) : len(plain) + 1].isalnum())
        for other in others
    )


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
    >>> strip_suffix("River floods town | harbour.example", set(), None), strip_suffix("Opinion | Dry out", set(), None)
    ('River floods town', 'Dry out')
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
    if cuts and is_domain(title[cuts[-1][1] :]):
        return title[: cuts[-1][0]].strip()
    return _KICKER.sub("", title) or title


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
