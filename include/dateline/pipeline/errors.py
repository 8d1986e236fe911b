"""The errors of the pipeline that a user can cause or mend, each one line that says why and what to do."""

from __future__ import annotations

import errno
import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from ..config import Settings

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)
SMALLEST_WRITE = 1 << 20
"""Free bytes below which a disk counts as the one that was full."""


class PipelineError(ValueError):
    """A step can't go on; the message is one line that says why and what to do."""


class DiskError(PipelineError):
    """The disk of the lake or of raw is full, or may not be written to."""


def telling_disk_trouble(
    step: Callable[Concatenate[Settings, Arguments], Answer],
) -> Callable[Concatenate[Settings, Arguments], Answer]:
    """Decorate a step of the pipeline: a full or forbidden disk becomes a `DiskError`."""

    @functools.wraps(step)
    def run(settings: Settings, /, *args: Arguments.args, **options: Arguments.kwargs) -> Answer:
        with disk_trouble(settings):
            return step(settings, *args, **options)

    return run


@contextmanager
def disk_trouble(settings: Settings) -> Iterator[None]:
    """Turn the system's word that a disk is full, or may not be written to, into a `DiskError`.

    Any other error passes. Nothing is ever half published: what was committed stays, what was not is done again.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskError(
                f"no space left on the disk of {_fullest(settings)}: nothing was half published; "
                "make room there, then run the same again"
            ) from None
        if error.errno in FORBIDDEN and _is_ours(settings, error.filename):
            raise DiskError(
                f"{error.filename} can't be written ({error.strerror}): the lake is as it was before; "
                "make the folder writable, or name another by DATELINE_LAKE or DATELINE_RAW, then run the same again"
            ) from None
        raise


def _is_ours(settings: Settings, name: object) -> bool:
    """Whether a file lies in the lake or in raw: a user's page that can't be read is another matter."""
    return isinstance(name, str) and any(
        Path(name).is_relative_to(folder) or folder.is_relative_to(name) for folder in (settings.lake, settings.raw)
    )


def _fullest(settings: Settings) -> str:
    """The folders whose disks are full; the error itself seldom names one."""
    folders = [settings.lake, settings.raw, Path(tempfile.gettempdir())]
    full = [folder for folder in folders if _free(folder) < SMALLEST_WRITE]
    return " and ".join(str(folder) for folder in full or folders[:2])


def _free(folder: Path) -> int:
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
