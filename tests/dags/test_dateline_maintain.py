"""The weekly DAG, run by Airflow on a lake of invented pages: it compacts, collects, verifies, and fails clearly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from synthetic_lake import clock, pages_of, stage

from dateline import lake
from dateline.model import Capture
from dateline.raw import read_entry, register

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]
N_DAYS = 10


@pytest.fixture
def maintain(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(REPO / "dags" / "dateline_maintain.py")).dags["dateline_maintain"]


@pytest.fixture
def workplace(tmp_path, monkeypatch) -> Path:
    """Raw and lake with ten days of a month that is over, each with a page that is a bot wall."""
    for name in ("lake", "raw"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", str(tmp_path / name))
    candidates = []
    for number in range(N_DAYS):
        day = date(2026, 3, 1 + number)
        payload = f"<p>Rain fell on day {number}.</p>".encode()
        capture = Capture(
            f"c{number}", day, "inbox", "file", f"{number}.html", payload_sha256=sha256(payload).hexdigest()
        )
        register(tmp_path / "raw", [(capture, payload)])
        position = read_entry(tmp_path / "raw", day, "inbox").position
        made = stage(tmp_path / "lake", pages_of(f"c{number}"), run_id=f"r{number}", ingest_date=day)
        candidates.append(replace(made, position=position))
    lake.publish(tmp_path / "lake", candidates, clock=clock, run_note="x")
    return tmp_path


def run(dag, **conf):
    done = dag.test(run_conf=conf)
    return done.state, {task.task_id: task.state for task in done.get_task_instances()}


def test_a_week_compacts_collects_and_verifies_and_the_next_changes_nothing(maintain, workplace):
    before = lake.lake_hash(workplace / "lake")
    assert run(maintain) == ("success", {"compact": "success", "collect": "success", "verify": "success"})
    manifest = lake.current(workplace / "lake")
    assert list(manifest.months) == ["2026-03"] and manifest.lake_hash == before
    assert len(manifest.files("articles")) == 1
    assert run(maintain, verify=0.5)[0] == "success"
    assert lake.current(workplace / "lake").number == manifest.number


def test_steps_that_are_switched_off_are_skipped(maintain, workplace):
    state, tasks = run(maintain, compact=False, collect=False)
    assert (state, tasks) == ("success", {"compact": "skipped", "collect": "skipped", "verify": "success"})
    assert lake.current(workplace / "lake").months == {}
    assert run(maintain, verify=0)[1]["verify"] == "skipped"


def test_damage_fails_the_run_with_one_line_that_says_what_to_do(maintain, workplace, capsys):
    path = next((workplace / "lake/_data/mentions").rglob("2026-03-04-*.parquet"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    state, tasks = run(maintain, compact=False)
    assert (state, tasks["verify"]) == ("failed", "failed")
    said = capsys.readouterr().out
    assert (
        f"{path.relative_to(workplace / 'lake')} was altered: run `dateline repair`, it reads 1 entry from raw" in said
    )


def test_it_runs_on_sundays_at_three_and_never_twice_at_once(maintain):
    assert maintain.schedule == "0 3 * * 0" and maintain.max_active_runs == 1
    pools = {task.task_id: task.pool for task in maintain.tasks}
    assert pools == {"compact": "lake_write", "collect": "lake_write", "verify": "extract"}
    assert len((REPO / "dags/dateline_maintain.py").read_text().splitlines()) < 120
