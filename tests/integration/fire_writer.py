"""A process that publishes invented entries and is killed while it does: `fire_writer.py LAKE SEED KILLS SECONDS`.

It forks a writer, kills it after at most SECONDS of processor time, and forks the next; KILLS times in all. A writer
publishes without end: entries of its own in ever new versions, and those that all writers share, each only ever with
one content. At last it publishes the final version of everything, undisturbed.
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

from synthetic_lake import clock, pages_of, stage

from dateline import lake

FIRST_DAY = date(2026, 3, 1)
N_DAYS = 3
SHARED = "shared"
FINAL = 10**6
LONGEST_LIFE = 6.0
"""Seconds after which a writer is killed in any case: it may wait for the lock all the time."""


def staged(folder: Path, source_id: str, number: int, version: int, run_id: str) -> lake.Candidate:
    """An entry of four pages to publish; those that writers share have the same content whoever publishes them."""
    version = FINAL + number if source_id == SHARED else version
    # Versions differ in the number of rows too.
    names = (f"{source_id}-{number}-{letter}" for letter in "abcd")
    pages = pages_of(*names, version=version, n_mentions=20 + version % 300)
    day = FIRST_DAY + timedelta(days=number)
    return stage(folder, pages, run_id=f"{run_id}-{source_id}-{number}", ingest_date=day, source_id=source_id)


def publish_some(folder: Path, candidates: list[lake.Candidate], run_id: str) -> None:
    lake.publish(folder, candidates, clock=clock, run_note=run_id, force=True)


def publish_all(folder: Path, source_id: str, version: int, run_id: str) -> None:
    """Publish every entry of a writer, and the shared ones, in one commit."""
    sources = [(source, number) for source in (source_id, SHARED) for number in range(N_DAYS)]
    publish_some(folder, [staged(folder, *entry, version, run_id) for entry in sources], run_id)


def publish_without_end(folder: Path, source_id: str, dice: random.Random) -> None:
    for step in count():
        source, run_id = dice.choice((source_id, SHARED)), f"{os.getpid()}-{step}"
        entry = staged(folder, source, dice.randrange(N_DAYS), dice.randrange(1, FINAL), run_id)
        publish_some(folder, [entry], run_id)


def live(writer: int, seconds: float) -> None:
    """Wait until a process has used so much of a processor; a busy machine changes nothing about how far it gets."""
    end = time.monotonic() + LONGEST_LIFE
    while cpu_seconds(writer) < seconds and time.monotonic() < end:
        time.sleep(0.003)


def cpu_seconds(process: int) -> float:
    """Processor time that a process has used up to now."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def kill_writers(folder: Path, seed: int, n_kills: int, most: float) -> None:
    dice = random.Random(seed)
    for _ in range(n_kills):
        seed_of_writer = dice.randrange(10**6)
        writer = os.fork()
        if not writer:
            publish_without_end(folder, f"writer-{seed}", random.Random(seed_of_writer))
        live(writer, dice.uniform(0.01, most))
        os.kill(writer, signal.SIGKILL)
        _, status = os.waitpid(writer, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            sys.exit(f"the writer ended by itself with status {status}")


def main(folder: Path, seed: int, n_kills: int, most: float) -> None:
    kill_writers(folder, seed, n_kills, most)
    publish_all(folder, f"writer-{seed}", FINAL, f"final-{seed}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
