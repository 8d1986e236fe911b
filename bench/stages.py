"""Dateline's reader taken apart: the same calls as `dateline.read`, with a stopwatch between them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pyarrow as pa

from dateline.batch import OUTPUT_TABLES
from dateline.dates import decide_publication, find_dates
from dateline.model import Page, PartReading, Reading
from dateline.names import find_names
from dateline.names._spans import join_blocks
from dateline.names.recognise import recognise, truecase
from dateline.page import read_page
from dateline.page.decode.charset import decode
from dateline.page.decode.media import sniff
from dateline.page.facts.outlets import outlet_zone
from dateline.page.flatten.flatten_html import flatten_html
from dateline.read import read_blocks, reference_of
from dateline.rows import Row, rows_of
from dateline.schema import TABLES
from dateline.schema.outcomes import ARTICLE
from dateline.snapshot import Snapshot
from dateline.speech import find_quotes

from .speed_pages import SpeedPage
from .timing import Time, clock

STAGES = {
    "decode": "sniff and decode",
    "flatten": "flatten, with offsets",
    "article": "roles, layers, facts, kind",
    "publication": "publication date",
    "dates": "date mentions",
    "names_model": "names: the pipeline",
    "names_rules": "names: rules, clusters",
    "quotes": "quotations",
    "rows": "rows as Arrow",
}
NOTHING = Time(0.0, 0.0)


@cache
def _remembering() -> list[Any]:
    """Functions of the reader that remember a bounded number of answers; what they know of lists has no bound."""
    modules = [module for name, module in sys.modules.items() if name.startswith("dateline.")]
    functions = {id(f): f for module in modules for f in vars(module).values() if hasattr(f, "cache_parameters")}
    own = [f for f in functions.values() if f.__module__.startswith("dateline.")]
    return [f for f in own if f.cache_parameters()["maxsize"]]


def forget_texts() -> None:
    """Forget what was remembered of texts read before, so that a page that is read again is as new."""
    for function in _remembering():
        function.cache_clear()


def time_stages(page: SpeedPage, snapshot: Snapshot) -> tuple[dict[str, Time], Reading]:
    """Time of each of STAGES for one page, and the reading that they make together.

    Two stages are parts of a call that is timed whole: their time by themselves is taken from it.
    """
    times = dict.fromkeys(STAGES, NOTHING)
    forget_texts()
    read, whole = clock(partial(read_page, page.capture, page.payload, max_bytes=snapshot.max_bytes))
    text, times["decode"] = clock(partial(_decode, page))
    forget_texts()
    _, times["flatten"] = clock(partial(flatten_html, text))
    times["article"] = _rest(whole, times["decode"], times["flatten"])
    if read.rejection is not None:
        rejection = read.rejection
        reading = Reading(page.capture, read, rejection.outcome, rejection.reason, rejection)
    else:
        parts = tuple(_time_part(page, read, number, snapshot, times) for number in range(len(read.articles)))
        reading = Reading(page.capture, read, ARTICLE, None, None, parts)
    _, times["rows"] = clock(partial(_to_arrow, reading))
    return times, reading


def _decode(page: SpeedPage) -> str:
    capture = page.capture
    media_type = sniff(page.payload, capture.media_type, capture.url or capture.source_ref)
    return decode(page.payload, capture.media_type, media_type != "text/plain").text


def _time_part(page: SpeedPage, read: Page, number: int, snapshot: Snapshot, times: dict[str, Time]) -> PartReading:
    article = read.articles[number]

    def take(stage: str, work: Callable[[], Any]) -> Any:
        found, spent = clock(work)
        times[stage] += spent
        return found

    zone = outlet_zone(article.outlet)
    publication = take("publication", partial(decide_publication, read, article.part_no, page.capture, zone))
    blocks = read_blocks(read.blocks, article.part_no)
    dates = take("dates", partial(find_dates, blocks, reference_of(publication)))
    (names, entities), whole = clock(partial(find_names, blocks, snapshot.model))
    _, model = clock(partial(recognise, truecase(join_blocks(blocks).text), snapshot.model))
    times["names_model"] += model
    times["names_rules"] += _rest(whole, model)
    quotes = take("quotes", partial(find_quotes, blocks, names, entities, article.outlet))
    return PartReading(article, publication, dates, names, entities, quotes)


def _rest(whole: Time, *parts: Time) -> Time:
    return Time(whole.cpu - sum(part.cpu for part in parts), whole.wall - sum(part.wall for part in parts))


def _to_arrow(reading: Reading) -> list[pa.RecordBatch]:
    rows: dict[str, list[Row]] = {name: [] for name in OUTPUT_TABLES}
    for table, row in rows_of(reading):
        rows[table].append(row)
    return [pa.RecordBatch.from_pylist(rows[name], schema=TABLES[name].schema()) for name in OUTPUT_TABLES]
