"""From words of a block back to the characters of the raw page that they were read from."""

from __future__ import annotations

from html import unescape

from .raw_offsets import find_markup

Span = tuple[int, int]


def locate_in_raw(raw: str, block: Span, text: str, span: Span, *, is_html: bool = True) -> Span | None:
    """Where `span` of a block's text stands in the raw page, given where the block does; None where that can't be said.

    A block's text is its raw characters without markup, entities decoded and white space folded; so the
    n-th character that is no white space is the same on both sides, and white space needs no place.

    >>> raw = "<p>It rained &amp; <b>rained</b>.</p>"
    >>> locate_in_raw(raw, (3, 33), "It rained & rained.", (10, 18))
    (13, 28)
    """
    start, end = span
    places = _places(raw, *block) if is_html else [(i, i + 1) for i in range(*block) if not raw[i].isspace()]
    if len(places) != sum(not char.isspace() for char in text):
        return None
    first = sum(not char.isspace() for char in text[:start])
    last = first + sum(not char.isspace() for char in text[start:end]) - 1
    if last < first:
        return None
    return places[first][0], places[last][1]


def _places(raw: str, start: int, end: int) -> list[Span]:
    """Begin and end in the raw page of every character outside markup that is no white space."""
    places: list[Span] = []
    done = start
    for first, last in [*find_markup(raw, start, end), (end, end)]:
        places += _characters(raw, done, first)
        done = max(done, last)
    return places


def _characters(raw: str, start: int, end: int) -> list[Span]:
    found = []
    position = start
    while position < end:
        step = 1
        decoded = raw[position]
        if decoded == "&":
            # The longest named entity has 33 characters with its ampersand and semicolon.
            stop = raw.find(";", position, min(end, position + 34))
            whole = raw[position : stop + 1] if stop > 0 else ""
            if whole and unescape(whole) != whole and "&" not in whole[1:]:
                step, decoded = len(whole), unescape(whole)
        found += [(position, position + step)] * sum(not char.isspace() for char in decoded)
        position += step
    return found
