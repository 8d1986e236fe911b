"""What set-up and `make run` need of Airflow: `python -m dateline.airflow_edge import-pools | run DAG CONF`."""

from __future__ import annotations

import json
import sys

from .pools import import_pools
from .run import run_dag


def main(arguments: list[str]) -> int:
    """`import-pools` (`--keep`: those that are there stay as they are), or `run DAG CONF` with the conf as JSON."""
    match arguments:
        case ["import-pools", *options] if options in ([], ["--keep"]):
            print("pools:", ", ".join(import_pools(keep=bool(options))))
            return 0
        case ["run", name, conf]:
            import_pools()
            state = run_dag(name, json.loads(conf))
            print(f"{name}: {state}")
            return 0 if state == "success" else 1
    print("usage: python -m dateline.airflow_edge import-pools [--keep] | run DAG CONF", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
