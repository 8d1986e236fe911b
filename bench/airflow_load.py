"""Measures Dateline under Airflow and writes docs/airflow_load.md: `python -m bench.airflow_load [N_PAGES]`.

One day of pages goes through `dateline_ingest` on a `make ui` of its own, and, before and after it, through
`dateline extract --workers 2`: what lasts is the ratio of the two. Then the same number of pages is backfilled
as ten days, three at a time, while the memory of all of Airflow's processes is watched.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from dateline.ui.processes import find_processes
from tests.integration.standalone import DAG, Standalone, copy_repository, run_standalone

from .airflow_pages import write_days
from .airflow_report import render

N_PAGES = 5_000
WORKERS = 2
ACTIVE = 3
"""Days that are backfilled at a time."""

FIRST_DAY = date(2026, 3, 2)
N_DAYS = 10
PATIENCE = 3600.0
LOOK = 1.0
"""Seconds between two looks at the memory."""

DOCS = Path(__file__).parents[1] / "docs"

Figures = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Measure, then write docs/airflow_load.json and docs/airflow_load.md (with OUT=folder: there instead)."""
    n_pages = int(arguments[0]) if arguments else N_PAGES
    with tempfile.TemporaryDirectory(prefix="dateline-load-") as scratch:
        repo = Path(scratch)
        copy_repository(repo)
        n_bytes = write_days(repo / "inbox", [FIRST_DAY.isoformat()], n_pages)
        before = time_command(repo)
        with run_standalone(repo) as running:
            running.wait_for_runs()
            throughput = measure_day(running)
            after = time_command(repo)
            shutil.rmtree(repo / "inbox")
            write_days(repo / "inbox", backfilled_days(), n_pages)
            memory = measure_backfill(running)
    command = {"seconds": [round(before, 1), round(after, 1)]}
    figures: Figures = {
        "n_pages": n_pages,
        "mean_bytes": round(n_bytes / n_pages),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "command": command,
        "airflow": throughput,
        "ratio": round((before + after) / 2 / throughput["seconds"], 3),
        "backfill": memory,
    }
    out = Path(os.environ.get("OUT", DOCS))
    out.mkdir(parents=True, exist_ok=True)
    (out / "airflow_load.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    (out / "airflow_load.md").write_text(render(figures), "utf-8")
    print(render(figures))
    return 0


def backfilled_days() -> list[str]:
    """The days of the backfill; none of them is the day that the throughput is measured on."""
    return [(FIRST_DAY + timedelta(days=1 + n)).isoformat() for n in range(N_DAYS)]


def time_command(repo: Path) -> float:
    """Seconds that `dateline extract` takes for all pages of the inbox, its start included."""
    command = [sys.executable, "-m", "dateline.cli", "extract", "inbox", "--workers", str(WORKERS)]
    environment = {**os.environ, "PYTHONPATH": str(repo / "include"), "OMP_NUM_THREADS": "1"}
    began = time.perf_counter()
    subprocess.run(command, cwd=repo, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def measure_day(running: Standalone) -> Figures:
    """Seconds of one day's run from the start of its first task to the end of its last `extract`, and of its tasks."""
    path = f"dags/{DAG}/dagRuns"
    run = running.ask("POST", path, logical_date=None, partition_key=FIRST_DAY.isoformat(), conf={})
    wait(lambda: running.ask("GET", f"{path}/{run['dag_run_id']}")["state"] in ("success", "failed"))
    tasks = running.tasks(run)
    assert {task["state"] for task in tasks} <= {"success", "skipped"}, tasks
    began = min(_instant(task["start_date"]) for task in tasks if task["start_date"])
    read = [task for task in tasks if task["task_id"] == "extract"]
    ended = max(_instant(task["end_date"]) for task in read)
    return {
        "seconds": round((ended - began).total_seconds(), 1),
        "shards": len(read),
        "tasks": {
            name: [round(task["duration"] or 0, 1) for task in tasks if task["task_id"] == name]
            for name in ("collect", "plan", "extract", "publish")
        },
        "waiting": _gaps(tasks, began),
    }


def _gaps(tasks: Sequence[Figures], began: datetime) -> dict[str, list[float]]:
    """When each task started and ended, in seconds after the first: what is between them is Airflow's own."""
    spans: dict[str, list[float]] = {}
    for task in tasks:
        if task["task_id"] in ("collect", "plan", "extract", "publish"):
            ends = (_instant(task[name]) for name in ("start_date", "end_date"))
            name = task["task_id"] + (f" {task['map_index']}" if task["map_index"] >= 0 else "")
            spans[name] = [round((end - began).total_seconds(), 1) for end in ends]
    return spans


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def wait(is_over: Callable[[], bool]) -> None:
    """Wait for something that may take as long as many pages do."""
    deadline = time.monotonic() + PATIENCE
    while not is_over():
        assert time.monotonic() < deadline, f"not over after {PATIENCE:g} s"
        time.sleep(1)


def measure_backfill(running: Standalone) -> Figures:
    """Seconds of a backfill of all days, and the most memory that Airflow's processes had together meanwhile."""
    days = backfilled_days()
    with watch_memory(running.home) as seen:
        began = time.perf_counter()
        running.backfill(days[0], days[-1], "none", active=ACTIVE)
        wait(lambda: _are_over(running, days))
        seconds = time.perf_counter() - began
    peak = max(seen, key=lambda found: found["mib"])
    return {
        "n_days": len(days),
        "active": ACTIVE,
        "seconds": round(seconds, 1),
        "idle_mib": seen[0]["mib"],
        "peak": peak,
    }


def _are_over(running: Standalone, days: Sequence[str]) -> bool:
    states = [run["state"] for run in running.runs() if run["partition_key"] in days]
    assert "failed" not in states
    return len(states) == len(days) and set(states) == {"success"}


@contextmanager
def watch_memory(home: Path) -> Iterator[list[Figures]]:
    """Look again and again at the proportional set size of all processes; every look is a row of the list."""
    seen = [look(home)]
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(LOOK):
            seen.append(look(home))

    watcher = threading.Thread(target=go_on)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def look(home: Path) -> Figures:
    """MiB of all processes together, pages that they share counted once, and how many processes that are."""
    total, count = 0, 0
    for process in find_processes(home):
        with suppress(psutil.Error):
            total += process.memory_full_info().pss
            count += 1
    return {"mib": round(total / 2**20), "processes": count}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
