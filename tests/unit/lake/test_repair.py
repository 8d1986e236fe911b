from __future__ import annotations

import json
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from synthetic_lake import DAY, ask, clock, files_below, pages_of, publish, stage

from dateline import lake
from dateline.lake import commit
from dateline.schema import TABLES

PAGES = pages_of("a", "b", "c")


def test_a_whole_lake_has_no_damage(tmp_path):
    assert not lake.find_damage(tmp_path)
    assert lake.rebuild_derived(tmp_path) is None
    publish(tmp_path, PAGES, run_id="one")
    assert not lake.find_damage(tmp_path)


def test_a_flipped_byte_is_found_and_written_over(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    publish(tmp_path, PAGES, run_id="other", ingest_date=date(2026, 3, 5))
    whole = files_below(tmp_path, "_data")
    (path,) = (tmp_path / "_data/mentions").rglob("2026-03-02*.parquet")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    damage = lake.find_damage(tmp_path)
    assert damage.entries == ((DAY, "inbox"),) and "was altered" in damage.problems[0]
    result = publish(tmp_path, PAGES, run_id="again")
    assert not result.changed and not lake.find_damage(tmp_path)
    assert files_below(tmp_path, "_data") == whole
    (link,) = (tmp_path / "mentions").rglob("2026-03-02*.parquet")
    assert link.samefile(path)


def test_a_missing_file_is_found(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    (path,) = (tmp_path / "_data/articles").rglob("2026*.parquet")
    path.unlink()
    damage = lake.find_damage(tmp_path)
    assert damage.entries == ((DAY, "inbox"),) and "is missing" in damage.problems[0]
    with pytest.raises(lake.DamagedLakeError, match="run `dateline repair`"):
        lake.rebuild_derived(tmp_path)
    publish(tmp_path, PAGES, run_id="again")
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(3,)]


@pytest.mark.parametrize("pointer", [b"", b"{", b'{"manifest": "000009.json", "sha256": "0"}', b"[]", None])
def test_a_damaged_pointer_goes_back_to_the_newest_whole_manifest(tmp_path, pointer):
    publish(tmp_path, PAGES, run_id="one")
    publish(tmp_path, [*PAGES, *pages_of("d")], run_id="two")
    path = tmp_path / "_catalog/current.json"
    path.unlink() if pointer is None else path.write_bytes(pointer)
    with pytest.raises(lake.DamagedLakeError, match="dateline repair"):
        lake.current(tmp_path)
    with pytest.raises(lake.DamagedLakeError):
        publish(tmp_path, PAGES, run_id="three")
    assert lake.find_damage(tmp_path)
    assert lake.rebuild_derived(tmp_path).number == 2
    assert not lake.find_damage(tmp_path)
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(4,)]


