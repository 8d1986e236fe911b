"""Where Dateline meets Airflow, and the only module that imports it: days, parameters, pools and errors.

Run as a program (`python -m dateline.airflow_edge import-pools`) it does what set-up needs of Airflow.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from airflow.sdk.exceptions import AirflowFailException

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

FETCH, EXTRACT, LAKE_WRITE = "fetch", "extract", "lake_write"
"""Names of the pools; their slots are in data/pools.json."""

NO_DAY = (
    "no day: trigger this DAG with a partition key such as 2026-03-02, or with "
    '{"day": "2026-03-02"} as its configuration'
)


def utc_now() -> datetime:
    """The clock of the DAGs."""
    return datetime.now(UTC)


def resolve_day(context: Mapping[str, Any]) -> date:
    """The ingest date of a run: its partition key, else the parameter `day`, else the start of its data interval.

    Never the logical date: a manual run's lies a day beside that of a backfill. Raises AirflowFailException
    where none is given or it is no day.

    >>> resolve_day({"partition_key": "2026-03-02", "params": {}})
    datetime.date(2026, 3, 2)
    """
    start = context.get("data_interval_start")
    stated = (
        context.get("partition_key")
        or context.get("params", {}).get("day")
        or (start.date().isoformat() if start else "")
    )
    if not stated:
        raise AirflowFailException(NO_DAY)
    try:
        return date.fromisoformat(stated)
    except ValueError:
        raise AirflowFailException(f"{stated!r} is not a day; {NO_DAY}") from None


def read_pools() -> dict[str, dict[str, Any]]:
    """The pools as data; `extract` has as many slots as this machine has cores."""
    pools: dict[str, dict[str, Any]] = json.loads((files("dateline") / "data" / "pools.json").read_text("utf-8"))
    pools[EXTRACT]["slots"] = os.cpu_count() or pools[EXTRACT]["slots"]
    return pools


def import_pools() -> list[str]:
    """Write the pools to Airflow's database; a run whose pool is missing would wait for ever without a word."""
    from airflow.models.pool import Pool

    for name, pool in read_pools().items():
        Pool.create_or_update_pool(name, **pool)
    return sorted(read_pools())


@contextmanager
def clear_failure() -> Iterator[None]:
    """Turn an error that a user can cause into a failure that Airflow does not retry, with its one line."""
    from .config import SettingsError
    from .lake import AuditError, NewerLakeError
    from .names.model import ModelError
    from .pipeline import PipelineError

    try:
        yield
    except (PipelineError, SettingsError, ModelError, AuditError, NewerLakeError) as error:
        raise AirflowFailException(str(error)) from error


def failing_clearly(task: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Decorate a task's function with `clear_failure`."""

    @functools.wraps(task)
    def run(*args: Arguments.args, **options: Arguments.kwargs) -> Answer:
        with clear_failure():
            return task(*args, **options)

    return run


def run_dag(name: str, conf: Mapping[str, Any]) -> str:
    """Run a DAG of the configured DAG folder to its end in this process; returns the state it ended in."""
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    if name not in bag.dags:
        raise LookupError(f"no DAG {name}: {bag.import_errors}")
    return str(bag.dags[name].test(run_conf=dict(conf)).state)


def main(arguments: list[str]) -> int:
    """`import-pools`, or `run DAG CONF` with the run's configuration as JSON."""
    match arguments:
        case ["import-pools"]:
            print("pools:", ", ".join(import_pools()))
            return 0
        case ["run", name, conf]:
            import_pools()
            state = run_dag(name, json.loads(conf))
            print(f"{name}: {state}")
            return 0 if state == "success" else 1
    print(
        f"usage: python -m dateline.airflow_edge import-pools | run DAG CONF ({Path(sys.argv[0]).name})",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
