"""Third step, once a shard: read its captures in small batches and stage the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from ..config import Settings
from ..lake import StagedShard, stage_tables, staged_shard
from ..model import Capture
from ..raw import DamagedPayloadError, read_payload
from ..schema.outcomes import DAMAGED_IN_RAW
from ..snapshot import Snapshot, take_snapshot
from . import journal
from .children import DeadlyPageError, Observer
from .errors import PipelineError, telling_disk_trouble
from .run_folder import read_captures, read_plan

BATCH_PAGES = 8
BATCH_BYTES = 8_000_000
"""A batch lives in memory whole, its rows too: few pages keep a task small and its progress smooth."""

Rows = dict[str, pa.RecordBatch]
"""Rows by table."""

Pages = Sequence[tuple[Capture, bytes | None]]
"""Captures with their bytes."""

DEADLY = "the process died twice while reading this page"

Read = Callable[[pa.RecordBatch, Snapshot], Rows]
"""What reads a batch: `batch.process` where none is given."""


@telling_disk_trouble
def extract_shard(
    settings: Settings, shard: Path, *, read: Read | None = None, on_pages: Callable[[int], None] | None = None
) -> StagedShard:
    """Read the captures of a shard and stage their rows; a page that can't be read never stops it.

    A shard that is staged whole is not read again. `on_pages` is told the number of pages after each batch.
    Raises PipelineError where code or model are not those of the plan.
    """
    snapshot = take_snapshot(settings)
    plan = read_plan(shard.parent)
    number = plan.shards.index(shard)
    if snapshot.build_id != plan.build_id:
        raise PipelineError(
            f"{shard.parent.name}: code, model or settings changed since the run was planned; "
            "clear the run from its plan on, or load again"
        )
    staged = staged_shard(settings.lake, plan.folder.name, number)
    if staged is None:
        tables: dict[str, list[pa.RecordBatch]] = defaultdict(list)
        for found in _read_all(settings, shard, snapshot, read, on_pages):
            for table, rows in found.items():
                tables[table].append(rows)
        staged = stage_tables(settings.lake, plan.folder.name, number, tables)
    return staged


def _read_all(
    settings: Settings, shard: Path, snapshot: Snapshot, read: Read | None, on_pages: Callable[[int], None] | None
) -> Iterator[Rows]:
    captures = read_captures(shard)
    log = journal.journal_of(shard)
    deadly = journal.died_on(log, "deadly") | journal.died_on(log, "skipped")
    suspects = (journal.died_on(log, "start") | journal.died_on(log, "alone")) - deadly
    with Observer() as observer:
        for first, last in batches(captures, deadly | suspects):
            pages = [_with_payload(settings, capture) for capture in captures[first:last]]
            found = None
            if first in suspects:
                found = _read_suspect(log, first, observer, pages, snapshot, read)
            elif first not in deadly:
                found = _read_noted(log, "start", (first, last), lambda: _read_batch(pages, snapshot, read))  # noqa: B023
            if found is None:
                found = _read_batch([(_broken(pages[0][0], DEADLY), None)], snapshot, read)
                journal.append(log, "skipped", first, last)
            yield found
            if on_pages:
                on_pages(last - first)


def _read_suspect(
    log: Path, number: int, observer: Observer, page: Pages, snapshot: Snapshot, read: Read | None
) -> Rows | None:
    """Read a page in a process that is watched; None where it dies of it."""
    try:
        return _read_noted(log, "alone", (number, number + 1), lambda: observer.run(_read_batch, page, snapshot, read))
    except DeadlyPageError:
        journal.append(log, "deadly", number, number + 1)
        return None


def _read_noted(log: Path, word: str, span: tuple[int, int], reading: Callable[[], Rows]) -> Rows:
    """Read with a line in the journal before and after."""
    journal.append(log, word, *span)
    try:
        found = reading()
    except BaseException:
        journal.append(log, "stopped", *span)
        raise
    journal.append(log, "done", *span)
    return found


def batches(captures: Sequence[Capture], alone: set[int]) -> Iterator[tuple[int, int]]:
    """Cut a shard into batches (first, end exclusive); positions in `alone` get a batch of their own.

    >>> from datetime import date
    >>> pages = [Capture(str(n), date(2026, 3, 2), "inbox", "file", str(n)) for n in range(12)]
    >>> list(batches(pages, {2}))
    [(0, 2), (2, 3), (3, 11), (11, 12)]
    """
    first, size = 0, 0
    for number, capture in enumerate(captures):
        full = number - first >= BATCH_PAGES or size >= BATCH_BYTES
        if number > first and (full or number in alone or number - 1 in alone):
            yield first, number
            first, size = number, 0
        size += capture.n_bytes or 0
    if first < len(captures):
        yield first, len(captures)


def _with_payload(settings: Settings, capture: Capture) -> tuple[Capture, bytes | None]:
    if capture.outcome is not None or capture.payload_sha256 is None:
        return capture, None
    try:
        return capture, read_payload(settings.raw, capture.payload_sha256)
    except DamagedPayloadError:
        # The reason names no path: where raw lies changes nothing in the lake.
        return _broken(capture, DAMAGED_IN_RAW), None


def _read_batch(pages: Pages, snapshot: Snapshot, read: Read | None) -> Rows:
    """Read a batch; where that fails as a whole, its pages one by one, so that only the guilty one is lost."""
    # Planning and publishing need no reader: what it imports (models, parsers) is loaded by those who read.
    from ..batch import process, to_batch

    try:
        return (read or process)(to_batch(pages), snapshot)
    except Exception as error:
        if len(pages) > 1:
            return _join([_read_batch([page], snapshot, read) for page in pages])
        capture = _broken(pages[0][0], f"reader failed: {type(error).__name__}: {error}"[:300])
        return process(to_batch([(capture, None)]), snapshot)


def _join(parts: Sequence[Rows]) -> Rows:
    return {table: pa.concat_batches([part[table] for part in parts]) for table in parts[0]}


def _broken(capture: Capture, reason: str) -> Capture:
    return replace(capture, outcome="broken", reason=reason)
