"""Second step: which entries have to be read, cut into shards of about equal work."""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Iterable, Sequence

from ..config import Settings
from ..lake import Manifest, current
from ..model import Capture
from ..raw import EntryKey, EntryLog, read_entry
from ..snapshot import Snapshot
from . import journal
from .errors import telling_disk_trouble
from .run_folder import Plan, PlannedEntry, name_run, write_captures, write_plan

MAX_SHARDS = 64
"""More mapped tasks than this cost more than they bring: each has about half a second of its own."""

MIN_SHARD = 8
"""Captures below which a second shard is not worth its task."""

LARGE_SHARD = 2_500
"""Captures that a shard has at most where nobody says how many there are to be: a minute or two of work, which is what
a crash costs. Below that one shard a core is best, since a task's start takes as long as reading a hundred pages."""

STAGE = "_stage"
"""Folder of the lake that holds staged runs."""

PAGE_COST = 20_000
"""What a page costs beside its bytes, in bytes: small pages take their time too."""


@telling_disk_trouble
def plan(
    settings: Settings,
    entries: Iterable[EntryKey],
    snapshot: Snapshot,
    *,
    max_shards: int | None,
    run_id: str,
    again: bool = False,
) -> Plan:
    """Write the plan of a run: the entries to read and their captures in at most `max_shards` lists.

    Where that is None, there are as many as `count_shards` says for this machine's cores.
    An entry that the lake holds from the same raw position by the same build is left as it is, unless `again`
    or pages of it were damaged in raw.
    Number and order of shards change nothing in the lake.
    """
    logs = [read_entry(settings.raw, day, source_id) for day, source_id in sorted(set(entries))]
    manifest = current(settings.lake)
    wanted = [log for log in logs if again or not _is_published(manifest, log, snapshot.build_id)]
    captures = [capture for log in wanted for capture in log.captures]
    n_shards = count_shards(len(captures), os.cpu_count() or 1) if max_shards is None else max_shards
    pieces = cut(captures, min(n_shards, MAX_SHARDS))
    content = [snapshot.build_id, *(str(log.position.to_json()) for log in wanted), *(str(len(p)) for p in pieces)]
    content += [f"{log.ingest_date} {log.source_id}" for log in wanted]
    folder = name_run(settings.lake, run_id, content)
    if again:
        shutil.rmtree(settings.lake / STAGE / folder.name, ignore_errors=True)
    shards = tuple(folder / f"shard-{number:03d}.jsonl" for number in range(len(pieces)))
    for shard, piece in zip(shards, pieces, strict=True):
        write_captures(shard, piece)
        journal.forget(shard, deaths=again)
    made = Plan(
        folder=folder,
        run_id=run_id,
        build_id=snapshot.build_id,
        entries=tuple(PlannedEntry(log.ingest_date, log.source_id, log.position) for log in wanted),
        shards=shards,
        n_captures=len(captures),
        n_unchanged=len(logs) - len(wanted),
    )
    write_plan(made)
    return made


def _is_published(manifest: Manifest | None, log: EntryLog, build_id: str) -> bool:
    entry = manifest.entries.get((log.ingest_date, log.source_id)) if manifest else None
    if entry is None or entry.counts.get("damaged"):
        return False
    return entry.build_id == build_id and entry.position == log.position


def count_shards(n_captures: int, n_cores: int) -> int:
    """How many shards keep all cores busy to the end, with none of them larger than LARGE_SHARD.

    >>> count_shards(300, 2), count_shards(5_000, 2), count_shards(5_001, 2)
    (2, 2, 4)
    """
    return n_cores * max(1, math.ceil(n_captures / (LARGE_SHARD * n_cores)))


def cut(captures: Sequence[Capture], max_shards: int) -> list[list[Capture]]:
    """Cut a list into runs of about equal work, none of them empty.

    >>> from datetime import date
    >>> pages = [Capture(str(n), date(2026, 3, 2), "inbox", "file", str(n)) for n in range(20)]
    >>> [len(piece) for piece in cut(pages, 4)]
    [10, 10]
    """
    n_shards = max(1, min(max_shards, len(captures) // MIN_SHARD))
    costs = [PAGE_COST + (capture.n_bytes or 0) for capture in captures]
    total = sum(costs)
    pieces: list[list[Capture]] = [[] for _ in range(n_shards)]
    before = 0
    for capture, cost in zip(captures, costs, strict=True):
        pieces[min(n_shards - 1, before * n_shards // total)].append(capture)
        before += cost
    return [piece for piece in pieces if piece]