def test_a_damaged_part_goes_back_one_commit(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    first = lake.lake_hash(tmp_path)
    publish(tmp_path, [*PAGES, *pages_of("d")], run_id="two")
    newest = json.loads((tmp_path / "_catalog/000002.json").read_text())["parts"]["2026-03"]
    part = tmp_path / "_catalog" / newest
    part.chmod(0o644)
    part.write_bytes(part.read_bytes()[:-9])
    assert "is not what its name says" in lake.find_damage(tmp_path).problems[0]
    assert lake.rebuild_derived(tmp_path).lake_hash == first


def test_pointer_and_data_may_be_damaged_together(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    whole = lake.lake_hash(tmp_path)
    (tmp_path / "_catalog/current.json").write_text("x")
    (path,) = (tmp_path / "_data/articles").rglob("2026*.parquet")
    path.unlink()
    assert lake.rebuild_derived(tmp_path).number == 1
    assert lake.find_damage(tmp_path).entries == ((DAY, "inbox"),)
    assert publish(tmp_path, PAGES, run_id="again").lake_hash == whole
    assert not lake.find_damage(tmp_path)


def test_no_whole_manifest_is_told(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    for path in (tmp_path / "_catalog/parts").iterdir():
        path.unlink()
    with pytest.raises(lake.DamagedLakeError, match="rebuild it from raw"):
        lake.rebuild_derived(tmp_path)


def test_a_crash_before_the_pointer_shows_nothing(tmp_path, monkeypatch):
    publish(tmp_path, PAGES, run_id="one")

    def crash(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(commit, "point_at", crash)
        with pytest.raises(KeyboardInterrupt):
            publish(tmp_path, [*PAGES, *pages_of("d")], run_id="two")
    assert lake.current(tmp_path).number == 1
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(3,)]
    assert publish(tmp_path, [*PAGES, *pages_of("d")], run_id="two").number == 3


def test_a_crash_between_manifest_and_catalog_is_repaired(tmp_path, monkeypatch):
    publish(tmp_path, PAGES, run_id="one")

    def crash(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(commit, "derive", crash)
        with pytest.raises(KeyboardInterrupt):
            publish(tmp_path, [*PAGES, *pages_of("d")], run_id="two")
    assert lake.current(tmp_path).number == 2
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(3,)]
    assert "not of manifest 2" in lake.find_damage(tmp_path).problems[0]
    lake.rebuild_derived(tmp_path)
    assert not lake.find_damage(tmp_path)
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(4,)]
    assert duckdb.execute(f"SELECT count(*) FROM '{tmp_path}/articles/**/*.parquet'").fetchall() == [(4,)]


def test_the_next_publish_repairs_too(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    for name in ("lake.sql", "dateline.duckdb"):
        (tmp_path / name).unlink()
    shutil.rmtree(tmp_path / "articles")
    assert not publish(tmp_path, PAGES, run_id="two").changed
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(3,)]
    assert list((tmp_path / "articles").rglob("*.parquet"))


def test_a_moved_lake_is_repaired(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new [1], it's *moved*"
    publish(old, PAGES, run_id="one")
    old.rename(new)
    assert "not of this folder" in lake.find_damage(new).problems[0]
    lake.rebuild_derived(new)
    assert ask(new, "SELECT count(*) FROM articles") == [(3,)]
    script = (new / "lake.sql").read_text()
    assert str(old) not in script
    with duckdb.connect() as connection:
        connection.execute(script)
        assert connection.execute("SELECT count(*) FROM latest_articles").fetchall() == [(3,)]


@pytest.mark.parametrize("name", ["a, b", "[ab]c", "what?", "two\nlines", "it's *"])
def test_a_lake_may_lie_anywhere(tmp_path, name):
    publish(tmp_path / name, PAGES, run_id="one")
    assert ask(tmp_path / name, "SELECT count(*) FROM articles") == [(3,)]
    with duckdb.connect() as connection:
        connection.execute((tmp_path / name / "lake.sql").read_text())
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(3,)]


def test_one_line_of_the_script_sets_the_root(tmp_path):
    publish(tmp_path / "old", PAGES, run_id="one")
    script = (tmp_path / "old/lake.sql").read_text()
    assert sum(str(tmp_path) in line for line in script.splitlines()) == 1
    (tmp_path / "old").rename(tmp_path / "new")
    with duckdb.connect() as connection:
        connection.execute(script.replace(f"{tmp_path}/old", f"{tmp_path}/new"))
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(3,)]


def test_the_database_opens_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    publish(Path("lake"), PAGES, run_id="one")
    monkeypatch.chdir("/")
    with duckdb.connect(str(tmp_path / "lake/dateline.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchall() == [(0,)]


def test_older_duckdb_can_open_the_database(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    (version,) = ask(
        tmp_path, "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'dateline'"
    )
    assert version == ("v1.0.0+",)


def test_a_newer_lake_is_refused(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    path = tmp_path / "_catalog/000001.json"
    newer = json.loads(path.read_text()) | {"schema_version": 99}
    path.chmod(0o644)
    path.write_text(json.dumps(newer))
    (tmp_path / "_catalog/current.json").unlink()
    commit.point_at(tmp_path, commit.Manifest(1, {}, {}))
    for call in (lake.current, lake.open_lake, lake.find_damage, lake.rebuild_derived):
        with pytest.raises(lake.NewerLakeError, match="newer Dateline") as caught:
            call(tmp_path)
        assert "\n" not in str(caught.value)
    with pytest.raises(lake.NewerLakeError):
        publish(tmp_path, PAGES, run_id="two")


def test_an_empty_folder_is_no_lake(tmp_path):
    with pytest.raises(lake.LakeError, match="holds nothing yet"):
        lake.open_lake(tmp_path)


def test_an_open_session_keeps_what_it_opened(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    with lake.open_lake(tmp_path) as session:
        publish(tmp_path, [*PAGES, *pages_of("d")], run_id="two")
        assert session.execute("SELECT count(*) FROM articles").fetchall() == [(3,)]
        assert ask(tmp_path, "SELECT count(*) FROM articles") == [(4,)]
        with pytest.raises(duckdb.Error, match="read-only"):
            session.execute("CREATE TABLE t (x INTEGER)")


def test_unfinished_files_are_told_and_harm_nobody(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    (tmp_path / "_data/articles/.tmp-half").write_bytes(b"half")
    damage = lake.find_damage(tmp_path)
    assert not damage and damage.unfinished == ("_data/articles/.tmp-half",)


def test_the_database_carries_the_codebook(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    query = "SELECT comment FROM duckdb_columns() WHERE table_name = 'articles' AND column_name = 'n_words'"
    assert ask(tmp_path, query) == [(TABLES["articles"]["n_words"].doc,)]


def test_garbage_is_what_is_old_and_unfinished(tmp_path):
    publish(tmp_path, PAGES, run_id="old")
    stage(tmp_path, PAGES, run_id="young")
    scrap = tmp_path / "_data/articles/.tmp-scrap"
    scrap.write_bytes(b"half")
    yesterday = (clock() - timedelta(days=2)).timestamp()
    for path in [scrap, tmp_path / "_stage/old", *(tmp_path / "_stage/old").rglob("*")]:
        os.utime(path, (yesterday, yesterday))
    for path in (tmp_path / "_stage/young").rglob("*"):
        os.utime(path, (clock().timestamp(), clock().timestamp()))
    assert lake.collect_garbage(tmp_path, clock=clock) == [scrap, tmp_path / "_stage/old"]
    assert not scrap.exists() and (tmp_path / "_stage/young").exists()
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(3,)]
