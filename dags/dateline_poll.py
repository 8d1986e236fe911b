"""### Poll feeds and lists

Fetches what the sources of `sources.toml` (setting `DATELINE_SOURCES`) have that is new, keeps every attempt in raw
under its own UTC day, and publishes the entries that it touched. Robots rules, one request at a time and a delay for
each host hold over all workers of the machine. Needs a contact (`DATELINE_CONTACT`) that servers may turn to; where
no source is enabled, nothing is done. Pages that a feed no longer lists stay in the tables.

| parameter | meaning |
| --- | --- |
| `sources` | ids to poll, also those that are not enabled; default: all that are enabled |
| `shards` | into how many mapped tasks the reading is cut; default: one a core; changes nothing in the lake |
| `again` | read entries that are up to date, too |
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from airflow.sdk import Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from dateline.airflow_edge import FETCH, announce_failure, failing_clearly, utc_now
from dateline.airflow_edge.failures import describe_group, fail_for, fail_for_groups
from dateline.airflow_edge.notes import read_failures, say
from dateline.airflow_edge.run_name import name_of_run
from dateline.airflow_edge.tasks import READING_PARAMS, TASK_DEFAULTS, read_and_publish
from dateline.config import load_settings

PARAMS = {
    "sources": Param([], type="array", items={"type": "string"}, uniqueItems=True, title="Sources"),
    **READING_PARAMS,
}


@task(pool=FETCH)
@failing_clearly
def choose() -> list[list[str]]:
    """Groups of ids of the sources to poll; where there are none, the run is skipped with a note."""
    from dateline import pipeline

    settings = load_settings()
    chosen = pipeline.choose_sources(settings, get_current_context()["params"]["sources"])
    if not chosen:
        nothing = f"nothing to poll: no source is enabled in {settings.sources}"
        say(nothing)
        raise AirflowSkipException(nothing)
    return [[source.id for source in group] for group in pipeline.group_by_host(chosen)]


@task(pool=FETCH, map_index_template="{{ polled }}")
@failing_clearly
def fetch(group: list[str]) -> int:
    """Fetch what is new of a few sources and register it; returns how many attempts that took."""
    from dateline import pipeline

    settings, context = load_settings(), get_current_context()
    done = pipeline.poll(settings, pipeline.choose_sources(settings, group), clock=utc_now)
    context["polled"] = f"{describe_group(group)}: {done.describe()}"[:250]
    print(done.describe())
    fail_for(done.failures)
    return done.outcomes.total()


# A source that fails must not keep the pages of the others, nor its own earlier ones, from being published.
@task(pool=FETCH, trigger_rule="all_done_min_one_success")
@failing_clearly
def gather(groups: list[list[str]], fetched: Sequence[int]) -> str:
    """Name the entries that the run touched in one file, for the tasks that read and publish."""
    from dateline import pipeline

    context, settings = get_current_context(), load_settings()
    since = context["dag_run"].start_date.astimezone(UTC).date()
    names, is_partial = [name for group in groups for name in group], len(fetched) < len(groups)
    touched = pipeline.touched_since(settings, names, since, only_whole=is_partial)
    if not touched.entries and is_partial:
        raise pipeline.PipelineError(
            "no source could be fetched: the logs of the tasks `fetch` say why, then run again"
        )
    run = name_of_run(context["dag_run"].dag_id, context["run_id"])
    return str(pipeline.write_collected(settings, run, touched))


# The run is as its last tasks are, and publishing goes well without what failed. Not `one_failed`, which runs at the
# first failure, while others are still being fetched.
@task(pool=FETCH, trigger_rule="all_done_min_one_success")
@failing_clearly
def watch(groups: list[list[str]], fetched: Sequence[int]) -> None:
    """Fail the run where groups of sources could not be fetched, with how many they are and what happened to them."""
    if len(fetched) < len(groups):
        fail_for_groups(groups, read_failures("fetch", len(groups)))


@dag(
    schedule="*/30 * * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    params=PARAMS,
    tags=["dateline", "live"],
    default_args=TASK_DEFAULTS,
    on_failure_callback=announce_failure,
    doc_md=__doc__,
)
def dateline_poll() -> None:
    """Choose the sources, fetch them host by host, then plan, extract shard by shard, publish; watch for failures."""
    groups = choose()
    fetched = fetch.expand(group=groups)
    gathered = gather(groups, fetched)
    read_and_publish(gathered)
    gathered >> watch(groups, fetched)


dateline_poll()
