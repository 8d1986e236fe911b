"""A run that fails says in one line what to do: in a log, to an address that a user has set, and for every error."""

from __future__ import annotations

import ast
import errno
import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]
SECRET = "T0pSecretHook"


@contextmanager
def listen(status: int = 200, wait: float = 0.0, location: str | None = None) -> Iterator[tuple[str, list[dict]]]:
    """A server on loopback that keeps what it is sent; gives its address and what came."""
    came: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append({"type": self.headers["Content-Type"], **json.loads(body)})
            time.sleep(wait)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{SECRET}", came
    finally:
        server.shutdown()
        server.server_close()


def context(left: str | None = "disk full. Make room", note: str | None = None, **facts) -> dict:
    """What Airflow gives a DAG's callback, as far as it is used."""
    task = SimpleNamespace(
        dag_id="dateline_ingest",
        run_id="backfill__2026-03-02",
        task_id="publish",
        map_index=0,
        log_url="http://127.0.0.1:8080/dags/dateline_ingest/runs/backfill__2026-03-02/tasks/publish/mapped/0",
        xcom_pull=lambda task_ids, key, map_indexes: left,
    )
    run = SimpleNamespace(dag_id="dateline_ingest", partition_key="2026-03-02", note=note)
    return {"ti": task, "dag_run": run, "params": {}, "reason": "task_failure", **facts}


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.INFO, "dateline.alerts")
    return caplog


@pytest.fixture
def bag(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(REPO / "dags"))


def test_a_failed_run_is_told_of_once_with_what_to_do(bag, tmp_path, monkeypatch, said):
    for name in ("lake", "raw", "inbox"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", str(tmp_path / name))
    (tmp_path / "inbox").mkdir()
    # A file where the day's folder should be.
    (tmp_path / "inbox" / "2026-03-02").write_text("no folder")
    with listen() as (url, came):
        monkeypatch.setenv("DATELINE_ALERT_URL", url)
        run = bag.dags["dateline_ingest"].test(run_conf={"day": "2026-03-02"})
    assert run.state == "failed"
    (told,) = came
    reason = f"{tmp_path}/inbox/2026-03-02: not a folder that can be listed; check its permissions"
    line = f"dateline_ingest 2026-03-02 failed at collect: {reason}"
    assert told["type"] == "application/json"
    assert told["text"].splitlines() == [line, told["log_url"]]
    assert (told["dag_id"], told["run_id"], told["task_id"]) == ("dateline_ingest", run.run_id, "collect")
    assert (told["day"], told["reason"]) == ("2026-03-02", reason)
    assert "/dags/dateline_ingest/runs/" in told["log_url"] and "/tasks/collect" in told["log_url"]
    assert [record.message for record in said.records if record.name == "dateline.alerts"] == [line]


def test_without_an_address_there_is_one_line_in_the_log(said, monkeypatch, tmp_path):
    from dateline.airflow_edge import announce_failure

    monkeypatch.chdir(tmp_path)
    announce_failure(context())
    assert said.messages == ["dateline_ingest 2026-03-02 failed at publish [0]: disk full. Make room"]


def test_a_run_without_a_day_and_a_deadlock_are_told_of_too():
    from dateline.airflow_edge.alerts import describe

    by_hand = describe(
        {"dag": SimpleNamespace(dag_id="dateline_load"), "run_id": "manual__1", "reason": "all_tasks_deadlocked"}
    )
    assert by_hand.line.startswith("dateline_load failed: no task can run any more")
    stuck = describe(context(reason="all_tasks_deadlocked"))
    assert "no task can run any more" in stuck.reason and "clear the run" in stuck.reason


def test_the_note_tells_the_reason_without_asking_for_what_the_task_left():
    from dateline.airflow_edge.alerts import describe

    note = "Failed at publish [1]: other\n\nFailed at publish [0]: lake locked: wait\n\n2 new captures"
    asked = context(note=note)
    del asked["ti"].xcom_pull
    assert describe(asked).reason == "lake locked: wait"


def test_a_task_that_was_killed_left_no_words_and_gets_some():
    from dateline.airflow_edge.alerts import describe

    assert "killed or runs out of memory. Free some memory" in describe(context(left=None)).reason


@pytest.mark.parametrize("trouble", ["down", "refused", "moved", "slow", "nonsense"])
def test_no_trouble_with_the_address_reaches_airflow_or_shows_the_address(said, monkeypatch, tmp_path, trouble):
    from dateline.airflow_edge import alerts

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(alerts, "TIMEOUT", (0.5, 0.3))
    options = {"refused": {"status": 500}, "slow": {"wait": 1.0}}.get(trouble, {})
    with listen() as (elsewhere, other):
        options = {"status": 302, "location": elsewhere} if trouble == "moved" else options
        with listen(**options) as (answering, _):
            absent = {"down": f"http://127.0.0.1:9/{SECRET}", "nonsense": f"mailto:{SECRET}"}
            monkeypatch.setenv("DATELINE_ALERT_URL", absent.get(trouble, answering))
            alerts.announce_failure(context())
    assert other == [], "a message is not carried to where an answer points"
    assert said.messages[0].startswith("dateline_ingest 2026-03-02 failed at publish")
    assert len(said.messages) == 2 and SECRET not in said.text


def test_no_password_and_no_novel_is_sent():
    from dateline.airflow_edge.alerts import describe

    told = describe(context(left="no answer from https://desk:hunter2@feeds.test/a\n" + "x" * 5000))
    assert "hunter2" not in told.line and "https://feeds.test/a" in told.line
    assert "\n" not in told.line and len(told.line) < 1200


def test_the_address_is_no_business_of_doctor(tmp_path):
    from dateline.config import load_settings
    from dateline.doctor import examine

    settings = load_settings({"DATELINE_ALERT_URL": f"https://hooks.test/{SECRET}"}, tmp_path)
    assert settings.alert_url.endswith(SECRET)
    found = {finding.subject: finding.text for finding in examine(settings)}
    assert "set, not shown" in found["alert_url"]
    assert not any(SECRET in text for text in found.values())


class Left:
    """Stands in for the task instance: keeps what is left behind."""

    def __init__(self, monkeypatch) -> None:
        from dateline.airflow_edge import notes

        self.words: dict[str, str] = {}
        monkeypatch.setattr(notes, "get_current_context", lambda: {"ti": self})

    def xcom_push(self, key: str, value: str) -> None:
        self.words[key] = value


def test_an_error_nobody_foresaw_leaves_a_line_and_is_tried_again(monkeypatch, capsys):
    from dateline.airflow_edge import failing_clearly

    left = Left(monkeypatch)

    @failing_clearly
    def task():
        raise KeyError("guid")

    with pytest.raises(KeyError):
        task()
    words = (
        "unexpected KeyError: 'guid'. Read the log of the task; clear the task to try again, and report it if it stays"
    )
    assert left.words == {"failure": words}
    assert capsys.readouterr().out.strip() == words


def test_an_error_that_a_user_can_mend_is_not_tried_again_and_becomes_the_note(monkeypatch):
    from airflow.sdk.exceptions import AirflowFailException

    from dateline.airflow_edge import failing_clearly
    from dateline.pipeline import PipelineError

    left = Left(monkeypatch)

    @failing_clearly
    def task():
        raise PipelineError("inbox: no such folder; check the path")

    with pytest.raises(AirflowFailException):
        task()
    assert left.words == {"failure": "inbox: no such folder; check the path"}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "out of memory. Free some"),
        (OSError(errno.ENOSPC, "No space left on device"), "no space left on a disk"),
        (OSError(errno.EIO, "Input/output error"), "unexpected OSError"),
        (ZeroDivisionError("division by zero"), "unexpected ZeroDivisionError: division by zero."),
    ],
)
def test_what_nobody_foresaw_says_what_to_do_too(error, words):
    from dateline.airflow_edge.failures import explain

    assert explain(error).startswith(words)
    assert "clear the task to try again" in explain(error)


