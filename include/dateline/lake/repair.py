"""Finding damage, and making again whatever can be made from the manifest alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..raw import EntryKey
from ..raw.durable import TEMPORARY
from ..raw.locking import PATIENCE
from .commit import lake_lock, point_at
from .derive import derive, is_derived
from .errors import DamagedLakeError
from .manifest import Manifest, catalog_folder, current, read_manifest
from .merge import file_problem


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong: one line a problem, and the entries that have to be read from raw again.

    `unfinished` are files that a crash left half written; they harm nobody, and garbage collection takes
    them once they are old.
    """

    problems: tuple[str, ...]
    entries: tuple[EntryKey, ...]
    unfinished: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.problems)


def find_damage(lake: Path) -> Damage:
    """Hash every published file and compare, and look whether the catalog is of the current manifest.

    Nothing that was published is changed.

    Raises `NewerLakeError` where a newer Dateline wrote the lake.
    """
    problems: list[str] = []
    entries: set[EntryKey] = set()
    try:
        manifest = current(lake)
    except DamagedLakeError as error:
        problems.append(str(error))
        manifest = newest_whole_manifest(lake)
    for file, keys in manifest.holders() if manifest else ():
        problem = file_problem(lake, file)
        if problem:
            problems.append(problem)
            entries.update(keys)
    if manifest and not is_derived(lake, manifest):
        problems.append(f"lake.sql and dateline.duckdb are not of manifest {manifest.number} or not of this folder")
    unfinished = (path.relative_to(lake).as_posix() for path in lake.rglob(f"{TEMPORARY}*"))
    return Damage(tuple(problems), tuple(sorted(entries)), tuple(sorted(unfinished)))


def rebuild_derived(lake: Path, *, patience: float = PATIENCE) -> Manifest | None:
    """Point at the newest whole manifest if the pointer is damaged, and make catalog and Hive tree again.

    Needed after a crash, after moving the lake, or whenever in doubt; the rows are not touched. None
    where nothing was ever published. Raises `DamagedLakeError` where no manifest is whole, or where
    published files are missing. A call that mends the pointer lets the latter pass: only with a pointer
    can the entries that `find_damage` names be published again, which makes the catalog too.
    """
    with lake_lock(lake, patience=patience):
        try:
            manifest, mended = current(lake), False
        except DamagedLakeError:
            manifest, mended = _mend_pointer(lake), True
        if manifest:
            try:
                derive(lake, manifest, again=True)
            except DamagedLakeError:
                if not mended:
                    raise
    return manifest


def _mend_pointer(lake: Path) -> Manifest:
    manifest = newest_whole_manifest(lake)
    if manifest is None:
        raise DamagedLakeError(f"{lake} has no manifest that is whole: delete the folder and rebuild it from raw")
    point_at(lake, manifest)
    return manifest


def newest_whole_manifest(lake: Path) -> Manifest | None:
    """The manifest with the highest number that can be read with all its parts, or None."""
    for path in sorted(catalog_folder(lake).glob("[0-9]*.json"), reverse=True):
        try:
            return read_manifest(lake, path.name)
        except (ValueError, KeyError, TypeError, OSError):
            continue
    return None
