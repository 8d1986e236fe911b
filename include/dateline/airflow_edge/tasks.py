"""Tasks that the DAGs have in common: plan what has to be read, read it shard by shard, publish it in one commit."""

# Airflow's decorators have no types.
# mypy: allow-untyped-decorators

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, Param, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from ..config import load_settings
from .children import children_allowed
from .days import utc_now
from .failures import failing_clearly
from .notes import say
from .pools import EXTRACT, FETCH, LAKE_WRITE
from .run_name import name_of_run

if TYPE_CHECKING:
    from ..pipeline import PublishResult

READING_PARAMS = {
    "shards": Param(None, type=["null", "integer"], minimum=1, maximum=64, title="Shards"),
    "again": Param(False, type="boolean", title="Read again what is up to date"),
}
"""Parameters of every DAG that reads pages."""

TASK_DEFAULTS = {"owner": "dateline", "retries": 2, "retry_delay": timedelta(seconds=30)}
"""What every task has; beside it every DAG has `on_failure_callback=announce_failure`."""

LAKE = Asset(name="dateline_lake", uri="dateline://lake")
"""What publishing changes. An event's partition key is an ingest day that changed."""


def read_and_publish(collected: Any) -> None:
    """Add the common tasks to a DAG, behind the task that gives the file of collected entries."""
    planned = plan(collected)
    # Mapped over a single value, since only a mapped task can say in its name what it did.
    published = publish.partial(run=planned["run"]).expand(into=["lake"])
    extract.expand(shard=planned) >> published
    announce(published)


@task(pool=FETCH)
@failing_clearly
def plan(collected: str) -> list[str]:
    """Cut what has to be read into shards; returns their files and pushes the run's folder as `run`."""
    from .. import pipeline
    from ..snapshot import take_snapshot

    context = get_current_context()
    settings, params = load_settings(), context["params"]
    made = pipeline.plan(
        settings,
        pipeline.read_collected(Path(collected)),
        take_snapshot(settings),
        max_shards=params["shards"],
        run_id=name_of_run(context["dag_run"].dag_id, context["run_id"]),
        again=params["again"],
    )
    print(f"{made.n_captures} captures in {len(made.shards)} shards; {made.n_unchanged} entries are up to date")
    context["ti"].xcom_push("run", str(made.folder))
    return [str(shard) for shard in made.shards]


@task(pool=EXTRACT, map_index_template="{{ shard_name }}")
@failing_clearly
def extract(shard: str) -> int:
    """Read the pages of one shard and stage their rows; returns how many pages."""
    from .. import pipeline

    with children_allowed():
        staged = pipeline.extract_shard(load_settings(), Path(shard))
    get_current_context()["shard_name"] = f"{Path(shard).stem}: {staged.rows['captures']} pages"
    return staged.rows["captures"]


# A shard that has nothing to read is skipped, and so is all where the day is empty; a failure stops.
@task(pool=LAKE_WRITE, trigger_rule="none_failed_min_one_success", map_index_template="{{ written }}")
@failing_clearly
def publish(run: str, into: str) -> dict[str, Any]:
    """Commit every entry of the run together; where nothing changed, the lake stays as it is."""
    from .. import pipeline

    settings = load_settings()
    done = pipeline.publish(settings, Path(run), clock=utc_now)
    get_current_context()["written"] = describe_counts(done)
    print("\n".join(pipeline.ledger_lines(settings, done.changed_entries)))
    say(f"{describe_counts(done)} (manifest {done.number}, lake {done.lake_hash[:12]})")
    days = sorted({day.isoformat() for day, _ in done.changed_entries})
    told = {"number": done.number, "lake_hash": done.lake_hash, "changed": done.changed, "counts": done.counts}
    return {**told, "days": days}


# A task of its own, since a task with an outlet emits whenever it succeeds, and only a change is to be told.
@task(pool=FETCH, outlets=[LAKE])
@failing_clearly
def announce(published: Sequence[dict[str, Any]]) -> list[str]:
    """Emit an event of the lake for each ingest day that changed; skipped where nothing did."""
    days = sorted({day for done in published for day in done["days"]})
    if not days:
        raise AirflowSkipException("nothing changed")
    # With a key of its own, an event reaches partitioned DAGs also from a run without one.
    get_current_context()["outlet_events"][LAKE].add_partitions(days)
    return days


def describe_counts(done: PublishResult) -> str:
    """What a publish wrote, in a few words.

    >>> from dateline.pipeline import PublishResult
    >>> describe_counts(PublishResult(3, "ab12", False, (), {}))
    'nothing changed'
    """
    if not done.changed:
        return "nothing changed"
    days = sorted({day.isoformat() for day, _ in done.changed_entries})
    span = " to ".join(dict.fromkeys((days[0], days[-1]))) + ": " if days else ""
    return f"{span}{done.tell_counts()}"
