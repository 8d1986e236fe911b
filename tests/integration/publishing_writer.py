"""A process that publishes, for tests that kill it or run two of it.

`publishing_writer.py loop LAKE SECONDS` forks a writer that publishes without end, kills it after a moment,
and forks the next; prints how many it killed. `publishing_writer.py days LAKE FIRST COUNT` publishes COUNT days.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from synthetic_lake import pages_of, publish

FIRST_DAY = date(2026, 3, 1)
N_DAYS = 3


def publish_without_end(folder: Path, dice: random.Random) -> None:
    for step in count():
        version = dice.randrange(1, 10**6)
        pages = pages_of("a", "b", "c", "d", version=version, n_mentions=dice.randrange(20, 400))
        day = FIRST_DAY + timedelta(days=step % N_DAYS)
        publish(folder, pages, run_id=f"{os.getpid()}-{step}", ingest_date=day, force=True)


def kill_and_restart(folder: Path, seconds: float) -> int:
    dice = random.Random(7)
    killed = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        seed = dice.randrange(10**6)
        writer = os.fork()
        if not writer:
            publish_without_end(folder, random.Random(seed))
        time.sleep(dice.uniform(0.05, 1.0))
        os.kill(writer, signal.SIGKILL)
        _, status = os.waitpid(writer, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            sys.exit(f"the writer ended by itself with status {status}")
        killed += 1
    return killed


def publish_days(folder: Path, first: int, n_days: int) -> None:
    for number in range(first, first + n_days):
        day = FIRST_DAY + timedelta(days=number)
        publish(folder, pages_of("a", "b", version=number), run_id=f"day-{number}", ingest_date=day)


if __name__ == "__main__":
    if sys.argv[1] == "loop":
        print(kill_and_restart(Path(sys.argv[2]), float(sys.argv[3])))
    else:
        publish_days(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
