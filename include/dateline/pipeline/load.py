"""All steps in one process: what the command line runs, and what the DAGs run task by task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from .. import lake
from ..config import Settings
from ..raw import EntryKey, entries, find_raw_damage
from ..schema.outcomes import DAMAGED_IN_RAW
from ..snapshot import take_snapshot
from .children import start_processes
from .collect import Clock, CollectResult, collect
from .errors import PipelineError, telling_disk_trouble
from .extract import Read, extract_shard
from .journal import count_done
from .plan import plan
from .publish import PublishResult, publish
from .run_folder import Plan

Progress = Callable[[str, int, int], None]
"""Told the step (collect, extract, publish), how many of its pages are done, and how many there are."""

DEATHS = 20
"""Times that worker processes may die in one run; each death singles out one page at least."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did, step by step; `collected` is None where nothing was collected (a rebuild).

    `damaged` names the pages whose bytes in raw are not whole: they are `broken` in the lake until they are.
    """

    collected: CollectResult | None
    plan: Plan
    published: PublishResult
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a rebuild found and did: problems in words, entries that the lake lacked, and the reading.

    `lost` is what is wrong with raw itself, which only a backup or collecting again can mend.
    """

    problems: tuple[str, ...]
    lost: tuple[str, ...]
    lacking: tuple[EntryKey, ...]
    loaded: LoadResult


@telling_disk_trouble
def load(
    settings: Settings,
    paths: Sequence[Path],
    *,
    collection: str | None = None,
    captured_on: date | None = None,
    clock: Clock,
    max_shards: int = 4,
    workers: int = 1,
    again: bool = False,
    force: bool = False,
    progress: Progress | None = None,
    read: Read | None = None,
) -> LoadResult:
    """Collect the paths, read every entry they touch, and publish them in one commit.

    With more than one worker, shards are read by processes, and a page that kills its process costs that page alone.
    Raises PipelineError where a path can't be loaded, `lake.LakeError` where publishing is refused.
    """
    tell = progress or _silent
    tell("collect", 0, 0)
    collected = collect(settings, paths, collection=collection, captured_on=captured_on, clock=clock)
    return _read_and_publish(
        settings,
        collected.entries,
        collected,
        clock=clock,
        max_shards=max_shards,
        workers=workers,
        again=again,
        force=force,
        tell=tell,
        read=read,
    )


@telling_disk_trouble
def rebuild(
    settings: Settings,
    *,
    clock: Clock,
    max_shards: int = 4,
    workers: int = 1,
    progress: Progress | None = None,
    read: Read | None = None,
) -> RebuildResult:
    """Make the lake whole: entries that it lacks or that are damaged are read from raw, the rest is derived anew.

    Without a lake this makes the whole of it. Raises `lake.DamagedLakeError` where no manifest is left to begin from.
    """
    damage = lake.find_damage(settings.lake)
    _point_at_whole_manifest(settings)
    manifest = lake.current(settings.lake)
    published = manifest.entries if manifest else {}
    lacking = set(entries(settings.raw)) - set(published)
    broken = {key for key, entry in published.items() if entry.counts.get("damaged")}
    lost = list(find_raw_damage(settings.raw))
    unreadable = {item.entry for item in lost if item.log}
    done = _read_and_publish(
        settings,
        sorted((lacking | broken | set(damage.entries)) - unreadable),
        None,
        clock=clock,
        max_shards=max_shards,
        workers=workers,
        again=True,
        force=True,
        tell=progress or _silent,
        read=read,
    )
    lake.rebuild_derived(settings.lake, patience=settings.patience)
    problems = tuple(item.problem for item in lost)
    return RebuildResult(damage.problems, problems, tuple(sorted(lacking - unreadable)), done)


def _point_at_whole_manifest(settings: Settings) -> None:
    try:
        lake.current(settings.lake)
    except lake.DamagedLakeError:
        # The pointer is mended first; the views fail where data files are gone, and are made at the end.
        with suppress(duckdb.Error):
            lake.rebuild_derived(settings.lake, patience=settings.patience)


def _read_and_publish(
    settings: Settings,
    keys: Iterable[EntryKey],
    collected: CollectResult | None,
    *,
    clock: Clock,
    max_shards: int,
    workers: int,
    again: bool,
    force: bool,
    tell: Progress,
    read: Read | None,
) -> LoadResult:
    made = plan(settings, keys, take_snapshot(settings), max_shards=max_shards, run_id="load", again=again)
    tell("extract", 0, made.n_captures)
    if workers > 1:
        _extract_in_processes(settings, made, workers, tell, read)
    else:
        _extract_here(settings, made, tell, read)
    tell("publish", made.n_captures, made.n_captures)
    published = publish(settings, made.folder, clock=clock, force=force, read=read)
    damaged = _damaged_pages(settings, made) if published.counts.get("damaged") else ()
    return LoadResult(collected, made, published, damaged)


def _damaged_pages(settings: Settings, made: Plan) -> tuple[str, ...]:
    """The pages of this run that could not be read because their bytes in raw are not whole."""
    read = {(entry.ingest_date, entry.source_id) for entry in made.entries}
    query = "SELECT ingest_date, source_id, source_ref, capture_id FROM captures WHERE reason = ? ORDER BY ALL"
    with lake.open_lake(settings.lake) as connection:
        rows = connection.execute(query, [DAMAGED_IN_RAW]).fetchall()
    return tuple(f"{day} {source} {ref} (capture {key})" for day, source, ref, key in rows if (day, source) in read)


def _extract_here(settings: Settings, made: Plan, tell: Progress, read: Read | None) -> None:
    done = 0

    def count(pages: int) -> None:
        nonlocal done
        done += pages
        tell("extract", done, made.n_captures)

    for shard in made.shards:
        extract_shard(settings, shard, read=read, on_pages=count)


def _extract_in_processes(settings: Settings, made: Plan, workers: int, tell: Progress, read: Read | None) -> None:
    waiting: Sequence[Path] = made.shards
    for _ in range(DEATHS):
        waiting = _try_in_processes(settings, waiting, workers, read, lambda: _tell_done(made, tell))
        if not waiting:
            return
        # One death ends all processes of a pool: from now on one at a time, so that no innocent page is blamed.
        workers = 1
    raise PipelineError(
        f"worker processes died {DEATHS} times in {made.folder}; give them more memory, then load again"
    )


def _try_in_processes(
    settings: Settings, shards: Sequence[Path], workers: int, read: Read | None, on_wait: Callable[[], None]
) -> list[Path]:
    """Read shards side by side; returns those whose process died."""
    died: list[Path] = []
    with start_processes(workers) as pool:
        running: dict[Future[object], Path] = {
            pool.submit(extract_shard, settings, shard, read=read): shard for shard in shards
        }
        unfinished = set(running)
        while unfinished:
            finished, unfinished = wait(unfinished, timeout=0.3)
            on_wait()
            for future in finished:
                try:
                    future.result()
                except BrokenProcessPool:
                    died.append(running[future])
    return sorted(died)


def _tell_done(made: Plan, tell: Progress) -> None:
    tell("extract", min(count_done(made.folder), made.n_captures), made.n_captures)


def _silent(step: str, done: int, total: int) -> None:
    """Nobody wants to know."""
