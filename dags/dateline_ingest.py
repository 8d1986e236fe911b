"""### Ingest a day

Registers the pages in the day's folder of the inbox (`inbox/YYYY-MM-DD`), then reads and publishes every stored
capture of that ingest day, from whatever source, and of no other day. Running a day again changes nothing, unless
its folder has changed: late pages come in, and pages taken out of it leave the tables (raw keeps them).

The run at midnight UTC carries the day before, which is complete by then. **To backfill**, choose Trigger, then
Backfill: both ends are days that are read. **A single day** is a run with that day as partition key, or as `day`.

| parameter | meaning |
| --- | --- |
| `day` | the ingest day, for a run without a partition key; a backfill has a key for every run, leave it empty there |
| `source` | read and publish this source alone; default: all that the day has |
| `shards` | into how many mapped tasks the reading is cut; default: one a core; changes nothing in the lake |
| `again` | read entries that are up to date, too |
"""

from __future__ import annotations

from datetime import UTC, datetime

from airflow.sdk import CronPartitionTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from dateline.airflow_edge import DAY, FETCH, announce_failure, failing_clearly, resolve_day, utc_now
from dateline.airflow_edge.notes import say
from dateline.airflow_edge.run_name import name_of_run
from dateline.airflow_edge.tasks import READING_PARAMS, TASK_DEFAULTS, read_and_publish
from dateline.config import load_settings

PARAMS = {
    "day": Param(None, type=["null", "string"], format="date", title="Day"),
    "source": Param(None, type=["null", "string"], title="Source"),
    **READING_PARAMS,
}


@task(pool=FETCH)
@failing_clearly
def collect() -> str:
    """Register the day's pages in raw; returns the file that names all stored entries of the day."""
    from dateline import pipeline

    context = get_current_context()
    settings = load_settings()
    found = pipeline.collect_day(settings, resolve_day(context), source=context["params"]["source"], clock=utc_now)
    say(pipeline.describe_day(found, settings))
    if found.is_empty:
        raise AirflowSkipException(pipeline.describe_day(found, settings))
    run = name_of_run(context["dag_run"].dag_id, context["run_id"])
    return str(pipeline.write_collected(settings, run, found.collected))


@dag(
    # The key of a run is the day before it: a backfill from D1 to D2 has the keys D1 to D2, both ends included.
    schedule=CronPartitionTimetable("0 0 * * *", timezone="UTC", run_offset=-1, key_format=DAY),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    params=PARAMS,
    tags=["dateline", "daily"],
    default_args=TASK_DEFAULTS,
    on_failure_callback=announce_failure,
    doc_md=__doc__,
)
def dateline_ingest() -> None:
    """Collect the day, plan, extract shard by shard, publish."""
    read_and_publish(collect())


dateline_ingest()
