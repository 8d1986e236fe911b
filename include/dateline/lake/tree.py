"""The plain Hive tree: `<table>/ingest_month=YYYY-MM/<day>-<source>.parquet`, for readers that know only globs.

A compacted month is one file, `YYYY-MM.parquet`, beside those of entries that were published since.

Hard links to the immutable files, so it costs no space; copies where the file system has no links. Names
stay the same from commit to commit, so the tree is right at rest and not while a commit is at work.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from ..raw.durable import TEMPORARY, make_folder
from ..schema import TABLES
from .manifest import Manifest
from .merge import file_stem


def link_tree(lake: Path, manifest: Manifest) -> None:
    """Make the tree what the manifest says: links added, replaced, and dropped where nothing is published."""
    wanted = _wanted(manifest)
    for link, target in wanted.items():
        if not _is_same(lake / link, lake / target) and (lake / target).exists():
            _link(lake / link, lake / target)
    for name in TABLES:
        for path in (lake / name).glob("ingest_month=*/*"):
            if path.relative_to(lake) not in wanted and not path.name.startswith(TEMPORARY):
                path.unlink(missing_ok=True)
        _drop_empty_folders(lake / name)


def tree_problems(lake: Path, manifest: Manifest) -> list[str]:
    """Files of the tree that are missing, or of another commit, or nobody's; the caller holds the lake's lock."""
    wanted = _wanted(manifest)
    found = {path.relative_to(lake) for name in TABLES for path in (lake / name).glob("ingest_month=*/*.parquet")}
    wrong = [link for link in wanted.keys() & found if not _is_same(lake / link, lake / wanted[link])]
    problems = [(path, "is missing") for path in wanted.keys() - found]
    problems += [(path, "belongs to no entry") for path in found - wanted.keys()]
    problems += [(path, "is not the published file") for path in wrong]
    return [f"{path.as_posix()} {problem}" for path, problem in sorted(problems)]


def _wanted(manifest: Manifest) -> dict[Path, Path]:
    """Path of each link by what it links to, both relative to the lake."""
    loose = (entry for entry in manifest.entries.values() if not entry.compacted)
    wanted = {
        Path(name, f"ingest_month={entry.month}", f"{file_stem(entry.key)}.parquet"): Path(file.path)
        for entry in loose
        for name, file in entry.files.items()
    }
    return wanted | {
        Path(name, f"ingest_month={month}", f"{month}.parquet"): Path(file.path)
        for month, files in manifest.months.items()
        for name, file in files.items()
    }


def _is_same(link: Path, target: Path) -> bool:
    try:
        found, wanted = link.stat(), target.stat()
    except FileNotFoundError:
        return False
    if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
        return True
    # A copy keeps the time of what it was copied from.
    return (found.st_size, found.st_mtime_ns) == (wanted.st_size, wanted.st_mtime_ns) and wanted.st_nlink == 1


def _link(link: Path, target: Path) -> None:
    make_folder(link.parent)
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=link.parent))
    try:
        try:
            os.link(target, folder / link.name)
        except OSError:
            shutil.copy2(target, folder / link.name)
        (folder / link.name).replace(link)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _drop_empty_folders(table: Path) -> None:
    for folder in [*table.glob("ingest_month=*"), table]:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
