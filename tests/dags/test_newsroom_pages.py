"""The Newsroom's answers on lakes that are new, whole, damaged, locked and too new; and what its plugin costs."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from synthetic_lake import pages_of, publish

from dateline.lake.derive import DATABASE

pytestmark = [pytest.mark.xdist_group("airflow"), pytest.mark.filterwarnings("ignore")]

REPO = Path(__file__).parents[2]


@pytest.fixture
def app(tmp_path, monkeypatch):
    from dateline.airflow_edge import newsroom_app

    monkeypatch.setenv("DATELINE_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("DATELINE_RAW", str(tmp_path / "raw"))
    return newsroom_app


@pytest.fixture
def folder(tmp_path):
    publish(tmp_path / "lake", pages_of("pier", "ferry"), run_id="first")
    return tmp_path / "lake"


def text_of(answer) -> str:
    return answer.body.decode()


def test_no_lake_is_no_error(app, tmp_path):
    answer = app.show_newsroom()
    assert answer.status_code == 200
    assert "holds nothing" in text_of(answer) and "dateline_load" in text_of(answer)
    assert not (tmp_path / "lake").exists(), "looking makes no lake"


def test_new_commit_is_seen_at_once(app, folder):
    assert "version 1 of 3" in text_of(app.show_newsroom())
    publish(folder, pages_of("pier", "ferry", version=2), run_id="second")
    answer = text_of(app.show_newsroom("all", "publication"))
    assert "version 2 of 3" in answer and "version 1 of 3" not in answer
    assert "version 2 of 3" in text_of(app.show_newsroom())


def test_same_page_is_made_once(app, folder, monkeypatch):
    first = text_of(app.show_newsroom("1y"))
    monkeypatch.setattr(app, "render_newsroom", None)
    assert text_of(app.show_newsroom("1y")) == first


def damage_pointer(folder: Path) -> None:
    (folder / "_catalog" / "current.json").write_text('{"manifest": "00')


def lose_pointer(folder: Path) -> None:
    (folder / "_catalog" / "current.json").unlink()


def lose_database(folder: Path) -> None:
    (folder / DATABASE).unlink()


def lose_file(folder: Path) -> None:
    for path in (folder / "_data" / "captures").rglob("*.parquet"):
        path.chmod(0o600)
        path.unlink()


def make_newer(folder: Path) -> None:
    catalog = folder / "_catalog"
    pointer = json.loads((catalog / "current.json").read_text())
    manifest = json.loads((catalog / pointer["manifest"]).read_text()) | {"schema_version": 999}
    written = json.dumps(manifest).encode()
    (catalog / "999999.json").write_bytes(written)
    pointer |= {"manifest": "999999.json", "sha256": hashlib.sha256(written).hexdigest()}
    (catalog / "current.json").write_text(json.dumps(pointer))


@pytest.mark.parametrize(
    ("break_lake", "said"),
    [
        (damage_pointer, "dateline repair"),
        (lose_pointer, "dateline repair"),
        (lose_database, "dateline repair"),
        (lose_file, "dateline repair"),
        (make_newer, "written by a newer Dateline"),
    ],
)
@pytest.mark.parametrize("page", ["newsroom", "why"])
def test_broken_lake_is_told_with_what_to_do(app, folder, break_lake, said, page):
    break_lake(folder)
    answer = app.show_newsroom() if page == "newsroom" else app.show_why("articles", "pier")
    assert answer.status_code == 503
    assert said in text_of(answer) and "Traceback" not in text_of(answer)


def test_locked_database_is_told(app, folder):
    hold = f"c = duckdb.connect({str(folder / DATABASE)!r}); print('held', flush=True); time.sleep(60)"
    (folder / DATABASE).chmod(0o600)
    with subprocess.Popen([sys.executable, "-c", f"import duckdb, time; {hold}"], stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        answer = app.show_newsroom()
        holder.kill()
    assert answer.status_code == 503 and "lock" in text_of(answer).lower()
    assert app.show_newsroom().status_code == 200


def test_question_that_takes_too_long_is_given_up(app, folder, monkeypatch):
    def ask_for_ever(connection, now, view):
        return connection.execute("SELECT count(*) FROM range(1000000000000) AS x WHERE hash(x.range) = 1").fetchall()

    monkeypatch.setattr(app, "render_newsroom", ask_for_ever)
    monkeypatch.setattr(app, "PATIENCE", 0.2)
    answer = app.show_newsroom()
    assert answer.status_code == 503 and "shorter range" in text_of(answer)


def test_a_page_can_change_neither_lake_nor_limits(app, folder, monkeypatch):
    def write(connection, now, view):
        for statement in ("DROP VIEW articles", "CREATE TABLE x AS SELECT 1", "SET memory_limit = '9GB'"):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
        raise duckdb.Error("tried it all")

    monkeypatch.setattr(app, "render_newsroom", write)
    assert "tried it all" in text_of(app.show_newsroom())


def test_a_setting_that_cannot_be_used_is_named(app, monkeypatch):
    monkeypatch.setenv("DATELINE_PATIENCE", "soon")
    answer = app.show_newsroom()
    assert answer.status_code == 503 and "patience" in text_of(answer)


@pytest.mark.parametrize("key", ["nobody", "x' OR 1=1 --", "", "pier/x", "../../etc/passwd"])
def test_key_of_no_row_is_refused(app, folder, key):
    answer = app.show_why("articles", key)
    assert answer.status_code == 404 and "<h1>No such row</h1>" in text_of(answer)


def test_the_plugin_brings_nothing_heavy_into_tasks():
    script = (
        "import sys; import airflow.plugins_manager; before = set(sys.modules);"
        "import dateline.airflow_edge.newsroom as newsroom;"
        "print(newsroom.EXTERNAL_VIEWS[0]['href']);"
        "print([name for name in ('duckdb', 'pyarrow', 'spacy', 'jinja2', 'fastapi', 'dateline.web') "
        "if name in set(sys.modules) - before])"
    )
    environ = {**os.environ, "PYTHONPATH": str(REPO / "include")}
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["/dateline/", "[]"]


def test_the_plugin_registers_page_and_tab():
    from airflow.plugins_manager import AirflowPlugin

    scope: dict = {}
    exec((REPO / "plugins" / "dateline_newsroom.py").read_text(), scope)
    plugin = scope["NewsroomPlugin"]
    assert issubclass(plugin, AirflowPlugin)
    assert [app["url_prefix"] for app in plugin.fastapi_apps] == ["/dateline"]
    assert {view["destination"]: view["url_route"] for view in plugin.external_views} == {
        "nav": "newsroom",
        "dag_run": "wrote",
    }
