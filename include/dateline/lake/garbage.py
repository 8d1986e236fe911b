"""Removing what no reader and no run needs any more."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from ..raw.durable import TEMPORARY
from .catalog import write_fixed_files
from .commit import Clock
from .manifest import current

GRACE = timedelta(days=1)
"""A run is cleared and started again within the day, and no write takes as long as that."""


def collect_garbage(lake: Path, *, clock: Clock, grace: timedelta = GRACE) -> list[Path]:
    """Delete what nothing has touched for `grace`; returns what was deleted.

    That is staged runs, unfinished files, and the tables `builds` and `lake_files` of earlier manifests.
    """
    limit = (clock() - grace).timestamp()
    unfinished = [path for path in lake.rglob(f"{TEMPORARY}*") if "_stage" not in path.relative_to(lake).parts]
    candidates = [*(lake / "_stage").glob("*"), *unfinished, *_outdated_tables(lake)]
    found = [path for path in candidates if _youngest(path) < limit]
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return sorted(found)


def _outdated_tables(lake: Path) -> list[Path]:
    manifest = current(lake)
    used = (
        {lake / path for paths in write_fixed_files(lake, manifest).values() for path in paths} if manifest else set()
    )
    return [path for path in (lake / "_catalog" / "tables").glob("*.parquet") if path not in used]


def _youngest(path: Path) -> float:
    times = [item.lstat().st_mtime for item in path.rglob("*")] if path.is_dir() else []
    return max([path.lstat().st_mtime, *times])
