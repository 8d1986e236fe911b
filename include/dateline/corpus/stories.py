"""The table `stories`: brought up to date by days, equal to what a build from nothing gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import duckdb

from ..lake.commit import Clock, lake_lock
from ..lake.derive import derive
from ..lake.derived import DerivedTable, derived_folder, read_derived, write_derived
from ..lake.garbage import GRACE
from ..lake.manifest import current
from ..raw.durable import TEMPORARY
from ..raw.locking import PATIENCE, hold_lock
from ..schema.derived import STORIES
from ..snapshot import PROFILES_FOLDER
from .build import Built, build
from .changes import changed_days
from .limits import Limits, default_limits
from .nodes import Node, node_of
from .parts import read_built, write_built
from .shingles import Signature, method_name, sign
from .view import open_view, read_articles, read_texts

MOST_TEXTS = 1000
"""Texts in memory at once while signatures are made."""


@dataclass(frozen=True, slots=True)
class StoriesResult:
    """What a run did: the ingest days that had changed, what is in the table now, and whether that is new.

    `manifest` is the number of the manifest that the table is of; 0 where nothing was ever published.
    """

    manifest: int
    changed: bool = False
    days: tuple[date, ...] = ()
    n_articles: int = 0
    n_stories: int = 0
    n_with_copies: int = 0


def derive_stories(
    lake: Path, *, clock: Clock, patience: float = PATIENCE, from_scratch: bool = False, limits: Limits | None = None
) -> StoriesResult:
    """Bring the table `stories` up to date with the current manifest and publish it with the catalog.

    Only texts of articles that are new since the last run are read, and only pairs of days within the window
    behind a changed article are looked for again. What comes out is equal to a build `from_scratch`, byte by byte.
    One run at a time, under a lock of its own; commits go on meanwhile. Raises `LockHeldError` where
    another run hangs, `DamagedLakeError` where the lake has to be repaired.
    """
    limits = limits or default_limits()
    method = method_name(limits)
    with hold_lock(derived_folder(lake) / "lock", patience=patience):
        opened = open_view(lake, patience=patience)
        if opened is None:
            return StoriesResult(0)
        manifest, connection = opened
        with connection:
            known = read_derived(lake).tables.get(STORIES.name)
            old = known if known and known.method == method and not from_scratch else None
            days = changed_days(lake, old, manifest)
            if old and not days:
                table = replace(old, manifest=manifest.number, lake_hash=manifest.lake_hash)
                _publish(lake, table, clock, patience)
                return StoriesResult(manifest.number)
            before = read_built(lake, old)
            built = build(_nodes(connection, before.nodes, limits), before, partial(read_texts, connection), limits)
            table = DerivedTable(manifest.number, manifest.lake_hash, method, *write_built(lake, built))
            _publish(lake, table, clock, patience)
            return _result(manifest.number, known is None or known.files != table.files, days, built)


def collect_garbage(lake: Path, *, clock: Clock, grace: timedelta = GRACE, patience: float = PATIENCE) -> list[Path]:
    """Delete derived files that no table has named for `grace`; returns what was deleted.

    Readers that opened the catalog before keep what they read for that long. A file that was never named,
    left by a run that died, goes once it is as old.
    """
    limit = clock() - grace
    with hold_lock(derived_folder(lake) / "lock", patience=patience):
        derived = read_derived(lake)
        named = derived.paths()
        found = []
        for path in sorted(derived_folder(lake).rglob("*")):
            relative = path.relative_to(lake).as_posix()
            is_data = path.suffix == ".parquet" or path.name.startswith(TEMPORARY)
            # Snapshots may be pinned: `collect_snapshots` knows which.
            is_snapshot = relative.startswith(f"{PROFILES_FOLDER}/") and not path.name.startswith(TEMPORARY)
            if not is_data or is_snapshot or relative in named or not path.is_file():
                continue
            since = derived.retired.get(relative)
            if since < limit if since else path.stat().st_mtime < limit.timestamp():
                path.unlink()
                found.append(path)
        kept = {path: since for path, since in derived.retired.items() if (lake / path).exists()}
        if kept != derived.retired:
            write_derived(lake, replace(derived, retired=kept))
    return found


def _publish(lake: Path, table: DerivedTable, clock: Clock, patience: float) -> None:
    """Point at the table's files and bring the catalog up to date."""
    derived = read_derived(lake)
    if table != derived.tables.get(STORIES.name):
        write_derived(lake, derived.replace_table(STORIES.name, table, clock()))
    with lake_lock(lake, patience=patience):
        manifest = current(lake)
        if manifest:
            derive(lake, manifest)


def _nodes(connection: duckdb.DuckDBPyConnection, before: Sequence[Node], limits: Limits) -> list[Node]:
    """The articles as nodes, with signatures from before where the text was signed then."""
    articles = read_articles(connection)
    signatures: dict[str, Signature] = {node.text_sha256: node.signature for node in before}
    unknown = list({row["text_sha256"]: row for row in articles if row["text_sha256"] not in signatures}.values())
    unknown.sort(key=lambda row: (row["ingest_date"], row["source_id"], row["capture_id"], row["part_no"]))
    for start in range(0, len(unknown), MOST_TEXTS):
        chunk = unknown[start : start + MOST_TEXTS]
        texts = read_texts(connection, chunk)
        signed = sign([texts[row["capture_id"], row["part_no"]] for row in chunk], limits)
        signatures.update(zip((row["text_sha256"] for row in chunk), signed, strict=True))
    return [node_of(row, signatures[row["text_sha256"]]) for row in articles]


def _result(manifest: int, changed: bool, days: Iterable[date], built: Built) -> StoriesResult:
    sizes = Counter(len(story.members) > 1 for story in built.stories)
    return StoriesResult(manifest, changed, tuple(days), len(built.nodes), len(built.stories), sizes[True])
