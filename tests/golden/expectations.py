"""Compares a reading with the facts of an expected.json and says every difference in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from dateline.model import PartReading, Quote, Reading

Facts = dict[str, Any]


def differences(reading: Reading, facts: Facts) -> list[str]:
    """Every fact that the reading misses, one line each; facts that are not stated are not asked for."""
    known = {"outcome", "reason", *ARTICLE_CHECKS}
    assert set(facts) <= known, f"expected.json has facts that nobody checks: {sorted(set(facts) - known)}"
    found = [*_same("outcome", facts["outcome"], reading.outcome)]
    if "reason" in facts:
        found += _same("reason", facts["reason"], reading.reason)
    if found or facts["outcome"] != "article":
        return found + ([f"rejected: {reading.rejection}"] if found and reading.rejection else [])
    for fact, check in ARTICLE_CHECKS.items():
        if fact in facts:
            found += check(reading, reading.parts[0], facts[fact])
    return found


def _same(what: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"{what}: expected {expected!r}, found {found!r}"


def _field(name: str) -> Callable[[Reading, PartReading, Any], Iterator[str]]:
    return lambda _, part, expected: _same(name, expected, getattr(part.article, name))


def _outlet(_: Reading, part: PartReading, expected: str) -> Iterator[str]:
    """Whether a house is called with its article depends on the line that it was read from."""
    yield from _same("outlet", expected.removeprefix("The "), (part.article.outlet or "").removeprefix("The "))


def _authors(_: Reading, part: PartReading, expected: list[str]) -> Iterator[str]:
    yield from _same("authors", expected, list(part.article.authors))


def _author_roles(_: Reading, part: PartReading, expected: list[list[str]]) -> Iterator[str]:
    yield from _same("author_roles", expected, [list(pair) for pair in part.article.author_roles])


def _dateline_place(_: Reading, part: PartReading, expected: str) -> Iterator[str]:
    place = part.article.dateline_place
    yield from _same("dateline_place", expected.casefold(), place.casefold() if place else place)


def _body(_: Reading, part: PartReading, expected: list[str]) -> Iterator[str]:
    yield from _paragraphs(expected, part.article.text.split("\n\n"))


def _body_without_controls(_: Reading, part: PartReading, expected: list[str]) -> Iterator[str]:
    text = part.article.text.replace("\x00", "").replace("\ufffd", "")
    yield from _paragraphs(expected, [" ".join(paragraph.split()) for paragraph in text.split("\n\n")])


def _paragraphs(expected: list[str], found: list[str]) -> Iterator[str]:
    yield from (f"body lacks: {text!r}" for text in expected if text not in found)
    yield from (f"body has besides: {text!r}" for text in found if text not in expected)
    if sorted(expected) == sorted(found) and expected != found:
        yield "body: paragraphs stand in another order"


def _not_in_body(_: Reading, part: PartReading, expected: list[str]) -> Iterator[str]:
    yield from (f"body holds {text!r}" for text in expected if text in part.article.text)


def _captions(reading: Reading, _: PartReading, expected: list[str]) -> Iterator[str]:
    captions = [block.text for block in reading.page.blocks if block.role == "caption"] if reading.page else []
    yield from (f"no caption {text!r}" for text in expected if text not in captions)


def _charset(reading: Reading, _: PartReading, expected: str) -> Iterator[str]:
    yield from _same(
        "charset", expected, reading.page.charset.lower() if reading.page and reading.page.charset else None
    )


def _published(_: Reading, part: PartReading, expected: dict[str, Any]) -> Iterator[str]:
    publication = part.publication
    yield from _same("published day", expected["day"], publication.day.isoformat() if publication.day else None)
    if expected["day"] is None and not publication.method.startswith("undated"):
        yield f"published method: expected 'undated: ...', found {publication.method!r}"
    for name, value in (("local", publication.local), ("at", publication.at)):
        if name in expected:
            yield from _same(f"published {name}", expected[name], value.isoformat() if value else None)
    if "modified_day" in expected:
        modified = publication.modified_at
        yield from _same("modified day", expected["modified_day"], modified.date().isoformat() if modified else None)
    if "not_after" in expected and (publication.last is None or publication.last.isoformat() > expected["not_after"]):
        yield f"published to: expected {expected['not_after']} or before, found {publication.last}"
    for year in expected.get("never_years", []):
        if publication.day and publication.day.year == year:
            yield f"published in {year}, which is another layer's year"


def _layers(reading: Reading, _: PartReading, expected: list[dict[str, Any]]) -> Iterator[str]:
    for fact in expected:
        blocks = [block for block in reading.page.blocks if fact["text"] in block.text] if reading.page else []
        if not blocks:
            yield f"layers: no block holds {fact['text']!r}"
        for block in blocks:
            if block.layer not in fact["layer"]:
                found = f"{block.layer} ({block.reason})"
                yield f"layer of {fact['text']!r}: expected one of {fact['layer']}, found {found}"
            if "era" in fact and not _covers(block.era_from, block.era_to, fact["era"]):
                yield f"era of {fact['text']!r}: expected {fact['era']}, found {block.era_from} to {block.era_to}"


def _covers(first: date | None, last: date | None, year: int) -> bool:
    return last is not None and last.year == year and (first is None or first.year <= year)


def _quotes(_: Reading, part: PartReading, expected: list[dict[str, Any]]) -> Iterator[str]:
    for fact in expected:
        matching = [quote for quote in part.quotes if _folded(fact["text"]) == _folded(quote.text)]
        if not matching:
            found = [quote.text for quote in part.quotes if quote.kind != "indirect"]
            yield f"no quotation {fact['text']!r}; found {found}"
        for quote in matching[:1]:
            yield from _quote(part, quote, fact)


def _quote(part: PartReading, quote: Quote, fact: dict[str, Any]) -> Iterator[str]:
    if "speaker" in fact:
        names = [speaker.text for speaker in quote.speakers]
        names += [entity.name for entity in part.entities for s in quote.speakers if s.cluster_no == entity.cluster_no]
        if not any(fact["speaker"] in name for name in names):
            yield f"speaker of {fact['text'][:40]!r}: expected {fact['speaker']}, found {names or quote.speaker_text}"
    if "sources" in fact:
        chain = [source.text for source in quote.sources]
        yield from (
            f"source chain of {fact['text'][:40]!r}: expected {name}, found {chain}"
            for name in fact["sources"]
            if not any(name in text for text in chain)
        )


def _folded(text: str) -> str:
    return " ".join(text.split()).strip(" ,.")


def _parts(reading: Reading, _: PartReading, expected: list[Facts]) -> Iterator[str]:
    """Facts of the further articles of the page, one object each, in the order of their numbers."""
    further = reading.parts[1:]
    yield from _same("number of further articles", len(expected), len(further))
    for part, facts in zip(further, expected, strict=False):
        for fact, value in facts.items():
            found = ARTICLE_CHECKS[fact](reading, part, value)
            yield from (f"part {part.article.part_no}: {difference}" for difference in found)


ARTICLE_CHECKS: dict[str, Callable[[Reading, PartReading, Any], Iterator[str]]] = {
    "page_kind": _field("page_kind"),
    "title": _field("title"),
    "outlet": _outlet,
    "language": _field("language"),
    "agency": _field("agency"),
    "authors": _authors,
    "author_roles": _author_roles,
    "dateline_place": _dateline_place,
    "body": _body,
    "body_without_controls": _body_without_controls,
    "not_in_body": _not_in_body,
    "captions": _captions,
    "charset": _charset,
    "published": _published,
    "layers": _layers,
    "quotes": _quotes,
    "parts": _parts,
}
