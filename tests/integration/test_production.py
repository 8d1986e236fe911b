"""The production stack of docker-compose.yaml, started without containers, while a worker and the scheduler are killed.

Postgres, Redis, the init command, API server, scheduler, DAG processor and workers run with the very commands,
settings and health checks of the file; compose_stack.py tells what is replaced. Three waiting times are shortened.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import requests
from command_line import ROOT, SAMPLES, Home, check_whole
from compose_file import NotSetError, find_missing_programs, interpolate, read_services
from compose_stack import Stack, wait_for

MISSING = find_missing_programs()
pytestmark = [
    pytest.mark.xdist_group("production"),
    pytest.mark.slow,
    pytest.mark.timeout(1500),
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}: install PostgreSQL, Redis and curl"),
]

DAG = "dateline_ingest"
DAG_IDS = {path.stem for path in (ROOT / "dags").glob("dateline_*.py")}
DAYS = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]
N_PAGES = 100
"""Pages a day: a shard of half of them takes some seconds, enough to be killed in the middle."""

WORKERS = ("worker-1", "worker-2")

PATIENCE = 300
"""Seconds that anything may take on a machine that does other things too; a quiet one needs a tenth."""

PARTS = {
    "airflow-apiserver": "airflow-apiserver",
    "airflow-scheduler": "airflow-scheduler",
    "airflow-dag-processor": "airflow-dag-processor",
    "worker-1": "airflow-worker",
    "worker-2": "airflow-worker",
}


def make_env() -> dict[str, str]:
    """An .env file: secrets as .env.example says, and waiting times a test can wait for."""
    import base64

    names = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "ADMIN_PASSWORD", "SECRET_KEY", "JWT_SECRET")
    return {
        "AIRFLOW_UID": "50000",
        "DATELINE_DATA": "/srv/dateline",
        "FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        **{name: secrets.token_hex(32) for name in names},
        "HEARTBEAT_TIMEOUT": "25",
        "ORPHANED_CHECK": "15",
        "QUEUED_CHECK": "15",
    }


def fill_inbox(inbox: Path) -> None:
    """Days of invented news: the sample's pages over and over, each copy with a number of its own."""
    pages = sorted(SAMPLES.glob("*/*.html"))
    for day in DAYS:
        folder = inbox / day
        folder.mkdir(parents=True)
        for number in range(N_PAGES):
            page = pages[number % len(pages)]
            mark = f"<!-- copy {number} of {day} -->".encode()
            (folder / f"{page.stem}-{number:03}.html").write_bytes(page.read_bytes() + mark)


class Client:
    """A user of the API."""

    def __init__(self, url: str, password: str) -> None:
        self.url, self.session = url, requests.Session()
        answer = requests.post(f"{url}/auth/token", json={"username": "admin", "password": password}, timeout=60)
        assert answer.status_code == 201, answer.text
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def ask(self, method: str, path: str, **body) -> dict:
        answer = self.session.request(method, f"{self.url}/api/v2/{path}", json=body or None, timeout=60)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def dag_ids(self) -> set[str]:
        return {dag["dag_id"] for dag in self.ask("GET", "dags?limit=100")["dags"]}

    def runs(self) -> list[dict]:
        found = self.ask("GET", f"dags/{DAG}/dagRuns?limit=100&order_by=id")["dag_runs"]
        return [run for run in found if run["partition_key"] in DAYS]

    def tasks(self) -> list[dict]:
        """The latest try of every task of the days' runs."""
        return [
            task
            for run in self.runs()
            for task in self.ask("GET", f"dags/{DAG}/dagRuns/{run['dag_run_id']}/taskInstances?limit=100")[
                "task_instances"
            ]
        ]


@pytest.fixture
def stack(tmp_path):
    stack = Stack(tmp_path / "stack", make_env())
    try:
        yield stack
    finally:
        stack.end()


@pytest.fixture
def expected(tmp_path, stack) -> Home:
    """The lake that `dateline load` makes of the same inbox, with the code of the image."""
    home = Home(tmp_path / "reference", {"PYTHONPATH": stack.environment("airflow-worker", "worker")["PYTHONPATH"]})
    fill_inbox(home.folder / "inbox")
    home.succeed("load", "inbox")
    return home


