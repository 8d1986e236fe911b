"""Where the words of a row stand in the decoded raw page and in its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..web import evidence_spans, span_in_raw
from ._bytes import locate_bytes
from ._rows import Row

CONTEXT = 90
"""Characters of the raw page shown on each side of a place."""
HEAD = 160
"""Characters shown of a page whose row names no words in it."""
MOST_MENTIONS = 5
"""Mentions of an entity that are shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a row in the raw page.

    `start` and `end` are offsets in code points of the decoded page, `line` and `column` count from 1;
    `bytes_at` are offsets in the payload and `octets` the bytes there, None where decoding can't be turned around.
    """

    what: str
    start: int
    end: int
    line: int
    column: int
    before: str
    words: str
    after: str
    bytes_at: tuple[int, int] | None = None
    octets: bytes | None = None


class RawPage(NamedTuple):
    """The bytes of a capture, their text, and the character set between the two."""

    payload: bytes
    raw: str
    charset: str | None


class _Words(NamedTuple):
    """Words of a row in the text of a block."""

    what: str
    block_no: int
    span: tuple[int, int]


def find_places(
    page: RawPage, table: str, row: Row, blocks: Sequence[Row], beside: Mapping[str, list[Row]]
) -> tuple[Place, ...]:
    """Places of the words that the row was read from; of the page's beginning where it names none."""
    numbered = {block["block_no"]: block for block in blocks}
    if table == "date_candidates":
        spans = [("evidence", span) for span in evidence_spans(page.raw, numbered, row)]
    else:
        words = [words for words in _words(table, row, blocks, beside) if words.block_no in numbered]
        placed = [(item.what, span_in_raw(page.raw, numbered[item.block_no], item.span)) for item in words]
        spans = [(what, span) for what, span in placed if span is not None]
    found = [_place(page, what, span) for what, span in spans]
    if not found and page.raw:
        found = [_place(page, "the page begins", (0, min(HEAD, len(page.raw))))]
    return tuple(found)


def _words(table: str, row: Row, blocks: Sequence[Row], beside: Mapping[str, list[Row]]) -> Iterator[_Words]:
    if table == "blocks":
        yield _Words(row["role"], row["block_no"], (0, len(row["text"])))
    elif table == "articles":
        for block in blocks:
            if block["role"] in ("headline", "byline", "dateline") and block["part_no"] == row["part_no"]:
                yield _Words(block["role"], block["block_no"], (0, len(block["text"])))
    elif table == "entities":
        for mention in beside.get("mentions", ())[:MOST_MENTIONS]:
            yield _Words("mention", mention["block_no"], _chars(mention))
    elif table == "quote_sources":
        yield from (_Words("quote", quote["block_no"], _chars(quote)) for quote in beside.get("quotes", ()))
    elif row.get("block_no") is not None:
        yield _Words(table.removesuffix("s"), row["block_no"], _chars(row))
        for speaker in row.get("speakers") or ():
            yield _Words("speaker", speaker["block_no"], _chars(speaker))


def _chars(row: Row) -> tuple[int, int]:
    return row["start_char"], row["end_char"]


def _place(page: RawPage, what: str, span: tuple[int, int]) -> Place:
    start, end = span
    bytes_at = locate_bytes(page.payload, page.raw, page.charset, span)
    return Place(
        what=what,
        start=start,
        end=end,
        line=page.raw.count("\n", 0, start) + 1,
        column=start - page.raw.rfind("\n", 0, start),
        before=page.raw[max(0, start - CONTEXT) : start],
        words=page.raw[start:end],
        after=page.raw[end : end + CONTEXT],
        bytes_at=bytes_at,
        octets=page.payload[slice(*bytes_at)] if bytes_at else None,
    )
