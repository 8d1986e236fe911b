"""Publishing while writers are killed, disks fill up, locks are held and bytes flip: said in one line, and mended."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from command_line import COLLECTION, ROOT, Home, check_whole, days
from fire_writer import FINAL, N_DAYS, publish_all
from synthetic_lake import files_below

from dateline import lake, raw
from dateline.raw.locking import hold_lock
from dateline.schema import SCHEMA_VERSION

FIRST, SECOND = days("2026-03-02", "2026-03-06")

PAUSE = 0.15
"""Seconds between two reads, so that readers leave the writers some of a small machine."""

# Of each entry: the versions that its tables tell of, and the rows that its articles and its ledger say there are.
WHOLENESS = """
WITH told AS (
    SELECT ingest_date, source_id, min(title) AS first_title, max(title) AS last_title, count(*) AS n_articles,
        any_value(regexp_extract(title, 'version (\\d+)', 1)::BIGINT) AS version,
        sum(regexp_extract(title, 'of (\\d+)', 1)::BIGINT) AS n_stated
    FROM articles GROUP BY ALL
), named AS (
    SELECT ingest_date, source_id, count(*) AS n_found, min(score)::BIGINT AS lowest, max(score)::BIGINT AS highest
    FROM mentions GROUP BY ALL
)
SELECT
    ingest_date, source_id, version,
    first_title = last_title AND n_articles = 4 AND n_articles = articles AND n_stated = n_found
        AND lowest = version AND highest = version
FROM told LEFT JOIN named USING (ingest_date, source_id) LEFT JOIN ledger USING (ingest_date, source_id)
ORDER BY ALL
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT / "include"), str(ROOT / "tests")])
    command = [sys.executable, str(Path(__file__).with_name(script)), *map(str, arguments)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True)


def read_as_users_do(folder: Path, number: int) -> list[tuple[object, ...]]:
    """The entries as seen through the database, the script, or the package, in turn; fails at one that is not whole."""
    if number % 3 == 0:
        connection = duckdb.connect(str(folder / "dateline.duckdb"), read_only=True)
    elif number % 3 == 1:
        connection = duckdb.connect()
        connection.execute((folder / "lake.sql").read_text())
    else:
        connection = lake.open_lake(folder)
    with connection:
        rows = connection.execute(WHOLENESS).fetchall()
    torn = [row for row in rows if row[3] is not True]
    assert torn == []
    return [row[:3] for row in rows]


def kill_two_writers(folder: Path, n_kills: int, most: float) -> tuple[int, int]:
    """Two writers, each killed `n_kills` times, while this process and another read; returns reads and states seen."""
    undisturbed = folder / "undisturbed"
    disturbed = folder / "disturbed"
    for place in (undisturbed, disturbed):
        for seed in (1, 2):
            publish_all(place, f"writer-{seed}", FINAL, f"begin-{seed}")
    reads, states = 0, set()
    writers = [start("fire_writer.py", disturbed, seed, n_kills, most) for seed in (1, 2)]
    reader = start("fire_reader.py", disturbed)
    while any(writer.poll() is None for writer in writers):
        seen = read_as_users_do(disturbed, reads)
        assert len(seen) == 3 * N_DAYS, "an entry was lost"
        states.add(tuple(seen))
        reads += 1
        time.sleep(PAUSE)
    reader.terminate()
    for process in (*writers, reader):
        said, _ = process.communicate(timeout=60)
        assert process.returncode == (-15 if process is reader else 0), said
    (disturbed / "_catalog/lock").write_text("process 1 on a machine that is gone")
    lake.rebuild_derived(disturbed)
    assert not lake.find_damage(disturbed)
    assert lake.lake_hash(disturbed) == lake.lake_hash(undisturbed)
    assert len(files_below(disturbed, "articles")) == 3 * N_DAYS
    return reads, len(states)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see how far a writer has got")
def test_a_hundred_kills_tear_nothing_and_lose_nothing(tmp_path):
    began = time.monotonic()
    reads, states = kill_two_writers(tmp_path, 50, 0.5)
    print(f"100 kills, {reads} good reads, {states} states seen, {time.monotonic() - began:.0f} s")
    assert reads >= 10 and states >= 2


