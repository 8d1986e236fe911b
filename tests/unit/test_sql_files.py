from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
from sql_lake import DAY, ROWS, article, capture, lake_of, macro_names, query_of, sql_files

from dateline.schema import DERIVED_TABLES, TABLES


@pytest.fixture(scope="module")
def lake() -> duckdb.DuckDBPyConnection:
    return lake_of(ROWS)


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()


@pytest.mark.parametrize("content", [{}, ROWS], ids=["empty", "filled"])
def test_all_views_and_examples_run(content: dict[str, list[dict[str, Any]]]) -> None:
    con = lake_of(content)
    found = {name for (name,) in rows(con, "SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    views = found - set(TABLES | DERIVED_TABLES)
    assert views == {path.stem.split("_", 1)[1] for path in sql_files("views")}
    for view in views:
        con.execute(f"SELECT * FROM {view}").fetchall()
    for path in sql_files("examples"):
        con.execute(query_of(path)).fetchall()


@pytest.mark.parametrize("folder", ["views", "macros", "examples", "checks"])
def test_each_file_says_first_what_it_answers(folder: str) -> None:
    for path in sql_files(folder):
        first, *rest = query_of(path).splitlines()
        assert first.startswith("-- ") and len(first) > 15, path.name
        assert rest and query_of(path).endswith("\n"), path.name


def test_a_file_makes_what_its_name_says() -> None:
    for folder, word in (("views", "VIEW"), ("macros", "MACRO")):
        for path in sql_files(folder):
            name = path.stem.split("_", 1)[1] if path.stem[0].isdigit() else path.stem
            assert f"CREATE OR REPLACE {word} {name}" in query_of(path), path.name


def test_each_table_macro_has_an_example() -> None:
    text = "\n".join(query_of(path) for path in sql_files("examples"))
    scalar = {"folded", "is_named"}
    assert sorted(name for name in macro_names() - scalar if f"{name}(" not in text) == []


def test_every_column_can_be_selected_unquoted(lake: duckdb.DuckDBPyConnection) -> None:
    for name, table in TABLES.items():
        for column in table:
            lake.execute(
                f"SELECT {column.name}, x.{column.name} FROM {name} AS x WHERE {column.name} IS NULL"
            ).fetchall()


def test_only_the_newest_version_counts(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        lake, "SELECT capture_id, part_no, n_versions, title FROM latest_articles ORDER BY capture_id, part_no"
    )
    assert found == [("dump", 0, 1, "Envoys meet"), ("dump", 1, 1, "Ice"), ("new", 0, 2, "Ferry sails again")]
    assert rows(lake, "SELECT count(*) FROM people") == [(1,)]


def test_versions_are_listed_from_old_to_new(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT version_no, capture_id, words_added, is_changed FROM versions_of('a1')")
    assert found == [(1, "old", None, True), (2, "new", 3, True)]


def test_articles_on_a_day_and_without_one(lake: duckdb.DuckDBPyConnection) -> None:
    assert rows(lake, "SELECT title FROM articles_on('2026-03-02')") == [("Ferry sails again",)]
    assert rows(lake, "SELECT title FROM undated_articles()") == [("Envoys meet",), ("Ice",)]


@pytest.mark.parametrize("wanted", ["Ana Reyes", "reyes", "  REYES ", "Q1", "the Ana-Reyes"])
def test_a_name_is_found_by_words_or_id(lake: duckdb.DuckDBPyConnection, wanted: str) -> None:
    found = rows(lake, f"SELECT capture_id, n_mentions FROM articles_about('{wanted}')")
    assert found == [("new", 2)]


@pytest.mark.parametrize("wanted", ["Rey", "", "  ", "the", "'%'"])
def test_a_part_of_a_word_names_nobody(lake: duckdb.DuckDBPyConnection, wanted: str) -> None:
    assert lake.execute("SELECT * FROM articles_about(?)", [wanted]).fetchall() == []


def test_co_mentions_leave_the_name_itself_out(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT name, label, n_articles FROM co_mentions('Reyes')")
    assert found == [("Halifax", "GPE", 1), ("Harbour Board", "ORG", 1)]


def test_a_timeline_counts_articles_by_publication_day(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT published_day, n_articles, most_about_it FROM entity_timeline('Halifax')")
    assert found == [(date(2026, 3, 2), 1, "Ferry sails again")]


def test_quotations_carry_speaker_and_chain(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT speaker, text, heard_through FROM quotes_by('Reyes')")
    assert found == [("Ana Reyes", "We sail", ["the board", "Meridian Wire"])]
    everything = rows(lake, "SELECT quote_no, speaker, heard_through FROM quotations ORDER BY quote_no")
    assert everything == [(0, "Ana Reyes", ["the board", "Meridian Wire"]), (1, None, [])]


def test_days_spoken_about_know_before_and_after(lake: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT day_spoken_of, n_articles, n_before_it, n_on_or_after_it FROM days_spoken_about('{}', '{}')"
    assert rows(lake, query.format("2026-03-06", "2026-03-06")) == [(date(2026, 3, 6), 1, 1, 0)]
    assert rows(lake, query.format("2026-03-07", "2026-03-09")) == []
    found = rows(lake, "SELECT days_ahead, words, around FROM said_about_day('2026-03-06')")
    assert found == [(4, "Friday", "On Friday we sail.")]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("ferry", ["Ferry sails again"]),
        ("SAILS  reyes", ["Ferry sails again"]),
        ("met", ["Envoys meet"]),
        ("ferry envoys", []),
        ("100%", []),
        ("", []),
    ],
)
def test_search_wants_all_words(lake: duckdb.DuckDBPyConnection, words: str, titles: list[str]) -> None:
    assert [title for (title,) in lake.execute("SELECT title FROM search(?)", [words]).fetchall()] == titles


def test_layers_of_a_page_come_as_runs(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT first_block, last_block, layer, n_kept, begins_with FROM page_layers('new')")
    assert found == [
        (0, 0, "shell", 0, "Home"),
        (1, 2, "article", 2, "On Friday we sail."),
        (3, 3, "shell", 0, "© 2026"),
    ]


def test_evidence_names_the_layer_that_it_stands_in(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT source, value, layer FROM evidence_of('new')")
    assert found == [("json_ld", "2026-03-02", None), ("weekday", "Friday", "article")]


def test_rejected_captures_are_counted_by_reason(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT outcome, reason, n_captures, an_example FROM rejected_by_reason()")
    assert found == [("bot_wall", "challenge", 1, "wall")]


def test_outlets_count_dated_articles(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT outlet, n_articles, n_dated, languages FROM outlets()")
    assert found == [("The Northern Ledger", 2, 0, None), ("The Harbour Post", 1, 1, ["en"])]


def test_outcomes_are_counted_by_ingest_day(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT ingest_date, outcome, n_captures FROM outcomes_by_day()")
    assert found == [(date(2026, 3, 2), "article", 1), (DAY, "article", 2), (DAY, "bot_wall", 1)]


def test_articles_are_counted_by_what_dates_them(lake: duckdb.DuckDBPyConnection) -> None:
    found = rows(lake, "SELECT published_method, n_articles, n_to_the_day FROM dated_by()")
    assert found == [("", 2, 0), ("json_ld", 1, 1)]


def test_without_capture_times_the_later_ingest_day_is_the_newer_version() -> None:
    days = {"b": date(2026, 3, 5), "c": date(2026, 3, 6), "a": date(2026, 3, 6)}
    con = lake_of(
        {
            "captures": [capture(name, day) for name, day in days.items()],
            "articles": [article(name, day, text=name) for name, day in days.items()],
        }
    )
    assert rows(con, "SELECT capture_id, n_versions FROM latest_articles") == [("c", 3)]


def test_an_excerpt_begins_with_a_whole_word() -> None:
    text = "Nobody on the wharf had expected that the evening tide would bring anything but the ferry."
    con = lake_of({"captures": [capture("new", DAY)], "articles": [article("new", DAY, title="Tide", text=text)]})
    ((excerpt,),) = rows(con, "SELECT excerpt FROM search('ferry')")
    assert excerpt == "that the evening tide would bring anything but the ferry."
