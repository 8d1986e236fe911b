"""The Airflow of `make ui`: its folder, its environment, its login."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..config import PREFIX, Settings, setting_names
from ..first_run import SAMPLE, Home, make_home
from .obstacles import find_free_port

HOST = "127.0.0.1"
"""This machine alone: the login is printed, and tasks run what the DAG folder holds."""

USER = "admin"
MARK = "DATELINE_UI"
"""Variable that every process of this Airflow has in its environment, with the home's folder as its value."""

BUSY = 15
"""Seconds that a writer of the database waits for another one."""

COMMAND = """#!/bin/sh
# Airflow's command line for the Airflow of `make ui`; written anew at each start.
{exports}
# Logs are read as files here; the servers that hand them to other machines would listen on every interface.
# The API of the tasks is served by a process of its own: see processes.py.
case "$*" in
    scheduler|triggerer) set -- "$@" --skip-serve-logs ;;
    api-server) set -- "$@" --apps core ;;
esac
exec {python} -m airflow "$@"
"""


@dataclass(frozen=True, slots=True)
class UiHome:
    """Where the Airflow of `make ui` lives, at which address, and who may log in."""

    home: Home
    url: str
    password: str
    execution_port: int

    @property
    def folder(self) -> Path:
        """AIRFLOW_HOME."""
        return self.home.folder

    @property
    def database(self) -> Path:
        """Airflow's SQLite file."""
        return self.folder / "airflow.db"

    @property
    def log(self) -> Path:
        """Where everything that Airflow's processes print goes."""
        return self.folder / "standalone.log"

    @property
    def command(self) -> Path:
        """Airflow's command line for this home."""
        return self.folder / "airflow"


def choose_inbox(settings: Settings, repo: Path) -> Settings:
    """The settings with the sample as inbox, where none is set and the default one has nothing in it.

    The sample is used where it lies: what `make run` loaded from there and what is ingested are the same pages.
    """
    inbox = settings.inbox
    if settings.origin["inbox"] != "default" or (inbox.is_dir() and any(inbox.iterdir())):
        return settings
    return replace(settings, inbox=repo / SAMPLE)


def make_ui_home(repo: Path, environ: Mapping[str, str], settings: Settings, port: int) -> UiHome:
    """Make the folder .airflow/ui with a login, which is kept from start to start."""
    base = make_home(repo, settings.inbox, environ, settings, name="ui")
    url = f"http://{HOST}:{port}"
    passwords = base.folder / "passwords.json"
    execution_port = find_free_port()
    environment = {
        **base.environment,
        **_airflow(url, port, passwords),
        **_dateline(settings, base),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{HOST}:{execution_port}/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": _database(base),
    }
    return UiHome(replace(base, environment=environment), url, _password(passwords), execution_port)


def _database(base: Home) -> str:
    # SQLite's 5 s of waiting for another writer are too few where a scheduler shares two cores with readers.
    return f"{base.environment['AIRFLOW__DATABASE__SQL_ALCHEMY_CONN']}?timeout={BUSY}"


def _airflow(url: str, port: int, passwords: Path) -> dict[str, str]:
    return {
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        # Reading is bound by the cores, and the pool `extract` keeps to them; two more collect and publish.
        "AIRFLOW__CORE__PARALLELISM": str((os.cpu_count() or 2) + 2),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }


def _dateline(settings: Settings, base: Home) -> dict[str, str]:
    """The settings as they are here, so that tasks have them in whatever folder they run; and what starting needs."""
    values = {name: getattr(settings, name) for name in setting_names()}
    stated = {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items() if isinstance(value, str | Path)}
    return {
        **stated,
        f"{PREFIX}MAX_BYTES": str(settings.max_bytes),
        f"{PREFIX}ALLOWED_ROOTS": base.environment[f"{PREFIX}ALLOWED_ROOTS"],
        MARK: str(base.folder),
        # Standalone starts Airflow's parts as `airflow`, which has to be this home's command.
        "PATH": os.pathsep.join(filter(None, [str(base.folder), base.environment.get("PATH")])),
        # Airflow's processes rename themselves; without this the new name is written over their environment.
        "SPT_NOENV": "1",
    }


def _password(path: Path) -> str:
    """The password in the file, or a new one written to it."""
    try:
        return str(json.loads(path.read_text("utf-8"))[USER])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        password = secrets.token_urlsafe(9)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:  # noqa: PTH123
        json.dump({USER: password}, stream)
    return password


def write_command(made: UiHome) -> None:
    """Write a script that runs Airflow's command line in this home: for backfills from a shell, and for standalone."""
    own = ("AIRFLOW", PREFIX, "PYTHON", "OMP_", "OPENBLAS_")
    lines = [
        f"export {name}={shlex.quote(value)}"
        for name, value in sorted(made.home.environment.items())
        if name.startswith(own) and name != MARK
    ]
    text = COMMAND.format(exports="\n".join(lines), python=shlex.quote(sys.executable))
    made.command.write_text(text, "utf-8")
    made.command.chmod(0o700)
