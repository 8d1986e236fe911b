from __future__ import annotations

from pathlib import Path

from dateline.schema import TABLES
from dateline.schema.codebook import write_codebook

CODEBOOK = Path(__file__).parents[2] / "docs" / "codebook.md"


def test_the_codebook_is_the_one_that_the_schema_writes():
    assert CODEBOOK.read_text("utf-8") == write_codebook(), "run: python -m dateline.schema.codebook > docs/codebook.md"


def test_every_column_has_a_row():
    text = write_codebook()
    for table in TABLES.values():
        section = text.split(f"## {table.name}\n", 1)[1].split("\n## ", 1)[0]
        for name in table.names:
            assert f"| `{name}` |" in section
