"""The pages that speed is measured on: a fixed sample of the evaluation data, else the sample of the repository."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.config import Settings
from dateline.extract import find_pages
from dateline.model import Capture

REPOSITORY_SAMPLE = Path(__file__).parents[1] / "include" / "samples" / "inbox"
REGISTERED_ON = date(2026, 1, 1)
"""Day of registration of all measured captures: the clock has no say in what is read."""


N_OTHERS = 5
"""Pages to warm up with."""


@dataclass(frozen=True, slots=True)
class SpeedPage:
    """A page as every contender gets it: a capture for Dateline, the bare bytes for the others."""

    name: str
    capture: Capture
    payload: bytes


def choose_pages(settings: Settings, n_pages: int) -> tuple[str, list[SpeedPage], list[SpeedPage]]:
    """What the pages are, at most `n_pages` HTML pages to measure on, and others to warm up with.

    The same in every run, chosen by hashes of their names; where there are too few, one in ten is not measured.
    """
    evaluation = settings.shared / "eval" / "articles" / "html"
    folder = evaluation if evaluation.is_dir() else REPOSITORY_SAMPLE
    pages = sorted(_html_pages(folder), key=lambda page: hashlib.sha256(page.name.encode()).digest())
    n_pages = min(n_pages, len(pages) - len(pages) // 10)
    kind = "news pages of the evaluation data" if folder == evaluation else "invented pages of include/samples"
    return f"{n_pages} {kind}", pages[:n_pages], pages[n_pages : n_pages + N_OTHERS]


def _html_pages(folder: Path) -> list[SpeedPage]:
    return [
        SpeedPage(name, capture, payload)
        for name, capture, payload in find_pages([str(folder)], today=REGISTERED_ON)
        if payload and capture.source_ref.removesuffix(".gz").endswith(".html")
    ]


def write_pages(pages: Sequence[SpeedPage], folder: Path, copies: int) -> int:
    """Put so many copies of each page into a folder, as files that `dateline extract` reads; how many files."""
    for copy in range(copies):
        for number, page in enumerate(pages):
            (folder / f"{copy}-{number:03}.html").write_bytes(page.payload)
    return copies * len(pages)
