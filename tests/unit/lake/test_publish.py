from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import duckdb
import pytest
from synthetic_lake import DAY, InventedPage, ask, batches_of, clock, files_below, pages_of, publish, stage

from dateline import lake
from dateline.raw import Position

PAGES = pages_of("a", "b", "c", "d", "e", "f")


def test_an_empty_lake_answers(tmp_path):
    first = lake.publish(tmp_path, [], clock=clock, run_note="set up")
    assert first.changed and first.number == 1
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(0,)]
    assert not lake.publish(tmp_path, [], clock=clock, run_note="again").changed


def test_publishing_the_same_again_writes_nothing(tmp_path):
    first = publish(tmp_path, PAGES, run_id="one")
    before = times_of_files(tmp_path)
    again = publish(tmp_path, PAGES, run_id="two")
    assert first.changed and not again.changed
    assert (again.number, again.lake_hash) == (first.number, first.lake_hash)
    assert again.unchanged_entries == ((DAY, "inbox"),)
    assert times_of_files(tmp_path) == before


def times_of_files(folder):
    kept = [path for path in files_below(folder) if not path.startswith("_stage") and path != "_catalog/lock"]
    return {path: (folder / path).stat().st_mtime_ns for path in kept}


def test_shards_and_order_change_nothing(tmp_path):
    publish(tmp_path / "x", PAGES, run_id="one")
    for n_shards in (2, 5):
        shuffled = random.Random(n_shards).sample(PAGES, len(PAGES))
        publish(tmp_path / str(n_shards), shuffled, run_id="other", n_shards=n_shards)
        assert files_below(tmp_path / "x", "_data") == files_below(tmp_path / str(n_shards), "_data")
        assert lake.lake_hash(tmp_path / "x") == lake.lake_hash(tmp_path / str(n_shards))


def test_rows_that_a_reading_no_longer_gives_vanish_everywhere(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    rest = [replace(page, outcome="withdrawn") if page.name in "bc" else page for page in PAGES]
    publish(tmp_path, rest, run_id="two", position=Position(("000001-aaaaaaaaaaaa.jsonl",), ("b", "c")))
    for table in ("articles", "blocks", "mentions", "entities"):
        assert ask(tmp_path, f"SELECT count(*) FROM {table} WHERE capture_id IN ('b', 'c')") == [(0,)]
        tree = f"{tmp_path}/{table}/**/*.parquet"
        left = duckdb.execute(f"SELECT DISTINCT capture_id FROM '{tree}' ORDER BY 1").fetchall()
        assert [row[0] for row in left] == ["a", "d", "e", "f"]
    assert ask(tmp_path, "SELECT expected, articles, withdrawn FROM ledger") == [(6, 4, 2)]


def test_a_table_that_loses_all_rows_leaves_the_tree(tmp_path):
    publish(tmp_path, [*pages_of("a"), *pages_of("r", outcome="bot_wall")], run_id="one")
    assert (tmp_path / "rejected").is_dir()
    publish(tmp_path, pages_of("a"), run_id="two")
    assert not (tmp_path / "rejected").exists()
    assert ask(tmp_path, "SELECT count(*) FROM rejected") == [(0,)]


def test_one_commit_takes_many_entries(tmp_path):
    days = [date(2026, 2, 27), date(2026, 3, 1), date(2026, 3, 2)]
    candidates = [stage(tmp_path, PAGES, run_id=str(day), ingest_date=day) for day in days]
    result = lake.publish(tmp_path, reversed(candidates), clock=clock, run_note="load")
    assert result.number == 1 and len(result.changed_entries) == 3
    assert ask(tmp_path, "SELECT ingest_date, articles FROM ledger ORDER BY 1") == [(day, 6) for day in days]
    assert ask(tmp_path, "SELECT count(*), min(build_id) FROM builds") == [(3, "build")]
    assert ask(tmp_path, "SELECT sum(n_rows) FROM lake_files WHERE table_name = 'articles'") == [(18,)]


def test_entries_that_share_shards_are_told_apart(tmp_path):
    mixed = batches_of(pages_of("a", "b"), source_id="one")
    for name, batches in batches_of(pages_of("c"), source_id="two").items():
        mixed[name] += batches
    shard = lake.stage_tables(tmp_path, "run", 0, mixed)
    position = Position(("000001-a",))
    candidates = [
        lake.Candidate(DAY, "one", position, ("a", "b"), "build", "snapshot", (shard,)),
        lake.Candidate(DAY, "two", position, ("c",), "build", "snapshot", (shard,)),
    ]
    lake.publish(tmp_path, candidates, clock=clock, run_note="load")
    answer = ask(tmp_path, "SELECT source_id, capture_id FROM articles ORDER BY 2")
    assert answer == [("one", "a"), ("one", "b"), ("two", "c")]


def test_a_source_may_be_called_anything(tmp_path):
    names = ["Wire/June 2007", "wire/june 2007", "weekly [1]*?", "köln's", "x" * 300, ".."]
    for number, name in enumerate(names):
        publish(tmp_path, pages_of(f"p{number}"), run_id=f"run{number}", source_id=name)
    assert ask(tmp_path, "SELECT source_id FROM captures ORDER BY capture_id") == [(name,) for name in names]
    assert len(list((tmp_path / "captures").rglob("*.parquet"))) == len(names)


def test_a_new_build_with_the_same_rows_keeps_the_lake_hash(tmp_path):
    first = publish(tmp_path, PAGES, run_id="one")
    candidate = replace(stage(tmp_path, PAGES, run_id="two"), build_id="newer")
    second = lake.publish(tmp_path, [candidate], clock=clock, run_note="two")
    assert second.changed and second.lake_hash == first.lake_hash
    assert ask(tmp_path, "SELECT build_id FROM builds") == [("newer",)]


def test_a_reading_that_is_behind_is_refused(tmp_path):
    later = Position(("000001-a", "000002-b"))
    publish(tmp_path, PAGES, run_id="one", position=later)
    with pytest.raises(lake.StaleReadError, match="read the entry again"):
        publish(tmp_path, PAGES[:5], run_id="two", position=Position(("000001-a",)))
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(6,)]


