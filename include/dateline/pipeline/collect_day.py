"""First step for one ingest date: its folder of the inbox is registered, and all that raw holds of the day is named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path

from ..config import Settings
from ..model import Capture
from ..raw import Registered, entries, find_by_digest, register
from ..sources import all_readable, collect_listing, list_files
from .collect import Clock, CollectResult
from .errors import PipelineError

DAY_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}$")
NEAREST = 2
"""Days named before and after an empty one: enough to see which way the captures lie."""

NOTHING = Registered((), (), (), (), (), ())


@dataclass(frozen=True, slots=True)
class DayResult:
    """What collecting a day did. `collected.entries` are all stored entries of the day, from whatever source.

    `elsewhere` are other ingest dates that files of the day's folder belong to, as a web archive states them;
    their own runs publish them. `nearest` are the days nearest to an empty one that have captures or pages.
    """

    day: date
    collected: CollectResult
    elsewhere: tuple[date, ...] = ()
    nearest: tuple[date, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read or to publish of the day."""
        return not self.collected.entries


def collect_day(settings: Settings, day: date, *, source: str | None = None, clock: Clock) -> DayResult:
    """Register the pages of `inbox/<day>` and name every stored entry of that day, or those of one `source`.

    The pages get the same ids as when the whole inbox is loaded, and only the day's part of its listing is
    replaced: a page that its folder lost is withdrawn, other days stay as they are. Where the inbox itself is
    missing nothing is withdrawn, since a folder that is not mounted is no sign that its pages were taken away.
    Raises PipelineError where the folder can't be read, or where the day has captures but none of the source.
    """
    inbox = settings.inbox
    wanted = source is None or source == inbox.name or source.startswith(f"{inbox.name}/")
    done = _register_folder(settings, day, clock) if wanted else _Done()
    stored = entries(settings.raw)
    of_day = tuple(key for key in stored if key[0] == day)
    chosen = tuple(key for key in of_day if source in (None, key[1]))
    if of_day and not chosen:
        known = ", ".join(name for _, name in of_day)
        raise PipelineError(
            f"{day}: no captures from source {source!r}; its sources are {known}: name one of them, or none for all"
        )
    kept = done.kept
    collected = CollectResult(chosen, len(kept.new), len(kept.known), len(kept.withdrawn), done.passed_over)
    nearest = () if chosen else _nearest(day, settings, {key[0] for key in stored})
    return DayResult(day, collected, tuple(sorted(done.days - {day})), nearest)


@dataclass(slots=True)
class _Done:
    """What registering a folder did, the days of its captures, and the files that are no pages."""

    kept: Registered = NOTHING
    days: set[date] = field(default_factory=set)
    passed_over: tuple[str, ...] = ()


def _register_folder(settings: Settings, day: date, clock: Clock) -> _Done:
    inbox, folder = settings.inbox, settings.inbox / day.isoformat()
    if not inbox.is_dir():
        return _Done()
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        raise PipelineError(f"{folder}: not a folder that can be listed; check its permissions")
    listing = list_files(inbox, exclude=(settings.lake, settings.raw), below=folder.name)
    days: set[date] = set()
    today, find_stored = clock().astimezone(UTC).date(), find_by_digest(settings.raw)
    captures = _note_days(collect_listing(listing, None, None, registered_on=today, find_stored=find_stored), days)
    # What can't be opened today may hold what was there yesterday: then nothing is taken for withdrawn.
    root = str(inbox.resolve()) if all_readable(listing) else None
    return _Done(register(settings.raw, captures, root=root, prefix=f"{folder.name}/"), days, listing.passed_over)


def _note_days(
    captures: Iterator[tuple[Capture, bytes | None]], days: set[date]
) -> Iterator[tuple[Capture, bytes | None]]:
    for capture, payload in captures:
        days.add(capture.ingest_date)
        yield capture, payload


def _nearest(day: date, settings: Settings, stored: set[date]) -> tuple[date, ...]:
    days = sorted(stored | {found for found in _days_of_folders(settings.inbox) if found != day})
    before, after = [d for d in days if d < day], [d for d in days if d > day]
    return (*before[-NEAREST:], *after[:NEAREST])


def _days_of_folders(inbox: Path) -> Sequence[date]:
    """Days that have a folder with something in it; a name such as 2026-02-31 is no day."""
    found = []
    for folder in inbox.glob("*-*-*"):
        if DAY_FOLDER.match(folder.name) and folder.is_dir() and any(folder.iterdir()):
            try:
                found.append(date.fromisoformat(folder.name))
            except ValueError:
                continue
    return found


def describe_day(result: DayResult, settings: Settings) -> str:
    """The outcome of a collect in one line, for logs and notes."""
    if result.is_empty:
        near = ", ".join(str(day) for day in result.nearest) or "none yet"
        folder = settings.inbox / result.day.isoformat()
        return f"{result.day}: no pages in {folder} and no captures in raw; nearest days with captures: {near}"
    counts = result.collected
    line = f"{result.day}: {counts.new} new captures, {counts.known} known, {counts.withdrawn} withdrawn"
    if counts.passed_over:
        line += f"; {len(counts.passed_over)} files are no pages"
    if result.elsewhere:
        days = ", ".join(str(day) for day in result.elsewhere)
        line += f"; its files hold captures of other days, too, which their own runs publish: {days}"
    return line
