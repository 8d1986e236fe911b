"""Publication dates that markup, scripts and the URL state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import re2

from ..identity import fold
from ..model import Capture, Page, Statement
from ._candidate import Candidate, read_candidates
from ._date_words import key_meaning
from .printed import PrintedDate, find_printed, parse_stamp

MOST_STATEMENTS = 200
"""Dates that are read from metadata: of 558 development pages the fullest has 164 dated keys, most of other stories."""

MOST_SCRIPT_DATES = 12
"""Dates that are read from scripts: more of them are lists of other stories."""

_SCRIPT_DATE = re2.compile(
    r"""["']?([A-Za-z_.:\-]{0,24}(?:[Pp]ubli[a-z]*|[Pp]ub|[Pp]ost|[Cc]reat[a-z]*|[Dd]isplay|[Ii]ssued?|[Mm]odif[a-z]*|[Uu]pdated?|DATE_?PUBLISHED)"""
    r"""[A-Za-z_\-]{0,20})\\?["']?\s{0,3}[:=,]\s{0,3}\\?["']([^"'<>{}\\]{6,40})\\?["']"""
)
_URL_DAY = re2.compile(
    r"(?:^|[/\-_=.])((?:19|20)\d{2})([/\-_.]?)(\d{1,2}|[a-z]{3,9})([/\-_.]?)(\d{1,2})(?:[/\-_.?&T]|$)"
)
_URL_DAY_FIRST = re2.compile(r"[/\-_](\d{1,2})([/\-_.])(\d{1,2})([/\-_.])(20\d{2})(?:[/\-_.?&]|$)")
_URL_MONTH = re2.compile(r"/((?:19|20)\d{2})/(\d{1,2})/")

_WEIGHTS = {
    ("json_ld", "published"): 4.0,
    ("json_ld", "created"): 2.0,
    ("meta", "published"): 4.0,
    ("meta", "created"): 2.0,
    ("html_attribute", "published"): 2.5,
    ("script", "published"): 2.0,
    ("script", "created"): 1.2,
}
_URL_WEIGHT = 3.5
_JSON_LD_KEYS = frozenset({"datePublished", "dateModified", "dateCreated", "uploadDate"})
_VAGUE_KEYS = frozenset({"date", "dc.date", "dcterms.date"})
_VAGUE_KEY_COST = 0.7
"""Keys that do not say which date they mean: systems fill some with the date of change."""


def statement_candidates(page: Page, language: str | None, title: str | None) -> Iterator[Candidate]:
    """Dates of JSON-LD, meta and similar statements; of several JSON-LD items that of the headline weighs most."""
    items = _item_weights(page.statements, title)
    n_of_key: Counter[tuple[str, str]] = Counter()
    for statement in page.statements:
        if statement.source in ("time_tag", "url", "link"):
            continue
        meaning = key_meaning(statement.key)
        stamp = parse_stamp(statement.value, language) if meaning else None
        if not meaning or not stamp:
            continue
        if n_of_key.total() >= MOST_STATEMENTS:
            return
        shift = items.get(statement.item, 0.0) if statement.source == "json_ld" else 0.0
        # A key that comes again belongs to the next story of a list.
        shift -= 0.5 * n_of_key[statement.source, statement.key]
        n_of_key[statement.source, statement.key] += 1
        note = (
            f"{statement.key} of {'item ' + str(statement.item) if statement.source == 'json_ld' else statement.source}"
        )
        shift -= _VAGUE_KEY_COST if statement.key.lower() in _VAGUE_KEYS else 0.0
        yield from _stated(statement.source, statement.source, statement.value, meaning, stamp, shift, note)


def script_candidates(raw: str, language: str | None) -> Iterator[Candidate]:
    """Dates that scripts assign to telling names (analytics, state of the application); the first ones count."""
    n_found = 0
    for match in _SCRIPT_DATE.finditer(raw):
        meaning = key_meaning(match[1])
        if meaning not in ("published", "created", "modified"):
            continue
        stamp = parse_stamp(match[2], language)
        if stamp is None or stamp.precision in ("month", "year"):
            continue
        n_found += 1
        if n_found > MOST_SCRIPT_DATES:
            return
        note = f"{match[1]} in a script"
        # JSON-LD is a script too: its own words are not a second witness.
        group = "json_ld" if match[1] in _JSON_LD_KEYS else "script"
        yield from _stated("script", group, match[0], meaning, stamp, -0.15 * (n_found - 1), note)


def url_candidates(page: Page, capture: Capture) -> Iterator[Candidate]:
    """Dates in the path of the page's own address; a month alone gives an interval."""
    for url in dict.fromkeys(u for u in (page.url_canonical, capture.url_final, capture.url) if u):
        path = url.split("://", 1)[-1].partition("/")[2]
        quote, stamp = _url_stamp("/" + path)
        if stamp is None:
            continue
        base = Candidate("url", "published", "on", _URL_WEIGHT, "url", quote, "date in the address of the page")
        yield from read_candidates(base, stamp, 1.5)
        return


def _url_stamp(path: str) -> tuple[str, PrintedDate | None]:
    lower = path.lower()
    for match in _URL_DAY.finditer(lower):
        if match[2] == match[4] and (match[2] or len(match[3] + match[5]) == 4):
            found = find_printed(
                f"{match[1]}-{match[3]}-{match[5]}" if match[3].isdigit() else f"{match[5]} {match[3]} {match[1]}"
            )
            if found:
                return path[match.start(1) : match.end(5)], found[0]
    match = _URL_DAY_FIRST.search(lower)
    if match and match[2] == match[4]:
        found = find_printed(f"{match[1]}-{match[3]}-{match[5]}", "de")
        if found:
            return path[match.start(1) : match.end(5)], found[0]
    match = _URL_MONTH.search(lower)
    if match:
        return path[match.start(1) : match.end(2)], parse_stamp(f"{match[1]}-{match[2]}")
    return "", None


def _stated(
    source: str, group: str, value: str, meaning: str, stamp: PrintedDate, shift: float, note: str
) -> Iterator[Candidate]:
    if meaning == "modified":
        yield modified_candidate(source, value, note, stamp)
    elif meaning == "other":
        yield Candidate(
            source, "silent", "none", 0.0, source, value, f"{note} is not about publication", stamp.readings[0], stamp
        )
    else:
        weight = _WEIGHTS.get((source, meaning), 2.0) + shift
        yield from read_candidates(Candidate(source, "published", "on", weight, group, value, note), stamp, 1.0)


def modified_candidate(source: str, value: str, note: str, stamp: PrintedDate) -> Candidate:
    """A date of change: the page was published on or before it."""
    day = stamp.readings[0]
    return Candidate(
        source,
        "modified",
        "not_after",
        0.0,
        f"{source} modified",
        value,
        f"{note}: a date of change",
        day,
        stamp,
        last=day,
    )


def _item_weights(statements: tuple[Statement, ...], title: str | None) -> dict[int, float]:
    """What to add for each JSON-LD item: items with another headline belong to other stories."""
    headlines = {s.item: fold(s.value) for s in statements if s.source == "json_ld" and s.key in ("headline", "name")}
    wanted = fold(title)
    matching = {n for n, text in headlines.items() if wanted and text and (text in wanted or wanted in text)}
    if not matching:
        return {}
    return {n: 0.5 if n in matching else -1.5 for n in headlines}
