"""Paragraphs with marked names, read for quotations without any model."""

from __future__ import annotations

from dateline.model import Block, Name, Quote
from dateline.speech import find_quotes

NAMES = {
    "Ida Berg": ("PERSON", 1),
    "Berg": ("PERSON", 1),
    "Rui Carvalho": ("PERSON", 2),
    "Carvalho": ("PERSON", 2),
    "Oslo": ("GPE", 3),
    "Norway": ("GPE", 4),
    "Sweden": ("GPE", 5),
    "Nordpress": ("ORG", 6),
    "Arctic Council": ("ORG", 7),
    "Harbour Times": ("ORG", 8),
    "Ministry of Fisheries": ("ORG", 9),
    "Martin Okafor Jr.": ("PERSON", 10),
}
TITLES = {"Ida Berg": "Foreign Minister"}


def quotes_in(*paragraphs: str, outlet: str | None = None, roles: dict[int, str] | None = None) -> tuple[Quote, ...]:
    """Quotations of paragraphs in which the names of NAMES are marked wherever they stand."""
    blocks, names = [], []
    for number, text in enumerate(paragraphs):
        blocks.append(Block(number, text, role=(roles or {}).get(number, "body"), kept=True))
        names += mark_names(number, text)
    return find_quotes(blocks, names, [], outlet)


def mark_names(number: int, text: str) -> list[Name]:
    found: list[Name] = []
    for words in sorted(NAMES, key=len, reverse=True):
        label, cluster = NAMES[words]
        at = text.find(words)
        while at >= 0:
            if not any(name.start_char <= at < name.end_char for name in found):
                found.append(Name(number, at, at + len(words), words, label, cluster, TITLES.get(words)))
            at = text.find(words, at + 1)
    return sorted(found, key=lambda name: name.start_char)
