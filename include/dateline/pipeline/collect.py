"""First step: register what a user points at in raw, and tell which entries it touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ..config import Settings
from ..raw import EntryKey, Registered, find_by_digest, register
from ..sources import SourceError, all_readable, collect_listing, list_files
from .errors import PipelineError, telling_disk_trouble
from .run_folder import name_run, read_json, write_json

Clock = Callable[[], datetime]
"""The time, as an aware datetime."""


@dataclass(frozen=True, slots=True)
class CollectResult:
    """What collecting did: the entries that hold the captures, and counts of captures.

    `entries` has known captures' entries too, so that a load that was interrupted is finished by the next.
    `passed_over` are files whose names say no page.
    """

    entries: tuple[EntryKey, ...]
    new: int
    known: int
    withdrawn: int
    passed_over: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """The counts alone, small enough for an XCom."""
        return {
            "entries": len(self.entries),
            "new": self.new,
            "known": self.known,
            "withdrawn": self.withdrawn,
            "passed_over": len(self.passed_over),
        }


@telling_disk_trouble
def collect(
    settings: Settings,
    paths: Sequence[Path],
    *,
    collection: str | None = None,
    captured_on: date | None = None,
    clock: Clock,
) -> CollectResult:
    """Register every page at the paths; those known already keep their first registration.

    A folder's listing is recorded, so captures of pages that it lost are withdrawn. Single files withdraw nothing,
    nor does a folder of which some file can't be opened.
    Raises PipelineError where a path can't be read at all.
    """
    today = clock().astimezone(UTC).date()
    results: list[Registered] = []
    passed_over: list[str] = []
    for path in paths:
        place = path.absolute()
        try:
            listing = list_files(place, exclude=(settings.lake, settings.raw))
        except SourceError as error:
            raise PipelineError(str(error)) from None
        find_stored = find_by_digest(settings.raw)
        captures = collect_listing(listing, collection, captured_on, registered_on=today, find_stored=find_stored)
        # What can't be opened today may hold what was there yesterday: then nothing is taken for withdrawn.
        root = str(place.resolve()) if listing.is_folder and all_readable(listing) else None
        results.append(register(settings.raw, captures, root=root, patience=settings.patience))
        passed_over += listing.passed_over
    return _sum(results, tuple(passed_over))


def _sum(results: Sequence[Registered], passed_over: tuple[str, ...]) -> CollectResult:
    new = {key for result in results for key in result.new}
    return CollectResult(
        entries=tuple(sorted({entry for result in results for entry in result.entries})),
        new=len(new),
        known=len({key for result in results for key in result.known} - new),
        withdrawn=len({key for result in results for key in result.withdrawn}),
        passed_over=passed_over,
    )


@telling_disk_trouble
def write_collected(settings: Settings, run_id: str, result: CollectResult) -> Path:
    """Keep the entries of a collect in a file, for the task that plans; returns its path."""
    entries = [[day.isoformat(), source_id] for day, source_id in result.entries]
    path = name_run(settings.lake, run_id, ["collected"]) / "collected.json"
    write_json(path, {"entries": entries, "counts": result.counts()})
    return path


def read_collected(path: Path) -> tuple[EntryKey, ...]:
    """The entries that `write_collected` kept."""
    body: dict[str, Any] = read_json(path)
    return tuple((date.fromisoformat(day), source_id) for day, source_id in body["entries"])
