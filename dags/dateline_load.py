"""### Load pages from files

Registers the pages of files, folders, JSON lines, WARC and WET files, reads every ingest date that they touch,
and publishes all of it in one commit. Loading the same files again changes nothing.

| parameter | meaning |
| --- | --- |
| `path` | file, folder, glob or `file://` URI below one of the allowed roots (`DATELINE_ALLOWED_ROOTS`) |
| `collection` | name of the source; default: the last name of the path |
| `captured_on` | UTC day of pages that state none; a folder named `YYYY-MM-DD` gives its pages that day |
| `shards` | into how many mapped tasks the reading is cut; default: one a core; changes nothing in the lake |
| `again` | read entries that are up to date, too |
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from airflow.sdk import Param, dag, get_current_context, task

from dateline.airflow_edge import FETCH, announce_failure, failing_clearly, utc_now
from dateline.airflow_edge.run_name import name_of_run
from dateline.airflow_edge.tasks import READING_PARAMS, TASK_DEFAULTS, read_and_publish
from dateline.config import load_settings

PARAMS = {
    "path": Param("include/samples/inbox", type="string", minLength=1, title="Path"),
    "collection": Param(None, type=["null", "string"], title="Collection"),
    "captured_on": Param(None, type=["null", "string"], format="date", title="Captured on"),
    **READING_PARAMS,
}


@task(pool=FETCH)
@failing_clearly
def collect() -> str:
    """Register the pages in raw; returns the file that names the touched entries."""
    from dateline import pipeline

    context = get_current_context()
    params, settings = context["params"], load_settings()
    paths = pipeline.find_paths(params["path"], Path.cwd())
    pipeline.check_allowed(paths, settings.allowed_roots)
    found = pipeline.collect(
        settings,
        paths,
        collection=params["collection"],
        captured_on=date.fromisoformat(params["captured_on"]) if params["captured_on"] else None,
        clock=utc_now,
    )
    print(found.counts())
    run = name_of_run(context["dag_run"].dag_id, context["run_id"])
    return str(pipeline.write_collected(settings, run, found))


@dag(
    schedule=None,
    params=PARAMS,
    tags=["dateline", "manual"],
    default_args=TASK_DEFAULTS,
    on_failure_callback=announce_failure,
    doc_md=__doc__,
)
def dateline_load() -> None:
    """Collect, plan, extract shard by shard, publish."""
    read_and_publish(collect())


dateline_load()
