"""What is different between two manifests is said to the value, and clearly where it can't be said any more."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from synthetic_lake import InventedPage, clock, pages_of, publish, stage

from dateline import lake
from dateline.cli import main
from dateline.lake.diff import LakeDiff, choose_manifests, compare
from dateline.lake.garbage import collect_replaced

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (2, 3, 4))
MONDAYS = pages_of("a", "b", "c")
CHANGED = [
    InventedPage("a", version=2),
    InventedPage("b", outcome="bot_wall"),
    InventedPage("c", day=date(2026, 2, 27)),
    InventedPage("d"),
]


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two manifests: Monday is read otherwise, Tuesday stays, Wednesday is new."""
    place = tmp_path / "lake"
    first = [stage(place, MONDAYS, run_id="1"), stage(place, pages_of("t"), run_id="2", ingest_date=TUESDAY)]
    lake.publish(place, first, clock=clock, run_note="first")
    second = [stage(place, CHANGED, run_id="3"), stage(place, pages_of("w"), run_id="4", ingest_date=WEDNESDAY)]
    lake.publish(place, second, clock=clock, run_note="second")
    return place


def compare_last(folder: Path, *numbers: int) -> LakeDiff:
    return compare(folder, *choose_manifests(folder, *numbers))


def ask_cli(folder: Path, *arguments: str):
    return CliRunner().invoke(main, ["diff", *arguments], env={"DATELINE_LAKE": str(folder), "COLUMNS": "100"})


def test_entries_captures_articles_and_values_that_differ_are_named(folder):
    found = compare_last(folder)
    assert (found.before, found.after, found.lost) == (1, 2, ())
    assert [(change.ingest_date, change.how) for change in found.entries] == [(MONDAY, "changed"), (WEDNESDAY, "added")]
    assert found.entries[0].count("articles") == (3, 3) and found.entries[0].count("rejected") == (0, 1)
    assert found.entries[1].count("articles") == (0, 1)
    outcomes = {row["capture_id"]: (row["before_outcome"], row["after_outcome"]) for row in found.outcomes}
    assert outcomes == {"b": ("article", "bot_wall"), "d": (None, "article"), "w": (None, "article")}
    assert {(row["capture_id"], row["is_added"]) for row in found.parts} == {("b", False), ("d", True), ("w", True)}
    values = {
        (row["capture_id"], row["column_name"]): (row["before_value"], row["after_value"]) for row in found.values
    }
    assert values == {
        ("a", "title"): ("version 1 of 3", "version 2 of 3"),
        ("c", "published_day"): ("2026-03-01", "2026-02-27"),
    }
    assert found.columns() == {"published_day": 1, "title": 1}


def test_a_value_that_becomes_null_is_a_difference(tmp_path):
    publish(tmp_path, pages_of("a"), run_id="1")
    publish(tmp_path, [InventedPage("a", day=None)], run_id="2")
    (row,) = compare_last(tmp_path).values
    assert (row["column_name"], row["before_value"], row["after_value"]) == ("published_day", "2026-03-01", None)


def test_the_other_direction_is_the_mirror(folder):
    found = compare_last(folder, 2, 1)
    assert [change.how for change in found.entries] == ["changed", "removed"]
    assert {(row["capture_id"], row["is_added"]) for row in found.parts} == {("b", True), ("d", False), ("w", False)}


def test_the_same_rows_by_another_build_are_reread(folder):
    again = replace(stage(folder, CHANGED, run_id="5"), build_id="newer")
    lake.publish(folder, [again], clock=clock, run_note="third")
    found = compare_last(folder)
    assert [(change.ingest_date, change.how) for change in found.entries] == [(MONDAY, "reread")]
    assert found.values == found.outcomes == ()


def test_compaction_changes_nothing_that_is_compared(folder):
    before = compare_last(folder)
    list(lake.compact(folder, clock=lambda: datetime(2026, 4, 20, tzinfo=UTC), most_files=1))
    assert compare_last(folder).entries == ()
    assert "no entry differs" in ask_cli(folder).stdout
    across = compare_last(folder, 1, 3)
    assert (across.outcomes, across.parts, across.values) == (before.outcomes, before.parts, before.values)
    publish(folder, pages_of("t", version=5), run_id="6", ingest_date=TUESDAY)
    (row,) = compare_last(folder).values
    assert (row["capture_id"], row["column_name"]) == ("t", "title")


def test_files_that_are_gone_are_said_to_be_gone(folder):
    manifest = choose_manifests(folder)[0]
    (folder / manifest.entries[MONDAY, "inbox"].files["articles"].path).unlink()
    found = compare_last(folder)
    assert found.lost == ((MONDAY, "inbox"),)
    assert [row["capture_id"] for row in found.parts] == ["w"]
    said = ask_cli(folder).stdout
    assert "2026-03-02 inbox: rows not compared" in said and "collected as garbage, or forgotten" in " ".join(
        said.split()
    )


def test_a_manifest_that_is_gone_is_said_to_be_gone(folder):
    publish(folder, pages_of("w", version=3), run_id="7", ingest_date=WEDNESDAY)
    collect_replaced(folder, clock=lambda: datetime(2027, 1, 1, tzinfo=UTC), kept_last=2)
    for numbers, words in (
        ((1, 3), "manifest 1 was collected as garbage; .*2 to 3"),
        ((9, 3), "manifest 9 was never written; .*2 to 3"),
    ):
        with pytest.raises(lake.LakeError, match=words):
            choose_manifests(folder, *numbers)
    done = ask_cli(folder, "1")
    assert done.exit_code == 1 and done.stderr.startswith("dateline: manifest 1 was collected")


def test_a_first_manifest_has_nothing_to_compare_with(tmp_path):
    assert "load some pages first" in ask_cli(tmp_path).stderr
    publish(tmp_path, MONDAYS, run_id="1")
    assert "manifest 1 has no earlier one" in ask_cli(tmp_path).stderr


def test_the_command_says_it_in_words_and_in_json(folder):
    said = ask_cli(folder).stdout
    assert "manifest 1 -> 2" in said
    assert "values of articles (published_day 1, title 1): 2" in said
    assert "title: version 1 of 3 -> version 2 of 3" in said
    assert "b.html: article -> bot_wall" in said and "d.html: not there -> article" in said
    rows = [json.loads(line) for line in ask_cli(folder, "--json").stdout.splitlines()]
    assert [row["what"] for row in rows] == ["entry"] * 2 + ["outcome"] * 3 + ["article"] * 3 + ["value"] * 2
    assert rows[0]["articles"] == [3, 3] and rows[0]["how"] == "changed"
