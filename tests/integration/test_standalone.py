"""The everyday Airflow as a user meets it: `make ui`, backfills that are cancelled, finished and repeated, Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest
from standalone import copy_with_samples, hash_of_load, run_standalone, wait_for

from dateline import lake
from dateline.ui.processes import find_processes

pytestmark = [
    # The tests follow one another on one Airflow.
    pytest.mark.xdist_group("standalone"),
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore"),
]

DAYS = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]


@pytest.fixture(scope="module")
def repo(tmp_path_factory) -> Path:
    return copy_with_samples(tmp_path_factory.mktemp("standalone"), DAYS)


@pytest.fixture(scope="module")
def expected(repo) -> str:
    return hash_of_load(repo)


@pytest.fixture(scope="module")
def airflow(repo):
    with run_standalone(repo) as running:
        yield running


def by_day(runs: list[dict]) -> dict[str, list[dict]]:
    return {day: [run for run in runs if run["partition_key"] == day] for day in DAYS}


def latest(runs: list[dict]) -> dict[str, str]:
    return {day: found[-1]["state"] for day, found in by_day(runs).items() if found}


def test_dags_are_on_and_the_server_is_for_this_machine_alone(airflow):
    import psutil

    dags = airflow.ask("GET", "dags")["dags"]
    assert {dag["dag_id"] for dag in dags} >= {"dateline_ingest", "dateline_load"}
    assert not any(dag["is_paused"] for dag in dags)
    pools = {pool["name"]: pool["slots"] for pool in airflow.ask("GET", "pools")["pools"]}
    assert pools["lake_write"] == 1 and {"fetch", "extract"} < set(pools)
    heard = {
        connection.laddr.ip
        for process in find_processes(airflow.home)
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert heard == {"127.0.0.1"}


def test_second_start_is_refused_in_plain_words(airflow, tmp_path):
    second = airflow.start(airflow.port, tmp_path / "second.txt")
    assert second.wait(60) != 0
    assert "make ui runs already (process " in (tmp_path / "second.txt").read_text()


def test_trigger_without_a_day_is_refused_with_the_words_to_type(airflow):
    run = airflow.ask("POST", "dags/dateline_ingest/dagRuns", logical_date=None, conf={})
    (ended,) = [found for found in airflow.wait_for_runs() if found["dag_run_id"] == run["dag_run_id"]]
    assert ended["state"] == "failed"
    assert '{"day": "2026-03-02"} as its configuration' in ended["note"]
    (collect,) = [task for task in airflow.tasks(run) if task["task_id"] == "collect"]
    assert collect["try_number"] == 1


def test_backfill_cancelled_in_the_middle_is_finished_by_the_next(airflow, repo, expected):
    number = airflow.backfill(DAYS[0], DAYS[-1], "none")
    active = set()

    def some_have_begun() -> bool:
        states = [run["state"] for run in airflow.runs() if run["partition_key"] in DAYS]
        assert len(states) == len(DAYS)
        active.add(states.count("running"))
        return max(active) >= 2

    wait_for(some_have_begun)
    airflow.ask("PUT", f"backfills/{number}/cancel")
    ended = airflow.wait_for_runs()
    cancelled = latest(ended)
    airflow.cancelled = {run["dag_run_id"] for run in ended}
    assert max(active) <= 3
    assert list(cancelled) == DAYS and "failed" in cancelled.values()
    airflow.backfill(DAYS[0], DAYS[-1], "failed")
    runs = airflow.wait_for_runs()
    assert set(latest(runs).values()) == {"success"}
    assert lake.lake_hash(repo / "lake") == expected
    note = by_day(runs)["2026-03-06"][-1]["note"]
    assert "2026-03-06: " in note and "articles" in note


def test_repeating_and_clearing_changes_nothing(airflow, repo, expected):
    before = airflow.wait_for_runs()
    airflow.backfill(DAYS[0], DAYS[-1], "completed", again=True)
    known = {run["dag_run_id"] for run in before}
    # Not a run of the cancelled backfill: that one is paused for ever, and what is cleared of it stays queued.
    read = [run for run in airflow.wait_for_runs() if run["dag_run_id"] not in known]
    assert len(read) == len(DAYS) and all(_was_read(airflow, run) for run in read)
    shard, publish, whole = read[:3]
    airflow.clear_tasks(shard, ["extract", 0])
    airflow.wait_for_runs()
    airflow.clear_tasks(publish, "publish")
    airflow.wait_for_runs()
    airflow.ask("POST", f"dags/dateline_ingest/dagRuns/{whole['dag_run_id']}/clear", dry_run=False, only_failed=False)
    after = airflow.wait_for_runs()
    assert len(after) == len(before) + len(DAYS)
    assert {run["state"] for run in after if run["partition_key"] in DAYS} <= {"success", "failed"}
    assert set(latest(after).values()) == {"success"}
    notes = [found[-1]["note"] for found in by_day(after).values()]
    assert all(notes) and any("nothing changed" in note for note in notes), notes
    tries = {task["task_id"]: task["try_number"] for task in airflow.tasks(shard)}
    assert tries["extract"] >= 2 and tries["publish"] >= 2
    assert lake.lake_hash(repo / "lake") == expected


def _was_read(airflow, run: dict) -> bool:
    return any(task["task_id"] == "extract" and task["state"] == "success" for task in airflow.tasks(run))


def test_page_taken_out_leaves_the_tables_through_the_command_line(airflow, repo):
    page = sorted((repo / "inbox" / DAYS[1]).iterdir())[0]
    page.unlink()
    airflow.wait_for_backfills()
    command = [str(airflow.home / "airflow"), "backfill", "create", "--dag-id", "dateline_ingest"]
    command += ["--from-date", DAYS[1], "--to-date", DAYS[1], "--reprocess-behavior", "completed"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    run = by_day(airflow.wait_for_runs())[DAYS[1]][-1]
    assert run["state"] == "success" and "1 withdrawn" in run["note"]
    with lake.open_lake(repo / "lake") as connection:
        (outcome,) = connection.execute(
            "SELECT outcome FROM captures WHERE source_ref = ?", [f"{DAYS[1]}/{page.name}"]
        ).fetchone()
    assert outcome == "withdrawn"


def test_interrupt_stops_everything(airflow):
    assert len(find_processes(airflow.home)) > 5
    airflow.stop(signal.SIGINT)
    said = airflow.out.read_text()
    assert "Stopping Airflow" in said and "Stopped." in said and "Traceback" not in said
    assert find_processes(airflow.home) == []
