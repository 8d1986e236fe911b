"""Looking whether raw is whole: every segment, and every payload that a segment names, hashed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import DamagedLogError, DamagedPayloadError
from .log import EntryKey, entries, read_entry
from .store import read_payload


@dataclass(frozen=True, slots=True)
class RawDamage:
    """One thing that is wrong, in one line; `log` says whether the entry's captures can't even be listed."""

    entry: EntryKey
    problem: str
    log: bool = False


def find_raw_damage(raw: Path, *, is_chosen: Callable[[str], bool] | None = None) -> Iterator[RawDamage]:
    """Everything in raw that is missing or altered, entry by entry; nothing is changed.

    `is_chosen` says of a payload's SHA-256 whether it is hashed, where not all are to be; the log always is.
    Only a backup, or collecting the source again, can bring it back.
    """
    whole: set[str] = set()
    for entry in entries(raw):
        try:
            captures = read_entry(raw, *entry).captures
        except DamagedLogError as error:
            yield RawDamage(entry, str(error), log=True)
            continue
        for capture in captures:
            sha256 = capture.payload_sha256
            if sha256 is None or sha256 in whole or (is_chosen and not is_chosen(sha256)):
                continue
            try:
                read_payload(raw, sha256)
                whole.add(sha256)
            except DamagedPayloadError as error:
                page = f"{entry[0]} {entry[1]} {capture.source_ref}"
                yield RawDamage(entry, f"page {page} (capture {capture.capture_id}): {error}")
