"""How a row came to be: its place in the raw page, the evidence beside it, and the build that read it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from .config import Settings
from .lake import open_lake
from .model import Block, Page
from .page import read_page
from .page.locate import locate_in_raw
from .raw import read_entry, read_payload
from .schema import TABLES

Row = dict[str, Any]

NUMBERED = {
    "blocks": "block_no",
    "date_candidates": "candidate_no",
    "entities": "cluster_no",
    "quotes": "quote_no",
}
"""Tables whose rows have a number of their own; rows of the others are counted from 0 in the order of their key."""

BESIDE = {
    "articles": ("date_candidates",),
    "captures": ("rejected", "articles"),
    "entities": ("mentions",),
    "quotes": ("quote_sources",),
    "rejected": (),
}
"""Rows of other tables that explain a row of this one."""

CONTEXT = 90
"""Characters of the raw page shown on each side of a place."""


class WhyError(ValueError):
    """The key names no row; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a row in the decoded raw page: offsets in code points, line and column from 1, and what is around."""

    what: str
    start: int
    end: int
    line: int
    column: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that `dateline why` shows of one row."""

    table: str
    row: Row
    capture: Row
    build: Row
    places: tuple[Place, ...] = ()
    beside: dict[str, list[Row]] = field(default_factory=dict)


def explain(settings: Settings, table: str, key: str) -> Explanation:
    """Explain the row of `table` with this KEY: capture_id[/part_no[/row_no]]; an id may be cut short while unique.

    Raises WhyError where there is no such row, `lake.LakeError` where there is no lake.
    """
    if table not in TABLES or table == "ledger":
        raise WhyError(f"no table {table!r}; there are {', '.join(name for name in TABLES if name != 'ledger')}")
    capture_part, _, rest = key.partition("/")
    part_text, _, row_text = rest.partition("/")
    with open_lake(settings.lake) as connection:
        capture = _capture(connection, capture_part)
        where = {"capture_id": capture["capture_id"]}
        row = _row(connection, table, where, _number(part_text), _number(row_text))
        beside = {name: _beside(connection, name, table, row) for name in BESIDE.get(table, ())}
        entry = {name: capture[name] for name in ("ingest_date", "source_id")}
        build = _rows(connection, "builds", entry, "ingest_date")[0]
    page = _read_again(settings, capture)
    return Explanation(table, row, capture, build, tuple(_places(page, table, row)) if page else (), beside)


def _capture(connection: duckdb.DuckDBPyConnection, prefix: str) -> Row:
    if not prefix or not prefix.isalnum():
        raise WhyError(f"{prefix!r} is no capture_id; KEY is capture_id[/part_no[/row_no]]")
    found = _fetch(connection, "SELECT * FROM captures WHERE starts_with(capture_id, ?) LIMIT 2", [prefix])
    if len(found) != 1:
        raise WhyError(f"{'more than one capture starts' if found else 'no capture starts'} with {prefix!r}")
    return found[0]


def _number(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit():
        raise WhyError(f"{text!r} is no number; KEY is capture_id[/part_no[/row_no]]")
    return int(text)


def _row(connection: duckdb.DuckDBPyConnection, table: str, where: Row, part_no: int | None, row_no: int | None) -> Row:
    rows = _rows(connection, table, where, ", ".join(TABLES[table].key))
    rows = [row for row in rows if part_no is None or row["part_no"] == part_no]
    if row_no is not None:
        name = NUMBERED.get(table)
        rows = [row for row in rows if row[name] == row_no] if name else rows[row_no : row_no + 1]
    if not rows:
        raise WhyError(f"{table} has no such row of capture {where['capture_id']}")
    return rows[0]


def _beside(connection: duckdb.DuckDBPyConnection, name: str, table: str, row: Row) -> list[Row]:
    shared = {"capture_id": row["capture_id"]}
    if table != "captures":
        shared["part_no"] = row["part_no"]
    for number in ("quote_no", "cluster_no"):
        if number in row and number in TABLES[name].names and number in TABLES[table].key:
            shared[number] = row[number]
    return _rows(connection, name, shared, ", ".join(TABLES[name].key))


def _rows(connection: duckdb.DuckDBPyConnection, table: str, where: Row, order: str) -> list[Row]:
    conditions = " AND ".join(f"{name} = ?" for name in where)
    return _fetch(connection, f"SELECT * FROM {table} WHERE {conditions} ORDER BY {order}", list(where.values()))


def _fetch(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[Row]:
    done = connection.execute(query, values)
    names = [item[0] for item in done.description or ()]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


def _read_again(settings: Settings, capture: Row) -> Page | None:
    day: date = capture["ingest_date"]
    log = read_entry(settings.raw, day, capture["source_id"])
    stored = next((item for item in log.captures if item.capture_id == capture["capture_id"]), None)
    if stored is None or stored.payload_sha256 is None:
        return None
    payload = read_payload(settings.raw, stored.payload_sha256)
    return read_page(stored, payload, max_bytes=settings.max_bytes)


def _places(page: Page, table: str, row: Row) -> list[Place]:
    blocks = {block.block_no: block for block in page.blocks}
    spans: list[tuple[str, int, int, int]] = []
    if table == "blocks":
        spans.append((row["role"], row["block_no"], 0, len(row["text"])))
    elif table == "articles":
        shown = [block for block in page.blocks if block.role in ("headline", "byline", "dateline")]
        spans += [(block.role, block.block_no, 0, len(block.text)) for block in shown]
    elif row.get("block_no") is not None:
        spans.append((table.removesuffix("s"), row["block_no"], row["start_char"], row["end_char"]))
        spans += [("speaker", s["block_no"], s["start_char"], s["end_char"]) for s in row.get("speakers") or ()]
    found = [_place(page, blocks[number], what, (start, end)) for what, number, start, end in spans]
    return [place for place in found if place is not None]


def _place(page: Page, block: Block, what: str, span: tuple[int, int]) -> Place | None:
    if block.raw_start is None or block.raw_end is None:
        return None
    whole = (block.raw_start, block.raw_end)
    start, end = locate_in_raw(page.raw, whole, block.text, span, is_html=block.dom_path is not None) or whole
    return Place(
        what=what,
        start=start,
        end=end,
        line=page.raw.count("\n", 0, start) + 1,
        column=start - page.raw.rfind("\n", 0, start),
        before=page.raw[max(0, start - CONTEXT) : start],
        words=page.raw[start:end],
        after=page.raw[end : end + CONTEXT],
    )


def as_json(value: Any) -> str:
    """A cell's value as people read it."""
    if value is None:
        return "NULL"
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
