"""Through whose hands a quotation came: the links between its speaker and the outlet."""

from __future__ import annotations

import re
from ..identity import fold
from ..model import Name, QuoteSource
from ._context import Context
from .attribution import Attribution
from .speakers import head_kind

ISSUE_WORDS = frozenset(
    (
        "statement",
        "release",
        "communiqué",
        "communique",
        "report",
        "letter",
        "memo",
        "document",
        "declaration",
        "announcement",
    )
)
DOCUMENT_OF = re.compile(
    r"(?:[\w'’-]+ ){0,4}?(?:statements?|communiqués?|communiques?|releases?|reports?|letters?|memos?|documents?|declarations?|announcements?)(?: (?:issued|released|published|posted|distributed|carried|sent))? (?:from|by) (?:the )?"
)
MEDIA_TAIL = re.compile(
    r"(?:'s| news| agency| television| TV| radio| newspaper| magazine| channel| reporters?)+", re.IGNORECASE
)


def split_issuer(context: Context, start: int, end: int) -> tuple[int, int, int] | None:
    """Where a document's phrase ends, and the phrase of who issued it: `a statement | from | the ministry`.

    Returns (end of the document's words, start and end of the issuer), or None.
    """
    text = context.block.text
    match = DOCUMENT_OF.match(text, start, end)
    if not match or head_kind(match.group()) != "document" or match.end() >= end:
        return None
    words = match.group().split()
    cut = next(
        i for i, word in enumerate(words) if word.lower().rstrip("s") in ISSUE_WORDS or word.lower() in ISSUE_WORDS
    )
    document_end = start + len(" ".join(words[: cut + 1]))
    return document_end, match.end(), end


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
    kept = [link for link in links if not _is_outlet(context.block.text[link[0] : link[1]], own)]
    return tuple(
        QuoteSource(hop, context.block.text[start:end], _cluster(context, start, end), cue)
        for hop, (start, end, cue) in enumerate(kept, 1)
    )


def _is_outlet(text: str, outlet: str) -> bool:
    words = fold(text).removeprefix("the ")
    return bool(outlet) and (words == outlet or outlet in (words.partition(" ")[0], words.removesuffix(" news")))


def _cluster(context: Context, start: int, end: int) -> int | None:
    names: list[Name] = [name for name in context.names_in(start, end) if name.label in ("PERSON", "ORG", "GPE", "FAC")]
    return names[0].cluster_no if len({name.cluster_no for name in names}) == 1 else None


def _told(context: Context, attribution: Attribution) -> tuple[int, int] | None:
    """The news organisation that a speaker told it: `X told the Norland Times`."""
    if attribution.cue not in ("told", "tells", "telling"):
        return None
    text = context.block.text
    verb = re.compile(rf"\b{attribution.cue} (?:the )?").search(text, attribution.end)
    if not verb:
        return None
    for name in context.names:
        if name.start_char == verb.end() and name.label == "ORG":
            tail = MEDIA_TAIL.match(text, name.end_char)
            if tail or is_media_name(name.text):
                return name.start_char, name.end_char
    return None


MEDIA_WORDS = frozenset(
    "times post tribune herald gazette chronicle journal press news radio television tv agency telegraph guardian today".split()
)


def is_media_name(name: str) -> bool:
    """Whether a name is told as a news organisation's by one of its words, or is a short form of capitals.

    >>> is_media_name("Norland Times"), is_media_name("Parliament")
    (True, False)
    """
    words = name.split()
    return any(word.lower() in MEDIA_WORDS for word in words) or (
        len(words) == 1 and name.isupper() and 2 < len(name) < 6
    )
