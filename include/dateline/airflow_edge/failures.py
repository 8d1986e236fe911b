"""Why a task fails, in one line that says what to do; errors that a user has to mend are not tried again.

The words become the note of the run, and what `announce_failure` tells of a run that has failed.
"""

from __future__ import annotations

import errno
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from textwrap import shorten
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from .notes import REASON, leave, name_place

if TYPE_CHECKING:
    from ..pipeline import SourceFailure

N_TOLD = 3
"""Groups of sources whose failure is told of; the other logs have theirs."""
CAUSES_CHARS = 330
"""Characters of the causes that are told, shared by their groups; with what to do they fit into the note's line."""

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
    """Decorate a task's function with `clear_failure`; why it fails, at whichever try, is printed and left behind."""

    @functools.wraps(task)
    def run(*args: Arguments.args, **options: Arguments.kwargs) -> Answer:
        try:
            with clear_failure():
                return task(*args, **options)
        except AirflowSkipException:
            raise
        except Exception as error:
            words = explain(error)
            leave(REASON, words)
            print(words)
            raise

    return run


def explain(error: BaseException) -> str:
    """An error in one line that says what to do; those that nobody foresaw get a line too.

    >>> explain(AirflowFailException("inbox: no such folder; check the path"))
    'inbox: no such folder; check the path'
    >>> explain(KeyError("guid"))
    "unexpected KeyError: 'guid'. Read the log of the task; clear the task to try again, and report it if it stays"
    """
    from ..lake import LakeError
    from ..raw import LockHeldError

    words = " ".join(str(error).split())
    if isinstance(error, AirflowFailException | LakeError | LockHeldError):
        return words
    if isinstance(error, MemoryError):
        return "out of memory. Free some, or give the pool extract fewer slots; then clear the task to try again"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"no space left on a disk ({words}). Make room there, then clear the task to try again"
    return (
        f"unexpected {type(error).__name__}: {words[:300]}. "
        "Read the log of the task; clear the task to try again, and report it if it stays"
    )


def fail_for(failures: Sequence[SourceFailure]) -> None:
    """Fail a task for the sources that failed in it; one whose error nobody foresaw makes Airflow try again.

    Raises PipelineError, or the unforeseen error with its traceback.
    """
    from ..pipeline import PipelineError
    from ..raw import RawError

    if not failures:
        return
    words = "; ".join(failure.words for failure in failures)
    for failure in failures:
        if not isinstance(failure.error, PipelineError | RawError):
            print(words)
            raise failure.error
    raise PipelineError(words)


def fail_for_groups(groups: Sequence[Sequence[str]], reasons: Mapping[int, str]) -> None:
    """Fail a run for the groups of sources whose mapped `fetch` failed for good; `reasons` has why, by map index.

    Raises PipelineError with how many they are and what happened to the first of them.

    >>> fail_for_groups([["canal"], ["harbour", "port"]], {})
    >>> try:
    ...     fail_for_groups([["canal"], ["harbour", "port"]], {1: "port: the log of port was altered"})
    ... except Exception as error:
    ...     print(str(error).partition(". ")[0])
    1 of 2 groups of sources failed: fetch [1]: port: the log of port was altered
    """
    from ..pipeline import PipelineError

    if not reasons:
        return
    who = f"{len(reasons)} of {len(groups)} groups" if len(groups) > 1 else "the only group"
    longest = CAUSES_CHARS // min(len(reasons), N_TOLD)
    causes = [(no, shorten(_name(groups[no], why), longest, placeholder=" …")) for no, why in reasons.items()]
    told = [f"{name_place('fetch', no)}: {cause}" for no, cause in sorted(causes)]
    more = f"; and {len(told) - N_TOLD} more, whose logs say why" if len(told) > N_TOLD else ""
    raise PipelineError(
        f"{who} of sources failed: {'; '.join(told[:N_TOLD])}{more}. "
        "What else was fetched goes on to be published; mend the cause, the next poll fetches the rest"
    )


def _name(group: Sequence[str], reason: str) -> str:
    """A reason that begins with the source that failed, as those of `fail_for` do, or with the group it happened to."""
    if any(reason.startswith(f"{source_id}: ") for source_id in group):
        return reason
    return f"{describe_group(group)}: {reason}"


def describe_group(group: Sequence[str]) -> str:
    """The ids of a group of sources in a few words.

    >>> describe_group(["canal"]), describe_group(["harbour", "port", "quay"])
    ('canal', 'harbour and 2 more')
    """
    return f"{group[0]}{f' and {len(group) - 1} more' if group[1:] else ''}"
