"""Removing what no reader and no run needs any more: leftovers after every run, replaced files once a week.

Raw is the truth: of raw, only the unfinished files of killed writers are ever deleted.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import inf
from pathlib import Path

from ..raw.durable import TEMPORARY
from ..raw.locking import PATIENCE
from .catalog import write_fixed_files
from .commit import Clock, lake_lock
from .manifest import Manifest, catalog_folder, current, read_manifest

GRACE = timedelta(days=1)
"""A run is cleared and started again within the day, and no write or reading takes as long as that."""

KEPT_FOR = timedelta(days=7)
"""How long a replaced manifest stays comparable: whoever looks at a week's figures can ask what changed them."""

KEPT_LAST = 10
"""Manifests that stay however old: a lake that is published to once a month keeps something to compare with."""

NUMBERED = re.compile(r"\d{6,}\.json")


@dataclass(frozen=True, slots=True)
class Collected:
    """What was deleted of a lake: numbers of manifests, other paths, and how many bytes that freed."""

    manifests: tuple[int, ...]
    paths: tuple[Path, ...]
    n_bytes: int

    def describe(self) -> str:
        """One line.

        >>> Collected((3, 4), (Path("a"),), 2_500_000).describe()
        'deleted 1 file, 2.5 MB; manifests 3 to 4 can no longer be compared'
        """
        what = f"deleted {len(self.paths)} file{'' if len(self.paths) == 1 else 's'}, {self.n_bytes / 1e6:.1f} MB"
        if not self.manifests:
            return what
        span = " to ".join(map(str, dict.fromkeys((self.manifests[0], self.manifests[-1]))))
        return f"{what}; manifest{'' if len(self.manifests) == 1 else 's'} {span} can no longer be compared"


def collect_garbage(lake: Path, *, clock: Clock, grace: timedelta = GRACE) -> list[Path]:
    """Delete what nothing has touched for `grace`; returns what was deleted. Cheap: done after every run.

    That is staged runs, unfinished files, and the tables `builds` and `lake_files` of catalogs replaced so long ago.
    """
    limit = (clock() - grace).timestamp()
    found = [path for path in (lake / "_stage").glob("*") if _youngest(path) < limit]
    for path in found:
        _delete(path)
    tables = list(_outdated_tables(lake, limit))
    for path in tables:
        path.unlink(missing_ok=True)
    return sorted([*found, *tables, *collect_unfinished(lake, clock=clock, grace=grace)])


def collect_unfinished(folder: Path, *, clock: Clock, grace: timedelta = GRACE) -> list[Path]:
    """Delete files and folders that writers, killed at least `grace` ago, left unfinished below a folder."""
    limit = (clock() - grace).timestamp()
    unfinished = [path for path in folder.rglob(f"{TEMPORARY}*") if "_stage" not in path.relative_to(folder).parts]
    found = [path for path in unfinished if _youngest(path) < limit]
    for path in found:
        _delete(path)
    return sorted(found)


def collect_replaced(
    lake: Path,
    *,
    clock: Clock,
    kept_for: timedelta = KEPT_FOR,
    kept_last: int = KEPT_LAST,
    patience: float = PATIENCE,
) -> Collected:
    """Delete manifests that were replaced more than `kept_for` ago, and the data files that only those name.

    The last `kept_last` manifests stay, and whatever any manifest that stays needs: a reader who opened the catalog
    within `kept_for` finds all its files. Files that no manifest names stay for the grace time: a run may be about to
    commit them (should it take longer still, its commit is refused and it reads again). Raises `DamagedLakeError` where
    the current manifest can't be read (nothing is deleted then), `ValueError` where `kept_for` is shorter than the
    grace time.
    """
    if kept_for < GRACE or kept_last < 1:
        raise ValueError("readers and runs need what was replaced for a day: keep at least 1 day and 1 manifest")
    now = clock()
    with lake_lock(lake, patience=patience):
        manifest = current(lake)
        if manifest is None:
            return Collected((), (), 0)
        kept, dropped = _sort_out(lake, manifest, now - kept_for, kept_last)
        parts = [path for path in _parts(lake) if path not in _named_parts(lake, kept)]
        data = _unnamed_data(lake, kept, (now - GRACE).timestamp())
        # Manifests first: should this be killed, no manifest is left that names what is gone.
        paths = [*dropped, *parts, *data]
        n_bytes = sum(path.stat().st_size for path in paths)
        for path in paths:
            path.unlink(missing_ok=True)
    return Collected(tuple(int(path.stem) for path in dropped), tuple(paths), n_bytes)


def kept_numbers(lake: Path) -> list[int]:
    """Numbers of the manifests that are still there, lowest first."""
    return [int(path.stem) for path in _manifests(lake)]


def _sort_out(lake: Path, holds: Manifest, limit: datetime, kept_last: int) -> tuple[list[Manifest], list[Path]]:
    """Manifests that stay, and the paths of those that go, lowest number first."""
    kept: list[Manifest] = []
    dropped: list[Path] = []
    replaced_at: datetime | None = None
    paths = _manifests(lake)
    for place, path in enumerate(reversed(paths)):
        stays = place < kept_last or int(path.stem) >= holds.number or replaced_at is None or replaced_at >= limit
        try:
            found = read_manifest(lake, path.name) if stays else None
        except (ValueError, KeyError, TypeError, OSError):
            # Nobody can read an old manifest that is not whole, so that it keeps nothing alive.
            found = None
        if found:
            kept.append(found)
            replaced_at = found.committed_at
        else:
            dropped.append(path)
    return kept, sorted(dropped)


def _manifests(lake: Path) -> list[Path]:
    found = [path for path in catalog_folder(lake).glob("[0-9]*.json") if NUMBERED.fullmatch(path.name)]
    return sorted(found, key=lambda path: int(path.stem))


def _parts(lake: Path) -> list[Path]:
    return sorted((catalog_folder(lake) / "parts").glob("*.json"))


def _named_parts(lake: Path, kept: Iterable[Manifest]) -> set[Path]:
    return {catalog_folder(lake) / part for manifest in kept for part in manifest.parts.values()}


def _unnamed_data(lake: Path, kept: Iterable[Manifest], limit: float) -> list[Path]:
    """Data files that no kept manifest names and that are not young; files without rows are every catalog's."""
    named = {lake / file.path for manifest in kept for file, _ in manifest.holders()}
    found = (path for path in (lake / "_data").glob("*/ingest_month=*/*.parquet") if path not in named)
    return sorted(path for path in found if path.stat().st_mtime < limit)


def _outdated_tables(lake: Path, limit: float) -> Iterator[Path]:
    """Tables of replaced catalogs: one is replaced when the next of its kind is written, whatever its own age."""
    manifest = current(lake)
    named = write_fixed_files(lake, manifest) if manifest else {}
    used = {lake / path for paths in named.values() for path in paths}
    for kind in ("builds", "lake_files"):
        files = sorted(
            (catalog_folder(lake) / "tables").glob(f"{kind}-*.parquet"), key=lambda path: path.stat().st_mtime
        )
        for path, younger in pairwise(files):
            if path not in used and younger.stat().st_mtime < limit:
                yield path


def _youngest(path: Path) -> float:
    try:
        times = [item.lstat().st_mtime for item in path.rglob("*")] if path.is_dir() else []
        return max([path.lstat().st_mtime, *times])
    except FileNotFoundError:
        # Another run is cleaning up, or a writer has just finished: either way it is not ours to delete.
        return inf


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
