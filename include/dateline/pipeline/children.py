"""Processes that read pages: they end with the process that started them, and it sees when a page kills one."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from typing import ParamSpec, TypeVar

from .errors import PipelineError

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

TRIES = 2
"""Times that a page is tried alone: once may be bad luck, a system that runs out of memory ends whom it likes."""


class DeadlyPageError(RuntimeError):
    """The process that read a page alone died, each time."""


def start_processes(count: int) -> ProcessPoolExecutor:
    """A pool of fresh processes that end when this one does, even where it is killed."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    # Without this a pool's process waits for ever for the next task of a parent that was killed.
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


class Observer:
    """Runs functions in a process of their own and watches it; made when first needed, so that few runs pay for it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Observer:
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def run(self, function: Callable[Arguments, Answer], *args: Arguments.args, **options: Arguments.kwargs) -> Answer:
        """The function's answer; its own errors pass. Raises DeadlyPageError where the process dies `TRIES` times."""
        for _ in range(TRIES):
            pool = self._start()
            try:
                return pool.submit(function, *args, **options).result()
            except BrokenProcessPool:
                self._close()
        raise DeadlyPageError("the process died twice while reading this page")

    def _start(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = start_processes(1)
            try:
                # A process that can't even start says nothing about a page.
                self._pool.submit(os.getpid).result()
            except BrokenProcessPool:
                self._close()
                raise PipelineError(
                    "no process can be started to read pages; free some memory, then load again"
                ) from None
        return self._pool

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
