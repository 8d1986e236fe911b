"""What earlier polls brought decides what is asked for."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from fetching import START

from dateline.model import Capture
from dateline.sources.fetch import Validators
from dateline.sources.memory import remember

URL = "https://news.test/a"
LATER = START + timedelta(days=9)


def capture(minutes=0, outcome=None, status=200, sha256="ab", **facts):
    at = START + timedelta(minutes=minutes)
    stored = None if outcome == "not_modified" else sha256
    given = {"url": URL, "http_status": status, "payload_sha256": stored, "outcome": outcome, **facts}
    return Capture(f"c{minutes:06d}", at.date(), "harbour", "feed", "item:1", captured_at=at, **given)


def past(*captures):
    return remember(captures).of(URL)


@pytest.mark.parametrize(
    ("known", "is_due"),
    [
        ((), True),
        ((capture(),), False),
        ((capture(outcome="not_article"),), False),
        ((capture(outcome="gone", status=404, sha256=None),), False),
        ((capture(outcome="too_big", sha256=None),), False),
        ((capture(outcome="http_error", status=500),), True),
        ((capture(truncated="time"),), True),
        ((capture(outcome="robots_denied", status=None, sha256=None),), True),
        ((capture(), capture(5, "timeout", None, None)), False),
    ],
)
def test_what_is_stored_or_gone_is_not_asked_for_again(known, is_due):
    assert past(*known).is_due(None, LATER) == is_due


def test_an_updated_that_the_feed_did_not_state_before_makes_a_page_due():
    stored = past(capture(feed_facts=(("updated", "2026-03-02"),)))
    assert not stored.is_due("2026-03-02", LATER)
    assert stored.is_due("2026-03-03", LATER)
    assert not stored.is_due(None, LATER)


def test_failures_make_the_next_try_later_up_to_a_day():
    failed = [capture(minutes, "timeout", None, None) for minutes in range(12)]
    for count, wait in ((1, 15), (2, 30), (3, 60), (12, 1440)):
        known, last = past(*failed[:count]), START + timedelta(minutes=count - 1)
        assert not known.is_due(None, last + timedelta(minutes=wait - 1))
        assert known.is_due(None, last + timedelta(minutes=wait))


def test_a_paused_host_says_nothing_of_the_page():
    assert past(capture(0, "host_paused", None, None)) == past()


def test_validators_are_those_of_the_newest_whole_page():
    first = capture(0, headers=(("ETag", '"1"'),))
    second = capture(9, headers=(("etag", '"2"'), ("Last-Modified", "then")), url_final="https://news.test/b")
    error = capture(20, "http_error", 500, headers=(("ETag", '"3"'),))
    same = capture(30, "not_modified", 304, headers=(("ETag", '"4"'),))
    assert past(first).validators == Validators(URL, '"1"')
    assert past(first, second, error, same).validators == Validators("https://news.test/b", '"2"', "then")
    assert past(capture()).validators is None


def test_the_order_of_captures_changes_nothing():
    captures = [capture(n, outcome, 200, "ab" if n % 3 else None) for n, outcome in enumerate((None, "timeout") * 4)]
    expected = past(*captures)
    for seed in range(5):
        random.Random(seed).shuffle(captures)
        assert past(*captures) == expected
