"""The poll DAG, run to its end by Airflow against a scripted server on loopback."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from integration.scripted_server import Reply, serve

from dateline import lake, pipeline

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]

PAGE = b"""<html><head><title>Lock gate repaired | The Canal Gazette</title></head><body><h1>Lock gate repaired</h1>
<p>BRAUNSTON, England - The canal trust said on Monday that the lower lock gate had been repaired and that boats could
pass again, two weeks after a barge had broken its hinge.</p>
<p>"We worked through the night," foreman Piet Marsh told reporters in Braunston. He said that the upper gate would be
looked at in April, when the canal is closed for its yearly cleaning.</p></body></html>"""


@pytest.fixture
def dag(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(REPO / "dags")).dags["dateline_poll"]


@pytest.fixture
def server():
    with serve() as found:
        yield found


@pytest.fixture
def workplace(tmp_path, monkeypatch, server):
    """Two sources, one of which is not enabled, and a lake of the test's own."""
    (tmp_path / "sources.toml").write_text(
        f'[defaults]\ndelay = 1\n[[list]]\nid = "canal"\nurls = ["{server.url("/lock")}"]\n'
        f'[[list]]\nid = "asleep"\nurls = ["{server.url("/asleep")}"]\nenabled = false\n'
    )
    server.on("/lock", Reply(body=PAGE))
    settings = {
        "LAKE": tmp_path / "lake",
        "RAW": tmp_path / "raw",
        "SOURCES": tmp_path / "sources.toml",
        "CONTACT": "desk@canal-gazette.test",
        "ALLOW_LOOPBACK": "true",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"DATELINE_{name}", str(value))
    return tmp_path


def states(run) -> dict[str, str]:
    return {instance.task_id: instance.state for instance in run.get_task_instances()}


def test_the_dag_polls_twice_an_hour_one_run_at_a_time(dag):
    assert dag.schedule == "*/30 * * * *"
    assert (dag.max_active_runs, dag.catchup) == (1, False)
    assert dag.get_task("fetch").pool == "fetch"
    assert len((REPO / "dags" / "dateline_poll.py").read_text().splitlines()) < 120


def test_the_dag_file_imports_no_readers():
    code = (
        "import sys, dateline_poll\n"
        "heavy = {'spacy', 'pyarrow', 'duckdb', 'selectolax', 'feedparser', 'urllib3.connection'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    without = "import sys, airflow.sdk\nprint('urllib3.connection' in sys.modules)"
    run = [sys.executable, "-W", "ignore", "-c"]
    found = [
        subprocess.run(
            [*run, script], capture_output=True, text=True, check=True, cwd=REPO / "dags", timeout=120
        ).stdout
        for script in (code, without)
    ]
    expected = "['urllib3.connection']" if found[1].strip() == "True" else "[]"
    assert found[0].strip() == expected


def test_enabled_sources_are_fetched_and_published(dag, server, workplace):
    run = dag.test(run_conf={"shards": 1})
    assert run.state == "success"
    assert [request.path for request in server.log] == ["/robots.txt", "/lock"]
    ((key, entry),) = lake.current(workplace / "lake").entries.items()
    assert key[1] == "canal" and key[0] == run.start_date.date()
    assert entry.counts["articles"] == 1


def break_source(monkeypatch, name, error, after):
    """Let a source raise after so many of its attempts, or at their end."""
    polls = importlib.import_module("dateline.pipeline.poll")

    class Broken(polls.Poll):
        def captures(self):
            for number, collected in enumerate(super().captures()):
                if self.source.id == name and number == after:
                    break
                yield collected
            if self.source.id == name:
                raise error

    monkeypatch.setattr(polls, "Poll", Broken)


def note_of(run):
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        return session.scalars(select(DagRun).where(DagRun.run_id == run.run_id)).one().note


def test_a_source_that_fails_keeps_no_other_from_being_published(dag, server, workplace, monkeypatch):
    break_source(monkeypatch, "asleep", pipeline.PipelineError("the log of asleep was altered"), after=0)
    run = dag.test(run_conf={"shards": 1, "sources": ["asleep", "canal"]})
    assert states(run)["fetch"] == "failed" and states(run)["publish"] == "success"
    assert [key[1] for key in lake.current(workplace / "lake").entries] == ["canal"]
    assert "asleep: the log of asleep was altered. What else was fetched is published" in note_of(run)


def test_what_a_source_got_before_it_failed_is_published(dag, server, workplace, monkeypatch):
    break_source(monkeypatch, "canal", pipeline.PipelineError("stopped"), after=2)
    run = dag.test(run_conf={"shards": 1, "sources": ["canal"]})
    assert states(run)["fetch"] == "failed" and states(run)["publish"] == "success"
    ((_, entry),) = lake.current(workplace / "lake").entries.items()
    assert entry.counts["articles"] == 1


def test_a_run_whose_sources_all_fail_fails(dag, server, workplace, monkeypatch):
    break_source(monkeypatch, "canal", pipeline.PipelineError("stopped"), after=0)
    run = dag.test(run_conf={"shards": 1})
    assert run.state == "failed" and states(run)["gather"] == "failed"
    assert "no source could be fetched" in note_of(run)


def test_nothing_enabled_is_no_failure(dag, server, workplace):
    (workplace / "sources.toml").unlink()
    run = dag.test(run_conf={})
    assert states(run) == dict.fromkeys(states(run), "skipped")
    assert server.log == []


def test_without_a_contact_nothing_is_fetched_and_nothing_tried_again(dag, server, workplace, monkeypatch):
    monkeypatch.delenv("DATELINE_CONTACT")
    run = dag.test(run_conf={})
    assert run.state == "failed" and states(run)["choose"] == "failed"
    assert server.log == []
