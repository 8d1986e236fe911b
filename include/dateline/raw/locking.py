"""One writer at a time: a lock that the system takes back by itself when its holder dies."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .durable import make_folder

PATIENCE = 600.0
"""Seconds to wait: writing under a lock takes seconds, so ten minutes mean that its holder hangs."""


class LockHeldError(RuntimeError):
    """Another process has held a lock for longer than patience allows; the message names it."""


@contextmanager
def hold_lock(path: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock file `path` for the time of a `with` block; threads and processes exclude each other.

    The file stays (deleting it would let two holders in) and tells who has it. A lock can't be stale:
    the system drops it with the process. Raises `LockHeldError` after `patience` seconds.
    """
    make_folder(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait(handle, path, patience)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} on {socket.gethostname()}".encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _wait(handle: int, path: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(handle, 200, 0).decode("utf-8", "replace") or "another process"
                raise LockHeldError(
                    f"{path} is held by {holder} for more than {patience:g} s: "
                    "wait for it or end that process, then try again"
                ) from None
            time.sleep(0.02)
