"""Readings as JSON lines: one object a capture, rejected ones too, with the columns of the tables under their names."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from .model import PartReading, Reading
from .rows import Row, published_text, rows_of
from .schema import TABLES
from .schema.common import INGEST, OWNER

OWNER_COLUMNS = frozenset(column.name for column in OWNER)
ENTITY_FACTS = ("name", "kb_id", "geonameid", "lat", "lon", "country")
LISTS = ("date_candidates", "dates", "mentions", "entities", "quotes")


def line_of(reading: Reading, page_id: str) -> str:
    """One line of `dateline extract`: the object of `object_of` as JSON, characters as they are."""
    return json.dumps(object_of(reading, page_id), ensure_ascii=False, default=plain)


def object_of(reading: Reading, page_id: str) -> Row:
    """A capture and all that was read of it as one nested object.

    The first article's columns and lists stand at the top, further articles of the page under `parts`;
    `blocks` are those of the whole page.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for table, row in rows_of(reading):
        rows[table].append(row)
    captures = [{name: row[name] for name in row if name != "part_no"} for row in rows["captures"]]
    result: Row = {"id": page_id, "outcome": reading.outcome, "reason": reading.reason}
    if reading.rejection is not None:
        result["detail"] = reading.rejection.detail
    parts = [_part(rows, part) for part in reading.parts]
    result |= parts[0] if parts else {name: None for name in TABLES["articles"].names if name not in OWNER_COLUMNS}
    result["capture"] = captures[0]
    result["blocks"] = [_without_ingest(row) for row in rows["blocks"]]
    for name in LISTS:
        result.setdefault(name, [])
    result.setdefault("published", None)
    result.setdefault("published_info", None)
    result["parts"] = parts[1:]
    return result


def _part(rows: dict[str, list[Row]], part: PartReading) -> Row:
    number = part.article.part_no
    own = {name: [_bare(row) for row in rows[name] if row["part_no"] == number] for name in (*LISTS, "articles")}
    result: Row = {"part_no": number, **own["articles"][0]}
    facts = {row["cluster_no"]: {name: row[name] for name in ENTITY_FACTS} for row in own["entities"]}
    unknown = dict.fromkeys(ENTITY_FACTS)
    sources = [_bare(row) for row in rows["quote_sources"] if row["part_no"] == number]
    return {
        **result,
        "published": published_text(part.publication),
        "published_info": published_info(part, own["date_candidates"]),
        "date_candidates": own["date_candidates"],
        "dates": own["dates"],
        "mentions": [{**row, **facts.get(row["cluster_no"], unknown)} for row in own["mentions"]],
        "entities": own["entities"],
        "quotes": [
            {**row, "sources": [source for source in sources if source["quote_no"] == row["quote_no"]]}
            for row in own["quotes"]
        ],
    }


def published_info(part: PartReading, evidence: list[Row]) -> Row:
    """How the publication date was decided: interval, precision, zone, method, and every piece of evidence."""
    publication = part.publication
    return {
        "from": publication.first,
        "to": publication.last,
        "precision": publication.precision,
        "zone": publication.zone,
        "zone_source": publication.zone_source,
        "confidence": publication.confidence,
        "method": publication.method,
        "evidence": evidence,
        "alternatives": list(publication.alternatives),
    }


def _bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in OWNER_COLUMNS}


def _without_ingest(row: Row) -> Row:
    ingest = {column.name for column in INGEST} | {"capture_id"}
    return {name: value for name, value in row.items() if name not in ingest}


def plain(value: Any) -> str:
    """ISO text of dates and instants, for json.dumps."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
