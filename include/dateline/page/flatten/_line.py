"""What the walk over a page gathers: lines of text, and elements that state something."""

from __future__ import annotations

from dataclasses import dataclass

from ..wording.byline import is_by_line
from ._context import Context

LINKED = 0.9
"""Share of a line's characters in links from which on it is nothing but links."""


@dataclass(slots=True)
class Line:
    """Text up to a line break: its pieces as the parser gives them and what they came from.

    `first` and `last` number text nodes; `low` and `high` cut the first and last one (in code points of
    the node's own text, `high` from its start, None for all of it). `context` is the nearest element around
    all of its text, `level` how many elements are open there.
    """

    context: Context
    level: int
    is_hidden: bool
    breaks: int
    parts: list[str]
    first: int
    last: int
    low: int
    high: int | None
    link_chars: int = 0
    n_links: int = 0
    last_link: int = 0


Lines = list[Line]
"""Lines of one element between two block boundaries, in order."""


@dataclass(slots=True)
class Mark:
    """An element that states something by its attributes: its text nodes are `first` to before `end`."""

    tag: str
    attributes: dict[str, str | None]
    item: str
    first: int
    end: int


def needs_space(line: Line, content: str, link: int) -> bool:
    """True where two inline elements meet without white space and their words are two: links, or `By` and `Jane`."""
    before, after = line.parts[-1][-1], content[0]
    if before.isspace() or after.isspace() or not after.isalnum():
        return False
    if link and line.last_link and link != line.last_link:
        return True
    return (before.islower() and (after.isupper() or after.isdigit())) or (before.isdigit() and after.isupper())


def are_apart(before: Line, line: Line, above: str, text: str) -> bool:
    """True where two lines, with the words `above` and `text`, are no paragraph: both are links, or one is a byline."""
    are_links = before.link_chars >= LINKED * len(above) and line.link_chars >= LINKED * len(text)
    return are_links or is_by_line(above) or is_by_line(text)
