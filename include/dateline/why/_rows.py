"""Rows of the lake by their key, and the raw page that they were read from."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from ..config import Settings
from ..page.decode.charset import decode_as
from ..raw import read_entry, read_payload
from ..schema import TABLES

Row = dict[str, Any]

NUMBERED = {
    "blocks": "block_no",
    "date_candidates": "candidate_no",
    "entities": "cluster_no",
    "quotes": "quote_no",
}
"""Tables whose rows have a number of their own; rows of the others are counted from 0 in the order of their key."""


class WhyError(ValueError):
    """The key names no row; the message says what to write."""


def find_capture(connection: duckdb.DuckDBPyConnection, prefix: str) -> Row:
    """The capture whose id starts so. Raises WhyError where there is none, or more than one."""
    if not prefix or not prefix.isalnum():
        raise WhyError(f"{prefix!r} is no capture_id; KEY is capture_id[/part_no[/row_no]]")
    found = fetch_rows(connection, "SELECT * FROM captures WHERE starts_with(capture_id, ?) LIMIT 2", [prefix])
    if len(found) != 1:
        raise WhyError(f"{'more than one capture starts' if found else 'no capture starts'} with {prefix!r}")
    return found[0]


def find_row(connection: duckdb.DuckDBPyConnection, table: str, capture_id: str, numbers: str) -> Row:
    """The row of a capture that `part_no/row_no` names, or the first one. Raises WhyError where there is none."""
    part_text, _, row_text = numbers.partition("/")
    part_no, row_no = read_number(part_text), read_number(row_text)
    rows = find_rows(connection, table, {"capture_id": capture_id}, ", ".join(TABLES[table].key))
    rows = [row for row in rows if part_no is None or row["part_no"] == part_no]
    if row_no is not None:
        name = NUMBERED.get(table)
        rows = [row for row in rows if row[name] == row_no] if name else rows[row_no : row_no + 1]
    if not rows:
        raise WhyError(f"{table} has no such row of capture {capture_id}")
    return rows[0]


def find_rows(connection: duckdb.DuckDBPyConnection, table: str, where: Row, order: str) -> list[Row]:
    """Rows whose columns have these values."""
    conditions = " AND ".join(f"{name} = ?" for name in where)
    return fetch_rows(connection, f"SELECT * FROM {table} WHERE {conditions} ORDER BY {order}", list(where.values()))


def find_build(connection: duckdb.DuckDBPyConnection, capture: Row) -> Row:
    """The build that read the entry of this capture."""
    entry = {name: capture[name] for name in ("ingest_date", "source_id")}
    return find_rows(connection, "builds", entry, "ingest_date")[0]


def read_number(text: str, form: str = "KEY is capture_id[/part_no[/row_no]]") -> int | None:
    """A number of a KEY, None where it is left out. Raises WhyError with the form of the KEY where it is none."""
    if not text:
        return None
    if not text.isdecimal():
        raise WhyError(f"{text!r} is no number; {form}")
    return int(text)


def fetch_rows(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any] | Row) -> list[Row]:
    """Rows of a query, keyed by column."""
    done = connection.execute(query, values)
    names = [item[0] for item in done.description or ()]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


def read_raw(settings: Settings, capture: Row) -> tuple[bytes, str]:
    """The bytes of a capture and their text, decoded as they were when it was read; each empty where there is none."""
    day: date = capture["ingest_date"]
    log = read_entry(settings.raw, day, capture["source_id"])
    stored = next((item for item in log.captures if item.capture_id == capture["capture_id"]), None)
    if stored is None or stored.payload_sha256 is None:
        return b"", ""
    payload = read_payload(settings.raw, stored.payload_sha256)
    return payload, decode_as(payload, capture["charset"]) if capture["charset"] else ""
