"""From pages that a user points at to the published lake, step by step; the DAGs and the command line run these."""

from .collect import CollectResult, collect, read_collected, write_collected
from .collect_day import DayResult, collect_day, describe_day
from .errors import PipelineError
from .extract import extract_shard
from .load import LoadResult, Progress, RebuildResult, load, rebuild
from .paths import check_allowed, find_paths
from .plan import MAX_SHARDS, plan
from .poll import PollResult, add_up, choose_sources, entries_of, poll, poll_source
from .publish import PublishResult, publish
from .run_folder import Plan, read_plan

__all__ = [
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
    "add_up",
    "check_allowed",
    "choose_sources",
    "collect",
    "collect_day",
    "describe_day",
    "entries_of",
    "extract_shard",
    "find_paths",
    "load",
    "plan",
    "poll",
    "poll_source",
    "publish",
    "read_collected",
    "read_plan",
    "rebuild",
    "write_collected",
]
