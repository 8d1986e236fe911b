"""One request at a time to a host, none too soon, on a clock that only sleep moves."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest
from fetching import World

from dateline.sources.pacing import HostPausedError, Pacer, host_of

URL = "https://news.test/a"


@pytest.fixture
def world(tmp_path):
    return World(tmp_path / "hosts")


def take(world, url=URL, delay=5.0, pause=0.0):
    with world.pacer().turn(url, delay) as turn:
        began = world.seconds
        world.seconds += 1
        turn.pause(pause, "it asked for it")
    return began


def test_the_delay_runs_from_the_end_of_the_request_before(world):
    assert [take(world), take(world), take(world, delay=10.0)] == [0.0, 6.0, 17.0]


def test_other_hosts_do_not_wait_and_ports_and_case_are_one_host(world):
    take(world)
    assert take(world, "https://other.test/") == 1.0
    assert take(world, "http://NEWS.test.:8080/b") == 6.0
    assert host_of("http://[2620:fe::fe]:80/x") == "2620:fe::fe"


def test_a_short_pause_is_waited_for_and_then_over(world):
    take(world, pause=60)
    assert take(world) == 61.0
    assert take(world) == 67.0


def test_a_long_pause_keeps_everybody_away_until_it_is_over(world):
    take(world, pause=3600)
    with pytest.raises(HostPausedError, match=r"news\.test is left alone until 2026-03-02T09:00:01\+00:00: it asked"):
        take(world)
    world.seconds = 3601 - 100
    assert take(world) == 3601.0


def test_no_pause_is_longer_than_a_day(world):
    take(world, pause=1e12)
    world.seconds = 86_400.0
    assert take(world) == 86_401.0


def test_a_longer_delay_than_is_waited_for_leaves_the_host_to_a_later_poll(world):
    take(world)
    with pytest.raises(HostPausedError, match="it wants 300 s between requests"):
        take(world, delay=300)
    world.seconds = 290.0
    assert take(world, delay=300) == 301.0


def test_a_worker_that_dies_in_its_request_lets_nobody_come_too_soon(world):
    turn = world.pacer().turn(URL, 5.0)
    turn.__enter__()
    (lock,) = world.folder.glob("*.lock")
    state = lock.with_suffix(".json").read_text()
    turn.__exit__(None, None, None)
    lock.with_suffix(".json").write_text(state)
    assert take(world) == 5.0


def test_a_clock_that_was_set_back_costs_one_delay_at_most(world):
    world.seconds = 10_000.0
    take(world)
    world.seconds = 0.0
    assert take(world) == 5.0


def test_half_a_state_file_counts_as_a_request_just_ended(world):
    take(world)
    (lock,) = world.folder.glob("*.lock")
    lock.with_suffix(".json").write_text('{"la')
    world.seconds = (datetime.now(UTC) - datetime(2026, 3, 2, 8, tzinfo=UTC)).total_seconds()
    before = world.seconds
    assert take(world) >= before + 4


def test_threads_take_turns(tmp_path):
    running, most = [], []

    def work():
        with Pacer(tmp_path, lambda: datetime.now(UTC), time.sleep).turn(URL, 0.01):
            running.append(1)
            most.append(len(running))
            time.sleep(0.01)
            running.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8
