"""Names of the places in the file that links lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]


def raw_anchor(block_no: int) -> str:
    """A block in the raw page."""
    return f"r{block_no}"


def clean_anchor(block_no: int) -> str:
    """A block in the clean article."""
    return f"c{block_no}"


def card_anchor(row: Row) -> str:
    """The card of a piece of evidence."""
    return f"e{row['part_no']}-{row['candidate_no']}"


def words_anchor(row: Row) -> str:
    """The words of a piece of evidence in the raw page."""
    return f"w{row['part_no']}-{row['candidate_no']}"


def span_anchor(table: str, row: Row) -> str:
    """A name, date mention or quotation in the clean article."""
    return f"{table}-{row['part_no']}-{row['block_no']}-{row['start_char']}-{row['end_char']}"


def find_anchor(chosen: tuple[str, Row] | None, rows: Mapping[str, Sequence[Row]]) -> tuple[str, str]:
    """Where the row that was asked for stands in the file, and what it is in words; both empty for a whole page."""
    if chosen is None:
        return "", ""
    table, row = chosen
    if table in ("captures", "articles", "rejected"):
        return "", ""
    if table == "date_candidates":
        return card_anchor(row), f"evidence {row['candidate_no']}"
    if table == "blocks":
        return raw_anchor(row["block_no"]), f"block {row['block_no']}"
    if table in ("mentions", "dates", "quotes"):
        return span_anchor(table, row), f"{table.removesuffix('s')} “{row['text']}”"
    column, owner = ("cluster_no", "mentions") if table == "entities" else ("quote_no", "quotes")
    words = f"“{row['name'] if table == 'entities' else row['text']}”"
    same = [r for r in rows.get(owner, ()) if r[column] == row[column] and r["part_no"] == row["part_no"]]
    return (span_anchor(owner, same[0]), words) if same else ("", words)
