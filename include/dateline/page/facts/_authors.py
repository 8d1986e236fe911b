"""Who wrote an article, and who else is named for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ...identity import fold
from ...model import Block, Pairs, Statement
from ..flatten.stated import stated_values
from ..wording.persons import agency_of, find_persons, find_roles
from ._name_lines import find_name_line, is_all_names, small_words
from .outlets import is_listed

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
_TOLD = re.compile(
    r"(?i)^\W*(?:this|the following) (?:guest )?(?:post|article|story|piece|column|report|essay) (?:was|is) "
    r"(?:originally )?(?:written|reported|contributed|authored) by (?=[^\W\d_])"
)
"""A sentence of its own that names the writer."""
MARKED_KEYS = ("author.name", "author")
_BY_INSIDE = re.compile(r"\bby (?=[^\W\d_a-z])")
_PROFILE = re.compile(r"(?i)^https?://[^/]+/(?:[^?#]*/)?(?:authors?|by|people|profiles?|staff|writers?|contributors?)/"
                      r"([a-z]+(?:-[a-z]+){1,3})/?(?:[?#]|$)")  # fmt: skip
NEXT_BYLINE = 2
"""Two writers may have a line each, one below the other; a byline further down is another story's."""
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
    found = printed or meta or _marked_persons(statements, own) or _from_addresses(blocks, statements)
    return found or find_name_line(blocks, own) or _owner(blocks, statements, outlet)


def _of_article(statements: Sequence[Statement]) -> list[str]:
    """Authors in JSON-LD: of the items that are articles where any has one; pictures and comments have authors too."""
    articles = {s.item for s in statements if s.source == "json_ld" and s.key == "@type" and _is_article(s.value)}
    own = [s for s in statements if s.source == "json_ld" and s.item in articles]
    return stated_values(own, *PERSON_KEYS) or stated_values(statements, *PERSON_KEYS, source="json_ld")


def _is_article(types: str) -> bool:
    return any(name.endswith(("article", "posting", "report")) for name in types.casefold().split(","))


def _marked_persons(statements: Sequence[Statement], own: str) -> tuple[str, ...]:
    """Who microdata names as author; a link `rel=author` only where all of them name one person."""
    for key in MARKED_KEYS:
        found = _stated_persons(stated_values(statements, key, source="html_attribute"), own)
        if found:
            return found
    linked = _stated_persons(stated_values(statements, "rel=author", source="html_attribute"), own)
    return linked if len(linked) == 1 else ()


def _owner(blocks: Sequence[Block], statements: Sequence[Statement], outlet: str | None) -> tuple[str, ...]:
    """The writer of a site that is called by the writer's name: two or three words, none of them a common one."""
    if not outlet or is_listed(outlet) or not 2 <= len(outlet.split()) <= 3:
        return ()
    stated = [*_of_article(statements), *stated_values(statements, *META_KEYS, source="meta")]
    printed = [b.text[match.end() :] for b in blocks if b.role == "byline" and (match := _BY_NAME.search(b.text))]
    named = [name for text in (*stated, *printed) if len(text) < 200 for name in find_persons(text)]
    own = next((name for name in named if fold(name) == fold(outlet)), None)
    return (own,) if own and is_all_names(own, small_words(blocks)) else ()


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
            # A name typed in small letters is a name still; an account's name has no space.
            spelled = value.title() if value.islower() and value.replace(" ", "").isalpha() and " " in value else value
            for name in find_persons(spelled, strict=False):
                _add(found, name, own)
    return tuple(found.values())


def _add(found: dict[str, str], name: str, own: str) -> None:
    """Add a name that is not the outlet's; of two spellings of one name the one with its accents stays."""
    key = "".join(c for c in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(c))
    if fold(name) != own and (key not in found or (found[key].isascii() and not name.isascii())):
        found[key] = name


def _from_addresses(blocks: Sequence[Block], statements: Sequence[Statement]) -> tuple[str, ...]:
    """Writers whose own pages the markup links as the author, spelled as the page prints them near its headline."""
    urls = [*_of_article(statements), *stated_values(statements, *META_KEYS)]
    slugs = {match[1].replace("-", " ").casefold() for url in urls if (match := _PROFILE.search(url))}
    if not slugs:
        return ()
    found = {fold(b.text): b.text for b in blocks if len(b.text) <= 60 and fold(b.text) in slugs}
    return tuple(name for text in found.values() for name in find_persons(text))


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
    last = 0
    for block in near:
        if _BY.search(block.text) and block.block_no + 1 < len(blocks):
            text = blocks[block.block_no + 1].text
        elif block.role == "byline" and _BY_NAME.search(block.text) and not find_roles(block.text):
            text = block.text
        elif block.role == "byline" and (inside := _BY_INSIDE.search(block.text)):
            text = block.text[inside.end() :]
        elif len(block.text) < 200 and (told := _TOLD.search(block.text)):
            text = block.text[told.end() :]
        else:
            continue
        if found and block.block_no - last > NEXT_BYLINE:
            break
        for name in find_persons(_without_outlet(text, own)) if len(text) < 200 else ():
            _add(found, name, own)
            last = block.block_no
    return tuple(found.values())
