"""What a run did, in words: tasks say it, and it becomes the run's note when the run has ended.

Tasks have no way to write a note, so they leave their words as an XCom (`note`); the listener, which Airflow
calls where the run's end is decided, puts them together. A note that a person wrote is left alone.
"""

# Airflow's decorators have no types.
# mypy: allow-untyped-decorators

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl
from airflow.sdk import get_current_context

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun

KEY = "note"
REASON = "failure"
"""Key of the XCom that holds why a task failed."""

KILLED = (
    "the task ended without a word, as a process does that is killed or runs out of memory. Free some memory, or give "
    "the pool extract fewer slots; then clear the task to try again"
)
N_FAILURES, LONGEST_FAILURE = 2, 440
"""Failed tasks that a note tells of, the latest ones, and characters for each."""

PREFIX = "dateline_"
AUTHOR = "dateline"
LONGEST = 900
"""Airflow keeps 1000 characters of a note."""


def say(words: str) -> None:
    """Print a line to the task's log and leave it for the note of the run."""
    print(words)
    leave(KEY, words)


def leave(key: str, words: str) -> None:
    """Leave words behind under a key, for whoever looks at the run when the task is over."""
    get_current_context()["ti"].xcom_push(key, words)


def read_failures(task_id: str, length: int) -> dict[int, str]:
    """Why instances of a mapped task of this run failed for good, by map index; for use in a task that runs after it.

    Those that did not fail have returned a value, which the mapped task must, and are left out.
    """
    task = get_current_context()["ti"]
    indexes = range(length)
    returned = task.xcom_pull(task_ids=task_id, map_indexes=indexes)
    reasons = task.xcom_pull(task_ids=task_id, key=REASON, map_indexes=indexes, default=KILLED)
    return {index: str(reasons[index]) for index in indexes if returned[index] is None}


def name_place(task_id: str, map_index: int | None) -> str:
    """A task of a run in words.

    >>> name_place("publish", 0), name_place("plan", -1)
    ('publish [0]', 'plan')
    """
    return task_id if map_index is None or map_index < 0 else f"{task_id} [{map_index}]"


def tell_failure(place: str, reason: str) -> str:
    """A failed task in a line of the note; `find_failure` finds it there."""
    return f"Failed at {place}: {' '.join(reason.split())}"[:LONGEST_FAILURE]


def tell_failures(failed: Sequence[tuple[str, str]]) -> list[str]:
    """The first failed tasks in a line each; one that an earlier line names gets none.

    >>> tell_failures([("watch", "1 of 2 failed: fetch [0]: disk full"), ("fetch [0]", "disk full")])
    ['Failed at watch: 1 of 2 failed: fetch [0]: disk full']
    """
    told: list[str] = []
    for place, reason in failed:
        if len(told) < N_FAILURES and not any(f"{place}: " in earlier for earlier in told):
            told.append(tell_failure(place, reason))
    return told


def find_failure(note: str | None, place: str) -> str | None:
    """Why a task failed, as the note of its run tells.

    >>> find_failure("Failed at plan: model missing. Install it\\n\\n2 new captures", "plan")
    'model missing. Install it'
    """
    told = [words for words in (note or "").split("\n\n") if words.startswith(f"Failed at {place}: ")]
    return told[0].partition(": ")[2] if told else None


def join_words(said: Sequence[str]) -> str:
    """The lines of a run's tasks as one note, each once.

    >>> join_words(["2 new", "published", "2 new"])
    '2 new\\n\\npublished'
    """
    # The UI shows notes as Markdown, where a single line end is none.
    return "\n\n".join(dict.fromkeys(said))[:LONGEST]


@hookimpl
def on_dag_run_success(dag_run: DagRun, msg: str) -> None:
    """Write what the tasks said into the note of the run."""
    _write_note(dag_run)


@hookimpl
def on_dag_run_failed(dag_run: DagRun, msg: str) -> None:
    """Write what the tasks said, why they failed included, into the note of the run."""
    _write_note(dag_run)


def _write_note(dag_run: DagRun) -> None:
    if not dag_run.dag_id.startswith(PREFIX):
        return
    from airflow.models.dagrun import DagRun as StoredRun
    from airflow.utils.session import create_session
    from sqlalchemy.orm import object_session

    # The scheduler's own session has the run's row in hand: a second one would wait for it for ever on SQLite.
    session = object_session(dag_run)
    if session is not None:
        _write_in(session, dag_run)
        return
    with create_session() as own:
        stored = own.get(StoredRun, dag_run.id)
        if stored is not None:
            _write_in(own, stored)


def _write_in(session: Any, dag_run: DagRun) -> None:
    if dag_run.dag_run_note and dag_run.dag_run_note.user_id != AUTHOR:
        return
    words = _words_of(session, dag_run)
    if words:
        dag_run.note = words
        dag_run.dag_run_note.user_id = AUTHOR


def _words_of(session: Any, dag_run: DagRun) -> str:
    """Why tasks of a run failed, then what its tasks said, in the order of their saying it."""
    said = _left_in(session, dag_run.dag_id, dag_run.run_id, KEY)
    return join_words([*_failures_in(session, dag_run), *said.values()])


def _failures_in(session: Any, dag_run: DagRun) -> list[str]:
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.state import TaskInstanceState
    from sqlalchemy import select

    reasons = _left_in(session, dag_run.dag_id, dag_run.run_id, REASON)
    failed = session.execute(
        select(TaskInstance.task_id, TaskInstance.map_index)
        .where(TaskInstance.dag_id == dag_run.dag_id, TaskInstance.run_id == dag_run.run_id)
        .where(TaskInstance.state == TaskInstanceState.FAILED)
        .order_by(TaskInstance.end_date.desc())
    )
    return tell_failures([(name_place(*key), reasons.get(tuple(key), KILLED)) for key in failed])


def find_left(dag_id: str, run_id: str, key: str) -> dict[tuple[str, int], str]:
    """What the tasks of a run left under a key, by (task_id, map_index), oldest first. Needs Airflow's database."""
    from airflow.utils.session import create_session

    with create_session() as session:
        return _left_in(session, dag_id, run_id, key)


def _left_in(session: Any, dag_id: str, run_id: str, key: str) -> dict[tuple[str, int], str]:
    from airflow.models.xcom import XComModel
    from sqlalchemy import select

    left = session.scalars(
        select(XComModel)
        .where(XComModel.dag_id == dag_id, XComModel.run_id == run_id, XComModel.key == key)
        .order_by(XComModel.timestamp)
    )
    return {(item.task_id, item.map_index): str(XComModel.deserialize_value(item)) for item in left}
