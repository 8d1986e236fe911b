"""The views and macros as Markdown, from the SQL files: run `python -m dateline.overview.sql_guide > docs/sql.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

import duckdb

from ..schema import DERIVED_TABLES, TABLES

INTRODUCTION = """\
# Views, macros and examples

What the lake answers beyond its tables, generated from the SQL files. Tables and columns are in the
[codebook](codebook.md); what may be counted, and how, is in [How to count](counting.md).

    dateline sql "SELECT * FROM outlets()"
    duckdb -init lake/lake.sql
    duckdb -readonly lake/dateline.duckdb

The catalog names its files one by one, so a query sees one commit whole. Two further views come from the manifest:
`builds` says which build published an entry and when, `lake_files` which files it has.

Macros that take a name find it by its folded form, by whole words of it, or by its id in the knowledge base. Macros
that take a day take anything that casts to DATE.
"""


class SqlFile(NamedTuple):
    """One packaged SQL file: its name without number, the question in its first line, and the statement."""

    name: str
    question: str
    statement: str


def write_sql_guide() -> str:
    """The whole page.

    >>> write_sql_guide().splitlines()[0]
    '# Views, macros and examples'
    """
    views, macros, examples = (read_sql(folder) for folder in ("views", "macros", "examples"))
    used: set[str] = set()
    with _empty_lake(views, macros) as connection:
        lines = [INTRODUCTION, "## Views\n"]
        for view in views:
            lines += _section(view, view.name, _columns(connection, f"FROM {view.name}"), examples, used)
        lines.append("## Macros\n")
        for macro in macros:
            call, arguments = _call(macro)
            columns = _columns(connection, f"FROM {macro.name}({arguments})") if "AS TABLE" in macro.statement else []
            lines += _section(macro, call, columns, examples, used)
    rest = [example for example in examples if example.name not in used]
    if rest:
        lines.append("## More examples\n")
        lines += [line for example in rest for line in _example(example)]
    return "\n".join(lines).rstrip() + "\n"


def read_sql(folder: str) -> list[SqlFile]:
    """The SQL files of one folder of the package, in order of name."""
    found = []
    for item in sorted((files("dateline") / "sql" / folder).iterdir(), key=lambda item: item.name):
        first, _, statement = item.read_text("utf-8").partition("\n")
        name = re.sub(r"^\d+_", "", item.name.removesuffix(".sql"))
        found.append(SqlFile(name, first.removeprefix("--").strip(), statement.strip()))
    return found


def _section(file: SqlFile, heading: str, columns: list[str], examples: list[SqlFile], used: set[str]) -> Iterator[str]:
    yield f"### {heading}\n"
    yield f"{file.question}\n"
    if columns:
        yield "Columns: " + ", ".join(f"`{name}`" for name in columns) + ".\n"
    for example in examples:
        if example.name == file.name:
            used.add(example.name)
            yield from _example(example)


def _example(example: SqlFile) -> Iterator[str]:
    yield f"{example.question}:\n"
    yield f"```sql\n{example.statement}\n```\n"


def _call(macro: SqlFile) -> tuple[str, str]:
    """How a macro is called, and arguments without a value: enough to ask for its columns."""
    names = re.search(rf"MACRO {macro.name}\(([^)]*)\)", macro.statement)
    assert names is not None, f"{macro.name}.sql makes no macro of that name"
    parameters = [name.strip() for name in names[1].split(",") if name.strip()]
    return f"{macro.name}({', '.join(parameters)})", ", ".join("NULL" for _ in parameters)


def _columns(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    return [row[0] for row in connection.execute(f"DESCRIBE {source}").fetchall()]


def _empty_lake(views: list[SqlFile], macros: list[SqlFile]) -> duckdb.DuckDBPyConnection:
    """All tables without rows, with the views and macros over them."""
    connection = duckdb.connect()
    for name, table in (TABLES | DERIVED_TABLES).items():
        connection.register(f"empty_{name}", table.schema().empty_table())
        connection.execute(f"CREATE TABLE {name} AS FROM empty_{name}")
    for file in (*views, *macros):
        connection.execute(file.statement)
    return connection


if __name__ == "__main__":
    print(write_sql_guide(), end="")