def test_staged_shards_are_written_once(tmp_path):
    one = stage(tmp_path, PAGES, run_id="run").shards[0]
    before = files_below(tmp_path)
    assert stage(tmp_path, [InventedPage("other")], run_id="run").shards[0] == one
    assert files_below(tmp_path) == before
    assert lake.staged_shard(tmp_path, "run", 0) == one == lake.StagedShard.from_json(one.to_json())
    assert lake.staged_shard(tmp_path, "run", 1) is None


def test_a_shard_that_was_half_deleted_is_staged_anew(tmp_path):
    one = stage(tmp_path, PAGES, run_id="run").shards[0]
    (tmp_path / "_stage/run/shard-000/shard.json").unlink()
    assert lake.staged_shard(tmp_path, "run", 0) is None
    assert stage(tmp_path, PAGES, run_id="run").shards[0] == one == lake.staged_shard(tmp_path, "run", 0)


@pytest.mark.parametrize("run_id", ["", "..", "a/b", ".hidden"])
def test_a_run_stays_in_its_folder(tmp_path, run_id):
    with pytest.raises(ValueError, match="name of a folder"):
        lake.stage_tables(tmp_path, run_id, 0, {})


def test_lost_staged_files_are_told(tmp_path):
    candidate = stage(tmp_path, PAGES, run_id="run")
    (tmp_path / "_stage/run/shard-000/mentions.parquet").unlink()
    with pytest.raises(lake.StageError, match="start it again"):
        lake.publish(tmp_path, [candidate], clock=clock, run_note="run")
    assert lake.current(tmp_path) is None


def test_files_hold_no_clock_and_no_run(tmp_path):
    publish(tmp_path, PAGES, run_id="a-run-with-a-name")
    assert not any(b"a-run-with-a-name" in data for data in files_below(tmp_path, "_data").values())


def test_published_files_are_read_only_links(tmp_path):
    publish(tmp_path, PAGES, run_id="one")
    (link,) = (tmp_path / "articles").rglob("*.parquet")
    assert link.relative_to(tmp_path).as_posix() == "articles/ingest_month=2026-03/2026-03-02-inbox.parquet"
    assert link.stat().st_mode & 0o222 == 0
    assert any(path.samefile(link) for path in (tmp_path / "_data/articles").rglob("2026*.parquet"))


def test_copies_where_links_fail(tmp_path, monkeypatch):
    def no_links(*_args, **_options):
        raise OSError("no links here")

    monkeypatch.setattr("os.link", no_links)
    publish(tmp_path, PAGES, run_id="one")
    (copy,) = (tmp_path / "articles").rglob("*.parquet")
    written = copy.stat().st_ino
    publish(tmp_path, PAGES, run_id="two")
    assert copy.stat().st_ino == written
    publish(tmp_path, [*PAGES, *pages_of("g")], run_id="three")
    assert duckdb.execute(f"SELECT count(*) FROM '{copy}'").fetchall() == [(7,)]
