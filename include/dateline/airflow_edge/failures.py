"""Errors that a user can cause, as failures that Airflow does not retry, with their one line as the run's note."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from airflow.sdk.exceptions import AirflowFailException

from .notes import say

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


@contextmanager
def clear_failure() -> Iterator[None]:
    """Turn an error that a user can cause into a failure that Airflow does not retry, with its one line."""
    from ..config import SettingsError
    from ..lake import AuditError, NewerLakeError
    from ..names.model import ModelError
    from ..pipeline import PipelineError
    from ..raw import RawError

    try:
        yield
    except (PipelineError, SettingsError, ModelError, AuditError, NewerLakeError, RawError) as error:
        raise AirflowFailException(str(error)) from error


def failing_clearly(task: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Decorate a task's function with `clear_failure`; why it fails becomes the note of its run."""

    @functools.wraps(task)
    def run(*args: Arguments.args, **options: Arguments.kwargs) -> Answer:
        try:
            with clear_failure():
                return task(*args, **options)
        except AirflowFailException as failure:
            say(str(failure))
            raise

    return run
