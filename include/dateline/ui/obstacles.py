"""What can be in the way of a start, and the words for it: a taken port, a locked database."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import psutil  # type: ignore[import-untyped]

LOOPBACK = "127.0.0.1"


class UiError(RuntimeError):
    """Airflow can't be started; the message is one line that says why and what to do."""


def find_free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as server:
        server.bind((LOOPBACK, 0))
        return int(server.getsockname()[1])


def is_taken(port: int) -> bool:
    """Whether somebody on this machine listens on a port."""
    with socket.socket() as server:
        # A port that was in use a minute ago counts as free.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((LOOPBACK, port))
        except OSError:
            return True
    return False


def check_port(port: int) -> None:
    """Raises UiError where the port is taken, with a free one to use instead."""
    if not 1024 <= port <= 65535:
        raise UiError(f"{port} is no port that can be used; give one from 1024 to 65535: make ui PORT=8080")
    if is_taken(port):
        free = next((other for other in range(port + 1, min(port + 50, 65536)) if not is_taken(other)), None)
        raise UiError(
            f"port {port} is taken by another program; stop that one or take another port: "
            f"make ui PORT={free or find_free_port()}"
        )


def check_database(database: Path, *, patience: float = 10.0) -> None:
    """Raises UiError where another program has locked Airflow's database for longer than `patience` seconds."""
    if not database.is_file():
        return
    try:
        with closing(sqlite3.connect(database, timeout=patience, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise UiError(f"{database}: {error}; move it away to begin with an empty history of runs") from None
        holders = ", ".join(_holders(database)) or "another program"
        raise UiError(f"{database} is locked by {holders}: end it, then start again") from None
    except sqlite3.DatabaseError as error:
        raise UiError(f"{database}: {error}; move it away to begin with an empty history of runs") from None


def _holders(database: Path) -> list[str]:
    """Processes that have a database open, as far as this user may see."""
    place = str(database.resolve())
    found = []
    for process in psutil.process_iter():
        try:
            if any(file.path == place for file in process.open_files()):
                found.append(f"process {process.pid} ({process.name()})")
        except psutil.Error:
            continue
    return found
