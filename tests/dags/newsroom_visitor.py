"""Asks the web server of a real Airflow, with this repository's plugins, for every page of the Newsroom.

Run as `python newsroom_visitor.py FOLDER ADDRESS...` under the environment of the Airflow to be asked, which has a
database; prints JSON: the routes, and the answers to nobody, to a bearer's token, to a browser's cookie and to a
forged token. Who visits is `viewer`, who may read and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")

USER, PASSWORD = "viewer", "only-to-read"


def add_viewer(folder: Path) -> None:
    """A user of the role that reads, as the auth manager at hand wants it."""
    if "Fab" in os.environ["AIRFLOW__CORE__AUTH_MANAGER"]:
        from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

        with get_application_builder() as builder:
            role = builder.sm.find_role("Viewer")
            assert builder.sm.add_user(USER, "V", "Iewer", "viewer@newsroom.example", role, PASSWORD)
    else:
        (folder / "passwords.json").write_text(json.dumps({USER: PASSWORD}))


def main(folder: Path, addresses: list[str]) -> None:
    add_viewer(folder)
    from airflow.api_fastapi.app import create_app
    from fastapi.testclient import TestClient

    from dateline.airflow_edge.newsroom_app import make_app

    client = TestClient(create_app(apps="core"), follow_redirects=False, raise_server_exceptions=False)
    answer = client.post("/auth/token", json={"username": USER, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    token = answer.json()["access_token"]
    manager = client.app.state.auth_manager
    found = {
        "manager": type(manager).__name__,
        "routes": [[route.path, sorted(getattr(route, "methods", None) or [])] for route in make_app().routes],
        "nobody": ask(client, addresses),
        "bearer": ask(client, addresses, headers={"Authorization": f"Bearer {token}"}),
        "forged": ask(client, addresses, headers={"Authorization": f"Bearer {token[:-4]}AAAA"}),
        "written": ask(client, addresses, method="POST", headers={"Authorization": f"Bearer {token}"}),
    }
    client.cookies.set("_token", token)
    found["cookie"] = ask(client, addresses)
    print("\n" + json.dumps(found))


def ask(client, addresses: list[str], method: str = "GET", **options) -> dict[str, dict]:
    found = {}
    for address in addresses:
        answer = client.request(method, address, **options)
        found[address] = {"status": answer.status_code, "headers": dict(answer.headers), "text": answer.text[:200_000]}
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