@contextmanager
def small_disk(folder: Path, *options: str) -> Iterator[Path]:
    """A file system of its own, in memory; skips the test where mounting is not permitted."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", ",".join(("size=8m", *options)), "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk has to be mounted, which only root may do")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)


def fill(folder: Path, kilobytes_left: int) -> Path:
    """Write a file that leaves so much room."""
    ballast = folder / "ballast"
    free = shutil.disk_usage(folder).free
    ballast.write_bytes(bytes(max(0, free - kilobytes_left * 1024)))
    return ballast


@pytest.fixture
def disk_home(first_day, tmp_path) -> Iterator[Home]:
    """The first day's home, its lake on a disk of its own."""
    with small_disk(tmp_path / "lake") as folder:
        shutil.copytree(first_day.lake, folder, dirs_exist_ok=True)
        shutil.copytree(first_day.raw, tmp_path / "raw")
        lake.rebuild_derived(folder)
        yield Home(tmp_path)


SLOW_AMOUNTS = [pytest.param(amount, marks=pytest.mark.slow) for amount in (0, 12, 60, 150, 220, 300, 380)]


@pytest.mark.parametrize("kilobytes_left", [100, *SLOW_AMOUNTS])
def test_a_full_lake_is_told_and_finished_later(disk_home, both_days, kilobytes_left):
    before = disk_home.ask("SELECT capture_id, text FROM articles ORDER BY ALL")
    ballast = fill(disk_home.lake, kilobytes_left)
    done = disk_home.run("load", SECOND, *COLLECTION)
    assert disk_home.ask("SELECT capture_id, text FROM articles ORDER BY ALL") == before
    ballast.unlink()
    if done.status:
        assert f"no space left on the disk of {disk_home.lake}" in done.error
        assert "make room there, then run the same again" in done.error
        assert not any(".tmp" in path.name for path in disk_home.lake.rglob(".*") if path.is_file())
        disk_home.succeed("load", SECOND, *COLLECTION)
    assert kilobytes_left > 300 or done.status == 1
    assert disk_home.hash == both_days.hash
    check_whole(disk_home)


@pytest.mark.slow
def test_a_full_raw_store_is_told_and_finished_later(first_day, tmp_path):
    with small_disk(tmp_path / "raw"):
        home = Home(tmp_path)
        ballast = fill(home.raw, 30)
        told = home.run("load", FIRST, *COLLECTION).error
        assert f"no space left on the disk of {home.raw}" in told
        assert raw.entries(home.raw) == [] and home.hash is None
        ballast.unlink()
        home.succeed("load", FIRST, *COLLECTION)
        assert home.hash == first_day.hash


def test_a_read_only_lake_is_read_and_not_written(disk_home):
    before = disk_home.hash
    remount(disk_home.lake, "ro")
    told = disk_home.run("load", SECOND, *COLLECTION).error
    assert str(disk_home.lake) in told and "Read-only file system" in told and "make the folder writable" in told
    assert disk_home.succeed("sql", "SELECT count(*) FROM articles", "--format", "csv").split() == ["count_star()", "3"]
    assert "can't be written" in disk_home.run("doctor").stdout
    assert disk_home.hash == before


@pytest.mark.slow
def test_a_lock_that_another_process_holds_is_named(first_day, both_days, tmp_path):
    home = first_day.copy(tmp_path)
    home.environment["DATELINE_PATIENCE"] = "0.3"
    lock = home.lake / "_catalog/lock"
    with hold_lock(lock):
        told = home.run("load", SECOND, *COLLECTION).error
    assert f"{lock} is held by process {os.getpid()} on " in told and "wait for it or end that process" in told
    assert home.hash == first_day.hash
    lock.write_text("process 1 on a machine that is gone")
    home.succeed("load", SECOND, *COLLECTION)
    assert home.hash == both_days.hash


def test_a_lock_in_raw_is_named(first_day, tmp_path):
    home = first_day.copy(tmp_path)
    home.environment["DATELINE_PATIENCE"] = "0"
    with hold_lock(home.raw / "locks/source=news"):
        told = home.run("load", FIRST, *COLLECTION).error
    assert f"is held by process {os.getpid()}" in told


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.chmod(0o644)
    path.write_bytes(data)


def data_file(home: Home) -> Path:
    return next((home.lake / "_data/mentions").rglob("2026-03-06*.parquet"))


def newest_part(home: Home) -> Path:
    stated = json.loads((home.lake / "_catalog/000002.json").read_text())
    return home.lake / "_catalog" / stated["parts"]["2026-03"]


