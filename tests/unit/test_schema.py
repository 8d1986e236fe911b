"""The schema module is the one statement of all tables: what it promises must hold for each of them."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dateline.schema import DERIVED_TABLES, TABLES
from dateline.schema.outcomes import (
    ARTICLE,
    FETCH_AGAIN,
    LAYERS,
    OUTCOMES,
    READ_ROLES,
    REJECTED_OUTCOMES,
    REQUEUE_HINTS,
    ROLES,
    TEXT_ROLES,
)

PACKAGE = Path(__file__).parents[2] / "include" / "dateline"


@pytest.mark.parametrize("table", (TABLES | DERIVED_TABLES).values(), ids=lambda table: table.name)
def test_every_column_can_be_selected_unquoted(table):
    connection = duckdb.connect()
    connection.register("a_table", table.schema().empty_table())
    names = ", ".join(table.names)
    assert connection.execute(f"SELECT {names} FROM a_table").fetchall() == []


@pytest.mark.parametrize("table", (TABLES | DERIVED_TABLES).values(), ids=lambda table: table.name)
def test_every_table_has_its_entry_key_and_a_total_order(table):
    # What is learnt of a site is of no one capture.
    if table.name != "site_profiles":
        assert table["ingest_date"].required
        assert table["source_id"].required
    assert set(table.key) <= set(table.names)
    assert set(table.key) - {"ingest_date", "source_id"} <= set(table.order) or table.name == "ledger"
    assert len(set(table.names)) == len(table.names)


@pytest.mark.parametrize("table", (TABLES | DERIVED_TABLES).values(), ids=lambda table: table.name)
def test_every_column_says_what_it_means_and_offsets_say_their_unit(table):
    for column in table:
        assert column.doc.endswith("."), column.name
        if column.name.endswith(("_start", "_end", "_char")):
            assert column.unit == "code points", column.name


def test_no_data_file_holds_the_run_it_was_written_by():
    forbidden = {"run_id", "written_at", "created_at", "version", "build_id"}
    for table in TABLES.values():
        assert not forbidden & set(table.names)


def test_closed_lists_fit_together():
    assert TEXT_ROLES < READ_ROLES < set(ROLES)
    assert ARTICLE in OUTCOMES
    assert ARTICLE not in REJECTED_OUTCOMES
    assert "unknown" in LAYERS


def test_an_unknown_column_is_named():
    with pytest.raises(KeyError, match="articles has no column 'colour'"):
        TABLES["articles"]["colour"]


def test_every_hint_has_words_and_stands_in_the_column_that_holds_it():
    assert set(FETCH_AGAIN) <= set(REJECTED_OUTCOMES)
    (column,) = (column for column in TABLES["rejected"] if column.name == "requeue_hint")
    assert re.findall(r"fetch_again|raise_limit|none", column.doc) == list(REQUEUE_HINTS)


def test_reading_gives_no_other_hint():
    given = {
        hint
        for path in PACKAGE.glob("page/*.py")
        for hint in re.findall(r'requeue_hint(?:: str)? ?= ?"(\w+)"', path.read_text())
    }
    assert given and given <= set(REQUEUE_HINTS)
