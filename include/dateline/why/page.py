"""All rows of one capture with its raw page, for the page that shows them side by side."""

from __future__ import annotations

from ..config import Settings
from ..lake import open_lake
from ..schema import TABLES
from ..web import PageRows
from ._rows import find_rows
from .explain import Explanation

SHOWN = tuple(name for name in TABLES if name not in ("captures", "ledger"))

HEAD_BYTES = 256
"""Bytes shown of a payload that gave no text."""


def gather_page(settings: Settings, found: Explanation) -> PageRows:
    """Everything that the lake holds of the page behind an explained row. Raises `lake.LakeError` where it is gone."""
    where = {"capture_id": found.capture["capture_id"]}
    with open_lake(settings.lake) as connection:
        rows = {name: find_rows(connection, name, where, ", ".join(TABLES[name].key)) for name in SHOWN}
    return PageRows(
        capture=found.capture,
        build=found.build,
        raw=found.raw,
        head=found.payload[:HEAD_BYTES],
        is_html=found.capture["media_type"] != "text/plain",
        rows=rows,
        chosen=(found.table, found.row),
    )
