"""`python -m dateline.ui [PORT]`: start Airflow, say where it is and how to log in, and stop it on Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from rich.console import Console

from ..config import SettingsError, load_settings
from ..first_run import SAMPLE, FirstRunError, migrate
from ..overview.console import make_console
from ..raw.locking import LockHeldError, hold_lock
from .health import Health, ask_health
from .home import USER, UiHome, choose_inbox, make_ui_home, write_command
from .obstacles import UiError, check_database, check_port
from .processes import end_processes, find_processes, start

PORT = 8080
PATIENCE = 300.0
"""Seconds until all parts are up: 35 on an idle machine, 55 on a loaded one, more where two cores serve many."""

RECHECK = 15.0
"""Seconds between two looks at a running Airflow."""

OWN = "inbox/YYYY-MM-DD"
"""Where pages go that are not the sample's."""


def main(arguments: list[str]) -> int:
    """Run Airflow until Ctrl-C, SIGTERM or the end of the terminal; 0 after those, 1 where it can't run."""
    console, errors = make_console(), Console(stderr=True, highlight=False)
    try:
        port = _read_port(arguments)
        settings = choose_inbox(load_settings(), Path.cwd())
        made = make_ui_home(Path.cwd(), os.environ, settings, port)
        with _only_one(made), _signals_as_interrupts():
            _run(made, port, console)
    except (UiError, FirstRunError, SettingsError, LockHeldError) as error:
        errors.print(f"dateline: {error}", style="red", soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped.")
    return 0


def _read_port(arguments: list[str]) -> int:
    stated = arguments[0] if arguments else str(PORT)
    if not stated.isdecimal():
        raise UiError(f"{stated!r} is no port; give a number: make ui PORT=8081")
    return int(stated)


@contextmanager
def _only_one(made: UiHome) -> Iterator[None]:
    lock = made.folder / "lock"
    try:
        with hold_lock(lock, patience=0):
            yield
    except LockHeldError:
        holder = lock.read_text("utf-8", "replace").partition(" on ")[0]
        raise UiError(
            f"make ui runs already ({holder or 'in another terminal'}); use that one, or stop it there with Ctrl-C"
        ) from None


@contextmanager
def _signals_as_interrupts() -> Iterator[None]:
    """A closed terminal and a polite kill stop Airflow as Ctrl-C does; shells switch that one off in the background."""

    last = [-1.0]

    def interrupt(number: int, frame: FrameType | None) -> None:
        # make hands a signal on that its whole group has got already: one wish, not two.
        earlier, last[0] = last[0], time.monotonic()
        if earlier < 0 or last[0] - earlier > 1:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(made: UiHome, port: int, console: Console) -> None:
    _clear_remains(made, console)
    check_port(port)
    check_database(made.database)
    write_command(made)
    console.print(f"Starting Airflow (half a minute; its own words go to {made.log})", soft_wrap=True)
    try:
        migrate(made.home)
        with made.log.open("w", encoding="utf-8") as log:
            _import_pools(made, log)
            process = start(made, log)
            _announce(made, _wait_until_ready(made, process), console)
            _watch(made, process, console)
    finally:
        _stop(made, console)


def _clear_remains(made: UiHome, console: Console) -> None:
    """End what an earlier run left that was itself killed before it could."""
    remains = find_processes(made.folder)
    if remains:
        console.print(f"An earlier run was killed and left {len(remains)} processes behind; ending them")
        end_processes(made.folder)


def _import_pools(made: UiHome, log: IO[str]) -> None:
    command = [sys.executable, "-m", "dateline.airflow_edge", "import-pools"]
    done = subprocess.run(command, env=dict(made.home.environment), stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise UiError(f"Airflow's database can't be prepared: {_last_line(made)} (all of it: {made.log})")


def _wait_until_ready(made: UiHome, process: subprocess.Popen[bytes]) -> Health:
    deadline = time.monotonic() + PATIENCE
    health = Health(("web server",))
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise UiError(f"Airflow ended while starting: {_last_line(made)} (all of it: {made.log})")
        health = ask_health(made)
        if health.is_ready:
            return health
        time.sleep(1)
    raise UiError(f"Airflow is not up after {PATIENCE:g} s; still missing: {', '.join(health.missing) or 'the DAGs'}; "
                  f"see {made.log}")  # fmt: skip


def _announce(made: UiHome, health: Health, console: Console) -> None:
    settings = made.home.environment
    inbox = Path(settings["DATELINE_INBOX"])
    days = sorted(path.name for path in inbox.glob("[0-9]*-*-*"))
    span = (days[0], days[-1]) if days else ("2026-03-02", "2026-03-06")
    holds = f"days {span[0]} to {span[1]}" if days else "empty: put pages into its folders YYYY-MM-DD"
    sample = f"            (the sample; for pages of your own, make {OWN} and start again)"
    shell = os.path.relpath(made.command)
    for line in (
        f"\nAirflow is up: {made.url}",
        f"  login     {USER} / {made.password}",
        f"  inbox     {inbox}, {holds}",
        *([sample] if inbox == Path.cwd() / SAMPLE else []),
        f"  lake      {settings['DATELINE_LAKE']}",
        f"  backfill  DAG dateline_ingest, Trigger, Backfill, from {span[0]} to {span[1]}; or in another shell",
        f"            {shell} backfill create --dag-id dateline_ingest --from-date {span[0]} --to-date {span[1]}",
        *(f"  broken    {problem}" for problem in health.broken),
        "Ctrl-C stops it.",
    ):
        console.print(line, soft_wrap=True, highlight=False, markup=False)


def _watch(made: UiHome, process: subprocess.Popen[bytes], console: Console) -> None:
    """Wait until somebody stops it; say so once where a part of it stops answering."""
    ill = False
    while True:
        try:
            process.wait(RECHECK)
            raise UiError(f"Airflow ended by itself: {_last_line(made)} (all of it: {made.log})")
        except subprocess.TimeoutExpired:
            missing = ask_health(made).missing
            if missing and not ill:
                console.print(f"Not answering: {', '.join(missing)}; see {made.log}", soft_wrap=True)
            ill = bool(missing)


def _stop(made: UiHome, console: Console) -> None:
    try:
        if find_processes(made.folder):
            console.print("\nStopping Airflow and all its processes (Ctrl-C again ends them at once)")
            end_processes(made.folder)
    except KeyboardInterrupt:
        end_processes(made.folder, grace=0)


def _last_line(made: UiHome) -> str:
    lines: list[str] = []
    with suppress(OSError):
        lines = [line.strip() for line in made.log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
