"""A small lake in memory: synthetic rows of the schema under all views and macros."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dateline.schema import DERIVED_TABLES, TABLES

SQL = Path(str(files("dateline") / "sql"))
DAY = date(2026, 3, 4)
OWNER: dict[str, Any] = {"ingest_date": DAY, "source_id": "inbox", "capture_id": "new", "part_no": 0}
FILLER: dict[str, Any] = {
    "string": "",
    "int32": 0,
    "int64": 0,
    "double": 0.0,
    "bool": False,
    "date32[day]": DAY,
}


def sql_files(folder: str) -> list[Path]:
    return sorted((SQL / folder).glob("*.sql"))


def query_of(path: Path) -> str:
    return path.read_text("utf-8")


def macro_names() -> set[str]:
    return {path.stem.split("_", 1)[1] if path.stem[0].isdigit() else path.stem for path in sql_files("macros")}


def table_of(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a table of the schema; what a row leaves out is NULL, or a filler where NULL is not allowed."""
    schema = (TABLES | DERIVED_TABLES)[name].schema()
    unknown = {key for row in rows for key in row} - set(schema.names)
    assert not unknown, f"{name} has no columns {sorted(unknown)}"
    empty = {field.name: None if field.nullable else FILLER[str(field.type)] for field in schema}
    return pa.Table.from_pylist([{**empty, **row} for row in rows], schema=schema)


def lake_of(rows: dict[str, list[dict[str, Any]]]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for name in TABLES | DERIVED_TABLES:
        con.register(name, table_of(name, rows.get(name, [])))
    for folder in ("views", "macros"):
        for path in sql_files(folder):
            con.execute(query_of(path))
    return con


def capture(capture_id: str, ingest_date: date, **values: Any) -> dict[str, Any]:
    row = {**OWNER, "capture_id": capture_id, "ingest_date": ingest_date, "source_kind": "file"}
    return {**row, "source_ref": f"{capture_id}.html", "outcome": "article", **values}


def article(capture_id: str, ingest_date: date, **values: Any) -> dict[str, Any]:
    row = {**OWNER, "capture_id": capture_id, "ingest_date": ingest_date, "page_kind": "article", "n_words": 4}
    return {**row, "article_id": "a1", "outlet": "The Harbour Post", "text_sha256": capture_id, **values}


def name_of(cluster_no: int, name: str, label: str, **values: Any) -> dict[str, Any]:
    row = {**OWNER, "cluster_no": cluster_no, "name": name, "name_key": name.lower(), "label": label}
    return {**row, "n_mentions": 2, "n_body_mentions": 1, "salience": 0.5, **values}


ROWS: dict[str, list[dict[str, Any]]] = {
    "captures": [
        capture("old", date(2026, 3, 2), captured_at=datetime(2026, 3, 2, 9, tzinfo=UTC)),
        capture("new", DAY, captured_at=datetime(2026, 3, 4, 9, tzinfo=UTC), site="harbourpost.example"),
        capture("dump", DAY),
        capture("wall", DAY, outcome="bot_wall"),
    ],
    "articles": [
        article(
            "old", date(2026, 3, 2), title="Ferry stops", text="The ferry stopped.", published_day=date(2026, 3, 2)
        ),
        article(
            "new",
            DAY,
            title="Ferry sails again",
            text="The ferry sailed again, Ana Reyes said.",
            n_words=7,
            published_day=date(2026, 3, 2),
            published_method="json_ld",
            language="en",
        ),
        article("dump", DAY, article_id="a2", outlet="The Northern Ledger", title="Envoys meet", text="Envoys met."),
        article("dump", DAY, article_id="a2", part_no=1, outlet="The Northern Ledger", title="Ice", text="Ice held."),
    ],
    "entities": [
        name_of(0, "Ana Reyes", "PERSON", kb_id="Q1"),
        name_of(1, "Harbour Board", "ORG", salience=0.2),
        name_of(2, "Halifax", "GPE", lat=44.6, lon=-63.6, country="CA"),
        name_of(0, "Ana Reyes", "PERSON", capture_id="old", ingest_date=date(2026, 3, 2)),
    ],
    "dates": [
        {
            **OWNER,
            "block_no": 1,
            "start_char": 4,
            "end_char": 10,
            "text": "Friday",
            "type": "DATE",
            "value_from": date(2026, 3, 6),
            "value_to": date(2026, 3, 6),
            "function_in_document": "none",
        }
    ],
    "quotes": [
        {
            **OWNER,
            "quote_no": 0,
            "block_no": 1,
            "text": "We sail",
            "kind": "direct",
            "speakers": [{"text": "Reyes", "block_no": 1, "start_char": 1, "end_char": 6, "cluster_no": 0}],
        },
        {**OWNER, "quote_no": 1, "block_no": 1, "text": "All is well", "kind": "direct", "speakers": []},
    ],
    "quote_sources": [
        {**OWNER, "quote_no": 0, "hop": 2, "text": "Meridian Wire"},
        {**OWNER, "quote_no": 0, "hop": 1, "text": "the board"},
    ],
    "blocks": [
        {**OWNER, "block_no": 0, "role": "navigation", "layer": "shell", "text": "Home"},
        {**OWNER, "block_no": 1, "role": "body", "layer": "article", "kept": True, "text": "On Friday we sail."},
        {**OWNER, "block_no": 2, "role": "body", "layer": "article", "kept": True, "text": "More to come."},
        {**OWNER, "block_no": 3, "role": "boilerplate", "layer": "shell", "text": "© 2026"},
    ],
    "date_candidates": [
        {**OWNER, "candidate_no": 0, "kind": "hard", "source": "json_ld", "value": "2026-03-02"},
        {
            **OWNER,
            "candidate_no": 1,
            "kind": "soft",
            "source": "weekday",
            "value": "Friday",
            "block_no": 1,
            "weight": 1.5,
        },
    ],
    "rejected": [{**OWNER, "capture_id": "wall", "outcome": "bot_wall", "reason": "challenge", "stage": "kind"}],
}
