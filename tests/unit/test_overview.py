"""The overview on small lakes: what is printed, that it fits its width, and that an empty lake prints too."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.cells import cell_len
from sql_lake import article, capture, lake_of, name_of

from dateline.overview import show_card, show_summary, show_tries
from dateline.overview.console import WIDTH, make_console
from dateline.overview.tries import choose_queries

DAY = date(2026, 3, 4)
OWNER = {"ingest_date": DAY, "source_id": "inbox", "part_no": 0}


def evidence(capture_id: str, number: int, **values) -> dict:
    row = {**OWNER, "capture_id": capture_id, "candidate_no": number, "kind": "hard", "source": "byline"}
    return {**row, "external": False, "relation": "on", "weight": 3.0, **values}


@pytest.fixture
def connection():
    day = {"value_from": date(2026, 3, 3), "value_to": date(2026, 3, 3), "value": "2026-03-03"}
    return lake_of(
        {
            "captures": [
                capture("new", DAY),
                capture("undated", DAY),
                capture("wall", DAY, outcome="bot_wall", reason="asks for proof"),
            ],
            "articles": [
                article(
                    "new", DAY, title="Ferry [late] again", published_day=date(2026, 3, 3), published_method="byline"
                ),
                article(
                    "undated", DAY, article_id="a2", title="A hard page", published_method="undated: nothing agrees"
                ),
            ],
            "date_candidates": [
                evidence("new", 0, quote="March 3, 2026", **day),
                evidence("undated", 0, quote="July 2", overridden_by=1, note="a banner of another year " * 6, **day),
                evidence("undated", 1, source="meta", quote="x" * 300, value="2015"),
            ],
            "blocks": [
                {
                    **OWNER,
                    "capture_id": "undated",
                    "block_no": 0,
                    "layer": "shell",
                    "era_from": date(2015, 1, 1),
                    "era_to": date(2015, 12, 31),
                    "role": "boilerplate",
                    "text": "© 2015 " + "The Harbour Post " * 20,
                }
            ],
            "entities": [name_of(0, "Ailsa O'Grant", "PERSON"), name_of(1, "Oban", "GPE")],
        }
    )


def printed(show, *args) -> str:
    out = io.StringIO()
    show(*args[:1], make_console(file=out), *args[1:])
    return out.getvalue()


def test_summary_counts_pages_outlets_and_names(connection):
    text = printed(show_summary, connection)
    assert "bot_wall" in text and "asks for proof" in text
    assert "Ailsa O'Grant" in text and "Oban" in text
    assert "2026-03-03" in text and "undated" in text


def test_card_explains_the_undated_page_first(connection):
    text = printed(show_card, connection)
    assert "A hard page" in text and "Ferry" not in text
    assert "2015" in text and "2015-01-01" not in text
    assert "beaten by 1" in text and "undated: nothing agrees" in text


def test_card_of_a_named_page_shows_brackets_as_they_are(connection):
    text = printed(show_card, connection, "new")
    assert "Ferry [late] again" in text
    assert "published on 2026-03-03" in text
    assert "no article of capture nobody" in printed(show_card, connection, "nobody")


def test_queries_to_try_are_answered_by_this_lake(connection):
    queries = choose_queries(connection)
    assert len(queries) == 2
    assert all(connection.execute(query).description for query in queries)
    assert "O''Grant" in queries[1]
    assert "Ferry [late] again" in printed(show_tries, connection)


def test_every_line_fits_the_page(connection):
    for show in (show_summary, show_card):
        assert max(cell_len(line) for line in printed(show, connection).splitlines()) <= WIDTH


def test_empty_lake_prints_too():
    empty = lake_of({})
    assert "(none)" in printed(show_summary, empty)
    assert printed(show_card, empty) == ""
    assert printed(show_tries, empty) == ""
