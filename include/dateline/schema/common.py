"""Columns that many tables share."""

from __future__ import annotations

from .column import COUNT, DAY, OFFSET, TEXT, Column

INGEST = (
    Column(
        "ingest_date",
        DAY,
        "UTC day of the capture; the Airflow partition key.",
        source="WARC-Date (day)",
        required=True,
        warning="News of a day is found by publication date, not by this.",
    ),
    Column("source_id", TEXT, "What the capture came from: a feed, an inbox, a loaded collection.", required=True),
)

OWNER = (
    *INGEST,
    Column("capture_id", TEXT, "The capture that the row was read from.", required=True),
    Column(
        "part_no",
        COUNT,
        "Which article of the page; 0 is the only one, or the one that title or address speak of, else the first.",
        required=True,
    ),
)

BLOCK_SPAN = (
    Column("block_no", COUNT, "Block that holds it.", required=True),
    Column("start_char", OFFSET, "Where it begins in blocks.text.", unit="code points", required=True),
    Column("end_char", OFFSET, "Where it ends, exclusive.", unit="code points", required=True),
)

TEXT_SPAN = (
    Column("text_start", OFFSET, "Where it begins in articles.text; NULL outside it.", unit="code points"),
    Column("text_end", OFFSET, "Where it ends, exclusive.", unit="code points"),
)
