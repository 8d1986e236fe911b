"""From pages that a user points at to the published lake, step by step; the DAGs and the command line run these."""

from .collect import CollectResult, collect, read_collected, write_collected
from .collect_day import DayResult, collect_day, describe_day
from .corpus import derive_tables, describe_derived
from .errors import PipelineError
from .extract import extract_shard
from .load import LoadResult, Progress, RebuildResult, load, rebuild
from .maintain import Swept, compact_months, sweep, verify
from .paths import check_allowed, find_paths
from .plan import MAX_SHARDS, plan
from .poll import PollResult, SourceFailure, choose_sources, poll, poll_source
from .poll_groups import MAX_GROUPS, group_by_host, touched_since
from .publish import PublishResult, ledger_lines, publish
from .run_folder import Plan, read_plan

__all__ = [
    "MAX_GROUPS",
    "MAX_SHARDS",
    "CollectResult",
    "DayResult",
    "LoadResult",
    "PipelineError",
    "Plan",
    "PollResult",
    "Progress",
    "PublishResult",
    "RebuildResult",
    "SourceFailure",
    "Swept",
    "check_allowed",
    "choose_sources",
    "collect",
    "collect_day",
    "compact_months",
    "derive_tables",
    "describe_day",
    "describe_derived",
    "extract_shard",
    "find_paths",
    "group_by_host",
    "ledger_lines",
    "load",
    "plan",
    "poll",
    "poll_source",
    "publish",
    "read_collected",
    "read_plan",
    "rebuild",
    "sweep",
    "touched_since",
    "verify",
    "write_collected",
]