ROOMS = ("pipeline", "lake", "raw", "sources", "config.py", "names/model.py")
TOLD = re.compile(r"(Pipeline|Settings|Source|SourcesFile|Disk|Model|Lake|Audit|StaleRead|NewerLake|DamagedLake|Stage|"
                  r"DamagedLog|DamagedPayload|NothingTo\w+|LockHeld)Error")  # fmt: skip
ADVICE = re.compile(
    r"\b(check|set|give|name|write|run|read|delete|restore|free|make|clear|load|install|choose|wait|end|add|move|copy|"
    r"collect|mend|report|reinstall|say|leave|publish|must|may|can't hold|known are)\b"
)
"""What a message asks of its reader, or what it says that is right instead."""


def raised_messages() -> Iterator[tuple[str, str]]:
    """Every message that is raised as an error for users: where, and its literal text."""
    for room in ROOMS:
        place = REPO / "include" / "dateline" / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                call = node.exc if isinstance(node, ast.Raise) else None
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and TOLD.fullmatch(call.func.id):
                    text = "".join(
                        part.value
                        for part in ast.walk(call)
                        if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    )
                    # A message that is handed through, with its place before it, was judged where it was made.
                    if re.search(r"[a-z]{3,} [a-z]", text):
                        yield f"{path.relative_to(REPO)}:{node.lineno}", text


def test_every_error_for_users_says_what_to_do():
    found = list(raised_messages())
    assert len(found) > 40
    silent = [f"{place} {text!r}" for place, text in found if not ADVICE.search(text)]
    assert not silent, "\n".join(silent)
