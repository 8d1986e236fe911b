"""The DAG of derived tables joins the pages of a story and learns what repeats on a site, run to its end by Airflow."""

from __future__ import annotations

from pathlib import Path

import pytest
from unit.corpus.printed import FIRST, Printed, ask, publish, text_of

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]


def test_a_run_joins_pages_and_numbers_a_snapshot(airflow_home, tmp_path, monkeypatch):
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    for name in ("LAKE", "RAW", "INBOX"):
        monkeypatch.setenv(f"DATELINE_{name}", str(tmp_path / name.lower()))
    site = "https://canal.example/the-long-strike"
    pages = [
        Printed(f"p{seed}", text_of(seed, 60), title=title, url=site + end, lines=("Get our letter",))
        for seed, (title, end) in enumerate([("Strike", ""), ("Strike", "?page=2"), ("Weir", "-weir")])
    ]
    publish(tmp_path / "lake", FIRST, pages)
    run = DagBag(str(REPO / "dags")).dags["dateline_corpus"].test()
    assert run.state == "success"
    assert ask(tmp_path / "lake", "SELECT capture_id, page_no FROM story_pages ORDER BY page_no") == [
        ("p0", 1),
        ("p1", 2),
    ]
    assert ask(tmp_path / "lake", "SELECT n_pages FROM site_profiles WHERE kind = 'line'") == [(3,)]
    assert [path.name[:5] for path in (tmp_path / "lake" / "_derived" / "profiles").iterdir()] == ["0001-"]
    with create_session() as session:
        note = session.scalars(select(DagRun).where(DagRun.run_id == run.run_id)).one().note
    assert note == (
        "1 day (2026-03-02): 3 articles in all, 0 stories with copies (manifest 1); 1 story over 2 pages; "
        "profiles of 1 site (1 line, 2 paths; snapshot 1)"
    )
