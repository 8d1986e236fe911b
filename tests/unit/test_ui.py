"""`make ui` around Airflow: its environment, what can be in its way, and ending every process of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from dateline.config import load_settings
from dateline.raw.locking import hold_lock
from dateline.ui import __main__ as program
from dateline.ui.home import MARK, choose_inbox, make_ui_home, write_command
from dateline.ui.obstacles import UiError, check_database, check_port
from dateline.ui.processes import end_processes, find_processes

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)"


@pytest.fixture
def made(tmp_path):
    environ = {"PATH": os.environ["PATH"], "AIRFLOW__API__PORT": "9", "DATELINE_MODEL": "other"}
    return make_ui_home(tmp_path, environ, load_settings({"DATELINE_MODEL": "other"}, tmp_path), 18150)


@pytest.fixture
def listener():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_every_address_names_its_port(made):
    environment = made.home.environment
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__API__PORT"] == "18150"
    assert environment["AIRFLOW__API__BASE_URL"] == made.url == "http://127.0.0.1:18150"
    execution = f"http://127.0.0.1:{made.execution_port}/execution/"
    assert environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == execution
    assert int(environment["AIRFLOW__CORE__PARALLELISM"]) == (os.cpu_count() or 2) + 2
    assert environment["DATELINE_LAKE"] == str(made.folder.parents[1] / "lake")
    assert environment["DATELINE_MODEL"] == "other"


def test_login_is_kept_and_nobody_else_may_read_it(made, settings):
    passwords = made.folder / "passwords.json"
    assert json.loads(passwords.read_text()) == {"admin": made.password}
    assert len(made.password) >= 12
    assert passwords.stat().st_mode & 0o077 == 0
    again = make_ui_home(made.folder.parents[1], {}, settings, 18151)
    assert again.password == made.password


def test_command_of_the_home_has_its_environment_and_opens_no_log_server(made):
    write_command(made)
    script = made.command.read_text()
    assert "export AIRFLOW__API__PORT=18150" in script and f"export AIRFLOW_HOME={made.folder}" in script
    assert MARK + "=" not in script
    shown = script.replace(f"exec {sys.executable} -m airflow", "echo")
    for part, told in (("scheduler", "scheduler --skip-serve-logs"), ("api-server", "api-server --apps core")):
        done = subprocess.run(["sh", "-c", shown, "airflow", part], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == told


def test_sample_is_the_inbox_until_there_is_another(tmp_path):
    settings = load_settings({}, tmp_path)
    assert choose_inbox(settings, tmp_path).inbox == tmp_path / "include/samples/inbox"
    (tmp_path / "inbox" / "2026-03-02").mkdir(parents=True)
    assert choose_inbox(settings, tmp_path) == settings
    stated = load_settings({"DATELINE_INBOX": "pages"}, tmp_path)
    assert choose_inbox(stated, tmp_path) == stated


def test_taken_port_is_refused_with_another_to_take(listener):
    with pytest.raises(UiError, match=rf"port {listener} is taken by another program.*make ui PORT=\d+") as refused:
        check_port(listener)
    check_port(int(str(refused.value).rpartition("=")[2]))
    for port in (80, 70000):
        with pytest.raises(UiError, match="no port that can be used"):
            check_port(port)


def test_locked_database_is_told_with_its_holder(tmp_path):
    database = tmp_path / "airflow.db"
    check_database(database)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("CREATE TABLE t (a)")
    check_database(database, patience=0)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UiError, match=rf"airflow.db is locked by process {os.getpid()} .*: end it, then start again"):
        check_database(database, patience=0.1)
    holder.close()
    database.write_text("this is no database at all, but a text that is long enough to be looked at" * 20)
    with pytest.raises(UiError, match="move it away"):
        check_database(database)


def test_processes_of_a_home_are_ended_even_where_they_refuse(tmp_path):
    mine = {**os.environ, MARK: str(tmp_path)}
    other = {**os.environ, MARK: str(tmp_path / "other")}
    start = [sys.executable, "-c", STUBBORN]
    procs = [
        subprocess.Popen(start, env=env, stdout=subprocess.PIPE, start_new_session=True) for env in (mine, mine, other)
    ]
    try:
        for process in procs:
            assert process.stdout is not None
            process.stdout.readline()
        assert {process.pid for process in find_processes(tmp_path)} == {process.pid for process in procs[:2]}
        began = time.monotonic()
        assert end_processes(tmp_path, grace=0.5) == 2
        assert time.monotonic() - began < 10
        assert [process.wait(5) for process in procs[:2]] == [-9, -9]
        assert procs[2].poll() is None
    finally:
        for process in procs:
            process.kill()
            process.communicate()


def test_second_start_and_bad_ports_are_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert program.main(["eighty"]) == 1
    assert "'eighty' is no port" in capsys.readouterr().err
    with hold_lock(tmp_path / ".airflow" / "ui" / "lock"):
        assert program.main(["18152"]) == 1
    assert f"make ui runs already (process {os.getpid()})" in capsys.readouterr().err


def test_signal_that_comes_twice_at_once_is_one_wish():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), program._signals_as_interrupts():
        try:
            signal.raise_signal(signal.SIGTERM)
        except KeyboardInterrupt:
            signal.raise_signal(signal.SIGTERM)
            raise
    assert signal.getsignal(signal.SIGTERM) == before


def test_taken_port_stops_the_start_before_airflow(tmp_path, monkeypatch, capsys, listener):
    monkeypatch.chdir(tmp_path)
    assert program.main([str(listener)]) == 1
    assert "is taken by another program" in capsys.readouterr().err
    assert not (tmp_path / ".airflow" / "ui" / "airflow.db").exists()


def test_airflow_that_ends_while_starting_tells_its_last_words(made):
    made.log.write_text("first\nthe disk is full\n")
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])
    process.wait()
    with pytest.raises(UiError, match=r"ended while starting: the disk is full \(all of it: .*standalone\.log\)"):
        program._wait_until_ready(replace(made, url="http://127.0.0.1:1"), process)


def test_home_lies_below_the_repository(made, tmp_path):
    assert made.folder == tmp_path / ".airflow" / "ui"
    assert made.home.environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == f"sqlite:///{made.database}?timeout=15"
