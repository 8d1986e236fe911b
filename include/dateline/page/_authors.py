"""Who wrote an article, and who else is named for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..identity import fold
from ..model import Block, Pairs, Statement
from ..schema.outcomes import TEXT_ROLES
from ._lexicon import phrase_kind
from ._persons import agency_of, find_persons, find_roles
from ._stated import stated_values

PERSON_KEYS = ("author.Person", "author", "creator.Person", "creator")
META_KEYS = (
    "parsely-author", "sailthru.author", "author", "byl", "article:author", "article:author_name", "dc.creator",
    "dcterms.creator", "cXenseParse:author", "authors", "article.author", "twitter:data1",
)  # fmt: skip
_BY = re.compile(r"(?i)^\W*(?:by|written by|author|authors|posted by|reported by|story by|words by)\W*$")
_BY_NAME = re.compile(
    r"(?i)^\W*(?:by|written by|posted by|reported by|story by|words by|text by|reporting by|published by|compiled by|"
    r"analysis by|opinion by|review by|authors?|reporter|writer|correspondent)\b"
    r"|^(?-i:Von|Par|Por|Di|Door|Av|Af) [^\W\d_]"
)
MARKED_KEYS = ("author.name", "author")
_BY_INSIDE = re.compile(r"\bby (?=[^\W\d_a-z])")
LOOK_AROUND = 8
"""Bylines stand within so many blocks of headline and text."""


def find_authors(blocks: Sequence[Block], statements: Sequence[Statement], outlet: str | None) -> tuple[str, ...]:
    """Names of the writers: what JSON-LD states of the article, else the page's bylines, else other markup.

    >>> find_authors([Block(0, "By Ann Doe", role="byline", layer="article")], (), None)
    ('Ann Doe',)
    """
    own = fold(outlet)
    stated = _stated_persons(_of_article(statements), own)
    if stated:
        return stated
    meta = _stated_persons(stated_values(statements, *META_KEYS, source="meta"), own)
    printed = _printed_persons(blocks, own)
    if meta and (not printed or any(fold(p).startswith(fold(m)) for m in meta for p in printed)):
        return meta if len(meta) >= len(printed) else printed
    return printed or meta or _marked_persons(statements, own) or _named_alone(blocks, own)


def _of_article(statements: Sequence[Statement]) -> list[str]:
    """Authors in JSON-LD: of the items that are articles where any has one; pictures and comments have authors too."""
    articles = {s.item for s in statements if s.source == "json_ld" and s.key == "@type" and _is_article(s.value)}
    own = [s for s in statements if s.source == "json_ld" and s.item in articles]
    return stated_values(own, *PERSON_KEYS) or stated_values(statements, *PERSON_KEYS, source="json_ld")


def _is_article(types: str) -> bool:
    return any(name.endswith(("article", "posting", "report")) for name in types.casefold().split(","))


def _marked_persons(statements: Sequence[Statement], own: str) -> tuple[str, ...]:
    """Who microdata names as author; a link `rel=author` only where all of them name one person."""
    found = _stated_persons(stated_values(statements, *MARKED_KEYS, source="html_attribute"), own)
    if found:
        return found
    linked = _stated_persons(stated_values(statements, "rel=author", source="html_attribute"), own)
    return linked if len(linked) == 1 else ()


def _named_alone(blocks: Sequence[Block], own: str) -> tuple[str, ...]:
    """A name of a person that is a byline by itself, or with a date, between headline and text."""
    head = next((b.block_no for b in blocks if b.role == "headline"), None)
    text = next((b.block_no for b in blocks if b.kept and b.role in TEXT_ROLES), None)
    if head is None or text is None:
        return ()
    lines = {b.block_no for b in blocks[head + 1 : text] if b.role == "byline"}
    for block in blocks[head + 1 : text]:
        # Without markup the name has a line of its own, beside the line of the date.
        is_beside = block.role in ("navigation", "boilerplate") and not lines.isdisjoint(
            (block.block_no - 1, block.block_no + 1)
        )
        if (block.block_no in lines or is_beside) and len(block.text) <= 80 and not find_roles(block.text):
            found = find_persons(_without_outlet(block.text, own))
            names = [n for n in found if 1 < len(n.split()) <= 4 and fold(n) != own and phrase_kind(n) is None]
            if names and (block.block_no in lines or names == [block.text.strip()]):
                return tuple(names)
    return ()


def find_author_roles(blocks: Sequence[Block], statements: Sequence[Statement]) -> Pairs:
    """Editors, photographers and others that a labelled line or the markup names.

    >>> find_author_roles([Block(0, "Editor:Ann Doe", role="byline", layer="article")], ())
    (('Ann Doe', 'editor'),)
    """
    found: dict[tuple[str, str], None] = {}
    for block in blocks:
        if block.role in ("byline", "credit") and block.layer == "article":
            found.update(dict.fromkeys(find_roles(block.text)))
    for value in stated_values(statements, "editor.Person", "editor", source="json_ld"):
        found.update(dict.fromkeys((name, "editor") for name in find_persons(value)))
    for block in blocks:
        agency = agency_of(block.text) if block.role == "byline" and block.layer == "article" else None
        if agency:
            found[(agency, "agency")] = None
    return tuple(found)


def _stated_persons(values: Sequence[str], own: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values:
        if len(value) < 200:
            for name in find_persons(value, strict=False):
                if fold(name) != own:
                    found.setdefault(fold(name), name)
    return tuple(found.values())


def _without_outlet(text: str, own: str) -> str:
    """A byline without the outlet's name at its end, where nothing else separates it from the writer's."""
    words = text.split()
    n = len(own.split())
    return " ".join(words[:-n]) if 0 < n < len(words) and fold(" ".join(words[-n:])) == own else text


def _printed_persons(blocks: Sequence[Block], own: str) -> tuple[str, ...]:
    inside = [b.block_no for b in blocks if b.kept]
    if not inside:
        return _persons_of([b for b in blocks if b.role == "byline"], blocks, own)
    low, high = inside[0] - LOOK_AROUND, inside[-1] + LOOK_AROUND
    near = [b for b in blocks if low <= b.block_no <= high]
    return _persons_of(near, blocks, own)


def _persons_of(near: Sequence[Block], blocks: Sequence[Block], own: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for block in near:
        if _BY.search(block.text) and block.block_no + 1 < len(blocks):
            text = blocks[block.block_no + 1].text
        elif block.role == "byline" and _BY_NAME.search(block.text) and not find_roles(block.text):
            text = block.text
        elif block.role == "byline" and (inside := _BY_INSIDE.search(block.text)):
            text = block.text[inside.end() :]
        else:
            continue
        for name in find_persons(_without_outlet(text, own)) if len(text) < 200 else ():
            if fold(name) != own:
                found.setdefault(fold(name), name)
        if found:
            break
    return tuple(found.values())
