"""Polling over real connections: a scripted server on loopback, judged by what its own log says."""

from __future__ import annotations

import gzip
import multiprocessing
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from scripted_server import Reply, ScriptedServer, serve

from dateline import lake, pipeline
from dateline.pipeline import PipelineError, choose_sources, poll_source
from dateline.raw import entries, read_entry, read_payload
from dateline.sources.http import Limits
from dateline.sources.sources_file import PolledSource

DELAY = 0.15
LIMITS = Limits(connect=1.0, silence=0.6, total=1.2)

STORY = """<html><head><title>{title} | The Harbour Post</title></head><body><h1>{title}</h1>
<p>OBAN, Scotland - The harbour office said on Monday that berth {number} would open again before the summer, after the
council had agreed to pay for a new crane and for the repair of the old sea wall.</p>
<p>"We have waited long enough for this," harbour master Ailsa Grant told reporters in Oban. She said that the work
would begin next week, and that ferries would leave from the northern pier until it was done.</p></body></html>"""


def story(number: int = 1, **facts) -> Reply:
    return Reply(body=STORY.format(title=f"Berth {number} opens again", number=number).encode(), **facts)


def feed(server: ScriptedServer, *paths: str, updated: str | None = None) -> bytes:
    change = f"<updated>{updated}</updated>" if updated else ""
    entries = "".join(
        f"<entry><id>tag:{path}</id><title>Story {path}</title><link href='{server.url(path)}'/>"
        f"<published>2026-03-02T08:15:00Z</published>{change}<author><name>Ida Novak</name></author></entry>"
        for path in paths
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour</title>{entries}</feed>".encode()


@pytest.fixture
def server():
    with serve() as found:
        yield found


@pytest.fixture
def settings(settings):
    return replace(settings, contact="desk@harbour-post.test", allow_loopback=True, max_bytes=100_000)


def now() -> datetime:
    return datetime.now(UTC)


def run(settings, server, *paths, kind="list", name="harbour", host="127.0.0.1", clock=now, **options):
    source = PolledSource(name, kind, tuple(server.url(path, host) for path in paths), delay=DELAY, **options)
    return poll_source(settings, source, clock=clock, limits=LIMITS)


def captures(settings, name="harbour"):
    """All captures of a source in the order of their making, without those of robots.txt."""
    keys = [key for key in entries(settings.raw) if key[1] == name]
    found = [capture for key in keys for capture in read_entry(settings.raw, *key).captures]
    return [c for c in sorted(found, key=lambda c: c.captured_at) if not c.source_ref.startswith("robots:")]


def outcomes(settings):
    return [capture.outcome for capture in captures(settings)]


def test_bytes_and_headers_are_kept_exactly(settings, server):
    body = b"\xef\xbb\xbf<p>Caf\xe9\r\n\x00"
    headers = (("X-One", "1"), ("Set-Cookie", "a=1"), ("Content-Type", "text/html"), ("Set-Cookie", "b=2"))
    server.on("/a", Reply(body=body, headers=headers))
    run(settings, server, "/a")
    (capture,) = captures(settings)
    assert read_payload(settings.raw, capture.payload_sha256) == body
    assert capture.headers == (*headers, ("Content-Length", str(len(body))))
    assert (capture.http_status, capture.outcome, capture.source_kind) == (200, None, "feed")
    assert capture.ingest_date == capture.captured_at.date()


def test_every_request_names_dateline_and_its_contact(settings, server):
    run(settings, server, "/a")
    assert server.log
    for request in server.log:
        assert request.headers["user-agent"].startswith("Dateline/")
        assert request.headers["user-agent"].endswith("(+desk@harbour-post.test)")


def test_a_feed_leads_to_its_pages_and_what_it_says_of_them_is_kept(settings, server):
    server.on("/feed", Reply(body=feed(server, "/1", "/2")))
    server.on("/1", story(1))
    server.on("/2", story(2))
    run(settings, server, "/feed", kind="feed")
    document, first, second = captures(settings)
    assert (document.outcome, document.reason) == ("not_article", "index: a feed of 2 items")
    assert read_payload(settings.raw, document.payload_sha256) == feed(server, "/1", "/2")
    assert (first.source_ref, first.outcome) == ("item:tag:/1", None)
    facts = dict(second.feed_facts)
    assert facts["feed"] == server.url("/feed") and facts["guid"] == "tag:/2"
    assert facts["published"] == "2026-03-02T08:15:00Z" and facts["author"] == "Ida Novak"


def test_the_second_poll_asks_with_conditions_and_fetches_no_page_again(settings, server):
    def answer(headers):
        return Reply(304) if headers.get("if-none-match") == '"v1"' else Reply(body=document, headers=validators)

    document = feed(server, "/1")
    validators = (("ETag", '"v1"'), ("Last-Modified", "Mon, 02 Mar 2026 08:15:00 GMT"))
    server.on("/feed", answer)
    server.on("/1", story(1))
    for _ in range(3):
        run(settings, server, "/feed", kind="feed")
    assert outcomes(settings) == ["not_article", None, "not_modified", "not_modified"]
    assert captures(settings)[2].payload_sha256 is None
    assert server.asked("/feed")[1].headers["if-modified-since"] == "Mon, 02 Mar 2026 08:15:00 GMT"
    assert len(server.asked("/1")) == 1


def test_a_page_is_fetched_again_when_the_feed_says_that_it_changed(settings, server):
    early, late = "2026-03-02T09:00:00Z", "2026-03-02T11:00:00Z"
    server.on("/feed", *(Reply(body=feed(server, "/1", updated=moment)) for moment in (early, early, late)))
    server.on("/1", story(1), story(2))
    for expected in (1, 1, 2):
        run(settings, server, "/feed", kind="feed")
        assert len(server.asked("/1")) == expected


def test_what_a_poll_leaves_comes_in_the_next_though_the_feed_is_unchanged(settings, server):
    def answer(headers):
        return Reply(304) if "if-none-match" in headers else Reply(body=document, headers=(("ETag", '"v1"'),))

    document = feed(server, "/1", "/2", "/3")
    server.on("/feed", answer)
    for number in (1, 2, 3):
        server.on(f"/{number}", story(number))
    first = run(settings, server, "/feed", kind="feed", max_pages=2)
    assert first.left == 1
    assert run(settings, server, "/feed", kind="feed", max_pages=2).left == 0
    assert [len(server.asked(f"/{number}")) for number in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(settings, server, status):
    server.on("/a", Reply(status, headers=(("Retry-After", "1"),)), story())
    run(settings, server, "/a")
    first, second = server.asked("/a")
    # The client may have the answer before the server notes that it ended.
    assert second.began - first.began >= 1
    assert outcomes(settings) == [None]


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_long_retry_after_pauses_the_host_for_every_source(settings, server, form):
    until = now() + timedelta(hours=1)
    value = "3600" if form == "seconds" else format_datetime(until, usegmt=True)
    server.on("/a", Reply(429, headers=(("Retry-After", value),)))
    server.on("/b", story())
    run(settings, server, "/a", "/b")
    run(settings, server, "/b", name="other")
    assert outcomes(settings) == ["host_paused", "host_paused"]
    (other,) = captures(settings, "other")
    assert other.outcome == "host_paused" and "left alone until" in other.reason
    assert len(server.asked("/a")) == 1 and not server.asked("/b")
    run(settings, server, "/b", name="other", clock=lambda: now() + timedelta(hours=1, minutes=1))
    assert len(server.asked("/b")) == 1


def test_errors_are_tried_again_and_then_given_up(settings, server):
    server.on("/flaky", Reply(500), Reply(reset=True), story())
    server.on("/down", Reply(500, b"sorry"))
    server.on("/reset", Reply(reset=True))
    server.on("/gone", Reply(410))
    server.on("/odd", Reply(418))
    run(settings, server, "/flaky", "/down", "/reset", "/gone", "/odd", "/none")
    assert outcomes(settings) == [None, "http_error", "timeout", "gone", "http_error", "gone"]
    asked = Counter(request.path for request in server.log)
    assert asked == {
        "/flaky": 3, "/down": 3, "/reset": 3, "/gone": 1, "/odd": 1, "/none": 1, "/robots.txt": 1,
    }  # fmt: skip


def test_slow_and_broken_bodies_are_cut_and_say_so(settings, server):
    server.on("/drip", Reply(body=b"x" * 200, drip=0.1))
    server.on("/silent", Reply(hang=5))
    server.on("/cut", Reply(body=b"half a page", cut=4))
    run(settings, server, "/drip", "/silent", "/cut")
    drip, silent, cut = captures(settings)
    assert (drip.truncated, drip.outcome) == ("time", None)
    assert 5 <= drip.n_bytes <= 20
    assert (silent.outcome, silent.payload_sha256) == ("timeout", None)
    assert (cut.truncated, read_payload(settings.raw, cut.payload_sha256)) == ("disconnect", b"half")
    assert all(request.ended - request.began < 2 for request in server.log)


def test_a_compressed_page_is_kept_unpacked_and_a_bomb_is_not_kept(settings, server):
    coded = (("Content-Encoding", "gzip"),)
    page = story().body
    server.on("/page", Reply(body=gzip.compress(page), headers=coded))
    server.on("/bomb", Reply(body=gzip.compress(bytes(50_000_000)), headers=coded))
    server.on("/double", Reply(body=gzip.compress(gzip.compress(bytes(9_000_000))), headers=(("Content-Encoding", "gzip, gzip"),)))  # fmt: skip # noqa: E501
    server.on("/big", Reply(body=b"x" * 100_001))
    server.on("/damaged", Reply(body=b"\x1f\x8b\x08 no gzip at all", headers=coded))
    run(settings, server, "/page", "/bomb", "/double", "/big", "/damaged")
    kept = captures(settings)[0]
    assert read_payload(settings.raw, kept.payload_sha256) == page
    assert outcomes(settings) == [None, "too_big", "too_big", "too_big", "broken"]
    assert all(capture.payload_sha256 is None for capture in captures(settings)[1:])


def test_redirects_are_followed_and_each_step_is_judged(settings, server):
    server.on("/old", Reply(301, headers=(("Location", "/mid"),)))
    server.on("/mid", Reply(302, headers=(("Location", server.url("/new", "localhost")),)))
    server.on("/new", story())
    server.on("/loop", Reply(302, headers=(("Location", "/loop"),)))
    server.on("/inward", Reply(302, headers=(("Location", "http://169.254.169.254/latest/meta-data/"),)))
    server.on("/file", Reply(302, headers=(("Location", "file:///etc/passwd"),)))
    run(settings, server, "/old", "/loop", "/inward", "/file")
    old, loop, inward, file = captures(settings)
    assert (old.url_final, old.redirects) == (server.url("/new", "localhost"), (server.url("/mid"),))
    assert old.outcome is None
    assert (loop.outcome, loop.reason) == ("http_error", "more than 5 redirects")
    assert inward.outcome in ("http_error", "robots_denied") and "not public (link-local" in inward.reason
    assert file.outcome == "http_error" and "no http or https" in file.reason
    assert [request.host for request in server.asked("/robots.txt")] == ["127.0.0.1", "localhost"]


def test_without_the_test_setting_this_machine_is_refused(settings, server):
    server.on("/a", story())
    for host in ("127.0.0.1", "localhost"):
        run(replace(settings, allow_loopback=False), server, "/a", host=host)
    assert server.log == []
    assert {capture.payload_sha256 for capture in captures(settings)} == {None}
    assert all("not public (loopback)" in capture.reason for capture in captures(settings))


def test_robots_rules_are_obeyed_with_their_delay(settings, server):
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /private\nCrawl-delay: 0.5\n"
    server.on("/robots.txt", Reply(body=rules))
    server.on("/jump", Reply(302, headers=(("Location", "/private/a"),)))
    for path in ("/private/a", "/public/a", "/public/b"):
        server.on(path, story())
    run(settings, server, "/private/a", "/public/a", "/public/b", "/jump")
    assert outcomes(settings) == ["robots_denied", None, None, "robots_denied"]
    assert not server.asked("/private/a")
    assert len(server.asked("/robots.txt")) == 1
    assert server.shortest_gap() >= 0.5


@pytest.mark.parametrize(
    ("answer", "is_allowed"),
    [
        (Reply(404), True),
        (Reply(403, b"User-agent: *\nDisallow: /"), True),
        (Reply(500), False),
        (Reply(reset=True), False),
        (Reply(body=b"User-agent: *\nDisallow: /", drip=0.2), False),
        (Reply(body=b"<html>not found</html>"), True),
        (Reply(body=b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /"), True),
        (Reply(302, headers=(("Location", "/robots.txt"),)), True),
        (Reply(302, headers=(("Location", "http://10.0.0.1/robots.txt"),)), False),
    ],
    ids=["absent", "forbidden", "error", "reset", "slow", "page", "long", "loop", "inward"],
)
def test_robots_that_can_not_be_had_mean_what_the_standard_says(settings, server, answer, is_allowed):
    server.on("/robots.txt", answer)
    server.on("/a", story())
    run(settings, server, "/a")
    assert bool(server.asked("/a")) == is_allowed
    assert outcomes(settings) == [None if is_allowed else "robots_denied"]
    if not is_allowed:
        assert "robots.txt can't be had" in captures(settings)[0].reason


def test_redirected_robots_are_those_of_the_site_that_was_asked(settings, server):
    server.on("/robots.txt", Reply(301, headers=(("Location", "/rules"),)))
    server.on("/rules", Reply(body=b"User-agent: *\nDisallow: /a"))
    server.on("/a", story())
    run(settings, server, "/a")
    assert outcomes(settings) == ["robots_denied"]


def _poll_in_a_process(settings, port, number, delay):
    urls = tuple(f"http://127.0.0.1:{port}/{number}/{page}" for page in range(4))
    source = PolledSource(f"source{number}", "list", urls, delay=delay)
    poll_source(settings, source, clock=now, limits=LIMITS)


def test_never_two_requests_at_once_nor_sooner_than_the_delay_over_all_workers(settings, server):
    """The figure that politeness is promised by, from the server's own log: four processes and four threads."""
    for number in range(8):
        for page in range(4):
            server.on(f"/{number}/{page}", story(page, hang=0.02) if page else Reply(500, hang=0.02))
    spawn = multiprocessing.get_context("spawn")
    workers = [
        spawn.Process(target=_poll_in_a_process, args=(settings, server.port, number, DELAY)) for number in range(3)
    ]
    for worker in workers:
        worker.start()
    sources = [
        PolledSource(
            f"thread{number}", "list", tuple(server.url(f"/{number}/{page}") for page in range(4)), delay=DELAY
        )
        for number in range(3, 6)
    ]
    result = pipeline.poll(settings, sources, clock=now, workers=3, limits=LIMITS)
    for worker in workers:
        worker.join(timeout=60)
        assert worker.exitcode == 0
    assert result.outcomes["http_error"] == 3
    assert len([request for request in server.log if request.path != "/robots.txt"]) == 6 * (3 + 3)
    assert server.most_at_once() == 1
    assert server.shortest_gap() >= DELAY


def test_every_request_of_the_server_log_is_told_by_a_capture(settings, server):
    server.on("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /no"))
    for path in ("/a", "/b"):
        server.on(path, story())
    run(settings, server, "/a", "/b", "/no", "/none")
    (entry,) = entries(settings.raw)
    told = Counter(c.url for c in read_entry(settings.raw, *entry).captures if c.http_status)
    assert told == Counter(server.url(request.path) for request in server.log)


def test_a_poll_over_midnight_keeps_each_capture_under_its_own_day(settings, server):
    start, began = datetime(2026, 3, 2, 23, 59, 59, 900_000, tzinfo=UTC), now()
    server.on("/a", story(1))
    server.on("/b", story(2))
    result = run(settings, server, "/a", "/b", clock=lambda: start + (now() - began))
    days = [day.isoformat() for day, _ in result.collected.entries]
    assert days == ["2026-03-02", "2026-03-03"]
    assert [capture.ingest_date for capture in captures(settings)] == [c.captured_at.date() for c in captures(settings)]


def test_polled_pages_are_published_and_nothing_is_withdrawn(settings, server):
    def publish(result):
        from dateline.snapshot import take_snapshot

        made = pipeline.plan(settings, result.collected.entries, take_snapshot(settings), max_shards=1, run_id="poll")
        for shard in made.shards:
            pipeline.extract_shard(settings, shard)
        return pipeline.publish(settings, made.folder, clock=now)

    server.on("/feed", Reply(body=feed(server, "/1", "/2")), Reply(body=feed(server, "/2")))
    server.on("/1", story(1))
    server.on("/2", story(2))
    publish(run(settings, server, "/feed", kind="feed"))
    counts = publish(run(settings, server, "/feed", kind="feed")).counts
    assert (counts["articles"], counts["withdrawn"]) == (2, 0)
    with lake.open_lake(settings.lake) as connection:
        rows = connection.execute(
            "SELECT published_day, published_method, title FROM articles ORDER BY title"
        ).fetchall()
        (facts,) = connection.execute(
            "SELECT DISTINCT len(feed_facts) FROM captures WHERE outcome = 'article'"
        ).fetchall()
    assert [(str(day), method) for day, method, _ in rows] == [("2026-03-02", "feed")] * 2
    assert facts == (5,)


def test_nothing_is_fetched_without_a_contact_of_ones_own(settings, server):
    settings.sources.write_text(f'[[list]]\nid = "harbour"\nurls = ["{server.url("/a")}"]\n')
    for contact in (None, "", "you@example.org", "nobody", "a@b.test\r\nX-Evil: 1"):
        with pytest.raises(PipelineError, match="nothing was fetched") as caught:
            choose_sources(replace(settings, contact=contact))
        assert "\n" not in str(caught.value)
        with pytest.raises(PipelineError, match="nothing was fetched"):
            run(replace(settings, contact=contact), server, "/a")
    assert server.log == []
