"""Whether Airflow is up: what its own health page says, and whether it has read the DAGs."""

from __future__ import annotations

from dataclasses import dataclass

import requests

from .home import USER, UiHome
from .obstacles import is_taken

PARTS = ("metadatabase", "scheduler", "dag_processor", "triggerer")
TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Health:
    """What is up. `broken` are DAG files that can't be imported, with the last line of why."""

    missing: tuple[str, ...]
    has_dags: bool = False
    broken: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether every part is up and the DAGs can be seen."""
        return not self.missing and self.has_dags


def ask_health(made: UiHome) -> Health:
    """Ask Airflow how it is; one that does not answer misses all its parts."""
    try:
        stated = requests.get(f"{made.url}/api/v2/monitor/health", timeout=TIMEOUT).json()
        missing = tuple(part for part in PARTS if (stated.get(part) or {}).get("status") != "healthy")
        missing += () if is_taken(made.execution_port) else ("execution API",)
        return Health(missing) if missing else _ask_dags(made)
    except (requests.RequestException, ValueError, KeyError):
        return Health(("web server",))


def _ask_dags(made: UiHome) -> Health:
    login = {"username": USER, "password": made.password}
    answer = requests.post(f"{made.url}/auth/token", json=login, timeout=TIMEOUT)
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    dags = session.get(f"{made.url}/api/v2/dags", timeout=TIMEOUT).json()
    errors = session.get(f"{made.url}/api/v2/importErrors", timeout=TIMEOUT).json()
    broken = tuple(
        f"{error['filename']}: {error['stack_trace'].strip().splitlines()[-1]}" for error in errors["import_errors"]
    )
    return Health((), bool(dags["total_entries"] or broken), broken)
