"""The ledger as people read it: counts of each entry, sums, and few lines where there are many entries."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from synthetic_lake import InventedPage, ask, clock, pages_of, stage

from dateline import lake
from dateline.cli import main
from dateline.lake.ledger import COUNTED, add_up, ledger_text, read_ledger


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three days of two sources, the last with a page that was rejected and one that was withdrawn."""
    place = tmp_path_factory.mktemp("ledger")
    others = [
        InventedPage("w", outcome="bot_wall"),
        InventedPage("x", outcome="withdrawn"),
        InventedPage("u", day=None),
    ]
    candidates = [
        stage(place / "lake", pages_of("a", "b"), run_id="1", ingest_date=date(2026, 3, 2)),
        stage(place / "lake", pages_of("c"), run_id="2", ingest_date=date(2026, 3, 3)),
        stage(place / "lake", [*pages_of("d"), *others], run_id="3", ingest_date=date(2026, 3, 3), source_id="wire"),
    ]
    lake.publish(place / "lake", candidates, clock=clock, run_note="x")
    return place


def ask_cli(folder, *arguments):
    return CliRunner().invoke(main, arguments, env={"DATELINE_LAKE": str(folder / "lake"), "COLUMNS": "80"})


def test_lines_are_those_of_the_published_table(folder):
    lines = read_ledger(lake.current(folder / "lake"))
    columns = ", ".join(COUNTED)
    rows = ask(folder / "lake", f"SELECT {columns} FROM ledger ORDER BY ingest_date, source_id")
    assert [tuple(line.counts[name] for name in COUNTED) for line in lines] == rows
    assert add_up(lines) == {"expected": 7, "collected": 7, "articles": 5} | {
        "rejected": 1,
        "withdrawn": 1,
        "undated": 1,
    }


def test_a_day_and_a_source_can_be_asked_for(folder):
    manifest = lake.current(folder / "lake")
    assert [line.source_id for line in read_ledger(manifest, day=date(2026, 3, 3))] == ["inbox", "wire"]
    assert [line.ingest_date.day for line in read_ledger(manifest, source_id="inbox")] == [2, 3]
    assert read_ledger(manifest, day=date(2026, 3, 2), source_id="wire") == []


def test_a_log_names_some_entries_and_sums_up_the_rest(folder):
    lines = read_ledger(lake.current(folder / "lake"))
    text = ledger_text(lines, most=1)
    assert [line.split()[0] for line in text] == ["ledger", "2026-03-02", "...", "total"]
    assert text[2].split() == ["...", "2", "5", "5", "3", "1", "1", "1", "more", "entries"]
    assert text[3].split() == ["total", "7", "7", "5", "1", "1", "1", "3", "entries"]
    assert len({len(line.split("  inbox")[0]) for line in ledger_text(lines) if "inbox" in line}) == 1


def test_the_command_prints_a_table_with_totals(folder):
    done = ask_cli(folder, "ledger")
    assert done.exit_code == 0, done.output
    rows = [line.split() for line in done.stdout.splitlines()]
    assert rows[0][:4] == ["day", "source", "expected", "collected"]
    assert ["2026-03-03", "wire", "4", "4", "2", "1", "1", "1"] in rows
    assert ["total", "3", "entries", "7", "7", "5", "1", "1", "1"] in rows
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_command_prints_json_lines(folder):
    done = ask_cli(folder, "ledger", "--day", "2026-03-03", "--source", "wire", "--json")
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["ingest_date"], line["rejected"], line["build_id"]) == ("2026-03-03", 1, "build")


def test_what_is_not_there_is_said_in_one_line(folder, tmp_path):
    done = ask_cli(folder, "ledger", "--day", "2026-01-01")
    assert done.exit_code == 1
    assert "nothing of 2026-01-01; it has 2026-03-02 to 2026-03-03, and the sources inbox, wire" in done.stderr
    assert "load some pages first" in ask_cli(tmp_path, "ledger").stderr
