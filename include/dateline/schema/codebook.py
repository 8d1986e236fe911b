"""The codebook as Markdown, written from the schema: run `python -m dateline.schema.codebook > docs/codebook.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from . import DERIVED_TABLES, SCHEMA_VERSION, TABLES
from .column import Column, Table
from .outcomes import LAYERS, OUTCOMES, PAGE_KINDS, READ_ROLES, ROLES, TEXT_ROLES

SQL_TYPES = {
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
    "timestamp[us]": "TIMESTAMP",
    "date32[day]": "DATE",
    "string": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
}
"""What DuckDB calls the Arrow types that the schema uses."""

INTRODUCTION = """\
# Codebook

Every table and column that Dateline publishes, generated from the schema (version {version}).

Tables are Hive folders by `ingest_month=YYYY-MM`. Offsets count Unicode code points and are end exclusive.
Undated is NULL, never the capture time. `confidence` is a calibrated probability or NULL; a `score` is neither.
Sources name the term of a public vocabulary that a column corresponds to: [schema.org](https://schema.org/NewsArticle),
TIMEX3 (ISO-TimeML), WARC (ISO 28500), OntoNotes 5, ISO 639-1, ISO 3166-1, ISO 8601.
"""


def write_codebook() -> str:
    """The whole codebook.

    >>> write_codebook().splitlines()[0]
    '# Codebook'
    """
    lines = [INTRODUCTION.format(version=SCHEMA_VERSION)]
    for table in (TABLES | DERIVED_TABLES).values():
        lines += _table(table)
    lines.append("## Closed lists\n")
    for title, values in (("Outcomes", OUTCOMES), ("Page kinds", PAGE_KINDS), ("Layers", LAYERS)):
        lines += _closed_list(title, values)
    roles = {
        role: meaning + (" (in `articles.text`)" if role in TEXT_ROLES else " (read)" if role in READ_ROLES else "")
        for role, meaning in ROLES.items()
    }
    lines += _closed_list("Roles", roles)
    return "\n".join(lines).rstrip() + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"A row is {table.row}. Key: {', '.join(f'`{name}`' for name in table.key)}.\n"
    if table.warning:
        yield f"> **Warning.** {table.warning}\n"
    yield "| column | type | meaning | unit | source |"
    yield "| --- | --- | --- | --- | --- |"
    yield from (_column(column) for column in table)
    yield ""


def _column(column: Column) -> str:
    meaning = column.doc + (f" **{column.warning}**" if column.warning else "")
    null = "" if column.required else ", may be NULL"
    cells = (f"`{column.name}`", f"{_type_name(column)}{null}", meaning, column.unit, column.source)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _type_name(column: Column) -> str:
    name = str(column.type).replace("item: ", "")
    for arrow, sql in SQL_TYPES.items():
        name = re.sub(rf"{re.escape(arrow)}(?![a-z])", sql, name)
    return re.sub(r"list<(.*)>$", r"\1[]", name).replace("struct<", "STRUCT(").replace(">", ")")


def _closed_list(title: str, values: Mapping[str, str]) -> Iterator[str]:
    yield f"### {title}\n"
    yield "| value | meaning |"
    yield "| --- | --- |"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in values.items())
    yield ""


if __name__ == "__main__":
    print(write_codebook(), end="")
