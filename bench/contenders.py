"""What is timed: Dateline, and two stacks that people put together of the best known parts.

Every contender gets a page's bytes and gives text, publication date and names. Dateline gives quotations,
clusters, evidence and offsets as well, in Arrow tables; the stacks give what their parts give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from dateline.batch import process, to_batch
from dateline.snapshot import Snapshot

from .speed_pages import SpeedPage
from .timing import Time, clock, share_out


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to read pages: `read` does a page, `finish` what is done for a group of pages at once.

    `finish` gets what `read` gave for each page, or is None.
    """

    key: str
    title: str
    parts: str
    read: Callable[[SpeedPage], Any]
    finish: Callable[[Sequence[Any]], Any] | None = None


def time_group(contender: Contender, pages: Sequence[SpeedPage]) -> list[Time]:
    """Time of each page of a group; what is done for all at once is shared out by the size of what was read."""
    given, times = [], []
    for page in pages:
        item, spent = clock(partial(contender.read, page))
        given.append(item)
        times.append(spent)
    if contender.finish is None:
        return times
    _, whole = clock(partial(contender.finish, given))
    weights = [float(len(item)) for item in given]
    return [one + more for one, more in zip(times, share_out(whole, weights), strict=True)]


def dateline(snapshot: Snapshot) -> Contender:
    """Bytes to rows of all tables as Arrow batches, one page a batch: the least favourable size."""
    return Contender(
        "dateline",
        "Dateline",
        "all tables as Arrow batches, one page a batch",
        lambda page: process(to_batch([(page.capture, page.payload)]), snapshot),
    )


def full_stack(model: str) -> Contender:
    """The careful settings of each part; trafilatura calls htmldate itself, so the page is parsed once."""
    import spacy
    from dateparser.search import search_dates

    pipeline = spacy.load(model)

    def read(page: SpeedPage) -> object:
        text = _extract(page.payload, fast=False)
        return pipeline(text), search_dates(text, languages=["en"])

    return Contender(
        "full_stack",
        "full stack",
        "trafilatura, htmldate extensive, spaCy with all components, dateparser.search",
        read,
    )


def fast_stack(model: str) -> Contender:
    """The fastest settings of each part; no dates in the text, names in batches of a whole group."""
    import spacy

    pipeline = spacy.load(model, exclude=["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])
    return Contender(
        "fast_stack",
        "fast stack",
        "trafilatura fast, htmldate fast, spaCy with `ner` alone in batches",
        lambda page: _extract(page.payload, fast=True),
        lambda texts: list(pipeline.pipe(texts, batch_size=len(texts))),
    )


def _extract(payload: bytes, *, fast: bool) -> str:
    """Text by trafilatura; title, authors and the publication date come with the metadata, by htmldate."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        payload,
        fast=fast,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": not fast},
    )
    return (found.text or "") if found is not None else ""
