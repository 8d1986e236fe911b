"""All rows of one capture with its raw page, for the page that shows them side by side."""

from __future__ import annotations

from ..config import Settings
from ..lake import open_lake
from ..schema import TABLES
from ..web import PageRows
from ._rows import find_build, find_capture, find_rows, read_raw
from .explain import Explanation

SHOWN = tuple(name for name in TABLES if name not in ("captures", "ledger"))


def gather_page(settings: Settings, found: Explanation) -> PageRows:
    """Everything that the lake holds of the page behind an explained row. Raises `lake.LakeError` where it is gone."""
    with open_lake(settings.lake) as connection:
        capture = find_capture(connection, found.capture["capture_id"])
        where = {"capture_id": capture["capture_id"]}
        rows = {name: find_rows(connection, name, where, ", ".join(TABLES[name].key)) for name in SHOWN}
        build = find_build(connection, capture)
    payload, page = read_raw(settings, capture)
    return PageRows(
        capture=capture,
        build=build,
        raw=page.raw if page else "",
        head=payload[:256],
        is_html=page is not None and page.media_type != "text/plain",
        rows=rows,
        chosen=(found.table, found.row),
    )
