"""Places of a page that name its outlet: title, masthead, copyright line, source line, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2

from ...identity import fold
from ...model import Block, Statement
from ...schema.outcomes import TEXT_ROLES
from ..flatten.stated import stated_values
from ..wording.lexicon import phrase_kind
from ..wording.persons import agency_of

STATED_KEYS = ("og:site_name", "publisher.name", "publisher", "application-name", "copyright")
"""Keys of markup that state the outlet, surest first."""
MASTHEAD_BLOCKS = 15
TOP_BLOCKS = 3
MASTHEAD_WORDS = 6
MAX_NAME = 60
MAX_WITNESSES = 100
"""Every candidate is looked up in every place, so a page of a thousand notices is cut off here."""

_OWNER = re2.compile(
    r"(?i:©|\(c\)|copyright|\bcopr\.?)\W*(?i:copyright\W*|\(c\)\W*)*(?:(?:19|20)\d\d\W*(?:(?:-|–|to)\W*(?:19|20)\d\d\W*)?)?"
    r"(?i:all rights reserved\W*)?(?:by )?([\p{Lu}\p{Lo}][^.|,©]{1,60}?)"
    r"(?: (?:(?:19|20)\d\d)|[.|,©]|\s+-|\s+(?i:all rights|powered by|and affiliated|or its)|$)"
)
_LEGAL_FORM = re2.compile(
    r"(?:,? (?:[Ii]nc|INC|LLC|LLLP|LP|L\.P|[Ll]td|LTD|[Ll]imited|[Pp]lc|PLC|[Cc]orp|Corporation|Co|Company|"
    r"GmbH|AG|KG|SE|S\.?A|S\.?p\.?A|S\.?r\.?l|SAS|SARL|AS|A/S|P/S|ASA|AB|Oyj?|B\.?V|N\.?V|Pty|Pvt|e\.?V)\b\.?)+$"
)
_SOURCE = re2.compile(r"(?i)^\W*(?:source|from|via) ?[:：] ?([^|,]{2,40})")
_DOMAIN = re2.compile(r"(?i)\b(?:[a-z0-9-]{2,40}\.)+[a-z]{2,12}\b")
_DOMAIN_ONLY = re2.compile(r"(?i)^(?:[a-z0-9-]{2,40}\.)+[a-z]{2,12}$")
_ADDRESS = re2.compile(r"(?i)[a-z0-9._+-]{1,40}@((?:[a-z0-9-]{2,40}\.)+[a-z]{2,12})")
_STAFF = re2.compile(r"(?i)\b(?:staff|writer|reporter|correspondent|bureau|photo)\b")
_BREAK = re2.compile(r"\s+[|\-–—·•»«›~/]+\s+|\s*[|»›_｜＿]\s*")
_SEPARATOR = re.compile(r"[|\-–—·•»«›~/_｜＿]")
_COLON = re2.compile(r":\s+")


@dataclass(frozen=True, slots=True)
class Witness:
    """One place that names the outlet: the kind of place, the words there, and what they count.

    `is_whole` tells that the words may be the whole name; others only support a name that they hold. `words` is the
    text folded, with a space at both ends; `label` the longest part of a host's name without its hyphens, else None.
    """

    kind: str
    text: str
    weight: float
    is_whole: bool = True
    words: str = ""
    label: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", f" {fold(self.text)} ")
        if is_domain(self.text):
            object.__setattr__(self, "label", max(self.text.split(".")[:-1], key=len).replace("-", ""))


def find_witnesses(blocks: Sequence[Block], statements: Sequence[Statement], host: str) -> list[Witness]:
    """All places of a page that may name its outlet, surest kinds first.

    >>> shell = Block(0, "© 2005 Harbour Daily Ltd. All rights reserved.", layer="shell")
    >>> [(w.kind, w.text) for w in find_witnesses([shell], (), "")]
    [('copyright', 'Harbour Daily')]
    """
    found = [Witness("host", host, 0.75, is_whole=False)] if host else []
    found += [*_titles(blocks, statements), *_sources(blocks), *_mastheads(blocks)]
    found += [*_owners(blocks), *_supporters(blocks)]
    return list(dict.fromkeys(found))[:MAX_WITNESSES]


def stated_names(statements: Sequence[Statement]) -> list[str]:
    """Names that markup states for the outlet, surest first, without legal forms, addresses and account names."""
    values = stated_values(statements, *STATED_KEYS)
    return [strip_legal_form(v) for v in values if len(v) < MAX_NAME and "://" not in v and "@" not in v]


def split_name(text: str) -> list[str]:
    """The parts of a name or title between separators.

    >>> split_name("Harbour Daily | Morning news")
    ['Harbour Daily', 'Morning news']
    """
    # Most names have no separator, and a split costs a hundred times as much as a look.
    return [part for part in (_BREAK.split(text) if _SEPARATOR.search(text) else (text,)) if part]


def is_domain(text: str) -> bool:
    """Whether a text is the name of a host and nothing else.

    >>> is_domain("harbour.example"), is_domain("Harbour Daily")
    (True, False)
    """
    return "." in text and bool(_DOMAIN_ONLY.search(text))


def strip_legal_form(name: str) -> str:
    """A name without the legal form of the company behind it.

    >>> strip_legal_form("Harbour Daily Ltd."), strip_legal_form("Harbour Media AS"), strip_legal_form("Las Vegas Sun")
    ('Harbour Daily', 'Harbour Media', 'Las Vegas Sun')
    """
    return _LEGAL_FORM.sub("", name.strip()).strip(" ,&") or name


def _titles(blocks: Sequence[Block], statements: Sequence[Statement]) -> Iterator[Witness]:
    headline = fold(next((b.text for b in blocks if b.role == "headline"), None))
    for title in stated_values(statements, "title", "og:title"):
        parts = split_name(title)
        for no, part in enumerate(parts):
            if len(part.split()) <= MASTHEAD_WORDS and fold(part) not in headline:
                is_last = no == len(parts) - 1
                yield Witness("title", part, 1.0 if is_last else 0.6, len(parts) > 1 or not headline)
        lead = _COLON.split(title, 1)[0] if ":" in title else title
        if lead != title and len(lead.split()) <= MASTHEAD_WORDS and fold(title).endswith(headline):
            yield Witness("title", lead, 0.6)


def _sources(blocks: Sequence[Block]) -> Iterator[Witness]:
    for block in blocks:
        match = _SOURCE.search(block.text) if block.role == "byline" else None
        if match and not agency_of(match.group(1)):
            yield Witness("source", match.group(1).strip(), 1.5)


def _mastheads(blocks: Sequence[Block]) -> Iterator[Witness]:
    top = 0
    for block in blocks[:MASTHEAD_BLOCKS]:
        text = block.text
        if block.role == "headline" or block.kept:
            return
        parts = dict.fromkeys((text, _COLON.split(text)[0] if ":" in text else text, *split_name(text)[:1]))
        short = [part for part in parts if len(part.split()) <= MASTHEAD_WORDS and not phrase_kind(part)]
        if block.layer != "shell" or not short:
            continue
        top += 1
        for part in short:
            yield Witness("masthead", part, 1.0 if top <= TOP_BLOCKS else 0.4)


def _owners(blocks: Sequence[Block]) -> Iterator[Witness]:
    last = max((b.block_no for b in blocks if b.kept and b.role in TEXT_ROLES), default=-1)
    for block in blocks:
        if block.layer in ("shell", "rail", "unknown") or (block.block_no > last and block.text[:1] in "©(C"):
            head = block.text[:300]
            folded = head.casefold()
            # Each branch of the pattern's beginning holds one of these.
            is_likely = "©" in folded or "cop" in folded or "(c)" in folded
            match = _OWNER.search(head) if is_likely else None
            if match:
                # Wire copy carries its agency's notice on the pages of every client.
                yield Witness("copyright", strip_legal_form(match.group(1)), 0.3 if agency_of(match.group(1)) else 1.0)


def _supporters(blocks: Sequence[Block]) -> Iterator[Witness]:
    for block in blocks:
        if block.role in TEXT_ROLES or len(block.text) > 200:
            continue
        if block.role in ("byline", "credit", "caption") and _STAFF.search(block.text):
            yield Witness("staff", block.text, 0.5, is_whole=False)
        for address in _ADDRESS.findall(block.text) if "@" in block.text else ():
            yield Witness("address", address, 0.5, is_whole=False)
        if block.role == "byline":
            for domain in _DOMAIN.findall(block.text):
                yield Witness("host", domain, 0.5, is_whole=False)
        elif block.layer == "shell" and " the " in block.text:
            yield Witness("mention", block.text, 0.5, is_whole=False)
