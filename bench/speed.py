"""Measures speed and writes docs/speed.md: `python -m bench.speed [N_PAGES]`, or `make bench`.

Ratios, not milliseconds, are what lasts: all contenders read the same pages in one run, one group of pages
after the other in changing order, so that a machine that slows down slows them all.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dateline.config import load_settings
from dateline.snapshot import Snapshot, take_snapshot

from .contenders import Contender, dateline, fast_stack, full_stack, time_group
from .speed_pages import SpeedPage, choose_pages, write_pages
from .speed_report import print_report, render
from .stages import STAGES, forget_texts, time_stages
from .timing import Time, ratio, summarise

N_PAGES = 60
"""Enough for intervals of some ten per cent, few enough for four minutes on two busy cores."""
GROUP = 20
"""Pages that a contender reads before the next one has its turn; also the batch of the fast stack."""
COPIES = 2
"""Times that each page is extracted to compare processes, so that starting them doesn't hide the work."""
DOCS = Path(__file__).parents[1] / "docs"

Figures = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables, and write docs/speed.json and docs/speed.md."""
    start = time.monotonic()
    settings = load_settings()
    snapshot = take_snapshot(settings)
    origin, pages, others = choose_pages(settings, int(arguments[0]) if arguments else N_PAGES)
    figures: Figures = {
        "pages": origin,
        "n_pages": len(pages),
        "mean_bytes": round(sum(len(page.payload) for page in pages) / len(pages)),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "contenders": measure_contenders(_contenders(snapshot), pages, others),
        "stages": measure_stages(pages, snapshot),
        "workers": measure_workers(pages),
    }
    figures["seconds"] = round(time.monotonic() - start)
    print_report(figures)
    (DOCS / "speed.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    (DOCS / "speed.md").write_text(render(figures), "utf-8")
    print(f"written: {DOCS / 'speed.md'}")
    return 0


def _contenders(snapshot: Snapshot) -> list[Contender]:
    return [dateline(snapshot), full_stack(snapshot.model), fast_stack(snapshot.model)]


def measure_contenders(
    contenders: Sequence[Contender], pages: Sequence[SpeedPage], others: Sequence[SpeedPage]
) -> list[Figures]:
    """Milliseconds a page of each contender, and how many times as long as the first one it takes.

    Each reads a few other pages before, since what is loaded once a process is no cost of a page.
    """
    times: dict[str, list[Time]] = {contender.key: [] for contender in contenders}
    for contender in contenders:
        time_group(contender, others)
    for number, start in enumerate(range(0, len(pages), GROUP)):
        turn = number % len(contenders)
        for contender in [*contenders[turn:], *contenders[:turn]]:
            times[contender.key] += time_group(contender, pages[start : start + GROUP])
    first = [each.cpu for each in times[contenders[0].key]]
    return [
        {
            "key": contender.key,
            "title": contender.title,
            "parts": contender.parts,
            **summarise(times[contender.key]),
            "ratio": asdict(ratio([each.cpu for each in times[contender.key]], first)),
        }
        for contender in contenders
    ]


def measure_stages(pages: Sequence[SpeedPage], snapshot: Snapshot) -> list[Figures]:
    """Milliseconds a page of each stage of the reader, and its share of all."""
    forget_texts()
    found = [time_stages(page, snapshot)[0] for page in pages]
    total = sum(stages[key].cpu for stages in found for key in STAGES)
    return [
        {
            "key": key,
            "title": title,
            **summarise([stages[key] for stages in found]),
            "share": round(sum(stages[key].cpu for stages in found) / total, 3),
        }
        for key, title in STAGES.items()
    ]


def measure_workers(pages: Sequence[SpeedPage]) -> list[Figures]:
    """`dateline extract` as a user starts it, by one and by two processes; starting and loading count."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        n_files = write_pages(pages, Path(folder), COPIES)
        for workers in (1, 2):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            command = [sys.executable, "-m", "dateline.cli", "extract", folder, "--workers", str(workers)]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            found.append({"workers": workers, "n_files": n_files, "wall_seconds": wall, "cpu_seconds": cpu})
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
