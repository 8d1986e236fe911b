"""What nothing needs any more goes; what a reader or a run may still need stays."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from synthetic_lake import ask, files_below, pages_of, stage

from dateline import lake
from dateline.lake.garbage import collect_garbage, collect_replaced, collect_unfinished, kept_numbers
from dateline.lake.merge import merge_candidate

DAY = date(2026, 3, 2)


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day, hours=hour)


def publish_at(folder: Path, when: datetime, version: int, ingest_date: date = DAY) -> None:
    candidate = stage(folder, pages_of("a", "b", version=version), run_id=f"v{version}", ingest_date=ingest_date)
    lake.publish(folder, [candidate], clock=lambda: when, run_note=f"v{version}", force=True)


def age(folder: Path, when: datetime, pattern: str = "*") -> None:
    """Give files the time that they would have, had the clock of the test been that of the disk."""
    for path in folder.rglob(pattern):
        os.utime(path, (when.timestamp(), when.timestamp()))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """One entry in four versions, published on the days 0, 1, 2 and 10, and another that stays."""
    folder = tmp_path_factory.mktemp("made")
    publish_at(folder, at(0), 9, date(2026, 3, 1))
    for version, day in ((1, 0), (2, 1), (3, 2), (4, 10)):
        publish_at(folder, at(day), version)
    return folder


@pytest.fixture
def four(made, tmp_path) -> Path:
    """That lake in a folder of the test's own."""
    folder = tmp_path / "lake"
    shutil.copytree(made, folder)
    age(folder / "_data", at(0), "*.parquet")
    lake.rebuild_derived(folder)
    return folder


def test_files_stay_as_long_as_a_manifest_that_stays_names_them(four):
    # Manifest 4 (version 3) was replaced on day 10 by manifest 5, manifest 3 on day 2.
    done = collect_replaced(four, clock=lambda: at(12), kept_for=timedelta(days=7), kept_last=1)
    assert done.manifests == (1, 2, 3) and kept_numbers(four) == [4, 5]
    assert "manifests 1 to 3 can no longer be compared" in done.describe()
    assert len(list((four / "_data/articles").rglob("2026-03-02-*.parquet"))) == 2
    assert not lake.find_damage(four)
    assert ask(four, "SELECT DISTINCT title FROM articles ORDER BY ALL") == [("version 4 of 3",), ("version 9 of 3",)]
    parts = {path.name for path in (four / "_catalog/parts").iterdir()}
    assert len(parts) == 2


def test_the_last_manifests_stay_however_old(four):
    done = collect_replaced(four, clock=lambda: at(400), kept_last=3)
    assert done.manifests == (1, 2) and kept_numbers(four) == [3, 4, 5]
    assert collect_replaced(four, clock=lambda: at(400), kept_last=3).paths == ()


def test_a_reader_of_a_catalog_finds_its_files_for_the_grace_time(four):
    publish_at(four, at(20), 5)
    age(four / "_data", at(0), "*.parquet")
    catalog = shutil.copy(four / "dateline.duckdb", four / "opened-before")
    publish_at(four, at(21), 6)
    age(four / "_data", at(0), "*.parquet")
    keep = {"kept_for": timedelta(days=1), "kept_last": 1}
    collect_replaced(four, clock=lambda: at(21, 23), **keep)
    with duckdb.connect(catalog, read_only=True) as reader:
        assert reader.execute("SELECT max(title) FROM articles WHERE ingest_date = '2026-03-02'").fetchall() == [
            ("version 5 of 3",)
        ]
    collect_replaced(four, clock=lambda: at(22, 1), **keep)
    with duckdb.connect(catalog, read_only=True) as reader, pytest.raises(duckdb.Error):
        reader.execute("SELECT max(title) FROM articles").fetchall()


def test_less_than_a_day_is_not_kept(four):
    with pytest.raises(ValueError, match="at least 1 day"):
        collect_replaced(four, clock=lambda: at(12), kept_for=timedelta(hours=5))


def test_files_that_are_about_to_be_committed_stay(four):
    candidate = stage(four, pages_of("a", "b", version=77), run_id="slow")
    entry = merge_candidate(four, candidate, "slow")
    age(four / "_data", at(12), "*.parquet")
    collect_replaced(four, clock=lambda: at(12, 5), kept_last=1)
    lake.commit_entries(four, [entry], clock=lambda: at(12, 6))
    assert not lake.find_damage(four)


