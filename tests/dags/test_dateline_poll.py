"""The poll DAG, run to its end by Airflow against a scripted server on loopback."""

from __future__ import annotations

import importlib
import logging
import subprocess
import sys
from datetime import UTC, datetime
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


def fetches(run) -> list[str]:
    return [instance.state for instance in run.get_task_instances() if instance.task_id == "fetch"]


def alerts_in(caplog) -> list[str]:
    return [record.message for record in caplog.records if record.name == "dateline.alerts"]


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
    assert run.state == "success" and states(run)["watch"] == "success"
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


def test_a_source_that_fails_keeps_no_other_from_being_published(dag, server, workplace, monkeypatch, caplog):
    caplog.set_level(logging.ERROR, "dateline.alerts")
    break_source(monkeypatch, "asleep", pipeline.PipelineError("the log of asleep was altered"), after=0)
    # The address of another host: a group of its own.
    sources = workplace / "sources.toml"
    sources.write_text(sources.read_text().replace(server.url("/asleep"), "http://asleep.test/news"))
    run = dag.test(run_conf={"shards": 1, "sources": ["asleep", "canal"]})
    assert run.state == "failed" and states(run)["watch"] == "failed"
    assert sorted(fetches(run)) == ["failed", "success"] and states(run)["publish"] == "success"
    with lake.open_lake(workplace / "lake") as connection:
        rows = connection.execute("SELECT source_id, title FROM articles").fetchall()
    assert rows == [("canal", "Lock gate repaired")]
    words = (
        "1 of 2 groups of sources failed: fetch [1]: asleep: the log of asleep was altered. "
        "What else was fetched goes on to be published; mend the cause, the next poll fetches the rest"
    )
    assert alerts_in(caplog) == [f"dateline_poll failed at watch: {words}"]
    assert note_of(run).startswith(f"Failed at watch: {words}\n\n")
    assert "Failed at fetch" not in note_of(run) and "1 article" in note_of(run)


def test_damaged_log_of_a_source_keeps_no_other_from_being_published(dag, server, workplace):
    sources = workplace / "sources.toml"
    sources.write_text(sources.read_text().replace(server.url("/asleep"), "http://asleep.test/news"))
    today = datetime.now(UTC).date()
    folder = workplace / "raw" / "log" / f"ingest_date={today}" / "source=asleep"
    folder.mkdir(parents=True)
    (folder / "000001-aaaaaaaaaaaa.jsonl").write_text("{}\n")
    run = dag.test(run_conf={"shards": 1, "sources": ["asleep", "canal"]})
    assert run.state == "failed" and states(run)["publish"] == "success"
    assert {key[1] for key in lake.current(workplace / "lake").entries} == {"canal"}
    assert "1 of 2 groups of sources failed: fetch [1]: asleep: " in note_of(run)
    assert "000001-aaaaaaaaaaaa.jsonl was altered: restore it from a backup" in note_of(run)


def test_what_a_source_got_before_it_failed_is_published(dag, server, workplace, monkeypatch):
    break_source(monkeypatch, "canal", pipeline.PipelineError("stopped"), after=2)
    run = dag.test(run_conf={"shards": 1, "sources": ["canal"]})
    assert states(run)["fetch"] == "failed" and states(run)["publish"] == "success"
    assert run.state == "failed" and "the only group of sources failed: fetch [0]: canal: stopped" in note_of(run)
    ((_, entry),) = lake.current(workplace / "lake").entries.items()
    assert entry.counts["articles"] == 1


def test_a_run_whose_sources_all_fail_fails(dag, server, workplace, monkeypatch):
    break_source(monkeypatch, "canal", pipeline.PipelineError("stopped"), after=0)
    run = dag.test(run_conf={"shards": 1})
    assert run.state == "failed" and states(run)["gather"] == "failed"
    assert "no source could be fetched" in note_of(run)
    assert "the only group of sources failed: fetch [0]: canal: stopped" in note_of(run)


def test_failed_groups_are_counted_and_the_first_of_them_told():
    from dateline.airflow_edge.failures import fail_for_groups

    groups = [[f"s{number}", "more"] for number in range(6)]
    reasons = dict.fromkeys(range(1, 6), "unexpected KeyError: 'guid'")
    reasons[2] = "more: the log was altered"
    with pytest.raises(pipeline.PipelineError) as told:
        fail_for_groups(groups, reasons)
    assert str(told.value).startswith(
        "5 of 6 groups of sources failed: fetch [1]: s1 and 1 more: unexpected KeyError: 'guid'; "
        "fetch [2]: more: the log was altered; fetch [3]: s3 and 1 more: unexpected KeyError: 'guid'; "
        "and 2 more, whose logs say why. "
    )


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
