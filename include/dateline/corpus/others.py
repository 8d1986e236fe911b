"""Derived tables that are counted anew where something changed: pages of one story, and site profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from ..identity import content_id
from ..lake.commit import Clock, lake_lock
from ..lake.derive import derive
from ..lake.derived import Derived, DerivedTable, derived_folder, read_derived, write_derived
from ..lake.manifest import Manifest, current
from ..raw.locking import PATIENCE, hold_lock
from ..schema.derived import LINE, PATH, SITE_PROFILES, STORIES, STORY_PAGES
from .pagination import join_pages, read_pages
from .parts import write_rows
from .profiles import learn_profiles, write_snapshot
from .view import open_view

METHOD = "1"
"""Raised when a rule of these tables changes, so that they are made anew."""


@dataclass(frozen=True, slots=True)
class OthersResult:
    """What a run did: whether a table changed, the snapshot that is current now, and what was found.

    `profiles` is the number of the current snapshot of site profiles; 0 where nothing repeats yet. The counts are of
    tables that this run made, and 0 where those that are there were left: stories over several pages and the pages
    of these, sites with a profile, and the lines and paths that repeat there.
    """

    changed: bool = False
    profiles: int = 0
    n_paged_stories: int = 0
    n_pages: int = 0
    n_sites: int = 0
    n_lines: int = 0
    n_paths: int = 0


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
            known, found = read_derived(lake), OthersResult()
            if from_scratch or not _is_current(known, manifest):
                made, found = _make(lake, known, connection)
                _publish(lake, made, manifest, clock, patience)
        return _compare(found, known, read_derived(lake))


def _is_current(known: Derived, manifest: Manifest) -> bool:
    tables = [known.tables.get(table.name) for table in (STORY_PAGES, SITE_PROFILES)]
    method = _method(known)
    return all(table and table.lake_hash == manifest.lake_hash and table.method == method for table in tables)


def _method(known: Derived) -> str:
    """What the tables depend on beside the manifest: their rules, and the stories, which tell copies apart."""
    stories = known.tables.get(STORIES.name)
    return content_id(METHOD, *(sorted(stories.files.values()) if stories else ()))[:12]


def _make(
    lake: Path, known: Derived, connection: duckdb.DuckDBPyConnection
) -> tuple[Mapping[str, Mapping[str, str]], OthersResult]:
    """Files of the tables by their names, and what was found."""
    profiles, pages = learn_profiles(connection), join_pages(read_pages(connection))
    files = {
        STORY_PAGES.name: write_rows(lake, STORY_PAGES, pages, "ingest_date"),
        SITE_PROFILES.name: write_snapshot(lake, profiles, known.tables.get(SITE_PROFILES.name)),
    }
    kinds = Counter(profiles["kind"].to_pylist())
    return files, OthersResult(
        n_paged_stories=len({page["head_article_id"] for page in pages}),
        n_pages=len(pages),
        n_sites=len(set(profiles["site"].to_pylist())),
        n_lines=kinds[LINE],
        n_paths=kinds[PATH],
    )


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


def _compare(found: OthersResult, before: Derived, after: Derived) -> OthersResult:
    names = (STORY_PAGES.name, SITE_PROFILES.name)
    old, new = ([derived.tables.get(name) for name in names] for derived in (before, after))
    changed = [table and table.files for table in old] != [table and table.files for table in new]
    profiles = new[1].files if new[1] else {}
    return replace(found, changed=changed, profiles=max(map(int, profiles), default=0))
