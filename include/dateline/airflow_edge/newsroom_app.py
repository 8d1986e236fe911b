"""The Newsroom's web application: every address asks for Airflow's login, none of them changes anything."""

# FastAPI is Airflow's, and like Airflow it is not followed by the type checker.
# mypy: allow-untyped-decorators

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Timer
from typing import Any

import duckdb
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.core_api.security import get_user, requires_access_dag
from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse

from .. import why
from ..config import Settings, SettingsError, load_settings
from ..lake import LakeError, current, open_lake
from ..raw import RawError
from ..web.newsroom import (
    RunFacts,
    read_view,
    render_empty,
    render_newsroom,
    render_run,
    render_run_of_empty,
    render_trouble,
)
from ..web.served import ServedPage, serve_why_page
from .days import utc_now
from .run_name import name_of_run

PATIENCE = 60.0
"""Seconds until a page's questions are given up; 3,000 entries in files of their own need 5 on an idle machine."""

KEPT_FOR = 300.0
"""Seconds that a page is given again while the lake stays the same; its ages are so many seconds old at most."""

LIMITS = "SET threads = 2; SET memory_limit = '1GB'; SET lock_configuration = true"
"""The web server serves Airflow's own pages too."""

MOST_KEPT = 32

_PAGES: dict[tuple[object, ...], ServedPage] = {}
_ONE_AT_A_TIME = Lock()
"""Ten readers who open the same page make it once, and the web server keeps its cores for Airflow."""

Render = Callable[[duckdb.DuckDBPyConnection], ServedPage]


def make_app() -> FastAPI:
    """The application; FastAPI's own pages of documentation are left out, since they would ask for no login."""
    app = FastAPI(
        title="Dateline Newsroom", dependencies=[Depends(get_user)], docs_url=None, redoc_url=None, openapi_url=None
    )
    options: dict[str, Any] = {"methods": ["GET"], "response_class": HTMLResponse}
    may_see_run = [Depends(requires_access_dag("GET", DagAccessEntity.RUN))]
    app.add_api_route("/", show_newsroom, **options)
    app.add_api_route("/run", show_run, dependencies=may_see_run, **options)
    app.add_api_route("/why/{table}/{key:path}", show_why, **options)
    # What is left asks for the login too, so that nobody learns which addresses there are.
    app.add_api_route("/{path:path}", show_nothing, **options)
    return app


def show_newsroom(range: str = "", by: str = "") -> HTMLResponse:  # noqa: A002  (the name in the address)
    """The first page."""
    return answer(lambda settings: _newsroom(settings, range, by))


def show_run(dag_id: str = "", run_id: str = "") -> HTMLResponse:
    """What a run of a DAG wrote."""
    return answer(lambda settings: _run(settings, find_run(dag_id, run_id)))


def show_why(table: str, key: str) -> HTMLResponse:
    """How a row came to be; `key` is capture_id[/part_no[/row_no]]."""
    return answer(lambda settings: _why(settings, table, key))


def show_nothing(path: str) -> HTMLResponse:
    """The answer to every other address."""
    return _respond(render_trouble("No such page", f"There is nothing at {path[:200]}.", 404))


def answer(make: Callable[[Settings], ServedPage]) -> HTMLResponse:
    """The page that `make` gives, or one that says in a line what is wrong and what to do."""
    try:
        page = make(load_settings())
    except why.WhyError as error:
        page = render_trouble("No such row", str(error), 404)
    except SettingsError as error:
        page = render_trouble("A setting can't be used", str(error), 503)
    except (LakeError, RawError) as error:
        page = render_trouble("The lake can't be read", str(error), 503)
    except duckdb.InterruptException:
        page = render_trouble("That took too long", f"No answer in {PATIENCE:g} seconds; choose a shorter range.", 503)
    except (duckdb.Error, OSError) as error:
        words = f"{str(error).splitlines()[0]}; load the page again, then try `dateline doctor` and `dateline repair`"
        page = render_trouble("The lake can't be read", words, 503)
    return _respond(page)


def find_run(dag_id: str, run_id: str) -> RunFacts:
    """What Airflow's database knows of a run: its state, its note, and whether its publishing changed the lake."""
    from airflow.models.dagrun import DagRun
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session
    from sqlalchemy import select

    facts = RunFacts(dag_id, run_id, name_of_run(dag_id, run_id))
    with create_session() as session:
        run = session.scalar(select(DagRun).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id))
        if run is None:
            return facts
        said = session.scalars(
            select(XComModel).where(
                XComModel.dag_id == dag_id,
                XComModel.run_id == run_id,
                XComModel.task_id == "publish",
                XComModel.key == "return_value",
            )
        ).all()
        results = [XComModel.deserialize_value(item) for item in said]
        changed = [bool(result["changed"]) for result in results if isinstance(result, dict) and "changed" in result]
        note, state = run.note, str(getattr(run.state, "value", run.state))
    return RunFacts(dag_id, run_id, facts.note_key, state, note, any(changed) if changed else None)


def _newsroom(settings: Settings, range_name: str, by: str) -> ServedPage:
    manifest = current(settings.lake)
    if manifest is None:
        return render_empty(f"{settings.lake} holds nothing.")
    now, view = utc_now(), read_view(range_name, by)
    key = (settings.lake, manifest.lake_hash, manifest.number, view, now.timestamp() // KEPT_FOR)
    with _ONE_AT_A_TIME:
        if key not in _PAGES:
            if len(_PAGES) >= MOST_KEPT:
                _PAGES.clear()
            _PAGES[key] = _with_lake(settings, lambda lake: render_newsroom(lake, now, view))
        return _PAGES[key]


def _run(settings: Settings, facts: RunFacts) -> ServedPage:
    if current(settings.lake) is None:
        return render_run_of_empty(facts)
    return _with_lake(settings, lambda lake: render_run(lake, utc_now(), facts))


def _why(settings: Settings, table: str, key: str) -> ServedPage:
    return serve_why_page(why.gather_page(settings, why.explain(settings, table, key)))


def _with_lake(settings: Settings, render: Render) -> ServedPage:
    """Render with an open lake that can only be read, and not for ever."""
    with open_lake(settings.lake) as lake:
        lake.execute(LIMITS)
        timer = Timer(PATIENCE, lake.interrupt)
        timer.daemon = True
        timer.start()
        try:
            return render(lake)
        finally:
            timer.cancel()


def _respond(page: ServedPage) -> HTMLResponse:
    return HTMLResponse(page.html, page.status, page.headers)
