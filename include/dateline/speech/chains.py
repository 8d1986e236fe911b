"""Through whose hands a quotation came: the links between its speaker and the outlet."""

from __future__ import annotations

import re

from ..identity import fold
from ..model import Name, QuoteSource
from ._context import Context
from ._words import any_of, words
from .attribution import Attribution
from .speakers import head_kind

DOCUMENT_OF = re.compile(
    rf"(?:[\w'’-]+ ){{0,4}}?({any_of('issued_document')})"
    r"(?: (?:issued|released|published|posted|distributed|carried|sent))? (?:from|by) (?:the )?"
)
TOLD = re.compile(r"(?:, [^,]{1,80},)? (?:also |later |has |had |earlier )?(?:told|tells|telling) (?:the )?")
MEDIA_TAIL = re.compile(r"(?:'s)? (?:news|agency|television|TV|radio|newspaper|magazine|channel)\b", re.IGNORECASE)


def split_issuer(context: Context, start: int, end: int) -> tuple[int, int, int] | None:
    """Where a document's phrase ends, and the phrase of who issued it: `a statement | from | the ministry`.

    Returns (end of the document's words, start and end of the issuer), or None.
    """
    text = context.text
    match = DOCUMENT_OF.match(text, start, end)
    if not match or head_kind(match.group()) != "document" or match.end() >= end:
        return None
    return match.end(1), match.end(), end


def find_sources(context: Context, attribution: Attribution, outlet: str | None) -> tuple[QuoteSource, ...]:
    """The chain of one attribution, nearest link first; neither the speaker nor the outlet is in it.

    Links are who issued the document that speaks, whom the speaker told, and who quoted it.
    """
    links: list[tuple[int, int, str | None]] = []
    issuer = split_issuer(context, attribution.start, attribution.end)
    if issuer:
        links.append((issuer[1], issuer[2], None))
    told = _told(context, attribution)
    if told:
        links.append((told[0], told[1], "told"))
    links += attribution.relays
    own = fold(outlet)
    kept = [link for link in links if not _is_outlet(context.text[link[0] : link[1]], own)]
    return tuple(
        QuoteSource(hop, context.text[start:end], _cluster(context, start, end), cue)
        for hop, (start, end, cue) in enumerate(kept, 1)
    )


def _is_outlet(text: str, outlet: str) -> bool:
    name = fold(text).removeprefix("the ")
    return bool(outlet) and (name == outlet or outlet in (name.partition(" ")[0], name.removesuffix(" news")))


def _cluster(context: Context, start: int, end: int) -> int | None:
    names: list[Name] = [name for name in context.names_in(start, end) if name.label in ("PERSON", "ORG", "GPE", "FAC")]
    return names[0].cluster_no if len({name.cluster_no for name in names}) == 1 else None


def _told(context: Context, attribution: Attribution) -> tuple[int, int] | None:
    """The news organisation that a speaker told it: `X told the Norland Times`."""
    if attribution.cue not in ("told", "tells", "telling"):
        return None
    text = context.text
    verb = TOLD.match(text, attribution.end)
    hearer = next((name for name in context.names_in(verb.end(), len(text))), None) if verb else None
    if verb is None or hearer is None or hearer.start_char != verb.end() or hearer.label != "ORG":
        return None
    is_media = MEDIA_TAIL.match(text, hearer.end_char) or is_media_name(hearer.text)
    return (hearer.start_char, hearer.end_char) if is_media else None


def is_media_name(name: str) -> bool:
    """Whether a name is told as a news organisation's by one of its words, or is one itself.

    >>> is_media_name("Norland Times"), is_media_name("Parliament")
    (True, False)
    """
    listed = words("media")
    return name in listed or any(word.lower() in listed for word in name.split())
