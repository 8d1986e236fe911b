"""Pools as data: their names, their slots, and their way into Airflow's database."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from typing import Any

FETCH, EXTRACT, LAKE_WRITE, CORPUS = "fetch", "extract", "lake_write", "corpus"
"""Names of the pools; their slots are in data/pools.json."""


def read_pools() -> dict[str, dict[str, Any]]:
    """The pools as data; `extract` has as many slots as this machine has cores."""
    pools: dict[str, dict[str, Any]] = json.loads((files("dateline") / "data" / "pools.json").read_text("utf-8"))
    pools[EXTRACT]["slots"] = os.cpu_count() or pools[EXTRACT]["slots"]
    return pools


def import_pools(*, keep: bool = False) -> list[str]:
    """Write the pools to Airflow's database; a run whose pool is missing would wait for ever without a word.

    With `keep`, pools that are there stay as they are: somebody may have given them other slots.
    """
    from airflow.models.pool import Pool

    for name, pool in read_pools().items():
        if not (keep and Pool.get_pool(name)):
            Pool.create_or_update_pool(name, **pool)
    return sorted(read_pools())
