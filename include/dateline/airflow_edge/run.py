"""Running a DAG to its end in this process, as `make run` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def run_dag(name: str, conf: Mapping[str, Any]) -> str:
    """Run a DAG of the configured DAG folder to its end in this process; returns the state it ended in."""
    from airflow.configuration import conf as configuration
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(configuration.get("core", "dags_folder"))
    if name not in bag.dags:
        raise LookupError(f"no DAG {name}: {bag.import_errors}")
    return str(bag.dags[name].test(run_conf=dict(conf)).state)
