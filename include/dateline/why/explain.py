"""One row explained for the terminal."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..config import Settings
from ..lake import open_lake
from ..schema import TABLES
from ..schema.derived import STORIES
from ._places import Place, RawPage, find_places
from ._rows import Row, WhyError, find_build, find_capture, find_row, find_rows, read_raw

BESIDE = {
    "articles": ("date_candidates",),
    "captures": ("rejected", "articles"),
    "entities": ("mentions",),
    "quotes": ("quote_sources",),
    "quote_sources": ("quotes",),
    "rejected": (),
}
"""Rows of other tables that explain a row of this one."""

EXPLAINED = (*(name for name in TABLES if name != "ledger"), STORIES.name)
"""Tables whose rows are explained; those of stories by `explain_story`."""

HEAD_BYTES = 64
"""Bytes shown of a payload that gave no text."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that `dateline why` shows of one row.

    `payload` holds the bytes of the capture, `raw` their text, and `head` the first bytes where they gave none.
    """

    table: str
    row: Row
    capture: Row
    build: Row
    places: tuple[Place, ...] = ()
    beside: dict[str, list[Row]] = field(default_factory=dict)
    head: bytes = b""
    payload: bytes = field(default=b"", repr=False)
    raw: str = field(default="", repr=False)


def explain(settings: Settings, table: str, key: str) -> Explanation:
    """Explain the row of `table` with this KEY: capture_id[/part_no[/row_no]]; an id may be cut short while unique.

    Raises WhyError where there is no such row, `lake.LakeError` where there is no lake.
    """
    if table not in EXPLAINED or table == STORIES.name:
        raise WhyError(f"no table {table!r}; there are {', '.join(EXPLAINED)}")
    prefix, _, numbers = key.partition("/")
    with open_lake(settings.lake) as connection:
        capture = find_capture(connection, prefix)
        row = find_row(connection, table, capture["capture_id"], numbers)
        blocks = find_rows(connection, "blocks", {"capture_id": capture["capture_id"]}, "block_no")
        beside = {
            name: find_rows(connection, name, _shared(name, table, row), ", ".join(TABLES[name].key))
            for name in BESIDE.get(table, ())
        }
        build = find_build(connection, capture)
    payload, raw = read_raw(settings, capture)
    places = find_places(RawPage(payload, raw, capture["charset"]), table, row, blocks, beside)
    head = b"" if raw else payload[:HEAD_BYTES]
    return Explanation(table, row, capture, build, places, beside, head, payload, raw)


def _shared(name: str, table: str, row: Row) -> Row:
    """Values of the columns that join a row to those of another table."""
    shared = {"capture_id": row["capture_id"]}
    if table != "captures":
        shared["part_no"] = row["part_no"]
    for number in ("quote_no", "cluster_no"):
        if number in row and number in TABLES[name].names:
            shared[number] = row[number]
    return shared
