"""Derived tables that are counted anew where something changed: pages of one story, and site profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ..identity import content_id
from ..lake.commit import Clock, lake_lock
from ..lake.derive import derive
from ..lake.derived import Derived, DerivedTable, derived_folder, read_derived, write_derived
from ..lake.manifest import Manifest, current
from ..raw.locking import PATIENCE, hold_lock
from ..schema.derived import SITE_PROFILES, STORIES, STORY_PAGES
from .pagination import join_pages, read_pages
from .parts import write_rows
from .profiles import learn_profiles, write_snapshot
from .view import open_view

METHOD = "1"
"""Raised when a rule of these tables changes, so that they are made anew."""


@dataclass(frozen=True, slots=True)
class OthersResult:
    """What a run did: whether a table changed, and the number of the snapshot that is current now.

    `profiles` is the number of the current snapshot of site profiles; 0 where nothing repeats yet.
    """

    changed: bool = False
    profiles: int = 0


def derive_others(lake: Path, *, clock: Clock, patience: float = PATIENCE, from_scratch: bool = False) -> OthersResult:
    """Bring `story_pages` and `site_profiles` up to date with the current manifest, and with `stories` as they are.

    Raises `LockHeldError` where another run hangs, `DamagedLakeError` where the lake has to be repaired.
    """
    with hold_lock(derived_folder(lake) / "lock", patience=patience):
        opened = open_view(lake, patience=patience)
        if opened is None:
            return OthersResult()
        manifest, connection = opened
        with connection:
            known = read_derived(lake)
            if from_scratch or not _is_current(known, manifest):
                _publish(lake, _make(lake, known, connection), manifest, clock, patience)
        return _result(known, read_derived(lake))


def _is_current(known: Derived, manifest: Manifest) -> bool:
    tables = [known.tables.get(table.name) for table in (STORY_PAGES, SITE_PROFILES)]
    method = _method(known)
    return all(table and table.lake_hash == manifest.lake_hash and table.method == method for table in tables)


def _method(known: Derived) -> str:
    """What the tables depend on beside the manifest: their rules, and the stories, which tell copies apart."""
    stories = known.tables.get(STORIES.name)
    return content_id(METHOD, *(sorted(stories.files.values()) if stories else ()))[:12]


def _make(lake: Path, known: Derived, connection: duckdb.DuckDBPyConnection) -> Mapping[str, Mapping[str, str]]:
    profiles = write_snapshot(lake, learn_profiles(connection), known.tables.get(SITE_PROFILES.name))
    pages = write_rows(lake, STORY_PAGES, join_pages(read_pages(connection)), "ingest_date")
    return {STORY_PAGES.name: pages, SITE_PROFILES.name: profiles}


def _publish(
    lake: Path, made: Mapping[str, Mapping[str, str]], manifest: Manifest, clock: Clock, patience: float
) -> None:
    derived = known = read_derived(lake)
    for name, paths in made.items():
        table = DerivedTable(manifest.number, manifest.lake_hash, _method(known), paths)
        derived = derived.replace_table(name, table, clock())
    write_derived(lake, derived)
    with lake_lock(lake, patience=patience):
        now = current(lake)
        if now:
            derive(lake, now)


def _result(before: Derived, after: Derived) -> OthersResult:
    names = (STORY_PAGES.name, SITE_PROFILES.name)
    old, new = ([derived.tables.get(name) for name in names] for derived in (before, after))
    changed = [table and table.files for table in old] != [table and table.files for table in new]
    profiles = new[1].files if new[1] else {}
    return OthersResult(changed, max(map(int, profiles), default=0))
