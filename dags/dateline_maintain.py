"""### Look after the lake

Once a week: the files of every month that is over are merged into one a table (no answer changes, nor the lake hash);
replaced files, old manifests and what killed runs left are deleted; then raw and lake are hashed, counted and compared
with each other. Where something is wrong the run fails with a line that says what to do, mostly `dateline repair`.
Pages that raw holds are never deleted. `dateline maintain` does the same without Airflow.

| parameter | meaning |
| --- | --- |
| `compact` | merge the files of months whose youngest entry is older than a week |
| `collect` | delete what nothing needs any more |
| `keep_days` | days that replaced manifests, and the files they name, can still be read and compared; at least 1 |
| `keep_last` | manifests that stay however old they are |
| `verify` | share of pages, files and entries to verify, another each week (0.25: all of it in four); 0: none |
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from dateline.airflow_edge import EXTRACT, LAKE_WRITE, announce_failure, failing_clearly, utc_now
from dateline.airflow_edge.notes import say
from dateline.airflow_edge.tasks import TASK_DEFAULTS
from dateline.config import load_settings

PARAMS = {
    "compact": Param(True, type="boolean", title="Compact months that are over"),
    "collect": Param(True, type="boolean", title="Collect garbage"),
    "keep_days": Param(7, type="number", minimum=1, title="Days to keep what was replaced"),
    "keep_last": Param(10, type="integer", minimum=1, title="Manifests to keep"),
    "verify": Param(1.0, type="number", minimum=0, maximum=1, title="Share to verify"),
}


@task(pool=LAKE_WRITE)
@failing_clearly
def compact() -> int:
    """Merge the files of every month that is over; returns how many months."""
    from dateline import pipeline

    if not get_current_context()["params"]["compact"]:
        raise AirflowSkipException("switched off by the parameter compact")
    months = pipeline.compact_months(load_settings(), clock=utc_now)
    for month in months:
        print(month.describe())
    say(f"compacted {len([month for month in months if not month.dropped])} of {len(months)} months that were due")
    return len(months)


# A step that is switched off is skipped, and the next goes on; a step that failed stops the run.
@task(pool=LAKE_WRITE, trigger_rule="none_failed")
@failing_clearly
def collect() -> int:
    """Delete replaced manifests and files, stages and unfinished files; returns how many files of the lake."""
    from dateline import pipeline

    params = get_current_context()["params"]
    if not params["collect"]:
        raise AirflowSkipException("switched off by the parameter collect")
    kept_for = timedelta(days=params["keep_days"])
    done = pipeline.sweep(load_settings(), clock=utc_now, kept_for=kept_for, kept_last=params["keep_last"])
    say(done.describe())
    return len(done.replaced.paths)


@task(pool=EXTRACT, trigger_rule="none_failed")
@failing_clearly
def verify() -> str:
    """Compare raw, lake and manifest; fails with one line where something is wrong, and names all of it in the log."""
    from dateline import pipeline

    settings, share = load_settings(), get_current_context()["params"]["verify"]
    if not share:
        raise AirflowSkipException("switched off by the parameter verify")
    # The number of the week: consecutive runs look at different shares.
    problems = pipeline.verify(settings, clock=utc_now, share=share, seed=utc_now().toordinal() // 7)
    for problem in problems:
        print(problem)
    if problems:
        more = f", and {len(problems) - 1} more in the log of verify" if len(problems) > 1 else ""
        raise pipeline.PipelineError(f"{problems[0]}{more}")
    whole = "raw and lake are whole" if share >= 1 else f"raw and lake are whole as far as looked at (share {share:g})"
    say(whole)
    return whole


@dag(
    schedule="0 3 * * 0",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    params=PARAMS,
    tags=["dateline", "weekly"],
    default_args=TASK_DEFAULTS,
    on_failure_callback=announce_failure,
    doc_md=__doc__,
)
def dateline_maintain() -> None:
    """Compact, collect garbage, verify."""
    compact() >> collect() >> verify()


dateline_maintain()
