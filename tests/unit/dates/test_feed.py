"""What a feed says of a page as evidence for its publication date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dateline.batch import from_batch, to_batch
from dateline.dates import decide_publication
from dateline.model import Article, Block, Capture, Page, Statement
from dateline.raw.segments import decode_capture, encode_capture

FACTS = (
    ("feed", "https://harbour.test/rss"),
    ("published", "Mon, 02 Mar 2026 08:15:00 GMT"),
    ("updated", "Tue, 03 Mar 2026 10:00:00 GMT"),
)
CAPTURE = Capture(
    "c1", date(2026, 3, 5), "harbour", "feed", "item:1", captured_at=datetime(2026, 3, 5, tzinfo=UTC), feed_facts=FACTS
)


def decide(capture: Capture, *statements: Statement):
    blocks = (Block(0, "Berth reopens", "headline"), Block(1, "The berth has opened again.", "body", kept=True))
    article = Article(0, "article", "Berth reopens", "The berth has opened again.", language="en")
    return decide_publication(
        Page("", "text/html", "utf-8", "http", None, blocks, statements, (article,)), 0, capture, None
    )


def test_an_undated_page_is_dated_by_its_feed_and_says_that_this_is_not_on_the_page():
    publication = decide(CAPTURE)
    assert (publication.day, publication.method) == (date(2026, 3, 2), "feed")
    assert publication.at == datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
    (stated,) = [row for row in publication.evidence if row.source == "feed" and row.relation == "on"]
    assert stated.external and stated.block_no is None and stated.quote == "Mon, 02 Mar 2026 08:15:00 GMT"
    assert decide(replace(CAPTURE, feed_facts=())).day is None


def test_the_pages_own_metadata_weighs_more():
    own = Statement("meta", "article:published_time", "2026-02-27T08:00:00Z")
    publication = decide(CAPTURE, own)
    assert publication.day == date(2026, 2, 27)
    assert any(row.source == "feed" for row in publication.evidence)


def test_a_feed_that_dates_a_page_after_its_capture_is_overruled():
    late = (("published", "Mon, 09 Mar 2026 08:15:00 GMT"),)
    publication = decide(replace(CAPTURE, feed_facts=late))
    assert publication.day is None
    assert any(row.source == "feed" and row.overridden_by is not None for row in publication.evidence)


def test_updated_alone_is_no_day_of_publication():
    assert decide(replace(CAPTURE, feed_facts=FACTS[2:])).day is None


def test_words_that_are_no_date_are_no_evidence():
    publication = decide(replace(CAPTURE, feed_facts=(("published", "yesterday-ish"), ("updated", ""))))
    assert not any(row.source == "feed" for row in publication.evidence)


def test_feed_facts_travel_unchanged_through_log_and_batch():
    assert decode_capture(encode_capture(CAPTURE)) == CAPTURE
    assert from_batch(to_batch([(CAPTURE, b"page")])) == [(CAPTURE, b"page")]
