"""The lake is a function of pages and code: neither order, nor shards, workers or deaths on the way show in it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from command_line import COLLECTION, SAMPLES, Home, check_whole, days
from synthetic_lake import files_below

from dateline import lake
from dateline.pipeline.run_folder import RUNS

ALL_DAYS = sorted(path.name for path in SAMPLES.iterdir())


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory) -> Home:
    """All samples, loaded in one go by one worker from one shard."""
    home = Home(tmp_path_factory.mktemp("undisturbed"))
    home.succeed("load", *days(*ALL_DAYS), *COLLECTION, "--shards", 1)
    check_whole(home)
    return home


def test_the_other_order_changes_nothing(both_days, tmp_path):
    home = Home(tmp_path)
    said = home.succeed("load", *days("2026-03-06", "2026-03-02"), *COLLECTION, "--workers", 2)
    assert home.hash == both_days.hash and both_days.hash[:12] in said
    assert files_below(home.lake, "_data") == files_below(both_days.lake, "_data")
    again = home.succeed("load", *days("2026-03-02"), *COLLECTION, "--shards", 3)
    assert "0 new, 3 known, 0 withdrawn" in again and "nothing changed" in again
    assert lake.current(home.lake).number == 1
    check_whole(home)


@pytest.mark.slow
def test_another_order_shards_and_workers_change_nothing(undisturbed, tmp_path):
    home = Home(tmp_path)
    said = home.succeed("load", *days(*reversed(ALL_DAYS)), *COLLECTION, "--shards", 5, "--workers", 2)
    assert len(list((home.lake / RUNS).rglob("shard-*.jsonl"))) == 5
    assert home.hash == undisturbed.hash and undisturbed.hash[:12] in said
    assert files_below(home.lake, "_data") == files_below(undisturbed.lake, "_data")
    check_whole(home)


@pytest.mark.slow
@pytest.mark.parametrize(("shards", "workers"), [(2, 1), (2, 2), (5, 1)])
def test_days_one_by_one_change_nothing(undisturbed, tmp_path, shards, workers):
    home = Home(tmp_path)
    order = random.Random(shards * 10 + workers).sample(ALL_DAYS, len(ALL_DAYS))
    for some in (order[:1], order[1:4], order[4:5], order[5:], order[2:9]):
        home.succeed("load", *days(*some), *COLLECTION, "--shards", shards, "--workers", workers)
    assert home.hash == undisturbed.hash
    check_whole(home)


@pytest.mark.slow
def test_a_lake_that_is_gone_is_rebuilt_from_raw(both_days, tmp_path):
    home = both_days.copy(tmp_path)
    shutil.rmtree(home.lake)
    said = home.succeed("repair")
    assert "2 entries that the lake lacked" in said
    assert home.hash == both_days.hash
    assert files_below(home.lake, "_data") == files_below(both_days.lake, "_data")


def kill(process) -> None:
    """End a command and every process that it started, as a machine does that loses its power."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def reading_has_begun(home: Home) -> bool:
    return any(path.stat().st_size for path in (home.lake / RUNS).rglob("*.progress"))


def load_under_fire(home: Home, arguments: list[object], n_kills: int, dice: random.Random, most: float) -> int:
    """Start a load again and again, and kill it after a moment; then let it finish. Returns kills amid reading.

    Every other kill waits until a page is being read, so that the dangerous part is met however slow the start is.
    """
    amid = 0
    for number in range(n_kills):
        before = {path: path.stat().st_size for path in (home.lake / RUNS).rglob("*.progress")}
        process = home.start("load", *arguments)
        end = time.monotonic() + dice.uniform(0.3, most)
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
            grown = any(path.stat().st_size > before.get(path, 0) for path in (home.lake / RUNS).rglob("*.progress"))
            if number % 2 and grown:
                time.sleep(dice.uniform(0, 0.4))
                break
        amid += process.poll() is None and reading_has_begun(home)
        if process.poll() is None:
            kill(process)
        else:
            process.communicate()
            assert process.returncode == 0
    home.succeed("load", *arguments)
    return amid


@pytest.mark.slow
def test_killed_loads_are_finished_by_the_next(both_days, tmp_path):
    home = Home(tmp_path)
    arguments = [*days("2026-03-02", "2026-03-06"), *COLLECTION]
    load_under_fire(home, arguments, 3, random.Random(3), 4.0)
    assert home.hash == both_days.hash
    check_whole(home)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_often_killed_loads_are_finished_by_the_next(undisturbed, tmp_path, seed):
    home = Home(tmp_path)
    arguments = [*days(*ALL_DAYS), *COLLECTION, "--shards", 5, "--workers", seed]
    amid = load_under_fire(home, arguments, 12, random.Random(seed), 6.0)
    assert amid >= 1
    assert home.hash == undisturbed.hash
    check_whole(home)


def processes_below(folder: Path) -> list[str]:
    """Command lines of processes that run in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder.resolve():
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="needs /proc to see the processes of others")
def test_workers_end_with_the_load_that_started_them(tmp_path):
    home = Home(tmp_path)
    process = home.start("load", *days("2026-03-02"), *COLLECTION, "--workers", 2)
    end = time.monotonic() + 60
    while not reading_has_begun(home) and time.monotonic() < end:
        time.sleep(0.02)
    assert len(processes_below(tmp_path)) >= 2
    process.kill()
    process.communicate()
    while processes_below(tmp_path) and time.monotonic() < end:
        time.sleep(0.1)
    assert processes_below(tmp_path) == []
