"""Rows, batches and JSON lines say the same things under the same names."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from dateline.batch import INPUT_SCHEMA, OUTPUT_TABLES, from_batch, to_batch
from dateline.lines import line_of, object_of
from dateline.model import (
    Article,
    Block,
    Capture,
    DateMention,
    Entity,
    Evidence,
    Name,
    Page,
    PartReading,
    Publication,
    Quote,
    QuoteSource,
    Reading,
    Rejection,
    Speaker,
)
from dateline.rows import published_text, rows_of
from dateline.schema import TABLES

DAY = date(2026, 3, 2)
CAPTURE = Capture(
    "c0ffee", DAY, "inbox", "file", "2026-03-02/a.html", headers=(("Content-Type", "text/html"),), redirects=("u",)
)


@pytest.fixture
def reading():
    text = 'Mayor Ana Ruiz said on Monday, "The bridge holds."'
    blocks = (
        Block(0, "The bridge holds", role="headline", layer="article", kept=True, reason="h1", raw_start=0, raw_end=16),
        Block(1, text, "body", "article", 0.9, kept=True, text_start=0, text_end=len(text), reason="long"),
    )
    publication = Publication(
        "byline", "minute", DAY, datetime(2026, 3, 2, 9, 30), datetime(2026, 3, 2, 8, 30, tzinfo=UTC), DAY, DAY,
        "+01:00", "stated", evidence=(Evidence(0, "hard", "byline", "2026-03-02", DAY, DAY, "on"),),
    )  # fmt: skip
    quote = Quote(
        0, 1, 32, 49, "The bridge holds.", "direct", "said", (Speaker("Ana Ruiz", 1, 6, 14, 0),), "Mayor Ana Ruiz",
        False, None, (QuoteSource(1, "Meridian Wire", None, "told"),),
    )  # fmt: skip
    part = PartReading(
        Article(0, "article", "The bridge holds", text, "The Harbour Post", authors=("Jo Bell",), n_words=9),
        publication,
        (DateMention(1, 23, 29, "Monday", "DATE", "2026-03-02", value_from=DAY, value_to=DAY),),
        (Name(1, 6, 14, "Ana Ruiz", "PERSON", 0, "Mayor"), Name(0, 4, 10, "bridge", "FAC")),
        (Entity(0, "Ana Ruiz", "ana ruiz", "PERSON", 1, 1, 1.0, country="ES"),),
        (quote,),
    )
    page = Page(
        "raw", "text/html", "utf-8", "utf8", "https://www.example.org/a?utm_source=x", blocks, (), (part.article,)
    )
    return Reading(CAPTURE, page, "article", None, None, (part,))


def test_rows_have_the_columns_of_their_tables_and_no_others(reading):
    seen = set()
    for table, row in rows_of(reading):
        seen.add(table)
        assert set(row) <= set(TABLES[table].names), table
        batch = pa.RecordBatch.from_pylist([row], schema=TABLES[table].schema())
        for column in TABLES[table]:
            if column.required:
                assert batch.column(column.name)[0].is_valid, f"{table}.{column.name}"
    assert seen == set(OUTPUT_TABLES) - {"rejected"}


def test_offsets_in_the_text_point_at_the_words(reading):
    text = reading.parts[0].article.text
    for table, row in rows_of(reading):
        if table in ("dates", "mentions", "quotes") and row["text_start"] is not None:
            assert text[row["text_start"] : row["text_end"]] == row["text"]
        if table == "quotes":
            speaker = row["speakers"][0]
            assert text[speaker["text_start"] : speaker["text_end"]] == "Ana Ruiz"


def test_a_name_outside_the_text_has_no_place_in_it(reading):
    headline = [row for table, row in rows_of(reading) if table == "mentions"][1]
    assert (headline["text_start"], headline["text_end"]) == (None, None)


def test_the_url_that_the_page_states_stands_in_for_a_missing_one(reading):
    rows = dict(rows_of(reading))
    assert rows["articles"]["url"] == "https://www.example.org/a?utm_source=x"
    assert rows["captures"]["url_key"] == "example.org/a"
    assert rows["captures"]["site"] == "example.org"


def test_a_rejected_page_has_a_capture_and_a_reason():
    rejection = Rejection("empty", "no bytes", "open")
    rows = list(rows_of(Reading(CAPTURE, None, "empty", "no bytes", rejection)))
    assert [table for table, _ in rows] == ["captures", "rejected"]
    assert rows[1][1]["stage"] == "open"


def test_batches_carry_captures_whole():
    other = Capture("dead", DAY, "s", "warc", "w#0", captured_at=datetime(2026, 3, 2, tzinfo=UTC), http_status=304)
    given = [(CAPTURE, b"\x00bytes"), (other, None)]
    batch = to_batch(given)
    assert batch.schema == INPUT_SCHEMA
    assert from_batch(batch) == given


def test_a_line_nests_what_the_tables_hold(reading):
    line = json.loads(line_of(reading, "a"))
    assert line["id"] == "a"
    assert line["outcome"] == "article"
    assert line["published"] == "2026-03-02T09:30+01:00"
    assert line["published_info"]["evidence"][0]["source"] == "byline"
    assert line["mentions"][0]["country"] == "ES"
    assert line["quotes"][0]["sources"] == [
        {"quote_no": 0, "hop": 1, "text": "Meridian Wire", "cluster_no": None, "cue": "told"}
    ]
    assert [block["role"] for block in line["blocks"]] == ["headline", "body"]
    assert set(TABLES["articles"].names) - {"ingest_date", "source_id", "capture_id"} <= set(line)


def test_a_rejected_line_has_the_same_keys():
    rejection = Rejection("empty", "no bytes", "open")
    line = object_of(Reading(CAPTURE, None, "empty", "no bytes", rejection), "a")
    assert (line["outcome"], line["text"], line["published"], line["dates"], line["parts"]) == (
        "empty",
        None,
        None,
        [],
        [],
    )


@pytest.mark.parametrize(
    ("publication", "text"),
    [
        (Publication("undated: nothing"), None),
        (Publication("footer", "year", first=date(2026, 1, 1), last=date(2026, 12, 31)), None),
        (Publication("meta", "second", DAY, datetime(2026, 3, 2, 1, 2, 3), datetime(2026, 3, 2, 6, 32, 3, tzinfo=UTC)),
         "2026-03-02T01:02:03-05:30"),
        (Publication("byline", "minute", DAY, datetime(2026, 3, 2, 1, 2)), "2026-03-02T01:02"),
    ],
)  # fmt: skip
def test_published_is_the_best_day_or_instant(publication, text):
    assert published_text(publication) == text