def test_a_commit_that_took_longer_than_the_grace_time_is_refused(four):
    candidate = stage(four, pages_of("a", "b", version=77), run_id="slow")
    entry = merge_candidate(four, candidate, "slow")
    age(four / "_data", at(12), "*.parquet")
    number = lake.current(four).number
    collect_replaced(four, clock=lambda: at(14), kept_last=1)
    with pytest.raises(lake.StaleReadError, match="read the entry again"):
        lake.commit_entries(four, [entry], clock=lambda: at(14))
    assert lake.current(four).number == number and not lake.find_damage(four)
    lake.publish(four, [candidate], clock=lambda: at(14), run_note="again", force=True)
    assert lake.current(four).number == number + 1


def test_what_compaction_replaced_is_collected(tmp_path):
    candidates = [
        stage(tmp_path, pages_of(f"{day}"), run_id=f"d{day}", ingest_date=date(2026, 3, day)) for day in range(1, 11)
    ]
    lake.publish(tmp_path, candidates, clock=lambda: at(11), run_note="x")
    list(lake.compact(tmp_path, clock=lambda: at(40)))
    age(tmp_path / "_data", at(11), "*.parquet")
    assert collect_replaced(tmp_path, clock=lambda: at(40, 23), kept_last=1).paths == ()
    done = collect_replaced(tmp_path, clock=lambda: at(50), kept_last=1)
    assert done.manifests == (1,) and len(done.paths) > 60
    left = [path.name for path in (tmp_path / "_data").rglob("2026*.parquet")]
    assert left and all(len(name) == len("2026-03-0123456789ab.parquet") for name in left)
    assert not lake.find_damage(tmp_path) and ask(tmp_path, "SELECT count(*) FROM articles") == [(10,)]


def test_a_damaged_old_manifest_keeps_nothing_alive(four):
    path = four / "_catalog/000004.json"
    path.chmod(0o644)
    path.write_text("{")
    assert 4 in collect_replaced(four, clock=lambda: at(12)).manifests
    assert not lake.find_damage(four)


def test_nothing_is_deleted_where_the_current_manifest_cannot_be_read(four):
    (four / "_catalog/current.json").write_text("{")
    before = files_below(four)
    with pytest.raises(lake.DamagedLakeError):
        collect_replaced(four, clock=lambda: at(400), kept_last=1)
    # The lock file names who holds it; the rest is untouched.
    assert files_below(four) | {"_catalog/lock": b""} == before | {"_catalog/lock": b""}


def test_an_empty_lake_has_no_garbage(tmp_path):
    assert collect_replaced(tmp_path, clock=lambda: at(1)).paths == ()
    assert collect_garbage(tmp_path, clock=lambda: at(1)) == []


def test_tables_of_a_catalog_stay_until_it_was_replaced_a_day_ago(tmp_path):
    publish_at(tmp_path, at(0), 1)
    tables = tmp_path / "_catalog/tables"
    age(tables, at(0))
    publish_at(tmp_path, at(30), 2)
    new = {path for path in tables.iterdir() if path.stat().st_mtime > at(30).timestamp()}
    for path in new:
        os.utime(path, (at(30).timestamp(), at(30).timestamp()))
    collect_garbage(tmp_path, clock=lambda: at(30, 23))
    assert len(list(tables.iterdir())) == 4
    collect_garbage(tmp_path, clock=lambda: at(31, 1))
    assert set(tables.iterdir()) == new


def test_unfinished_files_of_raw_go_and_payloads_stay(tmp_path):
    folder = tmp_path / "payloads/ab/12"
    folder.mkdir(parents=True)
    for name in (".tmp-old", ".tmp-young", "ab12"):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (at(0).timestamp(),) * 2)
    os.utime(folder / ".tmp-young", (at(3).timestamp(),) * 2)
    assert collect_unfinished(tmp_path, clock=lambda: at(3)) == [folder / ".tmp-old"]
    assert sorted(path.name for path in folder.iterdir()) == [".tmp-young", "ab12"]