DAMAGED: dict[str, tuple[Callable[[Home], Path], str]] = {
    "data": (data_file, r"found: _data/mentions/.*2026-03-06-news-\w+\.parquet was altered"),
    "pointer": (lambda home: home.lake / "_catalog/current.json", r"found: .*current\.json is damaged"),
    "manifest": (lambda home: home.lake / "_catalog/000002.json", r"found: .*000002\.json is not what was committed"),
    "part": (newest_part, r"found: .*parts/2026-03-\w+\.json is not what its name says"),
    "catalog": (lambda home: home.lake / "lake.sql", r"found: lake\.sql and dateline\.duckdb are not of manifest 2"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGED)
def test_a_flipped_bit_is_found_and_mended_from_raw(both_days, tmp_path, name):
    home = both_days.copy(tmp_path)
    find, words = DAMAGED[name]
    flip(find(home))
    said = home.succeed("repair")
    assert re.search(words, said), said
    assert home.hash == both_days.hash
    assert files_below(home.lake, "_data") == files_below(both_days.lake, "_data")
    check_whole(home)
    assert "nothing was damaged" in home.succeed("repair")


@pytest.mark.slow
def test_a_damaged_payload_costs_its_page_alone_until_it_is_back(both_days, tmp_path):
    home = both_days.copy(tmp_path)
    ((capture_id, ref, sha256),) = home.ask(
        "SELECT capture_id, source_ref, payload_sha256 FROM captures WHERE source_ref LIKE 'kestrel-jetty%'"
    )
    payload = next((home.raw / "payloads").rglob(sha256))
    flip(payload)
    done = home.run("repair")
    assert f"page 2026-03-06 news {ref} (capture {capture_id}): {payload} was altered" in done.stdout
    assert "raw is damaged in 1 places" in done.error
    assert home.hash == both_days.hash, "what was read before the damage stays"
    shutil.rmtree(home.lake)
    done = home.run("repair")
    assert done.status == 1 and str(payload) in done.stdout
    assert home.ask("SELECT capture_id, outcome, reason FROM rejected WHERE stage = 'open'") == [
        (capture_id, "broken", "damaged_in_raw")
    ]
    assert home.ask("SELECT count(DISTINCT capture_id) FROM articles") == [(4,)]
    check_whole(home)
    assert "registered 0 new, 3 known" in home.succeed("load", SECOND, *COLLECTION)
    assert home.hash == both_days.hash


@pytest.mark.slow
def test_a_damaged_log_is_told_and_the_rest_goes_on(both_days, tmp_path):
    home = both_days.copy(tmp_path)
    segment = next((home.raw / "log/ingest_date=2026-03-06/source=news").glob("*.jsonl"))
    flip(segment)
    shutil.rmtree(home.lake)
    done = home.run("repair")
    assert done.status == 1 and f"raw is damaged: {segment} was altered: restore it from a backup" in done.stdout
    assert home.ask("SELECT DISTINCT ingest_date::VARCHAR FROM captures") == [("2026-03-02",)]
    assert f"{segment} was altered" in home.run("load", SECOND, *COLLECTION).error
    flip(segment)
    home.succeed("repair")
    assert home.hash == both_days.hash


def test_a_newer_lake_is_refused(first_day, tmp_path):
    home = first_day.copy(tmp_path)
    manifest = home.lake / "_catalog/000001.json"
    manifest.chmod(0o644)
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema_version": SCHEMA_VERSION + 1}))
    (home.lake / "_catalog/current.json").write_text(json.dumps({"manifest": "000001.json", "sha256": ""}))
    before = files_below(home.lake)
    for arguments in (("sql", "SELECT 1"), ("load", SECOND, *COLLECTION), ("repair",)):
        told = home.run(*arguments).error
        assert "was written by a newer Dateline" in told and "install that version" in told
    assert files_below(home.lake) == before


def test_a_moved_lake_is_repaired_where_it_is(both_days, tmp_path):
    home = both_days.copy(tmp_path)
    new = tmp_path / "other disk" / "lake"
    new.parent.mkdir()
    home.lake.rename(new)
    moved = Home(tmp_path, {"DATELINE_LAKE": str(new)})
    assert "repair" in moved.run("sql", "SELECT count(*) FROM articles").error
    said = home.succeed("repair", "--lake", new)
    assert "not of this folder" in said and both_days.hash[:12] in said
    assert moved.succeed("sql", "SELECT count(DISTINCT capture_id) AS n FROM articles", "--format", "csv").split() == [
        "n",
        "5",
    ]
    check_whole(moved)
