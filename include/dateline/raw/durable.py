"""Writing so that a crash leaves the old file or the new one, never half of either.

Bytes go to a temporary file in the same folder, are flushed to the disk, and only then get their name by a
rename, which is atomic; at last the folder is flushed, so that the name survives a power cut too.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

TEMPORARY = ".tmp-"
"""How the names of unfinished files and folders begin; whatever is called so may be deleted once it is old."""

READ_ONLY = 0o444
WRITABLE = 0o644


def write_file(path: Path, data: bytes, *, mode: int = WRITABLE) -> None:
    """Give `path` these bytes, replacing what is there; its folder is made if it is missing."""
    make_folder(path.parent)
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, each flushed, so that a file in it can't outlive its folder's name."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Flush a file that something else has written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Flush the names in a folder."""
    sync_file(path)
