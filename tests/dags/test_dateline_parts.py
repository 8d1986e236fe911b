"""A page of several articles through the real DAG: parts in every table, counted as one capture."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline import lake

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]
CASES = ("blog-archive-three-posts", "briefs-with-datelines")


def test_a_page_of_several_articles_is_one_capture_and_several_rows(airflow_home, tmp_path, monkeypatch):
    from airflow.dag_processing.dagbag import DagBag

    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for case in CASES:
        shutil.copy(REPO / "tests" / "golden" / case / "page.html", inbox / f"{case}.html")
    for name in ("lake", "raw"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("DATELINE_ALLOWED_ROOTS", str(inbox))
    dag = DagBag(str(REPO / "dags")).dags["dateline_load"]
    done = dag.test(run_conf={"path": str(inbox)})
    assert done.state == "success"
    with lake.open_lake(tmp_path / "lake") as db:
        captures = db.execute("SELECT count(*), count(DISTINCT outcome) FROM captures").fetchone()
        articles = db.execute(
            "SELECT part_no, title, published_day::VARCHAR FROM latest_articles "
            "WHERE outlet = 'Harbour Notes' ORDER BY part_no"
        ).fetchall()
        counts = db.execute(
            "SELECT count(*), count(DISTINCT capture_id), count(DISTINCT article_id) FROM articles"
        ).fetchone()
        expected = db.execute("SELECT sum(expected), sum(articles) FROM ledger").fetchone()
    assert captures == (2, 1)
    assert articles == [
        (0, "Snow on the ferry deck", "2004-01-19"),
        (1, "The library moves", "2004-01-17"),
        (2, "A harbour pilot retires", "2004-01-15"),
    ]
    assert counts == (7, 2, 7)
    assert expected == (2, 2)
