"""Removing what was published before of an entry: commits leave old files alone, forgetting must not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from ..raw import EntryKey
from ..raw.locking import PATIENCE
from .commit import lake_lock
from .manifest import current
from .merge import file_stem
from .stage import SUMMARY


def purge_replaced(lake: Path, entries: Iterable[EntryKey], *, patience: float = PATIENCE) -> list[Path]:
    """Delete data files and staged rows of these entries that the current manifest does not name.

    Earlier manifests can't be read any more where they named them. A run that had staged rows of an entry
    reads them again from raw. Returns what was deleted.
    """
    chosen = sorted(set(entries))
    with lake_lock(lake, patience=patience):
        manifest = current(lake)
        named = {lake / file.path for file, _ in manifest.holders()} if manifest else set()
        found = sorted({path for key in chosen for path in _data_files(lake, key)} - named)
        for path in found:
            path.unlink(missing_ok=True)
        staged = [summary.parent for summary in (lake / "_stage").glob(f"*/*/{SUMMARY}") if _holds(summary, chosen)]
        for folder in staged:
            shutil.rmtree(folder, ignore_errors=True)
    return sorted([*found, *staged])


def _data_files(lake: Path, key: EntryKey) -> list[Path]:
    """Files that may hold rows of the entry: its own, and those of its month from before and after compaction."""
    pattern = re.compile(rf"({re.escape(file_stem(key))}|{key[0]:%Y-%m})-[0-9a-f]{{12}}\.parquet")
    folder = f"_data/*/ingest_month={key[0]:%Y-%m}/*.parquet"
    return [path for path in lake.glob(folder) if pattern.fullmatch(path.name)]


def _holds(summary: Path, entries: list[EntryKey]) -> bool:
    stated = json.loads(summary.read_text())["entries"]
    return any([day.isoformat(), source] in stated for day, source in entries)
