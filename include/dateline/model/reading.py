"""A capture with all that came of reading it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .found import DateMention, Entity, Name, Publication, Quote
from .page import Article, Capture, Page, Rejection


@dataclass(frozen=True, slots=True)
class PartReading:
    """Everything found in one article of a page."""

    article: Article
    publication: Publication
    dates: tuple[DateMention, ...] = ()
    names: tuple[Name, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture and all that came of it; `parts` is empty where the page was rejected."""

    capture: Capture
    page: Page | None
    outcome: str
    reason: str | None = None
    rejection: Rejection | None = None
    parts: tuple[PartReading, ...] = field(default=())
