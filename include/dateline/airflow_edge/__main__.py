"""What set-up and `make run` need of Airflow: `python -m dateline.airflow_edge import-pools | run DAG CONF`."""

from __future__ import annotations

import json
import sys

from .pools import import_pools
from .run import run_dag


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
    print("usage: python -m dateline.airflow_edge import-pools | run DAG CONF", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
