"""`make run` before Airflow starts: its environment, and errors in one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline import first_run
from dateline.overview.console import make_console


@pytest.fixture
def home(settings, tmp_path):
    environ = {"PATH": os.environ["PATH"], "AIRFLOW_HOME": "/elsewhere", "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor"}
    return first_run.make_home(tmp_path, tmp_path / "pages", environ, settings)


def test_airflow_of_the_run_is_its_own(home, tmp_path):
    assert home.environment["AIRFLOW_HOME"] == str(tmp_path / ".airflow" / "run")
    assert "AIRFLOW__CORE__EXECUTOR" not in home.environment
    assert str(tmp_path / ".airflow") in home.environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]


def test_loaded_folder_is_allowed_beside_the_others(home, settings, tmp_path):
    roots = home.environment["DATELINE_ALLOWED_ROOTS"].split(os.pathsep)
    assert roots == [*map(str, settings.allowed_roots), str(tmp_path / "pages")]


def test_missing_pages_are_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert first_run.main(["nowhere"]) == 1
    _, err = capsys.readouterr()
    assert "nowhere: no such file or folder; check PAGES" in err
    assert not (tmp_path / ".airflow").exists()


def test_failed_run_tells_the_reason_and_the_log(home, settings, monkeypatch):
    home.log.write_text("AirflowFailException: of an earlier run\n")
    script = "import sys; print('airflow.sdk.exceptions.AirflowFailException: the disk is full'); sys.exit(1)"
    start = first_run._start
    monkeypatch.setattr(first_run, "_start", lambda home, _, log: start(home, ["-c", script], log))
    with pytest.raises(first_run.FirstRunError, match=r"^the disk is full \(all of Airflow's words: .*run\.log\)$"):
        first_run.run_dag(home, settings, Path("pages"), make_console())
    monkeypatch.setattr(first_run, "_start", lambda home, _, log: start(home, ["-c", "import sys; sys.exit(3)"], log))
    with pytest.raises(first_run.FirstRunError, match="dateline_load failed"):
        first_run.run_dag(home, settings, Path("pages"), make_console())
