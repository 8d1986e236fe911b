"""Every address of the Newsroom under both of Airflow's own auth managers, each really configured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dateline import lake
from dateline.config import load_settings
from dateline.pipeline import load

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("newsroom")]

REPO = Path(__file__).parents[2]
MANAGERS = {
    "SimpleAuthManager": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
    "FabAuthManager": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
}
PAGE = """<html><head><title>Pier &lt;script&gt;alert(1)&lt;/script&gt; reopens</title>
<meta property="article:published_time"
content="2026-03-02T08:15:00+00:00"></head><body><article><h1>Pier &lt;script&gt;alert(1)&lt;/script&gt; reopens</h1>
<p>The ferry pier at Oban reopened on Monday after a storm had closed it for nine days, the harbour office said.</p>
<p>"We counted every bolt before anybody went aboard," said Ailsa Grant, who runs the office in the old harbour.</p>
<script>alert("of the page")</script></article></body></html>"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "pages").mkdir()
    (folder / "pages" / "pier.html").write_text(PAGE)
    settings = load_settings({}, folder)
    load(settings, [folder / "pages"], captured_on=date(2026, 3, 3), clock=lambda: datetime(2026, 3, 3, tzinfo=UTC))
    return settings


@pytest.fixture(scope="module")
def pages(settings) -> list[str]:
    """Addresses that a reader may open."""
    with lake.open_lake(settings.lake) as connection:
        ((capture_id,),) = connection.execute("SELECT capture_id FROM captures").fetchall()
    run = "/dateline/run?dag_id=dateline_ingest&run_id=scheduled__2026-03-02T00%3A00%3A00%2B00%3A00"
    return ["/dateline/", "/dateline/?range=all&by=publication", run, f"/dateline/why/articles/{capture_id}/0"]


NOTHING = [
    *("/dateline/docs", "/dateline/redoc", "/dateline/openapi.json", "/dateline/docs/oauth2-redirect"),
    *("/dateline/static/newsroom.css", "/dateline/x", "/dateline/why/articles/nobody", "/dateline/why/nothing/x"),
]
"""Addresses with nothing behind them; they must not tell so to strangers."""


@pytest.fixture(scope="module", params=MANAGERS)
def visits(request, settings, pages, tmp_path_factory) -> dict:
    folder = tmp_path_factory.mktemp(request.param)
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "DATELINE_"))}
    environ |= {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__AUTH_MANAGER": MANAGERS[request.param],
        "AIRFLOW__CORE__DAGS_FOLDER": str(folder / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPO / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "viewer:viewer",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(folder / "passwords.json"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db",
        "AIRFLOW__API_AUTH__JWT_SECRET": "a secret of this test alone, long enough for the hash that signs with it",
        "DATELINE_LAKE": str(settings.lake),
        "DATELINE_RAW": str(settings.raw),
        "PYTHONPATH": str(REPO / "include"),
    }
    options = {"env": environ, "cwd": folder, "capture_output": True, "text": True, "timeout": 280}
    migrated = subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=False, **options)
    assert migrated.returncode == 0, migrated.stderr[-2000:]
    visitor = [sys.executable, str(Path(__file__).with_name("newsroom_visitor.py")), str(folder)]
    done = subprocess.run([*visitor, *pages, *NOTHING], check=False, **options)
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["manager"] == request.param
    return found


def test_every_route_is_visited_and_none_writes(visits):
    assert {tuple(methods) for _, methods in visits["routes"]} == {("GET",)}
    paths = [path for path, _ in visits["routes"]]
    assert paths == ["/", "/run", "/why/{table}/{key:path}", "/{path:path}"]
    for address, answer in visits["written"].items():
        assert answer["status"] == 405, address


@pytest.mark.parametrize("who", ["nobody", "forged"])
def test_strangers_see_nothing_at_all(visits, who, pages):
    assert set(visits[who]) == {*pages, *NOTHING}
    for address, answer in visits[who].items():
        assert answer["status"] in ((401,) if who == "nobody" else (401, 403)), address
        assert "Pier" not in answer["text"] and str(REPO) not in answer["text"]


@pytest.mark.parametrize("who", ["bearer", "cookie"])
def test_a_reader_sees_the_pages_and_nothing_else(visits, who, pages):
    assert {address: visits[who][address]["status"] for address in pages} == dict.fromkeys(pages, 200)
    assert {address: visits[who][address]["status"] for address in NOTHING} == dict.fromkeys(NOTHING, 404)
    assert "Pier &lt;script&gt;alert(1)&lt;/script&gt; reopens" in visits[who]["/dateline/"]["text"]


def test_every_answer_forbids_what_it_was_not_made_with(visits, pages):
    for address, answer in visits["cookie"].items():
        headers, text = answer["headers"], answer["text"]
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "frame-ancestors 'self'" in policy, address
        assert "unsafe" not in policy.partition("script-src")[2], address
        assert headers["x-content-type-options"] == "nosniff" and headers["content-type"].startswith("text/html")
        assert text.count("<script") == 1 and "<script>alert" not in text, address
