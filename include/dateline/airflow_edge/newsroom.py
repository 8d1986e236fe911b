"""The Newsroom as Airflow's plugins see it: where its pages stand, and an application that is made when it is asked.

Airflow imports plugins in every process, each task's included, so nothing heavy is imported here: the web
framework, DuckDB and the pages come with the first request, which only the web server gets.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from threading import Lock
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PREFIX = "/dateline"
"""Where the pages stand below Airflow's own address."""


class LazyApp:
    """An ASGI application that makes the real one with its first request."""

    def __init__(self) -> None:
        self._app: Any = None
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on."""
        await self._made()(scope, receive, send)

    def _made(self) -> Any:
        with self._lock:
            if self._app is None:
                from .newsroom_app import make_app

                self._app = make_app()
            return self._app


FASTAPI_APPS: list[dict[str, Any]] = [{"app": LazyApp(), "url_prefix": PREFIX, "name": "Dateline Newsroom"}]

EXTERNAL_VIEWS: list[dict[str, Any]] = [
    {
        "name": "Newsroom",
        "href": f"{PREFIX}/",
        "destination": "nav",
        "url_route": "newsroom",
        "nav_top_level": True,
    },
    {
        "name": "Wrote",
        "href": f"{PREFIX}/run?dag_id={{DAG_ID}}&run_id={{RUN_ID}}",
        "destination": "dag_run",
        "url_route": "wrote",
    },
]
"""The first page beside Airflow's own, and a tab on every run."""
