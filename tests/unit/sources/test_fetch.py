"""Tries, waits and outcomes of one page, on a clock that only sleep moves."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from fetching import START, World

from dateline.sources.addresses import AddressError
from dateline.sources.fetch import PAUSE, TRIES, Validators, judge, retry_after
from dateline.sources.http import Answer, NoAnswerError

PAGE, OTHER = "https://news.test/a", "https://news.test/b"
RESET = NoAnswerError("the connection broke")
UNREACHABLE = NoAnswerError("the connection failed", is_unreachable=True)
PAGE_ANSWER = Answer(200, (), b"page")


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def fetch(world, url=PAGE, **options):
    return world.fetcher().fetch(url, 5.0, **options)


def gaps(world, url=PAGE):
    times = world.times(url)
    return [later - earlier - 0.5 for earlier, later in pairwise(times)]


def test_a_page_has_the_instant_of_its_request(world):
    world.on(PAGE, PAGE_ANSWER)
    fetched = fetch(world)
    assert (fetched.outcome, fetched.answer) == (None, PAGE_ANSWER)
    assert (fetched.captured_at - START).total_seconds() == world.times(PAGE)[0] == 5.5


@pytest.mark.parametrize("failure", [Answer(500, ()), Answer(503, ()), Answer(429, ()), RESET, UNREACHABLE])
def test_waits_double_between_tries(world, failure):
    world.on(PAGE, failure, failure, PAGE_ANSWER)
    assert fetch(world).outcome is None
    assert gaps(world) == [10.0, 20.0]


@pytest.mark.parametrize(
    ("failure", "outcome", "is_paused"),
    [
        (Answer(500, ()), "http_error", False),
        (Answer(503, ()), "http_error", True),
        (Answer(429, ()), "host_paused", True),
        (RESET, "timeout", False),
        (UNREACHABLE, "timeout", True),
        (Answer(200, (), b"half", truncated="disconnect"), None, False),
    ],
)
def test_what_is_left_after_the_last_try(world, failure, outcome, is_paused):
    world.on(PAGE, failure)
    world.on(OTHER, PAGE_ANSWER)
    assert fetch(world).outcome == outcome
    assert len(world.times(PAGE)) == TRIES
    assert fetch(world, OTHER).outcome == ("host_paused" if is_paused else None)
    world.seconds += PAUSE
    assert fetch(world, OTHER).outcome is None


@pytest.mark.parametrize("status", [204, 400, 403, 404, 410, 451])
def test_answers_that_stand_are_asked_for_once(world, status):
    world.on(PAGE, Answer(status, ()))
    fetch(world)
    assert len(world.times(PAGE)) == 1


def test_a_body_that_takes_too_long_is_not_asked_for_again(world):
    world.on(PAGE, Answer(200, (), b"drop", truncated="time"))
    assert fetch(world).answer.truncated == "time"
    assert len(world.times(PAGE)) == 1


def test_retry_after_beyond_patience_ends_the_attempt_and_keeps_the_answer(world):
    world.on(PAGE, Answer(503, (("Retry-After", "7200"),)))
    fetched = fetch(world)
    assert (fetched.outcome, fetched.answer.status) == ("host_paused", 503)
    assert len(world.times(PAGE)) == 1
    assert fetch(world).outcome == "host_paused"
    assert len(world.times(PAGE)) == 1


def test_an_address_that_may_not_be_asked_is_told(world):
    world.on(PAGE, AddressError("news.test is at 10.0.0.1, which is not public (private)"))
    fetched = fetch(world)
    assert fetched.outcome == "http_error" and "10.0.0.1" in fetched.reason and len(world.times(PAGE)) == 1


def test_conditions_go_to_the_address_that_gave_them_alone(world):
    world.on(PAGE, Answer(302, (("Location", "/b"),)))
    world.on(OTHER, Answer(304, ()))
    fetched = fetch(world, validators=Validators(OTHER, '"v1"', "Mon, 02 Mar 2026 08:15:00 GMT"))
    assert fetched.outcome == "not_modified"
    sent = dict(zip([url for _, url in world.asked], world.sent, strict=True))
    assert sent[PAGE] == ()
    assert dict(sent[OTHER]) == {"If-None-Match": '"v1"', "If-Modified-Since": "Mon, 02 Mar 2026 08:15:00 GMT"}


def test_not_modified_without_a_condition_is_an_error():
    assert judge(Answer(304, ()), is_conditional=False, max_bytes=9) == (
        "http_error",
        "304 Not Modified to a request without conditions",
    )


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "no http or https"),
        ("http://user@news.test/", "user name"),
        ("http://[::1", "no valid address"),
        ("gopher://news.test/", "no http or https"),
    ],
)
def test_a_redirect_to_what_is_no_page_is_not_followed(world, location, reason):
    world.on(PAGE, Answer(302, (("Location", location),)))
    fetched = fetch(world)
    assert fetched.outcome == "http_error" and reason in fetched.reason
    assert len(world.asked) == 2


def test_a_redirect_may_be_written_in_utf_8_and_loses_its_fragment(world):
    world.on(PAGE, Answer(301, (("Location", "/caf\u00e9#top".encode().decode("latin-1")),)))
    world.on("https://news.test/caf\u00e9", PAGE_ANSWER)
    assert fetch(world).url_final == "https://news.test/caf\u00e9"


def test_a_redirect_without_a_target_is_an_error(world):
    world.on(PAGE, Answer(302, ()))
    assert fetch(world).outcome == "http_error"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 02 Mar 2026 08:02:00 GMT", 120.0),
        ("Mon, 02 Mar 2026 07:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        (None, None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(value, datetime(2026, 3, 2, 8, tzinfo=UTC)) == seconds
