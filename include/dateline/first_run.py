"""`make run`: load pages through the real DAG in an Airflow of its own, then show what is in the lake.

Airflow runs in a process of its own whose words go to a log file; this one follows the run's progress files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from . import lake
from .config import Settings, SettingsError, load_settings
from .lake import LakeError, LockHeldError
from .overview import show_card, show_summary, show_tries
from .overview.console import make_console
from .pipeline.run_folder import newest_progress

SAMPLE = Path("include/samples/inbox")
DAG = "dateline_load"
FOLLOWING = "dateline_corpus"
"""Starts by itself where a scheduler runs; here it is run after the loading."""
SHARDS = 4


class FirstRunError(RuntimeError):
    """The run failed; the message says where its log is."""


@dataclass(frozen=True, slots=True)
class Home:
    """The Airflow of `make run`: its folder, and what its processes find in the environment."""

    folder: Path
    environment: Mapping[str, str]

    @property
    def log(self) -> Path:
        """Where Airflow's own words go."""
        return self.folder / "run.log"


def make_home(repo: Path, pages: Path, environ: Mapping[str, str], settings: Settings, *, name: str = "run") -> Home:
    """An AIRFLOW_HOME below .airflow, with the loaded folder among the allowed roots."""
    folder = repo / ".airflow" / name
    folder.mkdir(parents=True, exist_ok=True)
    # What the caller's Airflow is set to must not reach this one: another database, another folder of DAGs.
    kept = {name: value for name, value in environ.items() if not name.startswith(("AIRFLOW__", "AIRFLOW_"))}
    roots = (*settings.allowed_roots, pages)
    return Home(
        folder,
        {
            **kept,
            "AIRFLOW_HOME": str(folder),
            "AIRFLOW__CORE__DAGS_FOLDER": str(repo / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(repo / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(repo / "include"), kept.get("PYTHONPATH")])),
            "PYTHONWARNINGS": "ignore",
            "DATELINE_ALLOWED_ROOTS": os.pathsep.join(str(root) for root in roots),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
    )


def migrate(home: Home) -> None:
    """Make Airflow's database, once a home. Raises FirstRunError."""
    mark = home.folder / "migrated"
    if mark.exists():
        return
    with home.log.open("w", encoding="utf-8") as log:
        done = _start(home, ["-m", "airflow", "db", "migrate"], log).wait()
    if done != 0:
        raise FirstRunError(f"Airflow's database could not be made; see {home.log}")
    mark.touch()


def run_dag(home: Home, settings: Settings, pages: Path, console: Console) -> None:
    """Run the DAG and show how many pages are read. Raises FirstRunError where it fails."""
    conf = json.dumps({"path": str(pages), "shards": SHARDS})
    began = time.time()
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with home.log.open("a", encoding="utf-8") as log, bar:
        seen = log.tell()
        task = bar.add_task("starting Airflow", total=None)
        process = _start(home, ["-m", "dateline.airflow_edge", "run", DAG, conf, FOLLOWING, "{}"], log)
        try:
            while process.poll() is None:
                time.sleep(0.2)
                done, total = newest_progress(settings.lake, since=began)
                if total:
                    bar.update(task, description=_step(done, total), completed=done, total=total)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        bar.update(task, description="done", total=1, completed=1)
    if process.returncode != 0:
        raise FirstRunError(f"{_last_error(home.log, seen)} (all of Airflow's words: {home.log})")


def _start(home: Home, arguments: list[str], log: IO[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, env=dict(home.environment), stdout=log, stderr=subprocess.STDOUT)


def _step(done: int, total: int) -> str:
    return "reading pages" if done < total else "publishing"


def _last_error(log: Path, seen: int) -> str:
    """The line in which a task said why it fails, if there is one."""
    lines = log.read_text("utf-8", "replace")[seen:].splitlines()
    marked = [line for line in lines if "AirflowFailException:" in line or line.startswith("LookupError")]
    return marked[-1].partition("Exception: ")[2] or marked[-1] if marked else f"{DAG} failed"


def main(arguments: list[str]) -> int:
    """Load the sample, or the pages named on the command line, and print what the lake holds."""
    console, errors = make_console(), Console(stderr=True, highlight=False)
    repo = Path.cwd()
    try:
        settings = load_settings()
        pages = Path(os.path.normpath(repo / (Path(arguments[0]).expanduser() if arguments else SAMPLE)))
        if not pages.exists():
            raise FirstRunError(f"{pages}: no such file or folder; check PAGES")
        before = lake.lake_hash(settings.lake)
        home = make_home(repo, pages, os.environ, settings)
        console.print(f"Loading {pages} through Airflow's DAG {DAG}")
        migrate(home)
        began = datetime.now(UTC)
        run_dag(home, settings, pages, console)
        seconds = (datetime.now(UTC) - began).total_seconds()
        after = lake.lake_hash(settings.lake)
        change = "nothing changed: the lake holds these pages already" if before == after else "published"
        console.print(f"{change} ({seconds:.0f} s); lake {settings.lake}, hash {(after or '')[:12]}\n")
        with lake.open_lake(settings.lake) as connection:
            show_summary(connection, console)
            show_card(connection, console)
            console.print("Three queries to try:\n", style="bold")
            show_tries(connection, console)
    except (FirstRunError, SettingsError, LakeError, LockHeldError) as error:
        errors.print(f"dateline: {error}", style="red", soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        errors.print("dateline: stopped; what was committed stays, the rest is done by the next run")
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
