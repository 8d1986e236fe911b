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
PREFIX = "dateline_"
AUTHOR = "dateline"
LONGEST = 900
"""Airflow keeps 1000 characters of a note."""


def say(words: str) -> None:
    """Print a line to the task's log and leave it for the note of the run."""
    print(words)
    get_current_context()["ti"].xcom_push(KEY, words)


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
    """What the tasks of a run said, in the order of their saying it."""
    from airflow.models.xcom import XComModel
    from sqlalchemy import select

    said = session.scalars(
        select(XComModel)
        .where(XComModel.dag_id == dag_run.dag_id, XComModel.run_id == dag_run.run_id, XComModel.key == KEY)
        .order_by(XComModel.timestamp)
    )
    return join_words([str(XComModel.deserialize_value(item)) for item in said])
