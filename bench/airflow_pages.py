"""Many pages out of the sample's few: of the same size and kind, each with a text of its own, the same in every run."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "include" / "samples" / "inbox"
SMALLEST = 3_000
"""Bytes below which a page of the sample is a wall or empty."""

PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
WORD = re.compile(r"(?<![\w<&/;])[a-z]{5,}(?![\w>;])")
SHARE = 0.05
"""Share of the long words of paragraphs that another long word of the page takes the place of."""


def sample_pages() -> list[str]:
    """The pages of the sample that are worth varying, in order of their names."""
    found = sorted(SAMPLE.glob("*/*.html"))
    return [path.read_text("utf-8", "replace") for path in found if path.stat().st_size >= SMALLEST]


def vary(page: str, number: int) -> str:
    """A page with its paragraphs in another order and some of their words exchanged.

    >>> page = "<h1>Ferry</h1><p>Water stood under the bridge.</p><p>Nobody crossed before Sunday.</p>"
    >>> vary(page, 1) == vary(page, 1) != vary(page, 2)
    True
    """
    draw = random.Random(number)
    paragraphs = PARAGRAPH.findall(page)
    words = sorted({word for paragraph in paragraphs for word in WORD.findall(paragraph)})
    draw.shuffle(paragraphs)
    told = iter(paragraphs)

    def exchange(match: re.Match[str]) -> str:
        return draw.choice(words) if draw.random() < SHARE else match[0]

    # The number makes texts distinct that no word was exchanged in.
    varied = PARAGRAPH.sub(lambda _: WORD.sub(exchange, next(told)), page)
    return varied.replace("</p>", f" Report {number}.</p>", 1)


def write_days(inbox: Path, days: Sequence[str], n_pages: int) -> int:
    """Put `n_pages` pages into the folders of the days, equally many in each; returns their bytes."""
    pages = sample_pages()
    size = 0
    for number in range(n_pages):
        folder = inbox / days[number * len(days) // n_pages]
        folder.mkdir(parents=True, exist_ok=True)
        size += (folder / f"{number:05}.html").write_bytes(vary(pages[number % len(pages)], number).encode())
    return size
