"""Weekly care of the lake: compaction of months that are over, garbage collection, verification of lake and raw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

from .. import lake, raw
from ..config import Settings
from ..identity import content_id
from ..lake import CLOSED_AFTER, CompactedMonth
from ..lake.garbage import GRACE, KEPT_FOR, KEPT_LAST, Collected, collect_replaced, collect_unfinished
from ..lake.verify import Choose, verify_lake
from ..raw import EntryKey, EntryLog
from ..raw.layout import entry_folder
from .collect import Clock
from .errors import PipelineError, telling_disk_trouble
from .publish import clean_up


@dataclass(frozen=True, slots=True)
class Swept:
    """What garbage collection deleted: of the lake what was replaced, of raw what killed writers left unfinished."""

    replaced: Collected
    unfinished: tuple[Path, ...] = ()

    def describe(self) -> str:
        """One line."""
        left = f"; {len(self.unfinished)} unfinished files of raw" if self.unfinished else ""
        return f"{self.replaced.describe()}{left}"


@telling_disk_trouble
def compact_months(settings: Settings, *, clock: Clock, closed_after: timedelta = CLOSED_AFTER) -> list[CompactedMonth]:
    """Merge the files of every month that is over; each month is a commit of its own."""
    return list(lake.compact(settings.lake, clock=clock, closed_after=closed_after, patience=settings.patience))


@telling_disk_trouble
def sweep(settings: Settings, *, clock: Clock, kept_for: timedelta = KEPT_FOR, kept_last: int = KEPT_LAST) -> Swept:
    """Delete what no reader and no run needs any more.

    Of raw, only files that killed writers left unfinished go: payloads that no log names stay, since a registration
    writes bytes first, and raw is the truth. Raises PipelineError where less than a day is to be kept.
    """
    clean_up(settings, clock)
    try:
        done = collect_replaced(
            settings.lake, clock=clock, kept_for=kept_for, kept_last=kept_last, patience=settings.patience
        )
    except ValueError as error:
        raise PipelineError(str(error)) from None
    return Swept(done, tuple(collect_unfinished(settings.raw, clock=clock)))


@telling_disk_trouble
def verify(settings: Settings, *, clock: Clock, share: float = 1.0, seed: int = 0) -> list[str]:
    """What is wrong with raw and lake, a line each that says what to do; empty where all is well.

    With a `share` below 1, that share of payloads, data files and entries is looked at: another one for each `seed`,
    and all of them once with as many consecutive seeds as shares make a whole. Whether log, catalog, Hive tree and
    manifest fit together is always looked at in full. Raises PipelineError where the share is no share.
    """
    if not 0 < share <= 1:
        raise PipelineError(f"share {share:g}: write a number above 0 and up to 1")
    is_chosen = choose_share(share, seed)
    found = list(raw.find_raw_damage(settings.raw, is_chosen=is_chosen))
    problems = [f"raw: {item.problem}" for item in found]
    unreadable = {item.entry for item in found if item.log}
    logs = [raw.read_entry(settings.raw, *key) for key in raw.entries(settings.raw) if key not in unreadable]
    expected = {(log.ingest_date, log.source_id): log for log in logs}
    try:
        manifest = lake.current(settings.lake)
    except lake.DamagedLakeError as error:
        return [*problems, str(error)]
    published = manifest.entries if manifest else {}
    limit = clock() - GRACE
    problems += [line for log in logs for line in _unlike(settings, log, published.get(_key(log)), limit)]
    problems += [
        f"{day} {source}: the lake has it and raw has not: restore {settings.raw} from a backup"
        for day, source in sorted(published.keys() - expected.keys() - unreadable)
    ]
    read = {
        key: tuple(capture.capture_id for capture in log.captures)
        for key, log in expected.items()
        if key in published and published[key].position == log.position
    }
    return [*problems, *verify_lake(settings.lake, read, is_chosen=is_chosen, patience=settings.patience)]


def choose_share(share: float, seed: int) -> Choose:
    """A function that says of a name whether it is in the sample.

    >>> names = [str(number) for number in range(1000)]
    >>> quarters = [set(filter(choose_share(0.25, seed), names)) for seed in (7, 8, 9, 10)]
    >>> sum(map(len, quarters)), len(set().union(*quarters))
    (1000, 1000)
    """

    def is_chosen(name: str) -> bool:
        place = int(content_id(name)[:13], 16) / 16**13
        return share >= 1 or (place + seed * share) % 1 < share

    return is_chosen


def _key(log: EntryLog) -> EntryKey:
    return log.ingest_date, log.source_id


def _unlike(settings: Settings, log: EntryLog, entry: lake.Entry | None, limit: datetime) -> Iterator[str]:
    """What the lake has not read of an entry's log, unless it is so young that a run may be reading it."""
    if entry is not None and entry.position == log.position:
        if entry.counts["expected"] != len(log.captures):
            counts = f"raw holds {len(log.captures)} captures, its ledger {entry.counts['expected']}"
            yield f"{log.ingest_date} {log.source_id}: {counts}: read it again (`dateline load --again`)"
        return
    folders = [entry_folder(settings.raw, *_key(log)), settings.raw / "listings"]
    if max(map(_youngest, folders)) >= limit.timestamp():
        return
    if entry is None:
        yield f"{log.ingest_date} {log.source_id}: the lake lacks it: run `dateline repair`"
    else:
        yield (
            f"{log.ingest_date} {log.source_id}: raw has changed since it was read: "
            "run dateline_ingest for that day, or load its pages again"
        )


def _youngest(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.rglob("*") if path.is_file()), default=-inf)
