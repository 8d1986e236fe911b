"""Rows of an invented lake: a few words a page, made from the schema, for tests of what publishing does with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from dateline import lake
from dateline.raw import Position
from dateline.schema import TABLES

DAY = date(2026, 3, 2)
NAMES = ("Mara Lindqvist", "Oslo", "Harbour Board", "Tomas Reiner")


@dataclass(frozen=True)
class InventedPage:
    """A page that reads to a fixed number of rows; `version` is printed in the title of each."""

    name: str
    version: int = 1
    n_mentions: int = 3
    outcome: str = "article"
    day: date | None = date(2026, 3, 1)


def clock() -> datetime:
    return datetime(2026, 3, 20, 12, tzinfo=UTC)


def rows_of(page: InventedPage, ingest_date: date = DAY, source_id: str = "inbox") -> dict[str, list[dict[str, Any]]]:
    """All rows that reading the page gives, by table."""
    owner = {"ingest_date": ingest_date, "source_id": source_id, "capture_id": page.name, "part_no": 0}
    sha256 = hashlib.sha256(page.name.encode()).hexdigest()
    capture = {**owner, "source_kind": "file", "source_ref": f"{page.name}.html", "outcome": page.outcome}
    rows: dict[str, list[dict[str, Any]]] = {"captures": [{**capture, "payload_sha256": sha256}]}
    if page.outcome == "withdrawn":
        return rows
    if page.outcome != "article":
        rows["rejected"] = [{**owner, "outcome": page.outcome, "reason": "invented", "stage": "read"}]
        return rows
    words = [NAMES[i % len(NAMES)] for i in range(page.n_mentions)]
    text = " ".join(words)
    rows["blocks"] = [
        {
            **owner,
            "block_no": 0,
            "role": "body",
            "layer": "article",
            "kept": True,
            "text": text,
            "text_start": 0,
            "text_end": len(text),
            "reason": "invented",
        }
    ]
    rows["articles"] = [
        {
            **owner,
            "article_id": page.name,
            "page_kind": "article",
            "title": f"version {page.version} of {page.n_mentions}",
            "text": text,
            "published_day": page.day,
            "published_method": "invented",
            "n_words": len(text.split()),
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
    ]
    rows["mentions"] = list(_mentions(owner, words, page.version))
    rows["entities"] = [
        {**owner, "cluster_no": 0, "name": "all", "name_key": "all", "label": "ORG", "n_mentions": page.n_mentions}
        | {"n_body_mentions": page.n_mentions}
    ]
    return rows


def _mentions(owner: dict[str, Any], words: Sequence[str], version: int) -> Iterable[dict[str, Any]]:
    start = 0
    for word in words:
        end = start + len(word)
        span = {"start_char": start, "end_char": end, "text_start": start, "text_end": end}
        yield {**owner, "block_no": 0, **span, "text": word, "label": "ORG", "cluster_no": 0, "score": float(version)}
        start = end + 1


def batches_of(
    pages: Iterable[InventedPage], ingest_date: date = DAY, source_id: str = "inbox"
) -> dict[str, list[Any]]:
    """Record batches by table, one a page."""
    found: dict[str, list[Any]] = {name: [] for name in TABLES if name != "ledger"}
    for page in pages:
        for name, rows in rows_of(page, ingest_date, source_id).items():
            found[name].append(pa.RecordBatch.from_pylist(rows, schema=TABLES[name].schema()))
    return found


def stage(
    folder: Path,
    pages: Sequence[InventedPage],
    *,
    run_id: str,
    ingest_date: date = DAY,
    source_id: str = "inbox",
    n_shards: int = 1,
    position: Position | None = None,
) -> lake.Candidate:
    """Stage pages as one entry, dealt out to shards, and return the candidate."""
    shards = tuple(
        lake.stage_tables(folder, run_id, number, batches_of(pages[number::n_shards], ingest_date, source_id))
        for number in range(n_shards)
    )
    return lake.Candidate(
        ingest_date=ingest_date,
        source_id=source_id,
        position=position or Position(("000001-aaaaaaaaaaaa.jsonl",)),
        expected=tuple(sorted(page.name for page in pages)),
        build_id="build",
        snapshot_hash="snapshot",
        shards=shards,
    )


def publish(folder: Path, pages: Sequence[InventedPage], *, run_id: str, force: bool = False, **options: Any) -> Any:
    """Stage and publish pages as one entry."""
    candidate = stage(folder, pages, run_id=run_id, **options)
    return lake.publish(folder, [candidate], clock=clock, run_note=run_id, force=force)


def pages_of(*names: str, **facts: Any) -> list[InventedPage]:
    return [InventedPage(name, **facts) for name in names]


def ask(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """Answer of the lake's catalog."""
    with lake.open_lake(folder) as connection:
        return connection.execute(query).fetchall()


def files_below(folder: Path, *parts: str) -> dict[str, bytes]:
    """Bytes by relative path of all files below a folder."""
    start = folder.joinpath(*parts)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(start.rglob("*")) if path.is_file()
    }
