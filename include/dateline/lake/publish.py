"""Publishing: merge what was staged, audit it, commit it, bring what is derived up to date."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..raw.locking import PATIENCE
from .audit import audit_collapse, audit_rows
from .commit import Clock, CommitResult, commit_entries
from .manifest import current
from .merge import Candidate, merge_candidate


def publish(
    lake: Path,
    candidates: Iterable[Candidate],
    *,
    clock: Clock,
    run_note: str,
    force: bool = False,
    patience: float = PATIENCE,
) -> CommitResult:
    """Publish these entries in one commit; with none, an empty lake is set up.

    Each replaces what was published of its (ingest date, source) as a whole: rows that it no longer has
    vanish from all tables at once. `force` lets an entry pass that collapses; every other check holds.

    Raises `AuditError` (nothing is published, what is staged stays), `StaleReadError` (read again),
    `StageError`, `NewerLakeError`, `DamagedLakeError` or `LockHeldError`.
    """
    before = current(lake)
    found = sorted(candidates, key=lambda candidate: candidate.key)
    if len({candidate.key for candidate in found}) < len(found):
        raise ValueError("an entry is among the candidates twice")
    entries = [merge_candidate(lake, candidate, run_note) for candidate in found]
    audit_rows(lake, entries, found)
    if not force:
        audit_collapse(before, entries)
    return commit_entries(lake, entries, clock=clock, patience=patience)
