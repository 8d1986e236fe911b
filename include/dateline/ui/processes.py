"""Airflow's processes: started as a group of their own, found by their mark, ended together.

`airflow standalone` has a dozen descendants, some of them in groups of their own, and leaves them behind when it
is told to end by anything but Ctrl-C. So whoever carries the mark in its environment is one of them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil  # type: ignore[import-untyped]

from .home import HOST, MARK, UiHome

GRACE = 20.0
"""Seconds to end by themselves: 7 to 12 were measured, more where a page is just being read."""


def start(made: UiHome, log: IO[str]) -> subprocess.Popen[bytes]:
    """Start `airflow standalone` and, beside it, the API that tasks talk to; returns standalone's process.

    On SQLite the two APIs must not share a process. The users' one writes its log of actions in its event loop, and
    would wait there for a task's request that has begun to write and needs that very loop to end: both then hang
    until the database gives up.
    """
    address = ["--host", HOST, "--port", str(made.execution_port)]
    _start(made, log, "api-server", "--apps", "execution", *address)
    return _start(made, log, "standalone")


def _start(made: UiHome, log: IO[str], *arguments: str) -> subprocess.Popen[bytes]:
    """Start a part of Airflow; a Ctrl-C in this terminal does not reach it."""
    return subprocess.Popen(
        [sys.executable, "-m", "airflow", *arguments],
        env=dict(made.home.environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def find_processes(folder: Path) -> list[psutil.Process]:
    """All living processes of the Airflow whose home is `folder`, whoever is their parent now."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(folder) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def end_processes(folder: Path, *, grace: float = GRACE) -> int:
    """End all processes of a home: first asked to, after `grace` seconds made to. Returns how many had to be made to.

    Those that are started meanwhile by others of them are found too.
    """
    deadline = time.monotonic() + grace
    asked: set[int] = set()
    while left := find_processes(folder):
        if time.monotonic() > deadline:
            break
        for process in left:
            if process.pid not in asked:
                asked.add(process.pid)
                _signal(process, gently=True)
        time.sleep(0.3)
    return _kill(folder)


def _kill(folder: Path) -> int:
    killed: set[int] = set()
    for _ in range(50):
        left = find_processes(folder)
        if not left:
            break
        for process in left:
            killed.add(process.pid)
            _signal(process, gently=False)
        time.sleep(0.1)
    return len(killed)


def _signal(process: psutil.Process, *, gently: bool) -> None:
    with suppress(psutil.NoSuchProcess):
        process.terminate() if gently else process.kill()
