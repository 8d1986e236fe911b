"""Pages to JSON lines without a lake: what `dateline extract` does, in input order, over any number of processes."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from .lines import line_of
from .model import Capture
from .read import read_capture
from .snapshot import Snapshot
from .sources._describe import Origin
from .sources.files import collect_listing, list_files
from .sources.json_lines import capture_of_line, read_page_lines

PageInput = tuple[str, Capture, bytes | None]
"""The id that the output carries, the capture, and its bytes."""

CHUNK = 16
"""Pages handed to a worker at once: enough to hide the hand-over, few enough to keep order without waiting long."""

PAGE_SUFFIXES = (".html", ".htm", ".txt")


def find_pages(paths: Iterable[str], *, today: date, stdin: BinaryIO | None = None) -> Iterator[PageInput]:
    """Every page at the paths, in order; `-` reads JSON lines from standard input.

    The id is the one that a JSON line gives, else the path relative to the argument without .html, .txt and .gz.
    Raises `sources.files.SourceError` where a path does not exist.
    """
    for text in paths:
        if text == "-":
            yield from _pages_of_lines(stdin or sys.stdin.buffer, "stdin", today)
            continue
        listing = list_files(Path(text))
        for file in listing.files:
            if file.kind == "jsonl":
                with file.path.open("rb") as stream:
                    yield from _pages_of_lines(stream, file.relative.as_posix(), today)
                continue
            for capture, payload in collect_listing(replace(listing, files=(file,)), None, None, registered_on=today):
                yield page_id(capture.source_ref), capture, payload


def _pages_of_lines(stream: BinaryIO, name: str, today: date) -> Iterator[PageInput]:
    origin = Origin(name, None, today)
    for line in read_page_lines(stream):
        capture, payload = capture_of_line(line, f"{name}#{line.line_no}", origin)
        yield line.given_id or capture.source_ref, capture, payload


def page_id(source_ref: str) -> str:
    """The id of a page file: its path without the endings that say how it is stored.

    >>> page_id("news/2007/a.html.gz"), page_id("crawl.warc.gz#120+800")
    ('news/2007/a', 'crawl.warc.gz#120+800')
    """
    stem = source_ref.removesuffix(".gz")
    for suffix in PAGE_SUFFIXES:
        if stem.lower().endswith(suffix):
            return stem[: -len(suffix)]
    return source_ref


def extract_lines(pages: Iterable[PageInput], snapshot: Snapshot, *, workers: int = 1) -> Iterator[str]:
    """One JSON line a page, in the order of the pages, whatever the number of worker processes."""
    if workers <= 1:
        for item in pages:
            yield _line(item, snapshot)
        return
    rest = iter(pages)
    waiting: deque[Future[list[str]]] = deque()
    with ProcessPoolExecutor(workers) as pool:
        while True:
            while len(waiting) < workers * 3 and (chunk := list(islice(rest, CHUNK))):
                waiting.append(pool.submit(_lines, chunk, snapshot))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _lines(chunk: list[PageInput], snapshot: Snapshot) -> list[str]:
    return [_line(item, snapshot) for item in chunk]


def _line(item: PageInput, snapshot: Snapshot) -> str:
    page, capture, payload = item
    return line_of(read_capture(capture, payload, snapshot), page)
