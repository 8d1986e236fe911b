"""Marks on a text that may overlap, written as HTML elements that nest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

Attributes = tuple[tuple[str, str], ...]

_UNWRITABLE = re.compile("[\x00\x0b\ud800-\udfff\ufffe\uffff]")
"""Characters that no HTML document can hold; a browser would show U+FFFD for them as well."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around `start` to `end` (exclusive) of a text.

    Of marks with equal spans the one of lower `rank` is outside. Where two marks cross, the later one is
    written in two pieces; the attributes `once` (an id, a label) stand in its first piece only.
    """

    start: int
    end: int
    tag: str
    attributes: Attributes = ()
    once: Attributes = ()
    rank: int = 0


class _Open(NamedTuple):
    end: int
    mark: Mark


def nest_marks(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Markup:
    """`text[start:end]` as HTML with all marks that reach into it; the text itself is never changed.

    Tag and attribute names are the program's own; texts and attribute values may be anybody's and are escaped.
    Empty marks are left out.

    >>> print(nest_marks("said Ann Lee", [Mark(0, 8, "b"), Mark(5, 12, "i")]))
    <b>said <i>Ann</i></b><i> Lee</i>
    """
    end = len(text) if end is None else end
    inside = [mark for mark in marks if max(mark.start, start) < min(mark.end, end)]
    inside.sort(key=lambda mark: (max(mark.start, start), -mark.end, mark.rank))
    pieces: list[Markup] = []
    opened: list[_Open] = []
    done = start
    for mark in inside:
        begin = max(mark.start, start)
        done = _close(text, pieces, opened, done, begin)
        pieces += (escape_text(text[done:begin]), _start_tag(mark, mark.attributes + mark.once))
        opened.append(_Open(min(mark.end, end), mark))
        done = begin
    done = _close(text, pieces, opened, done, end)
    pieces.append(escape_text(text[done:end]))
    return Markup("").join(pieces)


def _close(text: str, pieces: list[Markup], opened: list[_Open], done: int, limit: int) -> int:
    """Write up to the last end at or before `limit` and close what ends there; gives how far it wrote."""
    while opened and (nearest := min(item.end for item in opened)) <= limit:
        pieces.append(escape_text(text[done:nearest]))
        done = nearest
        lowest = next(index for index, item in enumerate(opened) if item.end == nearest)
        crossed = [item for item in opened[lowest:] if item.end > nearest]
        pieces += [Markup(f"</{item.mark.tag}>") for item in reversed(opened[lowest:])]
        pieces += [_start_tag(item.mark, item.mark.attributes) for item in crossed]
        opened[lowest:] = crossed
    return done


def _start_tag(mark: Mark, attributes: Attributes) -> Markup:
    written = "".join(f' {name}="{escape_text(value)}"' for name, value in attributes)
    return Markup(f"<{mark.tag}{written}>")


def escape_text(text: str) -> Markup:
    """Text as HTML, character by character: also carriage returns, which a parser would fold into line feeds.

    >>> print(escape_text('<a href="x">\\r'))
    &lt;a href=&#34;x&#34;&gt;&#13;
    """
    return Markup(str(escape(_UNWRITABLE.sub("\ufffd", text))).replace("\r", "&#13;"))
