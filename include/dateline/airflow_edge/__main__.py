"""What set-up and `make run` need of Airflow: `python -m dateline.airflow_edge import-pools | run DAG CONF ...`."""

from __future__ import annotations

import json
import sys

from .pools import import_pools
from .run import run_dag


def main(arguments: list[str]) -> int:
    """`import-pools` (`--keep`: those that are there stay as they are), or `run DAG CONF ...` with each conf as JSON.

    Several DAGs run one after the other, as far as they succeed.
    """
    match arguments:
        case ["import-pools", *options] if options in ([], ["--keep"]):
            print("pools:", ", ".join(import_pools(keep=bool(options))))
            return 0
        case ["run", *pairs] if pairs and len(pairs) % 2 == 0:
            import_pools()
            return _run_in_turn(list(zip(pairs[::2], pairs[1::2], strict=True)))
    print("usage: python -m dateline.airflow_edge import-pools [--keep] | run DAG CONF ...", file=sys.stderr)
    return 2


def _run_in_turn(runs: list[tuple[str, str]]) -> int:
    for name, conf in runs:
        state = run_dag(name, json.loads(conf))
        print(f"{name}: {state}")
        if state != "success":
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
