"""### Load pages from files

Registers the pages of files, folders, JSON lines, WARC and WET files, reads every ingest date that they touch,
and publishes all of it in one commit. Loading the same files again changes nothing.

| parameter | meaning |
| --- | --- |
| `path` | file, folder, glob or `file://` URI below one of the allowed roots (`DATELINE_ALLOWED_ROOTS`) |
| `collection` | name of the source; default: the last name of the path |
| `captured_on` | UTC day of pages that state none; a folder named `YYYY-MM-DD` gives its pages that day |
| `shards` | into how many mapped tasks the reading is cut; changes nothing in the lake |
| `again` | read entries that are up to date, too |
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Param, dag, get_current_context, task

from dateline.airflow_edge import EXTRACT, FETCH, LAKE_WRITE, failing_clearly, utc_now
from dateline.config import load_settings

PARAMS = {
    "path": Param("include/samples/inbox", type="string", minLength=1, title="Path"),
    "collection": Param(None, type=["null", "string"], title="Collection"),
    "captured_on": Param(None, type=["null", "string"], format="date", title="Captured on"),
    "shards": Param(4, type="integer", minimum=1, maximum=64, title="Shards"),
    "again": Param(False, type="boolean", title="Read again what is up to date"),
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
    return str(pipeline.write_collected(settings, context["run_id"], found))


@task(pool=FETCH)
@failing_clearly
def plan(collected: str) -> list[str]:
    """Cut what has to be read into shards; returns their files and pushes the run's folder as `run`."""
    from dateline import pipeline
    from dateline.snapshot import take_snapshot

    context = get_current_context()
    settings, params = load_settings(), context["params"]
    made = pipeline.plan(
        settings,
        pipeline.read_collected(Path(collected)),
        take_snapshot(settings),
        max_shards=params["shards"],
        run_id=context["run_id"],
        again=params["again"],
    )
    print(f"{made.n_captures} captures in {len(made.shards)} shards; {made.n_unchanged} entries are up to date")
    context["ti"].xcom_push("run", str(made.folder))
    return [str(shard) for shard in made.shards]


@task(pool=EXTRACT, map_index_template="{{ shard_name }}")
@failing_clearly
def extract(shard: str) -> int:
    """Read the pages of one shard and stage their rows; returns how many pages."""
    from dateline import pipeline

    staged = pipeline.extract_shard(load_settings(), Path(shard))
    get_current_context()["shard_name"] = f"{Path(shard).stem}: {staged.rows['captures']} pages"
    return staged.rows["captures"]


@task(pool=LAKE_WRITE, trigger_rule="none_failed")
@failing_clearly
def publish(run: str) -> dict[str, Any]:
    """Commit every entry of the run together; where nothing changed, the lake stays as it is."""
    from dateline import pipeline

    done = pipeline.publish(load_settings(), Path(run), clock=utc_now)
    print(f"manifest {done.number}, {'new' if done.changed else 'nothing changed'}: {done.counts}")
    return {"number": done.number, "lake_hash": done.lake_hash, "changed": done.changed, "counts": done.counts}


@dag(
    schedule=None,
    params=PARAMS,
    tags=["dateline", "manual"],
    default_args={"owner": "dateline", "retries": 2, "retry_delay": timedelta(seconds=30)},
    doc_md=__doc__,
)
def dateline_load() -> None:
    """Collect, plan, extract shard by shard, publish."""
    planned = plan(collect())
    extract.expand(shard=planned) >> publish(planned["run"])


dateline_load()
