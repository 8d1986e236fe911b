"""Last step: everything that the shards staged becomes the lake in one commit."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from .. import lake
from ..config import Settings
from ..lake import Candidate, CommitResult, StagedShard, StaleReadError
from ..lake.ledger import ledger_text, read_ledger
from ..raw import EntryKey
from ..snapshot import Snapshot, take_snapshot
from .collect import Clock
from .errors import telling_disk_trouble
from .extract import Read, extract_shard
from .plan import plan
from .run_folder import RUNS, Plan, read_captures, read_plan

ATTEMPTS = 3
"""How often entries are read again that another run has overtaken; each time takes two more runs at once."""

KEPT_RUNS = timedelta(days=7)
"""How long a run can be cleared in Airflow without planning it anew."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What was published: the manifest's number and hash, whether anything changed, and the run's counts.

    `counts` sums the ledger's counts over the entries of the run.
    """

    number: int
    lake_hash: str
    changed: bool
    changed_entries: tuple[EntryKey, ...]
    counts: dict[str, int]

    def tell_counts(self, *names: str) -> str:
        """Counts in words, of `articles` (pages that gave any), `rejected` and `withdrawn` unless others are named.

        >>> PublishResult(3, "ab12", True, (), {"articles": 1, "rejected": 2}).tell_counts()
        '1 article, 2 rejected, 0 withdrawn'
        """
        told = ((name, self.counts.get(name, 0)) for name in names or ("articles", "rejected", "withdrawn"))
        return ", ".join(f"{n} {'article' if (name, n) == ('articles', 1) else name}" for name, n in told)


@telling_disk_trouble
def publish(
    settings: Settings, folder: Path, *, clock: Clock, force: bool = False, read: Read | None = None
) -> PublishResult:
    """Commit all entries of a run folder together. Staged rows that are gone are read again first.

    Where another run published a later state of an entry meanwhile, the entry is read again.
    Raises `lake.StaleReadError` where that goes on, or raw itself is older than what was published from it,
    and `lake.AuditError` where the rows fail a check; then the old entries stay and the stage is kept.
    """
    snapshot = take_snapshot(settings)
    made = read_plan(folder)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            committed = lake.publish(
                settings.lake,
                _candidates(settings, made, snapshot, read),
                clock=clock,
                run_note=made.run_id,
                force=force,
                patience=settings.patience,
            )
            clean_up(settings, clock)
            return _result(settings, made, committed)
        except StaleReadError as error:
            if attempt == ATTEMPTS:
                raise StaleReadError(
                    f"{error}; if {settings.raw} was emptied or restored from an older backup, "
                    f"delete {settings.lake} and run `dateline repair`"
                ) from None
            keys = [(entry.ingest_date, entry.source_id) for entry in made.entries]
            made = plan(settings, keys, snapshot, max_shards=len(made.shards) or 1, run_id=made.run_id)
    raise AssertionError("every attempt returns or raises")


def clean_up(settings: Settings, clock: Clock) -> None:
    """Delete what old runs left: stages after a day, run folders once nobody would clear them any more."""
    lake.collect_garbage(settings.lake, clock=clock)
    limit = (clock() - KEPT_RUNS).timestamp()
    for run in (settings.lake / RUNS).glob("*"):
        # Another run may be cleaning up at the same moment.
        with suppress(OSError):
            if max(path.stat().st_mtime for path in (run, *run.iterdir())) < limit:
                shutil.rmtree(run)


def _candidates(settings: Settings, made: Plan, snapshot: Snapshot, read: Read | None) -> list[Candidate]:
    staged: Sequence[StagedShard] = [extract_shard(settings, shard, read=read) for shard in made.shards]
    expected: dict[tuple[date, str], list[str]] = defaultdict(list)
    for shard in made.shards:
        for capture in read_captures(shard):
            expected[capture.ingest_date, capture.source_id].append(capture.capture_id)
    return [
        Candidate(
            ingest_date=entry.ingest_date,
            source_id=entry.source_id,
            position=entry.position,
            expected=tuple(sorted(expected[entry.ingest_date, entry.source_id])),
            build_id=made.build_id,
            snapshot_hash=snapshot.snapshot_hash,
            shards=tuple(staged),
        )
        for entry in made.entries
    ]


def _result(settings: Settings, made: Plan, committed: CommitResult) -> PublishResult:
    manifest = lake.current(settings.lake)
    counts: dict[str, int] = defaultdict(int)
    for planned in made.entries:
        entry = manifest.entries.get((planned.ingest_date, planned.source_id)) if manifest else None
        for name, value in (entry.counts if entry else {}).items():
            if isinstance(value, int):
                counts[name] += value
    return PublishResult(
        committed.number, committed.lake_hash, committed.changed, committed.changed_entries, dict(counts)
    )


def ledger_lines(settings: Settings, entries: Sequence[EntryKey]) -> list[str]:
    """The ledger of these entries as they are published now, as lines for the log of a task; none for none."""
    manifest = lake.current(settings.lake)
    chosen = set(entries)
    lines = read_ledger(manifest) if manifest else []
    return ledger_text([line for line in lines if (line.ingest_date, line.source_id) in chosen])
