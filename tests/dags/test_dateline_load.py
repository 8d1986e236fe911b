"""The real DAG, run to its end by Airflow on invented pages, and what any scheduler would trip over."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from dateline import lake

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]

PAGE = """<html><head><title>Ferry to Oban late again | The Harbour Post</title>
<meta property="article:published_time" content="2026-03-0{day}T08:15:00+00:00"></head><body>
<h1>Ferry to Oban late again</h1>
<p>OBAN, Scotland - The morning ferry from Craignure arrived {late} minutes late on Monday, the harbour office said,
and passengers waited on the pier in heavy rain while the crew repaired a damaged ramp.</p>
<p>"We are sorry for every minute," harbour master Ailsa Grant told reporters in Oban. She said that the operator
would put a second ship on the route before the summer, when the number of travellers doubles.</p>
</body></html>"""


@pytest.fixture
def bag(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(REPO / "dags"))


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder of pages by day, and a lake of the test's own."""
    for day in (2, 3):
        folder = tmp_path / "inbox" / f"2026-03-0{day}"
        folder.mkdir(parents=True)
        for number in range(6):
            (folder / f"ferry{number}.html").write_text(PAGE.format(day=day, late=10 * day + number))
    (tmp_path / "outside").mkdir()
    for name in ("lake", "raw"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("DATELINE_ALLOWED_ROOTS", str(tmp_path / "inbox"))
    return tmp_path


def run(bag, **conf):
    return bag.dags["dateline_load"].test(run_conf=conf)


def test_dag_files_import_without_errors(bag):
    assert bag.import_errors == {}
    for dag in bag.dags.values():
        assert dag.tags >= {"dateline"}
        assert dag.doc_md
        for task in dag.tasks:
            assert task.owner == "dateline"
            assert task.retries >= 1


def test_pools_of_the_dags_are_those_of_the_data(bag):
    from dateline.airflow_edge import read_pools

    used = {task.pool for dag in bag.dags.values() for task in dag.tasks}
    assert used == set(read_pools())
    assert read_pools()["lake_write"]["slots"] == 1


def test_dag_files_import_quickly_and_without_readers():
    code = (
        "import sys, time, airflow.sdk; start = time.process_time(); import dateline_load\n"
        "heavy = {'spacy', 'pyarrow', 'duckdb', 'selectolax'} & set(sys.modules)\n"
        "print(time.process_time() - start, sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPO / "dags",
        timeout=120,
    )
    seconds, heavy = done.stdout.split(maxsplit=1)
    assert heavy.strip() == "[]"
    assert float(seconds) < 1
    assert len((REPO / "dags" / "dateline_load.py").read_text().splitlines()) < 120


def test_dag_loads_a_folder_and_a_second_run_changes_nothing(bag, workplace):
    conf = {"path": str(workplace / "inbox"), "shards": 2}
    assert run(bag, **conf).state == "success"
    manifest = lake.current(workplace / "lake")
    assert [day for day, _ in manifest.entries] == [date(2026, 3, 2), date(2026, 3, 3)]
    assert sum(entry.counts["articles"] for entry in manifest.entries.values()) == 12
    again = run(bag, **conf)
    assert again.state == "success"
    assert {ti.task_id: ti.state for ti in again.get_task_instances()}["extract"] == "skipped"
    assert lake.current(workplace / "lake").number == manifest.number


def test_dag_refuses_a_path_outside_the_allowed_roots(bag, workplace):
    outside = run(bag, path=str(workplace / "outside"))
    assert outside.state == "failed"
    (collect,) = [ti for ti in outside.get_task_instances() if ti.task_id == "collect"]
    assert collect.state == "failed" and collect.try_number == 1
    assert lake.current(workplace / "lake") is None


def test_pools_are_imported(airflow_home):
    from airflow.models.pool import Pool

    from dateline.airflow_edge import import_pools, read_pools

    assert import_pools() == sorted(read_pools())
    assert Pool.get_pool("lake_write").slots == 1


def test_day_of_a_run_is_its_key_then_the_parameter():
    from airflow.sdk.exceptions import AirflowFailException

    from dateline.airflow_edge import resolve_day

    start = datetime(2026, 3, 4)
    assert resolve_day({"partition_key": "2026-03-02", "params": {"day": "2026-03-03"}}) == date(2026, 3, 2)
    assert resolve_day({"params": {"day": "2026-03-03"}, "data_interval_start": start}) == date(2026, 3, 3)
    triggered_by_hand = {"params": {}, "logical_date": start, "data_interval_start": start}
    for context in (triggered_by_hand, {"params": {"day": "tomorrow"}}):
        with pytest.raises(AirflowFailException, match=r"2026-03-02"):
            resolve_day(context)


def test_pool_file_is_what_airflow_imports():
    pools = json.loads((REPO / "include/dateline/data/pools.json").read_text())
    assert all(isinstance(pool["slots"], int) and pool["description"] for pool in pools.values())
