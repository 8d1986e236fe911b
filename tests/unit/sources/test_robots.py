"""robots.txt by RFC 9309: what an answer means, how long it holds, and which rules are Dateline's."""

from __future__ import annotations

import time

import pytest
from fetching import START, World

from dateline.sources.fetch import Fetched
from dateline.sources.http import Answer, NoAnswerError
from dateline.sources.robots import MOST_BYTES, Policy, apply_policy, decide_policy

PAGE, ROBOTS = "https://news.test/a", "https://news.test/robots.txt"


def verdict(rules: str, path: str = "/a"):
    return apply_policy(Policy("rules", "", 0.0, rules), f"https://news.test{path}")


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\nUser-agent: Dateline\nDisallow: /x", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*.php$", "/x.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/x.php?y", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("user-AGENT : DATELINE # us\n\n disallow:/a", "/ab", False),
    ],
)
def test_rules(rules, path, is_allowed):
    assert verdict(rules, path).is_allowed == is_allowed


def test_the_longer_of_crawl_delay_and_request_rate_counts():
    assert verdict("User-agent: *\nCrawl-delay: 7\nDisallow: /x").delay == 7
    assert verdict("User-agent: *\nCrawl-delay: 7\nRequest-rate: 1/20").delay == 20


def fetched(answer: Answer | None, outcome: str | None = None, reason: str | None = None) -> Fetched:
    return Fetched(ROBOTS, START, outcome, reason, answer)


@pytest.mark.parametrize(
    ("attempt", "access", "hours"),
    [
        (fetched(Answer(200, (), b"User-agent: *")), "rules", 24),
        (fetched(Answer(200, (), b"#" * MOST_BYTES, "too_big"), "too_big"), "rules", 24),
        (fetched(Answer(401, ()), "http_error"), "allow", 24),
        (fetched(Answer(404, ()), "gone"), "allow", 24),
        (fetched(Answer(302, ()), "http_error", "more than 5 redirects"), "allow", 24),
        (fetched(Answer(500, ()), "http_error"), "deny", 1 / 3),
        (fetched(Answer(200, (), b"User-agent: *", truncated="time")), "deny", 1 / 3),
        (fetched(Answer(200, (), b"", "broken"), "broken"), "deny", 1 / 3),
        (fetched(None, "timeout", "asked 3 times"), "deny", 1 / 3),
    ],
)
def test_what_an_attempt_means_and_how_long_it_holds(attempt, access, hours):
    policy = decide_policy(attempt, START)
    assert policy.access == access
    assert policy.expires - START.timestamp() == pytest.approx(3600 * hours)


def test_robots_are_fetched_once_a_day_for_all_workers(tmp_path):
    world = World(tmp_path)
    world.on(ROBOTS, Answer(200, (), b"User-agent: *\nCrawl-delay: 30"))
    world.on(PAGE, Answer(200, (), b"x"))
    for _ in range(2):
        assert world.fetcher().fetch(PAGE, 5.0).outcome is None
    assert world.asked == [(0.0, ROBOTS), (30.5, PAGE), (61.0, PAGE)]
    world.seconds += 86_400
    world.fetcher().fetch(PAGE, 5.0)
    assert len(world.times(ROBOTS)) == 2


def test_each_scheme_and_port_has_robots_of_its_own(tmp_path):
    world = World(tmp_path)
    for url in ("http://news.test/a", "https://news.test/a", "https://news.test:8443/a"):
        world.fetcher().fetch(url, 5.0)
    assert [url for _, url in world.asked if url.endswith("robots.txt")] == [
        "http://news.test/robots.txt",
        "https://news.test/robots.txt",
        "https://news.test:8443/robots.txt",
    ]


def test_a_host_that_can_not_be_reached_is_asked_again_by_the_next_poll(tmp_path):
    world = World(tmp_path)
    world.on(ROBOTS, NoAnswerError("refused", is_unreachable=True))
    assert world.fetcher().fetch(PAGE, 5.0).outcome == "robots_denied"
    assert world.fetcher().fetch(PAGE, 5.0).outcome == "robots_denied"
    assert len(world.asked) == 3
    world.seconds += 1800
    world.on(ROBOTS, Answer(404, ()))
    assert world.fetcher().fetch(PAGE, 5.0).outcome == "gone"


def test_a_damaged_cache_is_fetched_again(tmp_path):
    world = World(tmp_path)
    world.fetcher().fetch(PAGE, 5.0)
    (kept,) = (tmp_path / "robots").glob("*.json")
    kept.write_text("{")
    world.fetcher().fetch(PAGE, 5.0)
    assert len(world.times(ROBOTS)) == 2


def test_hostile_rules_cost_no_time():
    rules = "User-agent: *\n" + "".join(f"Disallow: /{'*a' * 40}{n}b$\n" for n in range(1500))
    start = time.process_time()
    assert verdict(rules, "/" + "a" * 1900).is_allowed
    assert time.process_time() - start < 5
