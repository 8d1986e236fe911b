"""The graph of every DAG as a text that a person can read: a change of tasks, edges, pools or rules has to be meant.

Renew it with `.venv/bin/python tests/dags/test_graph.py`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]
SNAPSHOT = Path(__file__).with_name("graphs.txt")
RENEW = "renew it with: .venv/bin/python tests/dags/test_graph.py"


def draw_all() -> str:
    """Every DAG of the repository in a few lines each."""
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(str(REPO / "dags"))
    assert bag.import_errors == {}
    return "\n".join(draw(bag.dags[name]) for name in sorted(bag.dags))


def draw(dag) -> str:
    """One DAG: what starts it, then its tasks in the order of their running, each with what it waits for."""
    timetable = dag.schedule if isinstance(dag.schedule, str | None) else type(dag.timetable).__name__
    active = ", one run at a time" if dag.max_active_runs == 1 else ""
    lines = [f"{dag.dag_id}  (schedule: {timetable}{active}; params: {', '.join(dag.params) or 'none'})"]
    for task in dag.topological_sort():
        mapped = " [mapped]" if task.is_mapped else ""
        after = ", ".join(sorted(task.upstream_task_ids)) or "nothing"
        rule = getattr(task.trigger_rule, "value", task.trigger_rule)
        outlets = f"; tells {', '.join(sorted(outlet.name for outlet in task.outlets))}" if task.outlets else ""
        lines.append(f"  {task.task_id + mapped:<20} after {after}; pool {task.pool}; {rule}{outlets}")
    return "\n".join(lines) + "\n"


def test_graphs_are_as_they_were_meant(airflow_home):
    assert draw_all() == SNAPSHOT.read_text("utf-8"), RENEW


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({"AIRFLOW_HOME": home, "AIRFLOW__CORE__LOAD_EXAMPLES": "False"})
        sys.path.insert(0, str(REPO / "include"))
        SNAPSHOT.write_text(draw_all(), "utf-8")
    print(f"written: {SNAPSHOT}")
