"""The ledger: an entry's counts, all of them determined by its rows alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..schema import TABLES
from ..schema.outcomes import ARTICLE, REJECTED_OUTCOMES, WITHDRAWN


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
