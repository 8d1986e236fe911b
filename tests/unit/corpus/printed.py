"""Invented articles, printed by several papers with cuts and changes, and a lake that holds them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from dateline import lake
from dateline.page.flatten.urls import site, url_key
from dateline.raw import Position
from dateline.schema import TABLES

FIRST = date(2026, 3, 2)
SYLLABLES = ("ba", "do", "fe", "gru", "ki", "lan", "mo", "nor", "pe", "quo", "ris", "sel", "tam", "ul", "vek", "win")


def words(seed: int, count: int) -> list[str]:
    """Words of an invented language; no two seeds share a run of them."""
    dice = random.Random(seed)
    return ["".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 2, 3)))) for _ in range(count)]


def text_of(seed: int, count: int = 120) -> str:
    return " ".join(words(seed, count))


def changed(text: str, every: int) -> str:
    """Each so many words another one."""
    return " ".join(f"x{number}" if number % every == every - 1 else word for number, word in enumerate(text.split()))


def cut(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


@dataclass(frozen=True)
class Printed:
    """One page; `article` is its article_id, by default its name."""

    name: str
    text: str
    title: str = "A title"
    published_day: date | None = FIRST
    article: str = ""
    published_from: date | None = None
    published_to: date | None = None
    captured_at: datetime | None = None
    url: str | None = None
    lines: tuple[str, ...] = ()
    """Blocks below the text, which are not part of it, and why."""
    line_reason: str = "invented"


def clock() -> datetime:
    return datetime(2026, 4, 1, 12, tzinfo=UTC)


def publish(folder: Path, ingest_date: date, pages: Sequence[Printed], *, source: str = "inbox", run: int = 1) -> Any:
    """Make these pages all that is published of the entry."""
    tables = {name: [] for name in TABLES if name != "ledger"}
    for page in pages:
        for name, row in _rows(page, ingest_date, source):
            tables[name].append(pa.RecordBatch.from_pylist([row], schema=TABLES[name].schema()))
    shard = lake.stage_tables(folder, f"{source}-{ingest_date}-{run}", 0, tables)
    candidate = lake.Candidate(
        ingest_date=ingest_date,
        source_id=source,
        position=Position(("000001-aaaaaaaaaaaa.jsonl",)),
        expected=tuple(sorted(page.name for page in pages)),
        build_id="build",
        snapshot_hash="snapshot",
        shards=(shard,),
    )
    return lake.publish(folder, [candidate], clock=clock, run_note="test", force=True)


def ask(folder: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with lake.open_lake(folder) as connection:
        return connection.execute(query, list(values)).fetchall()


def stories(folder: Path) -> list[set[str]]:
    """The names of the pages of each story with copies."""
    query = "SELECT list(capture_id) FROM stories GROUP BY story_id HAVING count(*) > 1"
    return sorted((set(names) for (names,) in ask(folder, query)), key=sorted)


def later(days: int) -> date:
    return FIRST + timedelta(days=days)


def article_row(page: Printed, ingest_date: date, source: str) -> dict[str, Any]:
    """The page's row of articles, with all columns that stories are made from."""
    return {
        **_owner(page, ingest_date, source),
        "article_id": page.article or page.name,
        "page_kind": "article",
        "title": page.title,
        "text": page.text,
        "published_at": None,
        "published_day": page.published_day,
        "published_from": page.published_day or page.published_from,
        "published_to": page.published_day or page.published_to,
        "published_method": "invented",
        "n_words": len(page.text.split()),
        "text_sha256": _digest(page),
    }


def names_of(pages: Iterable[Printed]) -> set[str]:
    return {page.name for page in pages}


def _rows(page: Printed, ingest_date: date, source: str) -> list[tuple[str, dict[str, Any]]]:
    owner = _owner(page, ingest_date, source)
    capture = {**owner, "source_kind": "file", "source_ref": f"{page.name}.html", "captured_at": page.captured_at}
    address = {"url": page.url, "url_key": url_key(page.url), "site": site(page.url)}
    span = {"text": page.text, "text_start": 0, "text_end": len(page.text), "dom_path": "body/main/p"}
    body = {**owner, "block_no": 0, "role": "body", "layer": "article", "kept": True, "reason": "invented", **span}
    shell = {**body, "role": "boilerplate", "layer": "shell", "kept": False, "text_start": None, "text_end": None}
    shell["reason"] = page.line_reason
    below = [
        {**shell, "block_no": number, "text": text, "dom_path": "body/footer/p"}
        for number, text in enumerate(page.lines, start=1)
    ]
    return [
        ("captures", {**capture, **address, "outcome": "article", "payload_sha256": _digest(page)}),
        ("articles", article_row(page, ingest_date, source)),
        *(("blocks", row) for row in (body, *below)),
    ]


def _owner(page: Printed, ingest_date: date, source: str) -> dict[str, Any]:
    return {"ingest_date": ingest_date, "source_id": source, "capture_id": page.name, "part_no": 0}


def _digest(page: Printed) -> str:
    return hashlib.sha256(page.text.encode()).hexdigest()
