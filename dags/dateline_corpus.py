"""### Compare articles with each other

Brings the derived tables up to date: `stories`, in which copies and near-copies of one text are found, over all that
is published. Runs after each publishing that changed the lake; events that come while a run is still to be started
are taken up by that one run. Which days changed is seen from the lake itself, so a run that was missed, cleared or
started by hand does no harm: it does what is to be done, and says so where nothing is.

| parameter | meaning |
| --- | --- |
| `from_scratch` | compare everything anew; gives the same tables, slowly |
"""

from __future__ import annotations

from airflow.sdk import FixedKeyMapper, Param, PartitionedAssetTimetable, dag, get_current_context, task

from dateline.airflow_edge import CORPUS, announce_failure, failing_clearly, utc_now
from dateline.airflow_edge.notes import say
from dateline.airflow_edge.tasks import LAKE, TASK_DEFAULTS
from dateline.config import load_settings

PARAMS = {"from_scratch": Param(False, type="boolean", title="From scratch")}


@task(pool=CORPUS)
@failing_clearly
def derive() -> str:
    """Bring the derived tables up to date with the current manifest; returns what was done, in words."""
    from dateline import pipeline

    done = pipeline.derive_tables(
        load_settings(), clock=utc_now, from_scratch=get_current_context()["params"]["from_scratch"]
    )
    words = pipeline.describe_derived(done)
    say(words)
    return words


@dag(
    # Publishing runs of days and runs without a day both emit keyed events; one key for all folds them into one run.
    schedule=PartitionedAssetTimetable(assets=LAKE, default_partition_mapper=FixedKeyMapper("lake")),
    catchup=False,
    max_active_runs=1,
    params=PARAMS,
    tags=["dateline", "derived"],
    default_args=TASK_DEFAULTS,
    on_failure_callback=announce_failure,
    doc_md=__doc__,
)
def dateline_corpus() -> None:
    """Derive."""
    derive()


dateline_corpus()
