"""What a shard has done so far, as an append-only file: a progress bar follows it, and a crash is found in it.

A line is `start N M` before pages N to M (exclusive) are read and `done N M` after, or `stopped N M` where the
reader was told to stop. A process that was killed leaves a start without an end, and nobody knows whether a page
did it (out of memory, a fault in a native library) or somebody outside. So the next try reads those pages one by
one in a process of their own (`alone N M`) and watches it: a page that it dies on twice is not read again
(`deadly N M`, then `skipped N M`), and where the watcher is killed too, no page is blamed.
"""

from __future__ import annotations

import re
from pathlib import Path

SUFFIX = ".progress"
LINE = re.compile(r"([a-z]+) (\d+) (\d+)\n")


def journal_of(shard: Path) -> Path:
    """The journal that belongs to a shard's list."""
    return shard.with_suffix(SUFFIX)


def append(journal: Path, word: str, first: int, last: int) -> None:
    """Add a line and hand it to the operating system before anything else happens."""
    with journal.open("a", encoding="ascii") as stream:
        stream.write(f"{word} {first} {last}\n")


def died_on(journal: Path, word: str) -> set[int]:
    """Pages of which a line with this word (`start`, `alone`, `deadly`, `skipped`) is the last one."""
    state = {(first, last): said for said, first, last in _lines(journal)}
    return {page for span, said in state.items() if said == word for page in range(*span)}


def count_done(folder: Path) -> int:
    """Pages done in all shards of a run; each counts once however often it was read."""
    journals = folder.glob(f"*{SUFFIX}")
    return sum(
        len({page for word, *span in _lines(journal) if word in ("done", "skipped") for page in range(*span)})
        for journal in journals
    )


def forget(shard: Path, *, deaths: bool) -> None:
    """Begin a shard's journal anew; one that tells of deaths is kept unless `deaths` are to be forgotten too."""
    journal = journal_of(shard)
    if deaths or not any(died_on(journal, word) for word in ("start", "alone", "deadly")):
        journal.unlink(missing_ok=True)


def _lines(journal: Path) -> list[tuple[str, int, int]]:
    """All lines, oldest first; one that was cut off, by a crash or a full disk, is passed over."""
    if not journal.is_file():
        return []
    rows = map(LINE.fullmatch, journal.read_text("ascii").splitlines(keepends=True))
    return [(row[1], int(row[2]), int(row[3])) for row in rows if row]
