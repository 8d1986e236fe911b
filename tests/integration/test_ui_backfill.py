"""A backfill as a user runs it, by clicks in a browser: cancelled, finished, repeated, and always one lake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import CHROMIUM, open_browser
from standalone import copy_with_samples, hash_of_load, run_standalone, wait_for

from dateline import lake

pytestmark = [
    # The tests follow one another on one Airflow.
    pytest.mark.xdist_group("browser"),
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing: apt-get install chromium"),
]

DAYS = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]
SPAN = (DAYS[0], DAYS[-1])


@pytest.fixture(scope="module")
def repo(tmp_path_factory) -> Path:
    return copy_with_samples(tmp_path_factory.mktemp("ui-backfill"), DAYS)


@pytest.fixture(scope="module")
def expected(repo) -> str:
    return hash_of_load(repo)


@pytest.fixture(scope="module")
def airflow(repo):
    with run_standalone(repo) as running:
        yield running


@pytest.fixture(scope="module")
def browser(airflow):
    user, password = re.search(r"login +(\S+) / (\S+)", airflow.out.read_text()).groups()
    with open_browser(airflow.url, user, password) as opened:
        yield opened


def latest(airflow) -> dict[str, dict]:
    """The last run of each day."""
    return {run["partition_key"]: run for run in airflow.wait_for_runs() if run["partition_key"] in DAYS}


def test_backfill_is_cancelled_in_the_middle(airflow, browser, repo):
    airflow.wait_for_runs()
    browser.show_list()
    browser.picture("backfill-dags", height=1000)
    dialog = browser.fill_backfill(*SPAN, "missing", active=3)
    browser.picture("backfill-form", height=900)
    assert browser.start(dialog) == len(DAYS)
    active = set()

    def some_run() -> bool:
        states = [run["state"] for run in airflow.runs() if run["partition_key"] in DAYS]
        active.add(states.count("running"))
        return max(active) >= 2

    wait_for(some_run)
    browser.cancel()
    states = {day: run["state"] for day, run in latest(airflow).items()}
    assert max(active) <= 3
    # What had begun went on to its end, what had not was ended.
    assert list(states) == DAYS and "failed" in states.values()
    published = {day.isoformat() for day, _ in lake.current(repo / "lake").entries} if any_success(states) else set()
    assert published == {day for day, state in states.items() if state == "success"}


def any_success(states: dict[str, str]) -> bool:
    return "success" in states.values()


def test_missing_and_errored_finishes_what_was_cancelled(airflow, browser, repo, expected):
    before = {day for day, run in latest(airflow).items() if run["state"] != "success"}
    airflow.wait_for_backfills()
    assert browser.backfill(*SPAN, "missing and errored", active=3) == len(before)
    browser.open_dag()
    browser.widen_grid()
    wait_for(lambda: sum(run["state"] == "running" for run in airflow.runs()) >= min(2, len(before)))
    browser.picture("backfill-running", height=440)
    runs = latest(airflow)
    assert {run["state"] for run in runs.values()} == {"success"}
    assert lake.lake_hash(repo / "lake") == expected
    browser.open_run(runs[DAYS[-1]]["dag_run_id"])
    browser.page.get_by_text("2 articles, 1 rejected").first.wait_for()
    browser.picture("backfill-note", height=640)


def test_all_runs_read_again_change_nothing(airflow, browser, repo, expected):
    before = {run["dag_run_id"] for run in airflow.wait_for_runs()}
    number = lake.current(repo / "lake").number
    airflow.wait_for_backfills()
    assert browser.backfill(*SPAN, "all", active=3, again=True) == len(DAYS)
    again = {day: run for day, run in latest(airflow).items() if run["dag_run_id"] not in before}
    assert list(again) == DAYS
    for run in again.values():
        assert run["state"] == "success" and "nothing changed" in run["note"]
        assert {task["state"] for task in airflow.tasks(run) if task["task_id"] == "extract"} == {"success"}
    assert lake.lake_hash(repo / "lake") == expected
    assert lake.current(repo / "lake").number == number
    browser.open_dag()
    browser.widen_grid()
    browser.picture("backfill-grid", height=440)