def test_backfill_survives_a_killed_worker_and_a_killed_scheduler(stack, expected):
    data = stack.folder / "srv/dateline"
    start_stack(stack)
    fill_inbox(data / "inbox")
    user = Client(stack.url, stack.environment("airflow-init", "airflow-init")["ADMIN_PASSWORD"])
    wait_for(lambda: user.dag_ids() >= DAG_IDS, PATIENCE, "DAGs")
    # What the others derive and clear away is in no lake that `dateline load` made.
    for name in user.dag_ids() - {DAG}:
        user.ask("PATCH", f"dags/{name}?update_mask=is_paused", is_paused=True)

    ends = {"from_date": f"{DAYS[0]}T00:00:00Z", "to_date": f"{DAYS[-1]}T00:00:00Z"}
    conf = {"dag_run_conf": {"shards": 2}, "reprocess_behavior": "none", "run_backwards": False}
    user.ask("POST", "backfills", dag_id=DAG, max_active_runs=3, **ends, **conf)
    kill_in_the_middle(stack)

    wait_for(lambda: all(run["state"] in ("success", "failed") for run in user.runs()), 2 * PATIENCE, "backfill")
    assert {run["partition_key"]: run["state"] for run in user.runs()} == dict.fromkeys(DAYS, "success")
    again = [task for task in user.tasks() if task["task_id"] == "extract" and task["try_number"] > 1]
    assert again, "no shard had to be read again: nothing was proven"
    check_log_of_first_try(user, again[0])

    home = Home(stack.folder, {"DATELINE_LAKE": str(data / "lake"), "DATELINE_RAW": str(data / "raw")})
    assert home.hash == expected.hash
    check_whole(home)
    check_pages(user)
    assert home.ask("SELECT count(DISTINCT ingest_date), count(*) FROM captures") == [(5, 5 * N_PAGES)]
    check_second_start(stack, user)
    check_polite_end(stack)


def start_stack(stack: Stack) -> None:
    """Start all as the file's conditions demand, and see that each check fails before and passes after."""
    assert not stack.is_healthy("redis") and not stack.is_healthy("postgres")
    stack.make_database()
    stack.start("redis")
    wait_for(lambda: stack.is_healthy("redis") and stack.is_healthy("postgres"), 30, "Redis")
    done = stack.run("airflow-init")
    assert done.returncode == 0, done.stderr[-3000:]
    assert not stack.is_healthy("airflow-apiserver")
    for name, service in PARTS.items():
        stack.start(service, name)
    for name, service in PARTS.items():
        wait_for(lambda name=name, service=service: stack.is_healthy(service, name), PATIENCE, name)


def kill_in_the_middle(stack: Stack) -> None:
    """End a worker and the scheduler while pages are read, and start others."""
    reading: list[str] = []
    wait_for(
        lambda: reading.extend(name for name in WORKERS if is_reading(stack, name)) or reading, PATIENCE, "reading"
    )
    stack.kill(reading[0])
    stack.kill("airflow-scheduler")
    assert not stack.is_healthy("airflow-scheduler")
    assert not stack.is_healthy("airflow-worker", reading[0])
    stack.start("airflow-scheduler")
    wait_for(lambda: stack.is_healthy("airflow-scheduler"), PATIENCE, "scheduler")
    stack.start("airflow-worker", "worker-3")


def is_reading(stack: Stack, worker: str) -> bool:
    """Whether a process of the worker has the library that recognises names in its memory: it reads a shard."""
    for process in stack.find(worker):
        with suppress(psutil.Error):
            if any("/spacy/" in item.path for item in process.memory_maps()):
                return True
    return False


def check_log_of_first_try(user: Client, task: dict) -> None:
    """The log of what a killed worker did can still be read."""
    place = f"dags/{DAG}/dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}/logs/1"
    said = user.ask("GET", f"{place}?map_index={task['map_index']}&full_content=true")
    assert said["content"]


def check_pages(user: Client) -> None:
    """The pages of the plugin show the lake to those who have logged in, and to nobody else."""
    place = f"{user.url}/dateline/"
    assert requests.get(place, timeout=60, allow_redirects=False).status_code in (302, 303, 307, 401, 403)
    shown = user.session.get(place, timeout=60)
    assert shown.status_code == 200
    assert DAYS[-1] in shown.text


def check_second_start(stack: Stack, user: Client) -> None:
    """What is set up again stays as it was: the pools keep their slots, the user the password."""
    pool = {"name": "extract", "slots": 7, "description": "changed", "include_deferred": False}
    user.ask("PATCH", "pools/extract?update_mask=slots", **pool)
    done = stack.run("airflow-init")
    assert done.returncode == 0, done.stderr[-3000:]
    assert user.ask("GET", "pools/extract")["slots"] == 7


def check_polite_end(stack: Stack) -> None:
    """A worker that is asked to ends by itself, and leaves nothing behind."""
    assert stack.stop("worker-3", PATIENCE) == 0
    wait_for(lambda: not stack.find("worker-3"), 30, "the end of the worker's processes")


def test_what_is_not_set_is_named_before_anything_starts():
    given = make_env()
    for name in sorted(set(given) - {"HEARTBEAT_TIMEOUT", "ORPHANED_CHECK", "QUEUED_CHECK"}):
        with pytest.raises(NotSetError, match=f"^{name}: set {name} in .env"):
            read_services(given | {name: ""})


def test_variables_are_replaced_as_compose_does():
    text = ["$$A", "${A}", "${B:-b}", "${A:-b}", "${A:?no}", {"key": "x-${A}-${B:-}"}, 3]
    assert interpolate(text, {"A": "a"}) == ["$A", "a", "b", "a", "a", {"key": "x-a-"}, 3]
