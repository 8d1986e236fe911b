"""What a user may ask to load: paths, globs and file URIs, and the folders that a DAG may read."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .errors import PipelineError

SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def find_paths(asked: str, base: Path) -> tuple[Path, ...]:
    """The files and folders that a path, glob or file URI stands for, sorted; relative ones start at `base`.

    Raises PipelineError where nothing is there.

    >>> find_paths("file:///", Path("/tmp"))
    (PosixPath('/'),)
    """
    if not asked.strip():
        raise PipelineError("path is empty; give a file, a folder or a glob such as inbox/*.html")
    path = base / _local(asked.strip())
    if path.exists():
        return (path,)
    # An asked path may be absolute, which Path.glob refuses as a pattern.
    matches = sorted(Path(match) for match in glob.iglob(str(path)))  # noqa: PTH207
    if not matches:
        raise PipelineError(f"{path}: no such file or folder; check the path")
    return tuple(matches)


def _local(asked: str) -> Path:
    if not SCHEME.match(asked):
        return Path(asked).expanduser()
    parts = urlsplit(asked)
    if parts.scheme.lower() != "file" or parts.netloc not in ("", "localhost"):
        raise PipelineError(f"{asked}: only local paths and file:// URIs are read; copy the files here first")
    return Path(unquote(parts.path))


def check_allowed(paths: Iterable[Path], allowed_roots: Sequence[Path]) -> None:
    """Refuse paths outside the folders that settings allow, links followed. Raises PipelineError."""
    roots = [root.resolve() for root in allowed_roots]
    for path in paths:
        place = path.resolve()
        if not any(place.is_relative_to(root) for root in roots):
            known = ", ".join(str(root) for root in roots) or "none"
            raise PipelineError(
                f"{path} lies outside the folders that may be loaded ({known}); "
                "move it there or add its folder to DATELINE_ALLOWED_ROOTS"
            )
