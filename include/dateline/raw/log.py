"""The raw log: which captures there are, and of which ingest date each is for ever.

A capture is registered once. Bytes first, then the segment that tells of them: a crash between the two
leaves bytes that nobody names, never a name without bytes.
"""

from __future__ import annotations

import glob
import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from ..model import Capture
from ..schema.outcomes import WITHDRAWN
from .forgotten import read_forgotten
from .layout import entry_folder, source_folder, source_lock, source_of_folder
from .listings import all_listings, update_listing, withdrawn_refs
from .locking import PATIENCE, hold_lock
from .position import Position
from .segments import encode_capture, list_segments, read_segment, refs_of_segment, write_segment
from .store import store_payload

EntryKey = tuple[date, str]
"""(ingest_date, source_id): what publishing replaces as a whole."""

AT_ONCE = 10_000
"""Captures registered together: what a kill costs at most, and few enough segments for a large archive."""

WRITERS = 4
"""Payloads written side by side, and so held in memory: flushing one took 23 ms, four side by side 2 ms a payload."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What a registration did. Ids are sorted; `entries` has every entry that holds one of the captures,
    `changed` those of them that are read differently now (new, withdrawn or returned captures)."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    withdrawn: tuple[str, ...]
    returned: tuple[str, ...]
    entries: tuple[EntryKey, ...]
    changed: tuple[EntryKey, ...]


@dataclass(frozen=True, slots=True)
class EntryLog:
    """The captures of one entry in order of capture_id, and the position in the log that they were read at."""

    ingest_date: date
    source_id: str
    captures: tuple[Capture, ...]
    position: Position


def register(
    raw: Path,
    captures: Iterable[tuple[Capture, bytes | None]],
    *,
    root: str | None = None,
    prefix: str = "",
    patience: float = PATIENCE,
) -> Registered:
    """Keep captures and their bytes; those already known keep their first registration and its ingest date.

    The captures may come as a stream: only a few payloads are held at a time, and every AT_ONCE captures are
    registered before more are taken, so that a registration that was killed is resumed, not repeated. For a
    folder, `root` is its absolute path: what an earlier registration of that very root held and this one lacks
    is withdrawn (`prefix`: only among source_refs that begin so). Without a root nothing is withdrawn, and what a
    folder had lost comes back.

    Raises `ValueError` where a capture's payload_sha256 is not that of its bytes, `LockHeldError` where another
    registration of a source goes on for more than `patience` seconds, `DamagedLogError`.
    """
    days: dict[str, EntryKey] = {}
    new: set[str] = set()
    refs: dict[str, set[str]] = defaultdict(set)
    stream = iter(captures)
    while sources := _keep_payloads(raw, islice(stream, AT_ONCE)):
        for source_id in sorted(sources):
            known, fresh = _register_source(raw, source_id, sources[source_id], patience)
            new |= fresh.keys()
            days |= {key: (day, source_id) for key, day in (known | fresh).items()}
            refs[source_id] |= {capture.source_ref for capture in sources[source_id].values()}
    held = {name: frozenset(found) for name, found in refs.items()}
    change = _bring_back(raw, held, patience) if root is None else _withdraw(raw, root, held, prefix, patience)
    changed = {*(days[key] for key in new), *change.lost.values(), *change.back.values()}
    return Registered(
        new=tuple(sorted(new)),
        known=tuple(sorted(days.keys() - new)),
        withdrawn=tuple(sorted(change.lost)),
        returned=tuple(sorted(change.back.keys() - new)),
        entries=tuple(sorted({*days.values(), *changed, *change.gone})),
        changed=tuple(sorted(changed)),
    )


def _keep_payloads(raw: Path, captures: Iterable[tuple[Capture, bytes | None]]) -> dict[str, dict[str, Capture]]:
    sources: dict[str, dict[str, Capture]] = defaultdict(dict)
    for capture, sha256 in _store(raw, captures):
        if sha256 != capture.payload_sha256:
            raise ValueError(f"capture {capture.capture_id}: payload_sha256 is not the hash of its bytes")
        found = sources[capture.source_id]
        # The same capture twice in one call: which of the two counts must not hang on their order.
        found[capture.capture_id] = min(found.get(capture.capture_id, capture), capture, key=encode_capture)
    return sources


def _store(raw: Path, captures: Iterable[tuple[Capture, bytes | None]]) -> Iterator[tuple[Capture, str | None]]:
    """Store the bytes of captures, a few side by side; gives each capture, in order, with the SHA-256 of its bytes."""
    forgotten = read_forgotten(raw)
    waiting: deque[tuple[Capture, Future[str] | None]] = deque()
    with ThreadPoolExecutor(WRITERS) as pool:
        for capture, payload in captures:
            if payload is None:
                waiting.append((capture, None))
            elif forgotten.has(capture):
                waiting.append((capture, pool.submit(_digest, payload)))
            else:
                waiting.append((capture, pool.submit(store_payload, raw, payload)))
            if len(waiting) > WRITERS:
                yield _stored(*waiting.popleft())
        while waiting:
            yield _stored(*waiting.popleft())


def _stored(capture: Capture, storing: Future[str] | None) -> tuple[Capture, str | None]:
    return capture, storing.result() if storing else None


def _digest(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def _register_source(
    raw: Path, source_id: str, captures: dict[str, Capture], patience: float
) -> tuple[dict[str, date], dict[str, date]]:
    with hold_lock(source_lock(raw, source_id), patience=patience):
        registered = _registered(raw, source_id)
        known = {key: registered[key][0] for key in captures if key in registered}
        by_day: dict[date, list[Capture]] = defaultdict(list)
        for key, capture in captures.items():
            if key not in known:
                by_day[capture.ingest_date].append(capture)
        for day in sorted(by_day):
            write_segment(raw, day, source_id, by_day[day])
    return known, {capture.capture_id: day for day, found in by_day.items() for capture in found}


def _registered(raw: Path, source_id: str) -> dict[str, tuple[date, str]]:
    """Ingest date and source_ref of every capture of a source."""
    found: dict[str, tuple[date, str]] = {}
    for folder in sorted((raw / "log").glob(f"ingest_date=*/{source_folder(source_id)}")):
        day = _day_of(folder)
        for segment in list_segments(folder):
            for key, ref in refs_of_segment(segment).items():
                found.setdefault(key, (day, ref))
    return found


@dataclass(slots=True)
class _Change:
    """Captures that a listing withdrew and gave back, and all entries in which something is withdrawn."""

    lost: dict[str, EntryKey] = field(default_factory=dict)
    back: dict[str, EntryKey] = field(default_factory=dict)
    gone: set[EntryKey] = field(default_factory=set)


def _withdraw(raw: Path, root: str, refs: dict[str, frozenset[str]], prefix: str, patience: float) -> _Change:
    before = all_listings(raw)
    state = update_listing(raw, root, refs, prefix=prefix, patience=patience)
    after = all_listings(raw)
    change = _Change()
    for source_id in sorted({*state.listed, *state.gone}):
        was, now = withdrawn_refs(before, source_id), withdrawn_refs(after, source_id)
        for key, (day, ref) in (_registered(raw, source_id) if was or now else {}).items():
            entry = (day, source_id)
            if ref in now:
                change.gone.add(entry)
                if ref not in was:
                    change.lost[key] = entry
            elif ref in was:
                change.back[key] = entry
    return change


def _bring_back(raw: Path, refs: dict[str, frozenset[str]], patience: float) -> _Change:
    """What was withdrawn and is now loaded by itself is held again, each by a listing of its own."""
    change = _Change()
    listings = all_listings(raw)
    for source_id, held in refs.items():
        back = held & withdrawn_refs(listings, source_id)
        for ref in sorted(back):
            update_listing(raw, f"{source_id}\n{ref}", {source_id: frozenset((ref,))}, patience=patience)
        for key, (day, ref) in (_registered(raw, source_id) if back else {}).items():
            if ref in back:
                change.back[key] = (day, source_id)
    return change


def read_entry(raw: Path, ingest_date: date, source_id: str) -> EntryLog:
    """All captures of an entry; withdrawn ones have that outcome, forgotten ones are left out.

    An entry that isn't there has none.
    """
    segments = list_segments(entry_folder(raw, ingest_date, source_id))
    captures = {capture.capture_id: capture for path in reversed(segments) for capture in read_segment(path)}
    tombstones = read_forgotten(raw)
    forgotten = tuple(sorted(key for key, capture in captures.items() if tombstones.has(capture)))
    for key in forgotten:
        del captures[key]
    listings = [item for item in all_listings(raw) if source_id in item.listed or source_id in item.gone]
    gone = withdrawn_refs(listings, source_id)
    withdrawn = tuple(sorted(key for key, capture in captures.items() if capture.source_ref in gone))
    for key in withdrawn:
        captures[key] = replace(captures[key], outcome=WITHDRAWN, reason="its folder does not hold it any more")
    position = Position(
        tuple(path.name for path in segments),
        withdrawn,
        tuple((item.key, item.number) for item in listings),
        forgotten,
    )
    return EntryLog(ingest_date, source_id, tuple(captures[key] for key in sorted(captures)), position)


def entries(raw: Path, *, source_id: str | None = None, since: date = date.min) -> list[EntryKey]:
    """Every entry that the log has, in order of date and source: of one source or all, from the day `since` on."""
    found: list[EntryKey] = []
    days = [folder for folder in (raw / "log").glob("ingest_date=*") if folder.name >= f"ingest_date={since}"]
    # Asking a day for one source must not cost the listing of all of them.
    wanted = "source=*" if source_id is None else glob.escape(source_folder(source_id))
    for folder in (folder for day in days for folder in day.glob(wanted)):
        segments = list_segments(folder)
        if segments:
            found.append((_day_of(folder), source_of_folder(folder.name) or read_segment(segments[0])[0].source_id))
    return sorted(found)


def _day_of(folder: Path) -> date:
    return date.fromisoformat(folder.parent.name.removeprefix("ingest_date="))
