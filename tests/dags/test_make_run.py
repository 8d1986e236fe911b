"""`make run` as a whole: Airflow in a home of its own, the summary, and a second run that changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import first_run

pytestmark = [pytest.mark.slow, pytest.mark.airflow, pytest.mark.timeout(600)]

REPO = Path(__file__).parents[2]
PAGE = """<html><head><title>New lighthouse keeper named | Kestrel Daily</title></head><body>
<h1>New lighthouse keeper named</h1><p>By Ida Novak</p><p>March 2, 2026</p>
<p>STORNOWAY, Scotland - The harbour trust on Monday named Callum Weir as the last keeper of the Arnish lighthouse,
twenty years after its lamp was made to run without one, and said that he would begin in April.</p>
<p>"I have wanted this since I was six," Weir told reporters in Stornoway, where his family has lived since 1911.
The trust said that visitors would be let in every Saturday from the first week of May.</p></body></html>"""


def test_run_loads_pages_shows_them_and_changes_nothing_the_second_time(tmp_path, monkeypatch, capsys):
    (tmp_path / "dags").symlink_to(REPO / "dags")
    pages = tmp_path / "pages" / "2026-03-03"
    pages.mkdir(parents=True)
    (pages / "keeper.html").write_text(PAGE)
    (pages / "empty.html").touch()
    monkeypatch.chdir(tmp_path)
    assert first_run.main(["pages"]) == 0
    out = capsys.readouterr().out
    assert "published (" in out
    assert "New lighthouse keeper named" in out and "empty" in out
    assert "One page explained" in out and "Three queries to try" in out
    assert first_run.main(["pages"]) == 0
    assert "nothing changed" in capsys.readouterr().out
