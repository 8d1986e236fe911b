"""A run folder: the plan, the shards' lists of captures, their progress and what they staged, as files.

Tasks hand each other paths into it, never content. It is named by run and content of the plan, so that a run
that is cleared and planned anew never meets the leftovers of its first plan.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..identity import content_id
from ..model import Capture
from ..raw import Position
from ..raw.segments import decode_capture, encode_capture
from .errors import PipelineError
from .journal import count_done

RUNS = "_runs"
PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One entry of a plan, with the raw position that its captures were listed at."""

    ingest_date: date
    source_id: str
    position: Position

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the plan's file."""
        return {
            "ingest_date": self.ingest_date.isoformat(),
            "source_id": self.source_id,
            "position": self.position.to_json(),
        }

    @classmethod
    def from_json(cls, stated: dict[str, Any]) -> PlannedEntry:
        """Back from the plan's file."""
        day = date.fromisoformat(stated["ingest_date"])
        return cls(day, stated["source_id"], Position.from_json(stated["position"]))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to read. `shards` are files that list captures; `n_unchanged` counts entries left as they are."""

    folder: Path
    run_id: str
    build_id: str
    entries: tuple[PlannedEntry, ...]
    shards: tuple[Path, ...]
    n_captures: int
    n_unchanged: int


def name_run(lake: Path, run_id: str, content: Sequence[str]) -> Path:
    """The folder of a run: its id in safe characters and the hash of what it plans.

    >>> name_run(Path("lake"), "manual__2026-11-22T04:00:00+00:00", []).name
    'manual__2026-11-22T04-00-00-00-00-e3b0c442'
    """
    slug = re.sub(r"[^A-Za-z0-9_.]+", "-", run_id).strip("-.")[:80] or "run"
    return lake / RUNS / f"{slug}-{content_id(*content)[:8]}"


def write_plan(plan: Plan) -> None:
    """Write the plan into its folder, whole or not at all."""
    body = {
        "run_id": plan.run_id,
        "build_id": plan.build_id,
        "entries": [entry.to_json() for entry in plan.entries],
        "shards": [shard.name for shard in plan.shards],
        "n_captures": plan.n_captures,
        "n_unchanged": plan.n_unchanged,
    }
    write_json(plan.folder / PLAN, body)


def read_plan(folder: Path) -> Plan:
    """Read a plan back. Raises PipelineError where the folder holds none."""
    body = read_json(folder / PLAN)
    entries = tuple(PlannedEntry.from_json(entry) for entry in body["entries"])
    shards = tuple(folder / name for name in body["shards"])
    counts = (body["n_captures"], body["n_unchanged"])
    return Plan(folder, body["run_id"], body["build_id"], entries, shards, *counts)


def write_json(path: Path, body: Any) -> None:
    """Write a JSON file under a temporary name, then give it its own."""
    _write(path, json.dumps(body, ensure_ascii=False, indent=1) + "\n")


def read_json(path: Path) -> Any:
    """Read a file of a run folder. Raises PipelineError where it is gone, with what to do."""
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise PipelineError(f"{path}: gone; clear the whole run (or load again) so that it is planned anew") from None


def write_captures(path: Path, captures: Iterable[Capture]) -> None:
    """Write a shard: one capture a line as in the raw log, without its bytes."""
    _write(path, "".join(encode_capture(capture) + "\n" for capture in captures))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def read_captures(path: Path) -> tuple[Capture, ...]:
    """The captures of a shard, in its order. Raises PipelineError where the file is gone."""
    if not path.is_file():
        raise PipelineError(f"{path}: gone; clear the whole run (or load again) so that it is planned anew")
    with path.open(encoding="ascii") as stream:
        return tuple(decode_capture(line) for line in stream)


def newest_progress(lake: Path, *, since: float) -> tuple[int, int]:
    """(pages done, pages to read) of the newest run planned after `since` (seconds since 1970); (0, 0) before that."""
    plans = [path for path in (lake / RUNS).glob(f"*/{PLAN}") if path.stat().st_mtime >= since]
    if not plans:
        return 0, 0
    newest = max(plans, key=lambda path: path.stat().st_mtime)
    total = int(read_json(newest)["n_captures"])
    return min(count_done(newest.parent), total), total
