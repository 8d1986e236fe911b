"""Compaction changes files and nothing else: no answer, no hash, and nothing that happens to the month afterwards."""

from __future__ import annotations

import importlib
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from synthetic_lake import InventedPage, ask, clock, files_below, pages_of, publish, stage

from dateline import lake
from dateline.lake.audit import CLOSED_LISTS
from dateline.lake.catalog import packaged_sql
from dateline.lake.purge import purge_replaced
from dateline.lake.tree import tree_problems
from dateline.raw import Position
from dateline.schema import TABLES

N_DAYS = 10


def later() -> datetime:
    """Nine days after March."""
    return datetime(2026, 4, 9, 3, tzinfo=UTC)


def pages_of_day(number: int, version: int = 1) -> list[InventedPage]:
    """Pages of one day: articles of other days, one of them undated, one rejected and one withdrawn."""
    found = pages_of(*(f"{number}-{letter}" for letter in "abc"), version=version, n_mentions=3 + number)
    undated = InventedPage(f"{number}-d", version=version, day=None)
    return [
        *found,
        undated,
        InventedPage(f"{number}-e", outcome="bot_wall"),
        InventedPage(f"{number}-f", outcome="withdrawn"),
    ]


def staged(folder: Path, number: int, run_id: str, version: int = 1) -> lake.Candidate:
    """The entry of a day, numbered by its month and its place there: 304 is the fifth of March."""
    day = date(2026, number // 100, 1 + number % 100)
    return stage(folder, pages_of_day(number, version), run_id=f"{run_id}-{number}", ingest_date=day)


def fill(folder: Path, *, month: int = 3, n_days: int = N_DAYS) -> Path:
    candidates = [staged(folder, 100 * month + number, "fill") for number in range(n_days)]
    lake.publish(folder, candidates, clock=clock, run_note="fill")
    return folder


@pytest.fixture(scope="module")
def loose(tmp_path_factory) -> Path:
    """A lake of ten days of March, in a file of its own each."""
    return fill(tmp_path_factory.mktemp("loose"))


@pytest.fixture(scope="module")
def compacted(tmp_path_factory, loose) -> Path:
    """The same lake, compacted."""
    folder = copy(loose, tmp_path_factory.mktemp("compacted"))
    (done,) = lake.compact(folder, clock=later)
    assert (done.month, done.dropped) == ("2026-03", "")
    return folder


def copy(lake_folder: Path, folder: Path) -> Path:
    shutil.copytree(lake_folder, folder / "lake")
    lake.rebuild_derived(folder / "lake")
    return folder / "lake"


def answers(folder: Path) -> dict[str, Any]:
    """All rows of all tables and views, sorted, and their hashes by entry, which is what a reader can see."""
    with lake.open_lake(folder) as connection:
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
        found = {
            name: sorted(map(repr, connection.execute(f"FROM {name}").fetchall()))
            for (name,) in views
            if name not in ("lake_files", "builds")
        }
        for name in TABLES:
            query = (
                f"SELECT ingest_date, source_id, count(*), bit_xor(hash(x)) FROM {name} AS x GROUP BY ALL ORDER BY ALL"
            )
            found[f"hashes of {name}"] = connection.execute(query).fetchall()
        return found


def equal(one: Path, other: Path) -> bool:
    return answers(one) == answers(other) and lake.lake_hash(one) == lake.lake_hash(other)


def whole(folder: Path) -> bool:
    manifest = lake.current(folder)
    assert manifest is not None
    return not lake.find_damage(folder) and tree_problems(folder, manifest) == []


def test_answers_hashes_and_lake_hash_stay(loose, compacted):
    assert len(answers(loose)["articles"]) == 4 * N_DAYS
    assert equal(loose, compacted)
    assert whole(compacted)
    manifest = lake.current(compacted)
    assert {len(manifest.files(name)) for name in TABLES} <= {0, 1}
    assert len(lake.current(loose).files("articles")) == N_DAYS


def test_checks_of_the_audit_hold_of_a_compacted_lake(compacted):
    rows = [(name, value) for name, values in CLOSED_LISTS.items() for value in values]
    with duckdb.connect() as connection:
        connection.execute((compacted / "lake.sql").read_text())
        connection.execute("CREATE TEMP TABLE closed_lists (list_name VARCHAR, list_value VARCHAR)")
        connection.executemany("INSERT INTO closed_lists VALUES (?, ?)", rows)
        connection.execute("CREATE TEMP VIEW expected AS SELECT ingest_date, source_id, capture_id FROM captures")
        checks = packaged_sql("checks")
        assert len(checks) > 5
        for query in checks:
            assert connection.execute(query.rstrip(";")).fetchall() == [], query


def test_rows_of_a_month_are_in_the_order_of_their_table(compacted):
    (file,) = lake.current(compacted).files("articles")
    query = f"SELECT published_day, article_id FROM '{compacted / file.path}'"
    found = duckdb.sql(query).fetchall()
    assert found == sorted(found, key=lambda row: (row[0] is None, row[0] or date.max, row[1]))
    assert (file.published_from, file.published_to) == (date(2026, 3, 1), date(2026, 3, 1))


def test_the_same_month_gives_the_same_files(loose, compacted, tmp_path):
    other = copy(loose, tmp_path)
    list(lake.compact(other, clock=later))
    assert files_below(other, "_data") == files_below(compacted, "_data")
    assert list(lake.compact(other, clock=later)) == []


def test_the_tree_has_one_file_a_month(compacted):
    names = {path.name for path in (compacted / "articles").rglob("*.parquet")}
    assert names == {"2026-03.parquet"}
    found = duckdb.sql(f"SELECT count(*) FROM read_parquet('{compacted}/articles/**/*.parquet')").fetchall()
    assert found == [(4 * N_DAYS,)]


def test_lake_files_name_the_file_where_the_rows_are(compacted):
    query = "SELECT DISTINCT file_path FROM lake_files WHERE is_compacted AND table_name = 'articles'"
    ((path,),) = ask(compacted, query)
    assert (compacted / path).is_file()
    assert ask(compacted, "SELECT count(*), sum(n_rows) FROM lake_files WHERE table_name = 'articles'") == [
        (N_DAYS, 4 * N_DAYS)
    ]


@pytest.mark.parametrize(
    ("now", "most_files", "due"),
    [
        (datetime(2026, 3, 17, tzinfo=UTC), 8, False),
        (datetime(2026, 3, 18, tzinfo=UTC), 8, True),
        (datetime(2026, 4, 9, tzinfo=UTC), N_DAYS, False),
    ],
)
def test_a_month_is_due_once_it_is_over_and_has_many_files(loose, now, most_files, due):
    found = lake.closed_months(lake.current(loose), clock=lambda: now, most_files=most_files)
    assert found == (["2026-03"] if due else [])


def change(folder: Path) -> None:
    """What may happen to a month that is over: a day read anew, a new day, a day whose pages are withdrawn."""
    publish(folder, pages_of_day(304, version=2), run_id="anew", ingest_date=date(2026, 3, 5), force=True)
    publish(folder, pages_of_day(330), run_id="new", ingest_date=date(2026, 3, 30))
    gone = [InventedPage(page.name, outcome="withdrawn") for page in pages_of_day(306)]
    publish(folder, gone, run_id="gone", ingest_date=date(2026, 3, 7), force=True)


def test_a_compacted_month_is_published_into_as_any_other(loose, compacted, tmp_path):
    one, other = copy(loose, tmp_path / "one"), copy(compacted, tmp_path / "other")
    change(one)
    change(other)
    assert equal(one, other)
    assert whole(one) and whole(other)
    names = {path.name for path in (other / "articles").rglob("*.parquet")}
    assert names == {"2026-03.parquet", "2026-03-05-inbox.parquet", "2026-03-30-inbox.parquet"}


def test_a_month_is_compacted_again_with_what_came_later(loose, tmp_path):
    folder = copy(loose, tmp_path)
    list(lake.compact(folder, clock=later))
    change(folder)
    before = answers(folder)
    (done,) = lake.compact(folder, clock=later, most_files=1)
    assert done.n_after == 7 and answers(folder) == before and whole(folder)
    assert len(lake.current(folder).files("articles")) == 1


def test_publishing_the_same_again_changes_nothing(compacted, tmp_path):
    folder = copy(compacted, tmp_path)
    number = lake.current(folder).number
    result = publish(folder, pages_of_day(304), run_id="again", ingest_date=date(2026, 3, 5))
    assert not result.changed and lake.current(folder).number == number


def test_a_month_whose_entries_are_all_read_anew_has_no_month_file(compacted, tmp_path):
    folder = copy(compacted, tmp_path)
    candidates = [staged(folder, 300 + number, "anew", version=2) for number in range(N_DAYS)]
    lake.publish(folder, candidates, clock=later, run_note="all", force=True)
    assert lake.current(folder).months == {} and whole(folder)
    assert ask(folder, "SELECT count(*), min(title) FROM articles WHERE title LIKE 'version 2%'")[0][0] == 4 * N_DAYS


def test_a_later_state_of_raw_in_a_compacted_month_is_not_overwritten(compacted, tmp_path):
    folder = copy(compacted, tmp_path)
    with pytest.raises(lake.StaleReadError):
        publish(folder, pages_of_day(304), run_id="x", ingest_date=date(2026, 3, 5), position=Position(()))


def test_an_entry_that_changes_meanwhile_drops_the_work(loose, tmp_path, monkeypatch):
    folder = copy(loose, tmp_path)
    compaction = importlib.import_module("dateline.lake.compact")
    merge = compaction.merge_files

    def merge_and_be_overtaken(*args: Any) -> Any:
        done = merge(*args)
        if args[1].name == "ledger":
            publish(folder, pages_of_day(304, version=2), run_id="anew", ingest_date=date(2026, 3, 5), force=True)
        return done

    monkeypatch.setattr(compaction, "merge_files", merge_and_be_overtaken)
    (done,) = lake.compact(folder, clock=later)
    assert "published meanwhile" in done.describe()
    assert lake.current(folder).months == {} and whole(folder)
    assert list((folder / "_data").rglob("2026-03-????????????.parquet")) == []


def test_a_wrong_merge_is_refused(loose, tmp_path, monkeypatch):
    from dateline.lake import month_files

    folder = copy(loose, tmp_path)
    number = lake.current(folder).number
    write = month_files._write_stream

    def lose_rows(path: Path, table: Any, batches: Any) -> Path:
        return write(path, table, [batch.slice(1) for batch in batches])

    monkeypatch.setattr(month_files, "_write_stream", lose_rows)
    with pytest.raises(lake.LakeError, match="not merged as they are"):
        list(lake.compact(folder, clock=later))
    assert lake.current(folder).number == number and whole(folder)


@pytest.mark.parametrize("harm", ["alter", "delete"])
def test_a_damaged_month_is_read_again_from_raw(loose, compacted, tmp_path, harm):
    folder = copy(compacted, tmp_path)
    (path,) = (folder / "_data/mentions").rglob("2026-03-????????????.parquet")
    if harm == "alter":
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.chmod(0o644)
        path.write_bytes(data)
    else:
        path.unlink()
    damage = lake.find_damage(folder)
    assert len(damage.entries) == N_DAYS and path.relative_to(folder).as_posix() in damage.problems[0]
    candidates = [staged(folder, 300 + number, "again") for number in range(N_DAYS)]
    lake.publish(folder, candidates, clock=later, run_note="repair", force=True)
    lake.rebuild_derived(folder)
    assert equal(folder, loose) and whole(folder)


def test_damaged_files_are_not_merged(loose, tmp_path):
    folder = copy(loose, tmp_path)
    path = sorted((folder / "_data/articles").rglob("2026-03-0*.parquet"))[0]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    (done,) = lake.compact(folder, clock=later)
    assert "was altered: run `dateline repair`" in done.describe() and lake.current(folder).months == {}


def test_what_is_forgotten_in_a_compacted_month_is_in_no_file(compacted, tmp_path):
    folder = copy(compacted, tmp_path)
    fewer = pages_of_day(304)[1:]
    publish(folder, fewer, run_id="forget", ingest_date=date(2026, 3, 5), force=True)
    purge_replaced(folder, [(date(2026, 3, 5), "inbox")])
    for path in [*(folder / "_data").rglob("*.parquet"), *(folder / "_stage").rglob("*.parquet")]:
        source = (
            f"SELECT capture_id FROM '{path}' WHERE capture_id = '304-a'"
            if not {"ledger", "site_profiles"} & set(path.parts)
            else "SELECT 1 WHERE false"
        )
        assert duckdb.sql(source).fetchall() == [], path
    assert whole(folder) and len(answers(folder)["articles"]) == 4 * N_DAYS - 1


def test_the_catalog_and_the_tree_of_a_compacted_lake_can_be_rebuilt(compacted, tmp_path):
    folder = copy(compacted, tmp_path)
    for name in ("lake.sql", "dateline.duckdb"):
        (folder / name).unlink()
    shutil.rmtree(folder / "articles")
    moved = tmp_path / "elsewhere"
    folder.rename(moved)
    lake.rebuild_derived(moved)
    assert equal(moved, compacted) and whole(moved)


def test_months_are_compacted_one_by_one_and_others_are_left(tmp_path):
    candidates = [staged(tmp_path, number, "fill") for number in (200, 201, 300, 301, 302, 400, 401)]
    lake.publish(tmp_path, candidates, clock=clock, run_note="fill")
    before = answers(tmp_path)
    done = list(lake.compact(tmp_path, clock=later, most_files=1))
    assert [(item.month, item.number) for item in done] == [("2026-02", 2), ("2026-03", 3)]
    assert answers(tmp_path) == before
