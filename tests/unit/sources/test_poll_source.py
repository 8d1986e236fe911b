"""One poll of one source, attempt by attempt, on a clock that only sleep moves."""

from __future__ import annotations

import pytest
from fetching import World

from dateline.sources.http import Answer
from dateline.sources.memory import Memory, remember
from dateline.sources.poll import LONGEST_POLL, Poll
from dateline.sources.sources_file import PolledSource

FEED = "https://news.test/feed"
ITEMS = "".join(
    f"<item><guid isPermaLink='false'>g{n}</guid><link>https://news.test/{n}</link></item>" for n in range(4)
)
RSS = Answer(200, (("ETag", "1"),), f'<rss version="2.0"><channel>{ITEMS}</channel></rss>'.encode())


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.on(FEED, RSS)
    for number in range(4):
        world.on(f"https://news.test/{number}", Answer(200, (), b"page"))
    return world


def poll(world, memory=None, load=lambda sha256: None, **options):
    source = PolledSource("news", "feed", (FEED,), **options)
    made = Poll(source, memory or Memory(), world.fetcher(), load, world.clock)
    return made, [capture for capture, _ in made.captures()]


def refs(captures):
    return [capture.source_ref for capture in captures]


def test_robots_feed_and_pages_are_told_in_the_order_of_their_asking(world):
    made, captures = poll(world)
    assert refs(captures) == [
        "robots:https://news.test/robots.txt", f"feed:{FEED}", "item:g0", "item:g1", "item:g2", "item:g3",
    ]  # fmt: skip
    assert [capture.url for capture in captures] == [url for _, url in world.asked]
    assert len({capture.capture_id for capture in captures}) == 6
    assert made.left == 0


def test_no_page_is_begun_after_the_time_of_a_poll(world):
    items = "".join(f"<item><link>https://news.test/slow/{n}</link></item>" for n in range(20))
    world.on(FEED, Answer(200, (), f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()))
    made, captures = poll(world, delay=100.0)
    longest = LONGEST_POLL.total_seconds()
    assert longest < world.asked[-1][0] <= longest + 100
    assert made.left > 0 and len(captures) - 2 + made.left == 20


def test_a_page_that_two_feeds_list_is_fetched_once(world):
    other = "https://news.test/other"
    world.on(other, RSS)
    source = PolledSource("news", "feed", (FEED, other), max_pages=2)
    made = Poll(source, Memory(), world.fetcher(), lambda sha256: None, world.clock)
    captures = [capture for capture, _ in made.captures()]
    assert refs(captures)[1:] == [f"feed:{FEED}", "item:g0", "item:g1", f"feed:{other}"]
    assert made.left == 2


def test_an_unchanged_feed_is_read_again_for_the_pages_that_failed(world):
    world.on("https://news.test/2", Answer(418, ()))
    _, first = poll(world)
    world.seconds += 1800
    world.on(FEED, Answer(304, ()))
    _, second = poll(world, remember(first), lambda sha256: RSS.body)
    assert refs(second) == [f"feed:{FEED}", "item:g2"]
    assert (second[0].outcome, second[0].payload_sha256) == ("not_modified", None)


def test_stored_bytes_that_are_lost_cost_the_pages_of_an_unchanged_feed_alone(world):
    _, first = poll(world)
    world.on(FEED, Answer(304, ()))
    _, second = poll(world, remember(first[:2]))
    assert refs(second) == [f"feed:{FEED}"]


def test_what_came_of_a_feed_is_told(world):
    for answer, outcome, reason in (
        (RSS, "not_article", "index: a feed of 4 items"),
        (Answer(200, (), b"<p>no feed"), "broken", "no feed: "),
        (Answer(200, (), b"half", truncated="time"), None, None),
        (Answer(500, ()), "http_error", "500 Internal Server Error"),
        (Answer(200, (), b"", "too_big"), "too_big", "more than 1000 bytes"),
    ):
        world.on(FEED, answer)
        _, captures = poll(world, max_pages=1)
        (told,) = [capture for capture in captures if capture.source_ref.startswith("feed:")]
        assert told.outcome == outcome
        assert (told.reason or "").startswith(reason or "")
        world.seconds += 3600


def test_an_empty_page_is_a_page_with_no_bytes_and_no_outcome_of_ours(world):
    world.on("https://news.test/0", Answer(200, (), b""))
    _, captures = poll(world, max_pages=1)
    assert (captures[-1].outcome, captures[-1].n_bytes) == (None, 0)
