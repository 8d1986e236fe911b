"""What a loaded folder held when it was last looked through: how raw notices that a page was taken away.

A listing states the whole state of one root after a collect: for each source the source_refs that are
there (`listed`) and those that were and are not any more (`gone`). So only the newest of a root counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from .durable import READ_ONLY, write_file
from .errors import DamagedLogError
from .layout import listings_folder
from .locking import PATIENCE, hold_lock

KEPT = 5
"""Listings kept of a root: a reader that has just chosen the newest still finds it after a few more."""

Refs = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Listing:
    """State of one root: refs by source. `number` is 0 before the first collect; `key` names the root's folder."""

    root: str
    key: str
    number: int = 0
    listed: Refs = field(default_factory=dict)
    gone: Refs = field(default_factory=dict)


def update_listing(raw: Path, root: str, refs: Refs, *, prefix: str = "", patience: float = PATIENCE) -> Listing:
    """Record what a collect of `root` found; nothing is written where it found what the newest listing states.

    `prefix` limits the collect to source_refs that begin so (one day's folder of an inbox): what lies
    outside stays as it was.
    """
    folder = listings_folder(raw, root)
    with hold_lock(folder / ".lock", patience=patience):
        old = newest_listing(folder, root)
        new = _after(old, refs, prefix)
        if old.number and (old.listed, old.gone) == (new.listed, new.gone):
            return old
        data = _encode(new)
        path = folder / f"{new.number:06d}-{hashlib.sha256(data).hexdigest()[:12]}.json"
        write_file(path, data, mode=READ_ONLY)
        for outdated in _files(folder)[:-KEPT]:
            outdated.unlink(missing_ok=True)
    return new


def _after(old: Listing, refs: Refs, prefix: str) -> Listing:
    listed: dict[str, frozenset[str]] = {}
    gone: dict[str, frozenset[str]] = {}
    for source in sorted({*old.listed, *old.gone, *refs}):
        before, found = old.listed.get(source, frozenset()), refs.get(source, frozenset())
        now = found | {ref for ref in before if not ref.startswith(prefix)}
        lost = (before | old.gone.get(source, frozenset())) - now
        listed |= {source: now} if now else {}
        gone |= {source: lost} if lost else {}
    return Listing(old.root, old.key, old.number + 1, listed, gone)


def newest_listing(folder: Path, root: str = "") -> Listing:
    """The state of the root whose listings are in `folder`, or an empty one."""
    files = _files(folder)
    return read_listing(files[-1]) if files else Listing(root, folder.name)


def all_listings(raw: Path) -> list[Listing]:
    """The newest listing of every root."""
    parent = raw / "listings"
    folders: Iterable[Path] = sorted(parent.iterdir()) if parent.is_dir() else ()
    return [listing for listing in map(newest_listing, folders) if listing.number]


def withdrawn_refs(listings: Iterable[Listing], source_id: str) -> frozenset[str]:
    """source_refs of a source that some root held once and none holds now."""
    listings = list(listings)
    gone = frozenset().union(*(listing.gone.get(source_id, frozenset()) for listing in listings))
    return gone.difference(*(listing.listed.get(source_id, frozenset()) for listing in listings))


@lru_cache(maxsize=64)
def read_listing(path: Path) -> Listing:
    """One listing; remembered, since it never changes under its name.

    Raises `DamagedLogError` where it is not what its name says.
    """
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest()[:12] != path.stem.split("-")[-1]:
        raise DamagedLogError(f"{path} was altered: restore it, or delete it and load its folder again")
    stated = json.loads(data)
    refs = ({source: frozenset(found) for source, found in stated[key].items()} for key in ("listed", "gone"))
    return Listing(stated["root"], path.parent.name, int(path.name.split("-")[0]), *refs)


def _encode(listing: Listing) -> bytes:
    stated = {
        "root": listing.root,
        "listed": {source: sorted(refs) for source, refs in listing.listed.items()},
        "gone": {source: sorted(refs) for source, refs in listing.gone.items()},
    }
    return json.dumps(stated, separators=(",", ":")).encode("ascii")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*.json"))
