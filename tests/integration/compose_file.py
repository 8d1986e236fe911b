"""docker-compose.yaml and the Dockerfile as Compose and Docker read them; for compose_stack.py."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import yaml

REPO = Path(__file__).parents[2]
PROGRAMS = ("redis-server", "redis-cli", "pg_isready", "postgres", "initdb", "curl", "bash")
VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?:(?P<how>:[-?])(?P<rest>[^}]*))?\})")


class NotSetError(ValueError):
    """A variable that the file asks for is not set."""


def interpolate(value: Any, given: dict[str, str]) -> Any:
    """Replace `$$`, `${NAME}`, `${NAME:-default}` and `${NAME:?message}` in all strings, as Compose does."""
    if isinstance(value, dict):
        return {key: interpolate(item, given) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolate(item, given) for item in value]
    return VARIABLE.sub(lambda found: _replace(found, given), value) if isinstance(value, str) else value


def _replace(found: re.Match[str], given: dict[str, str]) -> str:
    if found["dollar"]:
        return "$"
    stated = given.get(found["name"], "")
    if found["how"] == ":?" and not stated:
        raise NotSetError(f"{found['name']}: {found['rest']}")
    return stated or (found["rest"] or "" if found["how"] == ":-" else "")


def read_services(given: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The services of the compose file, their variables replaced by those of an .env file."""
    return interpolate(yaml.safe_load((REPO / "docker-compose.yaml").read_text("utf-8")), given)["services"]


def read_image() -> tuple[dict[str, str], list[tuple[str, str]], list[str]]:
    """Of the Dockerfile: the settings of ENV, (from, to) of each COPY, and the entry point."""
    text = (REPO / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    words = [shlex.split(line) for line in text.splitlines() if line.startswith(("ENV ", "COPY "))]
    settings = dict(word.split("=", 1) for line in words if line[0] == "ENV" for word in line[1:])
    copied = [(source, line[-1]) for line in words if line[0] == "COPY" for source in line[1:-1]]
    entry = re.search(r'^ENTRYPOINT \["(.*)"\]$', text, re.MULTILINE)
    assert entry
    return settings, copied, [entry[1]]


def find_missing_programs() -> list[str]:
    return [name for name in PROGRAMS if find_program(name) is None]


def find_program(name: str) -> str | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *map(str, versions)]))
