"""The DAG of derived tables, run to its end by Airflow, and how publishing calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from unit.corpus.printed import FIRST, Printed, changed, publish, stories, text_of

from dateline import lake

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]
WIRE = text_of(1, 200)

PAGE = """<html><head><title>Weir to be rebuilt | The Canal Gazette</title>
<meta property="article:published_time" content="2026-03-02T08:15:00+00:00"></head><body><h1>Weir to be rebuilt</h1>
<p>The canal trust will rebuild the weir below Aldbrook lock this summer, its chairwoman Petra Hallam said on Monday,
after a survey had found that the timber of the old one was rotten through.</p>
<p>"We can't wait for another flood," Hallam told the parish meeting. The work takes nine weeks, and boats will have
to go round by the old cut while the lock is closed.</p></body></html>"""


@pytest.fixture
def bag(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(REPO / "dags"))


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    for name in ("LAKE", "RAW", "INBOX"):
        monkeypatch.setenv(f"DATELINE_{name}", str(tmp_path / name.lower()))
    monkeypatch.setenv("DATELINE_ALLOWED_ROOTS", str(tmp_path))
    return tmp_path


def note_of(run) -> str:
    (derive,) = run.get_task_instances()
    return derive.xcom_pull(task_ids="derive")


def test_the_dag_follows_the_lake_one_run_at_a_time(bag):
    dag = bag.dags["dateline_corpus"]
    assert dag.max_active_runs == 1
    assert dag.timetable.asset_condition.name == "dateline_lake"
    assert dag.get_task("derive").pool == "corpus"
    tellers = {name for name, other in bag.dags.items() if any(task.outlets for task in other.tasks)}
    assert {"dateline_ingest", "dateline_load", "dateline_poll"} <= tellers


def test_every_day_maps_to_the_one_key_of_the_dag(bag):
    mapper = bag.dags["dateline_corpus"].timetable.default_partition_mapper
    assert {mapper.to_downstream(day) for day in ("2026-03-02", "2026-03-03")} == {"lake"}


def test_the_dag_file_imports_nothing_that_compares():
    heavy = {"rensa", "pyarrow", "duckdb", "numpy", "spacy"}
    code = f"import sys, dateline_corpus\nprint(sorted({heavy!r} & set(sys.modules)))"
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPO / "dags", timeout=120)
    assert done.stdout.strip() == "[]"


def test_a_run_finds_the_copies_and_the_next_one_says_that_nothing_changed(bag, workplace):
    dag = bag.dags["dateline_corpus"]
    assert note_of(dag.test()) == "nothing is published yet"
    publish(workplace / "lake", FIRST, [Printed("wire", WIRE), Printed("copy", changed(WIRE, 30))])
    first = dag.test()
    assert first.state == "success"
    assert note_of(first) == "1 day (2026-03-02): 2 articles in all, 1 story with copies (manifest 1)"
    assert stories(workplace / "lake") == [{"wire", "copy"}]
    assert note_of(dag.test()) == "nothing changed (manifest 1)"
    assert "1 day (" in note_of(dag.test(run_conf={"from_scratch": True}))


def test_publishing_tells_which_days_changed_and_nothing_where_none_did(bag, workplace):
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session
    from sqlalchemy import select

    folder = workplace / "inbox" / "2026-03-02"
    folder.mkdir(parents=True)
    (folder / "weir.html").write_text(PAGE)
    load = bag.dags["dateline_load"]
    runs = [load.test(run_conf={"path": str(workplace / "inbox")}) for _ in range(2)]
    assert [run.state for run in runs] == ["success", "success"]
    states = [{instance.task_id: instance.state for instance in run.get_task_instances()} for run in runs]
    assert [found["announce"] for found in states] == ["success", "skipped"]
    with create_session() as session:
        events = session.scalars(select(AssetEvent).where(AssetEvent.source_dag_id == "dateline_load")).all()
        told = [(event.source_run_id, event.partition_key) for event in events]
    assert [key for run_id, key in told if run_id == runs[0].run_id] == ["2026-03-02"]
    assert [key for run_id, key in told if run_id == runs[1].run_id] == []
    assert lake.current(workplace / "lake").number == 1
