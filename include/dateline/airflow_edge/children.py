"""Lets a task start processes of its own, under whatever executor it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import current_process, process
from typing import Any


@contextmanager
def children_allowed() -> Iterator[None]:
    """Let this process start others by multiprocessing, which Airflow's tasks can't as they are.

    A shard that was cut off needs one, to find out whether a page had ended it. Two things stand in the way. Celery
    runs tasks in processes of a pool, marked as daemons of a kind of its own (billiard's); Airflow forks the task from
    such a process, and multiprocessing refuses a daemon children. And a fresh process begins by importing the main
    module of its parent, here Airflow's command, which fails in a task, since tasks have no access to the database.
    """
    if current_process().daemon:
        # Beside the mark as a daemon it has a key of billiard's type, which can't be handed to a child.
        key = process.AuthenticationString(os.urandom(32))  # type: ignore[attr-defined]
        current_process()._config = {"authkey": key, "semprefix": "/mp"}  # type: ignore[attr-defined]
    main: Any = sys.modules["__main__"]
    stated = {name: vars(main)[name] for name in ("__file__", "__spec__") if name in vars(main)}
    try:
        for name in stated:
            setattr(main, name, None)
        yield
    finally:
        for name, value in stated.items():
            setattr(main, name, value)
