"""What every DAG must have, whatever it does: an owner, words for its parameters, pools, an alert, a fast import."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]
FILES = sorted((REPO / "dags").glob("*.py"))
HEAVY = {
    "spacy",
    "pyarrow",
    "duckdb",
    "selectolax",
    "requests",
    "fastwarc",
    "feedparser",
    "numpy",
    "jinja2.nativetypes",
}
"""What only tasks need. (requests and its like may come with airflow.sdk itself; then they are not the file's.)"""

LONGEST = 120


@pytest.fixture(scope="module")
def dags(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(str(REPO / "dags"))
    assert bag.import_errors == {}
    return bag.dags


def test_every_file_holds_one_dag_of_its_own_name(dags):
    assert sorted(dags) == [path.stem for path in FILES]


def test_every_dag_says_what_it_is_and_what_its_parameters_mean(dags):
    for name, dag in dags.items():
        assert dag.doc_md and dag.doc_md.startswith("### "), name
        assert "dateline" in dag.tags and len(dag.tags) >= 2, f"{name}: a tag says when it runs"
        for param in dag.params:
            assert f"| `{param}` |" in dag.doc_md, f"{name}: nothing says what {param} means"
            assert dag.params.get_param(param).schema.get("title"), f"{name}.{param} has no title"
        dag.params.validate()


def test_every_dag_tells_of_its_failure_and_catches_up_on_nothing(dags):
    from dateline.airflow_edge import announce_failure

    for name, dag in dags.items():
        assert dag.on_failure_callback is announce_failure, f"{name}: on_failure_callback=announce_failure is missing"
        assert dag.catchup is False, name


def test_every_dag_that_runs_by_the_clock_says_since_when(dags):
    for name, dag in dags.items():
        if isinstance(dag.schedule, str) or "Cron" in type(dag.timetable).__name__:
            assert dag.start_date is not None, name


def test_dags_that_must_not_overlap_with_themselves_say_so(dags):
    """All but the daily one, whose days are independent, and the manual one, which only a person starts twice."""
    for name, dag in dags.items():
        if dag.schedule is not None and "daily" not in dag.tags:
            assert dag.max_active_runs == 1, name


def test_every_task_has_an_owner_a_pool_and_retries_but_no_mail(dags):
    from dateline.airflow_edge import read_pools

    for dag in dags.values():
        for task in dag.tasks:
            place = f"{dag.dag_id}.{task.task_id}"
            assert task.owner == "dateline", place
            assert task.pool in read_pools(), f"{place} runs in the pool {task.pool}, which set-up does not make"
            assert 1 <= task.retries <= 5, place
            assert timedelta(seconds=10) <= task.retry_delay <= timedelta(minutes=10), place
            assert not task.email, place
            assert task.doc_md or task.python_callable.__doc__, f"{place} has no docstring"


def test_whatever_publishes_waits_for_the_one_slot_of_the_lake(dags):
    for dag in dags.values():
        for task in dag.tasks:
            if task.task_id in ("publish", "commit"):
                assert task.pool == "lake_write", f"{dag.dag_id}.{task.task_id}"


def test_pools_of_the_data_are_those_that_the_dags_use(dags):
    from dateline.airflow_edge import read_pools

    assert {task.pool for dag in dags.values() for task in dag.tasks} == set(read_pools())
    assert read_pools()["lake_write"]["slots"] == 1
    assert all(pool["description"] for pool in read_pools().values())


def test_no_pool_of_an_airflow_can_be_deadlocked_by_more_shards_than_slots(dags):
    """Every task takes one slot, so that a run needs no two at once."""
    assert {task.pool_slots for dag in dags.values() for task in dag.tasks} == {1}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dag_files_import_quickly_and_nothing_heavy(path):
    """Each in a process of its own; what airflow.sdk loads by itself is not the file's."""
    code = f"""
import sys, time
began = time.process_time()
import airflow.sdk
sdk, before = time.process_time() - began, set(sys.modules)
began = time.process_time()
import {path.stem}
print(sdk, time.process_time() - began, sorted({HEAVY!r} & (set(sys.modules) - before)))
"""
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=path.parent, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    sdk, seconds, heavy = done.stdout.strip().splitlines()[-1].split(maxsplit=2)
    print(f"{path.name}: {float(seconds):.2f} s of processor time beyond airflow.sdk, which takes {float(sdk):.2f} s")
    assert heavy == "[]"
    # Not a stopwatch: airflow.sdk, loaded in the same process a moment before, is the measure of the machine.
    assert float(seconds) < max(1.0, float(sdk))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dag_files_are_short_and_do_nothing_when_they_are_read(path):
    text = path.read_text("utf-8")
    assert text.count("\n") < LONGEST
    for node in ast.parse(text).body:
        called = node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
        if called is not None:
            assert isinstance(called, ast.Name) and called.id == path.stem, f"line {node.lineno} runs at every parsing"
    assert "Variable" not in text and "Connection" not in text
