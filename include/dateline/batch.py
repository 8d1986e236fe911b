"""process(): the one function that every engine runs, a batch of captures in, a batch a table out.

A row depends on its page, the code and the snapshot alone: order and size of batches change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from .model import Capture
from .read import read_capture
from .rows import rows_of
from .schema import TABLES
from .schema.column import BYTES
from .schema.pages import CAPTURES
from .snapshot import Snapshot

KNOWN_BEFORE_READING = tuple(name for name in Capture.__dataclass_fields__)

INPUT_SCHEMA = pa.schema(
    [
        *(pa.field(name, CAPTURES[name].type) for name in KNOWN_BEFORE_READING),
        pa.field("payload", BYTES),
    ]
)
"""Columns of `captures` that are known before reading, and the bytes (null where none came)."""

OUTPUT_TABLES = tuple(name for name in TABLES if name != "ledger")
"""Tables that reading fills; the ledger is counted from them when an entry is published."""


def to_batch(captures: Iterable[tuple[Capture, bytes | None]]) -> pa.RecordBatch:
    """Captures and their bytes as one input batch. Keep it to a few dozen pages: it lives in memory whole."""
    rows = []
    for capture, payload in captures:
        row: dict[str, Any] = {name: getattr(capture, name) for name in KNOWN_BEFORE_READING}
        row["headers"] = [{"name": name, "value": value} for name, value in capture.headers]
        row["redirects"] = list(capture.redirects)
        row["feed_facts"] = [{"name": name, "value": value} for name, value in capture.feed_facts]
        rows.append({**row, "payload": payload})
    return pa.RecordBatch.from_pylist(rows, schema=INPUT_SCHEMA)


def process(batch: pa.RecordBatch, snapshot: Snapshot) -> dict[str, pa.RecordBatch]:
    """Read every capture of the batch; returns one batch for each of OUTPUT_TABLES, rows in input order."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in OUTPUT_TABLES}
    for capture, payload in from_batch(batch):
        for table, row in rows_of(read_capture(capture, payload, snapshot)):
            rows[table].append(row)
    return {name: pa.RecordBatch.from_pylist(rows[name], schema=TABLES[name].schema()) for name in OUTPUT_TABLES}


def from_batch(batch: pa.RecordBatch) -> Sequence[tuple[Capture, bytes | None]]:
    """The captures of an input batch with their bytes: the inverse of `to_batch`."""
    found = []
    for row in batch.to_pylist():
        payload = row.pop("payload")
        headers = tuple((header["name"], header["value"]) for header in row.pop("headers") or ())
        redirects = tuple(row.pop("redirects") or ())
        facts = tuple((fact["name"], fact["value"]) for fact in row.pop("feed_facts") or ())
        found.append((Capture(**row, headers=headers, redirects=redirects, feed_facts=facts), payload))
    return found
