"""A process that compacts and is killed while it does: `compaction_writer.py LAKE SEED KILLS SECONDS`.

It forks a worker, kills it after at most SECONDS of processor time, and forks the next; KILLS times in all. A worker
publishes an entry into the compacted month, compacts it again, and collects what was replaced, without end. At last
the final version of everything is published and compacted, undisturbed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from fire_writer import FINAL, N_DAYS, live, publish_all, publish_some, staged

from dateline import lake
from dateline.lake.garbage import collect_replaced

SOURCE = "writer-1"


def later() -> datetime:
    """A day by which the month of the entries is long over."""
    return datetime(2026, 5, 1, tzinfo=UTC)


def compact_again(folder: Path) -> None:
    for _ in lake.compact(folder, clock=later, most_files=1):
        pass


def work_without_end(folder: Path, dice: random.Random) -> None:
    for step in count():
        run_id = f"{os.getpid()}-{step}"
        publish_some(folder, [staged(folder, SOURCE, dice.randrange(N_DAYS), dice.randrange(1, FINAL), run_id)], run_id)
        compact_again(folder)
        collect_replaced(folder, clock=lambda: datetime.now(UTC))


def main(folder: Path, seed: int, n_kills: int, most: float) -> None:
    dice = random.Random(seed)
    for _ in range(n_kills):
        seed_of_worker = dice.randrange(10**6)
        worker = os.fork()
        if not worker:
            work_without_end(folder, random.Random(seed_of_worker))
        live(worker, dice.uniform(0.05, most))
        os.kill(worker, signal.SIGKILL)
        _, status = os.waitpid(worker, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            sys.exit(f"the worker ended by itself with status {status}")
    publish_all(folder, SOURCE, FINAL, "final")
    compact_again(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
