"""What the documents say is there, and what is there is said in the documents."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from sql_lake import ROWS, lake_of, macro_names, sql_files

from dateline import config, pipeline
from dateline.cli import main
from dateline.cli.reference import write_reference
from dateline.lake import open_lake
from dateline.overview.sql_guide import write_sql_guide
from dateline.schema import TABLES
from dateline.schema.outcomes import OUTCOMES

REPO = Path(__file__).parents[2]
DOCUMENTS = [REPO / "README.md", *sorted((REPO / "docs").rglob("*.md"))]
BY_HAND = [REPO / "README.md", REPO / "CONTRIBUTING.md", REPO / "docs" / "tutorial.md", REPO / "docs" / "counting.md"]
TUTORIAL = REPO / "docs" / "tutorial.md"


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def everything() -> str:
    return "\n".join(map(text_of, DOCUMENTS))


def name(path: Path) -> str:
    return str(path.relative_to(REPO))


def shell_lines(path: Path) -> list[str]:
    """Commands of a document: lines of code, fenced or indented, and code within lines."""
    text = text_of(path)
    lines = [
        line.removeprefix("$ ").strip()
        for block in re.findall(r"```\w*\n(.*?)```", text, re.S)
        for line in block.split("\n")
    ]
    lines += re.findall(r"^ {4}(\S.*)$", text, re.M)
    lines += re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    return lines


def dateline_commands(path: Path) -> list[list[str]]:
    found = []
    for line in shell_lines(path):
        match = re.match(r"(?:\.venv/bin/)?dateline ([a-z-]+\b.*)", line)
        if match:
            try:
                found.append(shlex.split(re.split(r"\s{3,}| #", match[1])[0]))
            except ValueError:
                continue
    return found


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_mentioned(command):
    assert re.search(rf"dateline {command}\b", everything()), f"no document mentions dateline {command}"


@pytest.mark.parametrize("setting", config.setting_names())
def test_every_setting_is_mentioned(setting):
    text = everything()
    assert f"`{setting}`" in text, f"no document explains the setting {setting}"
    assert f"DATELINE_{setting.upper()}" in text, f"no document names its variable DATELINE_{setting.upper()}"


def test_every_outcome_table_view_and_macro_is_mentioned():
    text = everything()
    views = {path.stem.split("_", 1)[1] for path in sql_files("views")}
    missing = [
        word for word in (*OUTCOMES, *TABLES, *views, *macro_names()) if not re.search(rf"(?:`|## ){word}\b", text)
    ]
    assert missing == []


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_commands_of_the_documents_exist(path):
    for command, *arguments in dateline_commands(path):
        assert command in main.commands, f"{name(path)} names dateline {command}"
        known = {option for item in main.commands[command].params for option in item.opts}
        known |= {"--help", "-h"}
        given = [argument for argument in arguments if re.fullmatch(r"--[a-z-]+", argument)]
        assert set(given) <= known, f"{name(path)}: dateline {command} has no {set(given) - known}"


def test_the_reading_of_commands_finds_them():
    found = dateline_commands(TUTORIAL)
    assert {command for command, *_ in found} >= {"load", "sql", "why", "repair", "doctor", "extract", "annotate"}
    assert any("--html" in arguments for _, *arguments in found)


@pytest.mark.parametrize("path", [*DOCUMENTS, REPO / "CONTRIBUTING.md"], ids=name)
def test_make_targets_of_the_documents_exist(path):
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of(REPO / "Makefile"), re.M))
    for line in shell_lines(path):
        if re.match(r"make [a-z]", line):
            named = [word for word in line.partition("#")[0].split()[1:] if "=" not in word]
            assert set(named) <= targets, f"{name(path)}: {line}"


@pytest.mark.parametrize("path", [*DOCUMENTS, REPO / "CONTRIBUTING.md"], ids=name)
def test_every_relative_link_leads_somewhere(path):
    text = re.sub(r"```.*?```", "", text_of(path), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            file, _, heading = target.partition("#")
            place = path.parent / file if file else path
            assert place.exists(), f"{name(path)} links to {target}"
            if heading:
                headings = re.findall(r"^#+ (.+)$", text_of(place), re.M)
                slugs = {re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-") for words in headings}
                assert heading in slugs, f"{name(path)} links to {target}"


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_queries_of_the_documents_run(path):
    connection = lake_of(ROWS)
    for command, *arguments in dateline_commands(path):
        for query in arguments if command == "sql" else ():
            if query.startswith("SELECT"):
                connection.execute(query)


def test_the_guide_is_the_one_that_the_sql_files_write():
    written = text_of(REPO / "docs" / "sql.md")
    assert written == write_sql_guide(), "run: python -m dateline.overview.sql_guide > docs/sql.md"


def test_the_reference_is_the_one_that_the_program_writes():
    written = text_of(REPO / "docs" / "reference.md")
    assert written == write_reference(), "run: python -m dateline.cli.reference > docs/reference.md"


def test_the_guide_has_every_example():
    guide = write_sql_guide()
    for path in sql_files("examples"):
        statement = path.read_text("utf-8").partition("\n")[2].strip()
        assert guide.count(f"```sql\n{statement}\n```") == 1, path.name


@pytest.fixture(scope="module")
def tutorial_lake(tmp_path_factory):
    """The lake that the tutorial's two pages give, beside the days of the sample that have a story in copies."""
    folder = tmp_path_factory.mktemp("tutorial")
    pages = folder / "mypages"
    pages.mkdir()
    text = text_of(TUTORIAL)
    for language, file in (("html", "bridge.html"), ("text", "lock.txt")):
        (page,) = re.findall(rf"```{language}\n(.*?)```", text, re.S)
        (pages / file).write_text(page, "utf-8")
    settings = config.load_settings({}, folder)
    now = datetime(2026, 4, 16, tzinfo=UTC)
    pipeline.load(settings, [pages], captured_on=date(2026, 4, 15), clock=lambda: now)
    days = [REPO / "include" / "samples" / "inbox" / day for day in ("2026-03-04", "2026-03-05")]
    pipeline.load(settings, days, clock=lambda: now)
    pipeline.derive_tables(settings, clock=lambda: now)
    with open_lake(settings.lake) as connection:
        yield connection


def test_the_tutorial_shows_what_its_queries_answer(tutorial_lake):
    text = text_of(TUTORIAL)
    queries = [arguments[0] for command, *arguments in dateline_commands(TUTORIAL) if command == "sql" and arguments]
    queries = [query for query in queries if query.startswith("SELECT")]
    assert len(queries) >= 4
    for query in queries:
        shown = text.split(f'"{query}"\n', 1)[1].partition("row")[0]
        rows = tutorial_lake.execute(query).fetchall()
        assert rows
        cells = [tuple(cell.strip() for cell in line.split("│")) for line in shown.split("\n") if "│" in line]
        assert sorted(cells) == sorted(tuple("NULL" if v is None else str(v) for v in row) for row in rows)


def test_the_tutorial_names_a_capture_that_is_there(tutorial_lake):
    keys = {
        arguments[1] for command, *arguments in dateline_commands(TUTORIAL) if command == "why" and len(arguments) > 1
    }
    prefixes = {key.partition("/")[0] for key in keys if key[0].isdigit()}
    assert prefixes
    for prefix in prefixes:
        found = tutorial_lake.execute("SELECT count(*) FROM captures WHERE starts_with(capture_id, ?)", [prefix])
        assert found.fetchone() == (1,)


def test_commands_have_help():
    context = click.Context(main)
    for command in main.commands.values():
        assert command.get_short_help_str(), command.name
        assert command.get_help(context)
