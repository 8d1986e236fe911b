"""Site profiles: what repeats over the pages of a site, counted from the published blocks, as numbered snapshots.

A pure function of one manifest and its stories. Snapshots hold hashes of words, paths of tags and ids of the pages
that prove them: the words themselves stay in `blocks`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ..lake.commit import Clock
from ..lake.derived import DerivedTable, derived_folder, read_derived
from ..lake.garbage import GRACE
from ..lake.parquet import encode, hash_name, in_schema
from ..page.roles.profile import EVERYWHERE, MARK, line_key, section_of
from ..raw.durable import READ_ONLY, write_file
from ..raw.locking import PATIENCE, hold_lock
from ..schema.derived import SITE_PROFILES
from ..snapshot import PROFILES_FOLDER

LEAST_PAGES = 3
"""Two pages may share a line by chance; reading asks for more still, see `page.profile.LEAST_OTHERS`."""
LEAST_PRINTED = 2
"""Pages on which a line stands letter by letter; printings in other letter case are counted with it."""
MOST_PROOFS = 5
KEPT_LAST = 10
"""Snapshots that stay beside the one that is pinned."""

_NAME = re.compile(r"(\d{4,})-[0-9a-f]{12}\.parquet")


def learn_profiles(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The rows of `site_profiles` for the lake that the connection sees."""
    pages = _pages(connection)
    if not pages:
        return SITE_PROFILES.schema().empty_table()
    shown = {"pages": _table(pages), "places": _table(_places(pages))}
    for name, table in shown.items():
        connection.register(name, table)
    try:
        least = {"least": LEAST_PRINTED}
        repeated = connection.sql(_query("repeated_lines"), params=least).to_arrow_table()
        keys = [line_key(text) for text in repeated["text"].to_pylist()]
        lines = repeated.append_column("line_key", pa.array(keys, pa.string()))
        connection.register("lines", lines.filter(lines["line_key"].is_valid()))
        shown["lines"] = lines
        given = {"least": LEAST_PAGES, "mark": MARK, "most_proofs": MOST_PROOFS}
        found = [
            connection.sql(_query(name), params=given).to_arrow_table() for name in ("profile_lines", "profile_paths")
        ]
    finally:
        for name in shown:
            connection.unregister(name)
    return in_schema(SITE_PROFILES, [table.cast(SITE_PROFILES.schema()) for table in found])


def write_snapshot(lake: Path, rows: pa.Table, known: DerivedTable | None) -> dict[str, str]:
    """Write rows as the next snapshot, unless they are the current one; returns its path by its number.

    Numbers only grow: the next one is above every number that the lake has or names. No rows give no snapshot.
    """
    if not rows.num_rows:
        return {}
    data = encode(SITE_PROFILES, rows)
    numbers = _numbers(lake) | ({int(part): path for part, path in known.files.items()} if known else {})
    newest = max(numbers, default=0)
    name = f"{hash_name(data)}.parquet"
    if newest and numbers[newest].endswith(name) and (lake / numbers[newest]).is_file():
        return {f"{newest:04}": numbers[newest]}
    path = f"{PROFILES_FOLDER}/{newest + 1:04}-{name}"
    write_file(lake / path, data, mode=READ_ONLY)
    return {f"{newest + 1:04}": path}


def collect_snapshots(
    lake: Path, pinned: Path | int | None, *, clock: Clock, grace: timedelta = GRACE, patience: float = PATIENCE
) -> list[Path]:
    """Delete snapshots but the last ten, the pinned one and those younger than `grace`; returns what was deleted."""
    limit = (clock() - grace).timestamp()
    with hold_lock(derived_folder(lake) / "lock", patience=patience):
        named = read_derived(lake).paths()
        numbers = _numbers(lake)
        kept = {*sorted(numbers)[-KEPT_LAST:], pinned}
        found = [lake / path for number, path in numbers.items() if number not in kept and path not in named]
        gone = sorted(path for path in found if path != pinned and path.stat().st_mtime < limit)
        for path in gone:
            path.unlink()
    return gone


def _numbers(lake: Path) -> dict[int, str]:
    """Paths of the snapshots that are there, by number."""
    found = ((path, _NAME.fullmatch(path.name)) for path in (lake / PROFILES_FOLDER).glob("*.parquet"))
    return {int(match[1]): f"{PROFILES_FOLDER}/{path.name}" for path, match in found if match}


def _pages(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Pages of the sites that have enough of them."""
    rows = connection.sql(_query("profile_pages")).to_arrow_table().to_pylist()
    stories: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        stories[row["site"]].add(row["story"])
    return [
        {**row, "section": section_of(row.pop("url_key"))} for row in rows if len(stories[row["site"]]) >= LEAST_PAGES
    ]


def _places(pages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sites (section `*`) and their sections with the number of stories on their pages."""
    everywhere = {(page["site"], EVERYWHERE, page["story"]) for page in pages}
    within = {(page["site"], page["section"], page["story"]) for page in pages}
    counts = Counter((site, section) for site, section, _ in everywhere | within)
    # A section that is all of its site says nothing more than the site.
    found = {
        place: count
        for place, count in counts.items()
        if place[1] == EVERYWHERE or LEAST_PAGES <= count < counts[place[0], EVERYWHERE]
    }
    return [
        {"site": site, "section": section, "n_looked_at": count} for (site, section), count in sorted(found.items())
    ]


def _table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(rows))


def _query(name: str) -> str:
    return (files("dateline") / "sql" / "corpus" / f"{name}.sql").read_text("utf-8")
