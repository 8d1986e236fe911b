"""Data flows downward: no room imports from a later one, Airflow stays at the edge, modules stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "include" / "dateline"
ROOMS = (
    "one_thread", "model", "schema", "identity", "config", "names.model", "snapshot", "sources", "raw",
    "page.decode", "page.wording", "page.flatten", "page.roles", "page.arrange", "page.facts", "page",
    "profiles", "dates", "names", "speech", "read", "rows", "lines", "annotate", "batch", "extract", "lake", "corpus",
    "web", "pipeline", "overview", "why", "airflow_edge", "first_run", "ui", "doctor", "cli",
)  # fmt: skip
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def room_of(name: str) -> int | None:
    candidates = [room for room in ROOMS if name == room or name.startswith(room + ".")]
    return ROOMS.index(max(candidates, key=len)) if candidates else None


def imports_of(path: Path) -> set[str]:
    """Modules of the package that a module imports, as dotted names below it."""
    package = name_of(path).split(".") if path.name == "__init__.py" else name_of(path).split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            target = [*base, *(node.module or "").split(".")] if node.module else base
            for alias in node.names:
                inner = PACKAGE.joinpath(*target, alias.name)
                is_module = inner.is_dir() or inner.with_suffix(".py").is_file()
                found.add(".".join([*target, alias.name] if is_module else target))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dateline"):
            found.add((node.module or "").removeprefix("dateline").lstrip("."))
    return {name for name in found if name}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_imports_from_a_room_below_it(path):
    own = room_of(name_of(path))
    for target in imports_of(path):
        other = room_of(target)
        assert other is not None, f"{target} stands in no room; add it to ROOMS"
        if own is not None:
            assert other <= own, f"{name_of(path)} imports {target}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_airflow_is_imported_at_the_edge_only(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else names
        if any(name.split(".")[0] == "airflow" for name in names):
            assert room_of(name_of(path)) == ROOMS.index("airflow_edge")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_readable(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 45, f"{name_of(path)}.{node.name} is too long"
