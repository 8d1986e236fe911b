"""`make ui` in a copy of the repository, and the requests that a user's clicks send; for the tests beside it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

from dateline import lake
from dateline.ui.processes import end_processes

REPO = Path(__file__).parents[2]
DAG = "dateline_ingest"
PATIENCE = 240


def find_free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def copy_repository(folder: Path) -> None:
    """What `make ui` needs, so that nothing of the real .airflow, lake, raw or inbox is touched."""
    for name in ("Makefile", ".venv", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        (folder / name).symlink_to(REPO / name)
    for name in ("dags", "plugins", "include/dateline", "include/samples"):
        shutil.copytree(REPO / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def copy_with_samples(folder: Path, days: Sequence[str]) -> Path:
    """A copy of the repository whose inbox holds the sample's pages of these days."""
    copy_repository(folder)
    for day in days:
        shutil.copytree(folder / "include/samples/inbox" / day, folder / "inbox" / day)
    return folder


def hash_of_load(repo: Path) -> str:
    """The hash of the lake that `dateline load` makes of the same inbox, in a lake beside."""
    folders = {f"DATELINE_{name.upper()}": str(repo / "other" / name) for name in ("lake", "raw")}
    done = subprocess.run(
        [str(repo / ".venv/bin/python"), "-m", "dateline.cli", "load", "inbox"],
        cwd=repo,
        env={**os.environ, **folders, "PYTHONPATH": str(repo / "include")},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return lake.lake_hash(repo / "other" / "lake")


class Standalone:
    """A running `make ui`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, find_free_port()
        self.home = folder / ".airflow" / "ui"
        self.out = folder / "out.txt"
        self.process = self.start(self.port, self.out)
        self.url = f"http://127.0.0.1:{self.port}"
        self.session = requests.Session()
        self.cancelled: set[str] = set()

    def start(self, port: int, out: Path) -> subprocess.Popen[bytes]:
        names = [name for name in os.environ if not name.startswith(("AIRFLOW", "DATELINE_"))]
        environ = {name: os.environ[name] for name in names} | {"PYTHONPATH": str(self.folder / "include")}
        # The environment is there: -o keeps make from installing anything.
        command = ["make", "-o", ".venv/.installed", "ui", f"PORT={port}"]
        with out.open("wb") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=environ, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def wait_until_up(self) -> str:
        """What it said, once it is up; also logs in as it said."""
        wait_for(lambda: "Ctrl-C stops it" in self.out.read_text() or self.process.poll() is not None)
        said = self.out.read_text()
        login = re.search(r"login +(\S+) / (\S+)", said)
        assert login, said
        answer = requests.post(f"{self.url}/auth/token", json={"username": login[1], "password": login[2]}, timeout=30)
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return said

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal as a terminal does, to the whole group; returns the exit status of make."""
        os.killpg(self.process.pid, number)
        return self.process.wait(90)

    def ask(self, method: str, path: str, **body) -> dict:
        """A request to the API; what SQLite or a backfill that is just being marked as over refuses is tried again."""
        deadline = time.monotonic() + 90
        while True:
            answer = self.session.request(method, f"{self.url}/api/v2/{path}", json=body or None, timeout=60)
            if answer.status_code not in (409, 503) or time.monotonic() > deadline:
                assert answer.ok, f"{path}: {answer.status_code} {answer.text[:500]}"
                return answer.json() if answer.content else {}
            time.sleep(2)

    def runs(self) -> list[dict]:
        return self.ask("GET", f"dags/{DAG}/dagRuns?limit=100&order_by=id")["dag_runs"]

    def backfill(self, first: str, last: str, behaviour: str, active: int = 3, **conf: object) -> int:
        """Create a backfill as the form of the UI does; returns its id."""
        ends = {"from_date": f"{first}T00:00:00Z", "to_date": f"{last}T00:00:00Z"}
        choice = {"reprocess_behavior": behaviour, "max_active_runs": active, "run_backwards": False}
        return self.ask("POST", "backfills", dag_id=DAG, dag_run_conf=conf, **ends, **choice)["id"]

    def wait_for_runs(self) -> list[dict]:
        """All runs, once none is queued or running."""
        wait_for(lambda: all(run["state"] in ("success", "failed") for run in self.runs()))
        return self.runs()

    def wait_for_backfills(self) -> None:
        """Airflow marks a backfill as over by a sweep, half a minute after its last run; there is no other before."""
        path = f"backfills?dag_id={DAG}"
        wait_for(lambda: all(item["completed_at"] for item in self.ask("GET", path)["backfills"]))

    def tasks(self, run: dict) -> list[dict]:
        return self.ask("GET", f"dags/{DAG}/dagRuns/{run['dag_run_id']}/taskInstances")["task_instances"]

    def clear_tasks(self, run: dict, *tasks) -> None:
        options = {"dry_run": False, "only_failed": False, "include_downstream": True, "reset_dag_runs": True}
        run_id = run["dag_run_id"]
        self.ask("POST", f"dags/{DAG}/clearTaskInstances", dag_run_id=run_id, task_ids=list(tasks), **options)


def wait_for(is_true, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not is_true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(1)


@contextmanager
def run_standalone(repo: Path) -> Iterator[Standalone]:
    """A `make ui` of this copy of the repository, from when it is up; all of its processes are ended behind it."""
    running = Standalone(repo)
    try:
        running.wait_until_up()
        yield running
    finally:
        if running.process.poll() is None:
            running.stop(signal.SIGTERM)
        end_processes(running.home, grace=0)
