"""The published tables: staged, audited, committed in one step, and read through a catalog."""

from ..raw.locking import LockHeldError
from .commit import CommitResult, commit_entries
from .compact import CLOSED_AFTER, CompactedMonth, closed_months, compact
from .errors import AuditError, DamagedLakeError, LakeError, NewerLakeError, StageError, StaleReadError
from .garbage import collect_garbage
from .manifest import DataFile, Entry, Manifest, current, lake_hash
from .merge import Candidate
from .publish import publish
from .reading import open_lake
from .repair import Damage, find_damage, rebuild_derived
from .stage import StagedShard, stage_tables, staged_shard

__all__ = [
    "CLOSED_AFTER",
    "AuditError",
    "Candidate",
    "CommitResult",
    "CompactedMonth",
    "Damage",
    "DamagedLakeError",
    "DataFile",
    "Entry",
    "LakeError",
    "LockHeldError",
    "Manifest",
    "NewerLakeError",
    "StageError",
    "StagedShard",
    "StaleReadError",
    "closed_months",
    "collect_garbage",
    "commit_entries",
    "compact",
    "current",
    "find_damage",
    "lake_hash",
    "open_lake",
    "publish",
    "rebuild_derived",
    "stage_tables",
    "staged_shard",
]
