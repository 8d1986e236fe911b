"""Where a name begins and ends: without article, title, possessive and quotation marks."""

from __future__ import annotations

import re
from dataclasses import replace

from ._spans import Span, overlaps
from .gazetteer import listed_names
from .titles import is_title, skip_titles

ARTICLE = re.compile(r"(?:the|a|an) ", re.IGNORECASE)
LEADING = " \t\n\"'“”‘’„«»([,;:.-–—*"
TRAILING = ' \t\n"“”„«»([,;:!?-–—*&'
POSSESSIVE = re.compile(r"['’][sS]?$")
DOTTED = re.compile(r"(?:\b[A-Z]|Inc|Corp|Ltd|Co|Jr|Sr|Bros|St|D\.C)\.$")
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
"""The pipelines know English text: what they see in other scripts is chance."""

COMPANY_FORMS = frozenset(
    ("Inc", "Inc.", "LLC", "L.P.", "LP", "Ltd", "Ltd.", "Corp", "Corp.", "Co", "Co.", "PLC", "plc", "GmbH", "DJ")
)
GROUPS = re.compile(r" (?:family|families|clan|dynasty|brothers|sisters|administration|household)\b")
TRAILING_JUNK = re.compile(r" (?:and|or|of|the|in|on|at|for|to|by|with|from|[Pp]hotos?|[Ii]mage|[Vv]ideo)$")
SLASHED = re.compile(r"[^\W_]{3,}/[^\W_]{3,}")


def tidy(text: str, span: Span) -> Span | None:
    """The span with right boundaries, or None where no name is left.

    >>> text = "in the Ida Berg's house"
    >>> tidy(text, Span(3, 17, "PERSON"))
    Span(start=7, end=15, label='PERSON', origin='model')
    """
    start, end = _inside_one_block(text, span.start, span.end)
    start, end = _strip(text, start, end)
    if span.label == "PERSON":
        start = skip_titles(text, start, end)
    name = text[start:end]
    if len(name) < 2 or not LATIN.search(name) or name in COMPANY_FORMS or _is_no_name(text, name, end, span):
        return None
    return Span(start, end, span.label, span.origin)


def _inside_one_block(text: str, start: int, end: int) -> tuple[int, int]:
    line = text.find("\n", start, end)
    while line == start:
        start += 1
        line = text.find("\n", start, end)
    return start, end if line < 0 else line


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    before = None
    while before != (start, end) and start < end:
        before = start, end
        if text[start] in LEADING:
            start += 1
        article = ARTICLE.match(text, start, end)
        if article and text[start:end] not in listed_names():
            start = article.end()
        end = _strip_end(text, start, end)
    return start, end


def _strip_end(text: str, start: int, end: int) -> int:
    name = text[start:end]
    possessive = POSSESSIVE.search(name)
    if possessive and possessive.start():
        return start + possessive.start()
    junk = TRAILING_JUNK.search(name)
    if junk:
        return start + junk.start()
    if name and name[-1] in TRAILING:
        return end - 1
    if name.endswith(".") and not DOTTED.search(name):
        return end - 1
    if name.endswith((")", "]")) and name.count("(") + name.count("[") < name.count(")") + name.count("]"):
        return end - 1
    if "(" in name and ")" not in name:
        return start + name.index("(")
    return end


def _is_no_name(text: str, name: str, end: int, span: Span) -> bool:
    if span.label == "PERSON" and (GROUPS.match(text, end) or name.islower() or is_title(name)):
        return True
    if name.islower() and span.label not in ("NORP",):
        return True
    return span.label in ("ORG", "PERSON", "NORP") and is_title(name) and " " not in name


def _split_slashed(text: str, span: Span) -> list[Span]:
    """`Agency/Agency` is two names."""
    slash = SLASHED.search(text, span.start, span.end)
    if not slash or span.label not in ("ORG", "PERSON", "GPE"):
        return [span]
    cut = text.index("/", slash.start())
    return [replace(span, end=cut), replace(span, start=cut + 1)]


def tidy_all(text: str, spans: list[Span]) -> list[Span]:
    """All spans tidied, without those that are no names or that now overlap."""
    kept: list[Span] = []
    pieces = [piece for span in spans for piece in _split_slashed(text, span)]
    for span in sorted(filter(None, (tidy(text, span) for span in pieces)), key=lambda span: (span.start, -span.end)):
        if not overlaps(kept, span.start, span.end):
            kept.append(span)
    return kept
