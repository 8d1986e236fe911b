"""Files of derived tables and of what the next run can use: one a month, named by content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from ..lake.derived import DerivedTable, write_part
from ..schema import Table
from ..schema.derived import STORIES
from .build import NOTHING, Built
from .nodes import NODES, nodes_from, table_of
from .pairs import PAIRS

Row = TypeVar("Row")


def read_built(lake: Path, table: DerivedTable | None) -> Built:
    """Nodes and pairs that an earlier run left; nothing where they can't be read."""
    if table is None:
        return NOTHING
    try:
        nodes = [node for rows in _read(lake, table, NODES) for node in nodes_from(rows)]
        pairs = [row for rows in _read(lake, table, PAIRS) for row in rows.to_pylist()]
    except (OSError, pa.ArrowInvalid, KeyError):
        return NOTHING
    return Built(nodes, pairs)


def write_built(lake: Path, built: Built) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Write what is not there yet; returns the files of `stories`, and the working files by their table."""
    by_day = _months(built.nodes, lambda node: node.compared_day.isoformat())
    nodes = {month: write_part(lake, NODES, month, [table_of(found)]) for month, found in by_day.items()}
    pairs = write_rows(lake, PAIRS, built.pairs, "compared_day")
    return write_rows(lake, STORIES, built.rows(), "ingest_date"), {NODES.name: nodes, PAIRS.name: pairs}


def _read(lake: Path, table: DerivedTable, of: Table) -> list[pa.Table]:
    return [pq.ParquetFile(lake / path).read() for _, path in sorted(table.working[of.name].items())]


def write_rows(lake: Path, table: Table, rows: Iterable[Mapping[str, Any]], day: str) -> dict[str, str]:
    """Write rows as one file a month of the column `day`; returns their paths by month."""
    schema = table.schema()
    months = _months(rows, lambda row: str(row[day].isoformat()))
    return {
        month: write_part(lake, table, month, [pa.Table.from_pylist([dict(row) for row in found], schema=schema)])
        for month, found in months.items()
    }


def _months(items: Iterable[Row], day_of: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for item in items:
        found[day_of(item)[:7]].append(item)
    return {month: found[month] for month in sorted(found)}
