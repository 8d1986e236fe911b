"""### Poll feeds and lists

Fetches what the sources of `sources.toml` (setting `DATELINE_SOURCES`) have that is new, keeps every attempt in raw
under its own UTC day, and publishes the entries that it touched. Robots rules, one request at a time and a delay for
each host hold over all workers of the machine. Needs a contact (`DATELINE_CONTACT`) that servers may turn to; where
no source is enabled, nothing is done. Pages that a feed no longer lists stay in the tables.

| parameter | meaning |
| --- | --- |
| `sources` | ids to poll, also those that are not enabled; default: all that are enabled |
| `shards` | into how many mapped tasks the reading is cut; changes nothing in the lake |
| `again` | read entries that are up to date, too |
"""

from __future__ import annotations

from datetime import UTC, datetime

from airflow.sdk import Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from dateline.airflow_edge import FETCH, failing_clearly, utc_now
from dateline.airflow_edge.notes import say
from dateline.airflow_edge.tasks import READING_PARAMS, TASK_DEFAULTS, read_and_publish
from dateline.config import load_settings

PARAMS = {
    "sources": Param([], type="array", items={"type": "string"}, uniqueItems=True, title="Sources"),
    **READING_PARAMS,
}


@task(pool=FETCH)
@failing_clearly
def choose() -> list[str]:
    """The ids of the sources to poll; where there are none, the run is skipped with a note."""
    from dateline import pipeline

    settings = load_settings()
    chosen = pipeline.choose_sources(settings, get_current_context()["params"]["sources"])
    if not chosen:
        nothing = f"nothing to poll: no source is enabled in {settings.sources}"
        say(nothing)
        raise AirflowSkipException(nothing)
    return [source.id for source in chosen]


@task(pool=FETCH, map_index_template="{{ polled }}")
@failing_clearly
def fetch(source_id: str) -> list[list[str]]:
    """Fetch what is new of one source and register it; returns the entries it touched."""
    from dateline import pipeline

    settings, context = load_settings(), get_current_context()
    (source,) = pipeline.choose_sources(settings, [source_id])
    done = pipeline.poll_source(settings, source, clock=utc_now)
    context["polled"] = f"{source_id}: {done.describe()}"
    print(context["polled"])
    return [[day.isoformat(), name] for day, name in done.collected.entries]


# A source that fails must not keep the pages of the others from being published.
@task(pool=FETCH, trigger_rule="all_done_min_one_success")
@failing_clearly
def gather(touched: list[list[list[str]]]) -> str:
    """Name the touched entries of all sources in one file, for the tasks that read and publish."""
    from dateline import pipeline

    entries = pipeline.entries_of(touched)
    return str(pipeline.write_collected(load_settings(), get_current_context()["run_id"], entries))


@dag(
    schedule="*/30 * * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    params=PARAMS,
    tags=["dateline", "live"],
    default_args=TASK_DEFAULTS,
    doc_md=__doc__,
)
def dateline_poll() -> None:
    """Choose the sources, fetch each, then plan, extract shard by shard, publish."""
    read_and_publish(gather(fetch.expand(source_id=choose())))


dateline_poll()
