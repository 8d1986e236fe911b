"""The ledger: an entry's counts, all of them determined by its rows alone, and how people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..schema import TABLES
from ..schema.outcomes import ARTICLE, REJECTED_OUTCOMES, WITHDRAWN
from .manifest import Manifest

COUNTED = ("expected", "collected", "articles", "rejected", "withdrawn", "undated")
"""Counts of an entry that can be added up over entries."""

MOST_LINES = 40
"""Entries that a task's log names one by one; a backfill of years says the rest as one sum."""


def count_entry(ingest_date: date, source_id: str, expected: int, tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """The ledger row of one entry. `expected` is how many captures the raw log holds, withdrawn ones too."""
    captures, articles = tables["captures"], tables["articles"]
    outcomes = Counter(captures["outcome"].to_pylist())
    words = pc.mean(articles["n_words"]).as_py()
    return {
        "ingest_date": ingest_date,
        "source_id": source_id,
        "expected": expected,
        "collected": captures.num_rows - captures["payload_sha256"].null_count,
        "articles": outcomes[ARTICLE],
        "rejected": sum(outcomes[name] for name in REJECTED_OUTCOMES),
        "withdrawn": outcomes[WITHDRAWN],
        "undated": articles["published_day"].null_count,
        "mean_words": words,
    }


def ledger_table(row: Mapping[str, Any]) -> pa.Table:
    """The row as the table `ledger`."""
    return pa.Table.from_pylist([dict(row)], schema=TABLES["ledger"].schema())


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One published entry: its counts, and the build that read it."""

    ingest_date: date
    source_id: str
    counts: Mapping[str, Any]
    build_id: str
    committed_at: datetime | None

    def to_json(self) -> dict[str, Any]:
        """As plain values, the columns of the table `ledger` and those of `builds`."""
        return {
            "ingest_date": self.ingest_date.isoformat(),
            "source_id": self.source_id,
            **self.counts,
            "build_id": self.build_id,
            "committed_at": self.committed_at.isoformat() if self.committed_at else None,
        }


def read_ledger(manifest: Manifest, *, day: date | None = None, source_id: str | None = None) -> list[LedgerLine]:
    """The ledger of a commit in order of day and source, also where the catalog can't be opened."""
    return [
        LedgerLine(*key, entry.counts, entry.build_id, entry.committed_at)
        for key, entry in sorted(manifest.entries.items())
        if day in (None, key[0]) and source_id in (None, key[1])
    ]


def add_up(lines: Iterable[LedgerLine]) -> dict[str, int]:
    """The sums of the counts over entries.

    >>> add_up([])["articles"]
    0
    """
    found = list(lines)
    return {name: sum(line.counts[name] for line in found) for name in COUNTED}


def ledger_text(lines: Sequence[LedgerLine], most: int = MOST_LINES) -> list[str]:
    """The ledger as lines of plain text with aligned columns and totals, for the log of a task.

    >>> counts = dict.fromkeys(COUNTED, 2)
    >>> print(*ledger_text([LedgerLine(date(2026, 3, 2), "inbox", counts, "b", None)]), sep="\\n")
    ledger      expected  collected  articles  rejected  withdrawn   undated  source
    2026-03-02         2          2         2         2          2         2  inbox
    """
    if not lines:
        return []
    rows = [(line.ingest_date.isoformat(), line.counts, line.source_id) for line in lines[:most]]
    if len(lines) > most:
        rows.append((f"... {len(lines) - most}", add_up(lines[most:]), "more entries"))
    if len(lines) > 1:
        rows.append(("total", add_up(lines), f"{len(lines)} entries"))
    head = f"{'ledger':<10}" + "".join(f"  {name:>{max(8, len(name))}}" for name in COUNTED) + "  source"
    return [head, *(f"{day:<10}{_numbers(counts)}  {source}" for day, counts, source in rows)]


def _numbers(counts: Mapping[str, Any]) -> str:
    return "".join(f"  {counts[name]:>{max(8, len(name))}}" for name in COUNTED)
