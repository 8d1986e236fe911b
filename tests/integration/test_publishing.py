"""What publishing promises while processes die and others read."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from synthetic_lake import ask, files_below, pages_of, publish

from dateline import lake

WRITER = Path(__file__).with_name("publishing_writer.py")
ROOT = Path(__file__).parents[2]

# Of each entry: versions seen in each table, and whether the rows are as many as the articles themselves say.
WHOLENESS = """
SELECT
    ingest_date,
    list_sort(list(DISTINCT regexp_extract(title, 'version (\\d+)', 1)::BIGINT)) AS versions,
    sum(regexp_extract(title, 'of (\\d+)', 1)::BIGINT) AS stated,
    any_value(m.n) AS found,
    any_value(m.versions) AS mention_versions,
    any_value(b.n) AS n_blocks,
    any_value(l.articles) AS counted,
    count(*) AS n_articles
FROM articles
LEFT JOIN (
    SELECT ingest_date, count(*) AS n, list_sort(list(DISTINCT score::BIGINT)) AS versions FROM mentions GROUP BY ALL
) AS m USING (ingest_date)
LEFT JOIN (SELECT ingest_date, count(*) AS n FROM blocks GROUP BY ALL) AS b USING (ingest_date)
LEFT JOIN ledger AS l USING (ingest_date)
GROUP BY ingest_date
"""


def start(*arguments: object) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT / "include"), str(ROOT / "tests")])
    environment = os.environ | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(WRITER), *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def torn_entries(connection: duckdb.DuckDBPyConnection) -> tuple[list[object], list[object]]:
    """Entries that are not whole, and the versions of all."""
    rows = connection.execute(WHOLENESS).fetchall()
    torn = [
        row
        for row in rows
        if len(row[1]) != 1 or row[2] != row[3] or row[1] != row[4] or not row[5] == row[6] == row[7] == 4
    ]
    return torn, [(row[0], *row[1]) for row in rows]


def kill_writers_while_reading(folder: Path, seconds: float) -> tuple[int, int, int]:
    """Kills, good reads and different states that readers saw; fails at the first read that is not whole."""
    for number in range(3):
        pages = pages_of("a", "b", "c", "d", version=number, n_mentions=30)
        publish(folder, pages, run_id=f"begin-{number}", ingest_date=date(2026, 3, 1) + timedelta(days=number))
    reads, states = 0, set()
    with start("loop", folder, seconds) as writer:
        while writer.poll() is None:
            # Read as users do, by file and by function in turn; a fresh connection each time.
            by_file = duckdb.connect(str(folder / "dateline.duckdb"), read_only=True) if reads % 2 else None
            with by_file or lake.open_lake(folder) as connection:
                torn, state = torn_entries(connection)
            assert torn == []
            assert len(state) == 3
            states.add(tuple(state))
            reads += 1
        assert writer.returncode == 0
        kills = int(writer.stdout.read())
    return kills, reads, len(states)


def check_after_the_last_crash(folder: Path) -> None:
    assert lake.rebuild_derived(folder) is not None
    assert not lake.find_damage(folder)
    before = files_below(folder, "mentions")
    with lake.open_lake(folder) as connection:
        torn, _ = torn_entries(connection)
        assert torn == []
        (counted,) = connection.execute("SELECT count(*) FROM mentions").fetchall()
    by_glob = duckdb.execute(f"SELECT count(*) FROM '{folder}/mentions/**/*.parquet'").fetchall()
    assert by_glob == [counted] and len(before) == 3


def test_a_torn_state_would_be_noticed(tmp_path):
    day = date(2026, 3, 1)
    pages = {version: pages_of("a", "b", "c", "d", version=version, n_mentions=20 + version) for version in (1, 2)}
    files = {}
    for version in (1, 2):
        publish(tmp_path, pages[version], run_id=f"{version}", ingest_date=day)
        files[version] = {name: file.path for name, file in lake.current(tmp_path).entries[day, "inbox"].files.items()}
    for articles, mentions, is_torn in ((1, 1, False), (1, 2, True), (2, 1, True), (2, 2, False)):
        with duckdb.connect() as connection:
            for name in ("articles", "mentions", "blocks", "ledger"):
                path = tmp_path / files[mentions if name == "mentions" else articles][name]
                connection.execute(
                    f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}', hive_partitioning = false)"
                )
            assert bool(torn_entries(connection)[0]) is is_torn


def test_killed_writers_tear_nothing(tmp_path):
    kills, reads, states = kill_writers_while_reading(tmp_path, 3.0)
    assert kills >= 1 and reads >= 1 and states >= 1
    check_after_the_last_crash(tmp_path)


@pytest.mark.slow
def test_killed_writers_tear_nothing_for_long(tmp_path):
    kills, reads, states = kill_writers_while_reading(tmp_path, 15.0)
    print(f"{kills} kills, {reads} good reads, {states} states seen, none torn")
    assert kills >= 5 and reads >= 10 and states >= 3
    check_after_the_last_crash(tmp_path)


def test_two_processes_commit_at_once(tmp_path):
    both = [start("days", tmp_path, first, 5) for first in (0, 5)]
    for process in both:
        with process:
            assert process.wait() == 0
    assert ask(tmp_path, "SELECT count(DISTINCT ingest_date), count(*) FROM articles") == [(10, 20)]
    assert lake.current(tmp_path).number == 10
    assert not lake.find_damage(tmp_path)


def test_the_order_of_commits_does_not_show(tmp_path):
    for name, order in (("x", (0, 1, 2)), ("y", (2, 0, 1))):
        for number in order:
            day = date(2026, 3, 1) + timedelta(days=number)
            publish(tmp_path / name, pages_of("a", version=number), run_id=f"{number}", ingest_date=day)
    assert lake.lake_hash(tmp_path / "x") == lake.lake_hash(tmp_path / "y")
    assert files_below(tmp_path / "x", "_data") == files_below(tmp_path / "y", "_data")
