"""What is told of a run that has failed: one line in a log, and a message to an address of the user's.

The callback is the DAG's and not the tasks': it comes once a run instead of once a shard, after the last retry, and
also where a task's process was killed, which runs no callback of its own. Airflow calls it in the DAG processor, in a
process that is not the run's; `dag.test` calls it where it runs itself.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..config import SettingsError, load_settings
from .notes import KILLED, REASON, find_failure, find_left, name_place

LOG = logging.getLogger("dateline.alerts")
TIMEOUT = (3.05, 5.0)
"""Seconds to connect and to answer: the DAG processor does nothing else meanwhile for this DAG."""

LONGEST = 1000
"""Characters of a reason in a message; the log of the task has all of it."""

DEADLOCK = "no task can run any more. Look at the run's graph for a task that was deleted or altered; clear the run"
CREDENTIALS = re.compile(r"(?<=//)[^/@\s]+@")


class Failure(NamedTuple):
    """What is told of a failed run. `day` and `task_id` are empty, `log_url` is None, where there is none."""

    dag_id: str
    run_id: str
    task_id: str
    day: str
    reason: str
    log_url: str | None

    @property
    def line(self) -> str:
        """All that matters in one line.

        >>> Failure("dateline_ingest", "r", "publish", "2026-03-02", "disk full. Make room", None).line
        'dateline_ingest 2026-03-02 failed at publish: disk full. Make room'
        """
        place = f" at {self.task_id}" if self.task_id else ""
        return f"{' '.join(filter(None, (self.dag_id, self.day)))} failed{place}: {self.reason}"

    def message(self) -> dict[str, str | None]:
        """As the JSON object that is sent; `text` is what Slack and its like show."""
        text = f"{self.line}\n{self.log_url}" if self.log_url else self.line
        return {"text": text, **self._asdict()}


def announce_failure(context: Mapping[str, Any]) -> None:
    """Tell of a failed run: a DAG's `on_failure_callback`. Never raises, since nobody would hear of it."""
    try:
        failure = describe(context)
        LOG.error(failure.line)
        url = load_settings().alert_url
        if url:
            send(url, failure)
    except SettingsError as error:
        LOG.error("no alert could be sent: %s", error)
    except Exception:
        LOG.exception("no alert could be sent")


def describe(context: Mapping[str, Any]) -> Failure:
    """What there is to say of a failed run, from the context that Airflow gives to a callback."""
    run, task = context.get("dag_run"), context.get("ti")
    day = context.get("partition_key") or getattr(run, "partition_key", None)
    day = day or (context.get("params") or {}).get("day") or ""
    dag_id = run.dag_id if run is not None else context["dag"].dag_id
    if task is None:
        return Failure(dag_id, str(context.get("run_id")), "", day, DEADLOCK, None)
    place = name_place(task.task_id, task.map_index)
    is_stuck = context.get("reason") == "all_tasks_deadlocked"
    # Asking for what the task left makes the DAG processor set up an API first, which takes it many seconds.
    reason = DEADLOCK if is_stuck else find_failure(getattr(run, "note", None), place) or _reason_of(task)
    return Failure(dag_id, task.run_id, place, day, shorten(reason), task.log_url)


def _reason_of(task: Any) -> str:
    """What the task left behind as its reason; nothing, where it was killed."""
    try:
        left = task.xcom_pull(task_ids=task.task_id, key=REASON, map_indexes=task.map_index)
    except ImportError:
        # dag.test calls back where there is no supervisor to ask, but Airflow's database.
        left = find_left(task.dag_id, task.run_id, REASON).get((task.task_id, task.map_index))
    return str(left) if left else KILLED


def shorten(reason: str) -> str:
    """A reason in one line of bounded length, without the passwords of addresses.

    >>> shorten("no answer from https://me:secret@news.test/feed\\n")
    'no answer from https://news.test/feed'
    """
    return CREDENTIALS.sub("", " ".join(reason.split()))[:LONGEST]


def send(url: str, failure: Failure) -> None:
    """POST a failure as JSON. The address itself is often a secret, so that only its host is ever named."""
    import requests

    host = urlsplit(url).hostname
    try:
        answer = requests.post(url, json=failure.message(), timeout=TIMEOUT, allow_redirects=False)
    except requests.RequestException as error:
        LOG.error("the alert could not be sent to %s: %s", host, type(error).__name__)
        return
    if not answer.ok or answer.is_redirect:
        LOG.error("the alert was refused by %s: %d; check DATELINE_ALERT_URL", host, answer.status_code)
