"""Verification finds what is wrong between raw, lake and manifest, says what to do, and can look at a share."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from synthetic_lake import clock, pages_of, stage

from dateline import lake
from dateline.cli import main
from dateline.model import Capture
from dateline.pipeline import PipelineError, sweep, verify
from dateline.pipeline.maintain import choose_share
from dateline.raw import read_entry, register

DAYS = [date(2026, 3, day) for day in (2, 3, 4)]


def later() -> datetime:
    """So late that nothing counts as being at work."""
    return datetime(2030, 1, 1, tzinfo=UTC)


def page(day: date) -> tuple[Capture, bytes]:
    payload = f"<p>Rain fell on {day}.</p>".encode()
    capture = Capture(f"c{day.day}", day, "inbox", "file", f"{day}.html", payload_sha256=sha256(payload).hexdigest())
    return capture, payload


@pytest.fixture
def home(settings):
    """Settings of a lake that was read from raw: three days of one page each."""
    candidates = []
    for day in DAYS:
        register(settings.raw, [page(day)])
        made = stage(settings.lake, pages_of(f"c{day.day}"), run_id=str(day), ingest_date=day)
        candidates.append(replace(made, position=read_entry(settings.raw, day, "inbox").position))
    lake.publish(settings.lake, candidates, clock=clock, run_note="x")
    return settings


def spoil(path: Path) -> Path:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    return path


def test_a_whole_home_has_no_problems_compacted_or_not(home):
    assert verify(home, clock=later) == []
    list(lake.compact(home.lake, clock=later, most_files=1))
    assert verify(home, clock=later) == []


def test_an_altered_data_file_is_named_with_what_to_do(home):
    path = spoil(next((home.lake / "_data/articles").rglob("2026-03-03*.parquet")))
    problems = verify(home, clock=later)
    assert problems[0].startswith(f"{path.relative_to(home.lake)} was altered: run `dateline repair`")
    assert "not checked" in problems[-1]


def test_an_altered_page_and_an_altered_log_are_named(home):
    payload = spoil(next(path for path in (home.raw / "payloads").rglob("*") if path.is_file()))
    assert any(f"{payload} was altered" in problem for problem in verify(home, clock=later))
    segment = spoil(next((home.raw / "log/ingest_date=2026-03-04").rglob("*.jsonl")))
    problems = verify(home, clock=later)
    assert any(f"raw: {segment} was altered" in problem for problem in problems)


def test_rows_that_are_not_those_of_the_log_are_found(home):
    made = stage(home.lake, pages_of("c2", "stray"), run_id="stray", ingest_date=DAYS[0])
    position = read_entry(home.raw, DAYS[0], "inbox").position
    lake.publish(home.lake, [replace(made, position=position)], clock=clock, run_note="x")
    problems = verify(home, clock=later)
    assert any("2026-03-02 inbox: raw holds 1 captures, its ledger 2" in problem for problem in problems)
    assert any("check captures_expected fails for 1 rows" in problem and "stray" in problem for problem in problems)


def test_what_raw_has_and_the_lake_has_not_is_found_once_no_run_can_be_at_it(home):
    new = page(date(2026, 3, 9))
    register(home.raw, [new])
    assert verify(home, clock=lambda: datetime.now(UTC)) == []
    (problem,) = verify(home, clock=later)
    assert problem == "2026-03-09 inbox: the lake lacks it: run `dateline repair`"


def test_what_the_lake_has_and_raw_has_not_is_found(home):
    for path in (home.raw / "log/ingest_date=2026-03-04").rglob("*.jsonl"):
        path.unlink()
    (problem,) = verify(home, clock=later)
    assert problem.startswith("2026-03-04 inbox: the lake has it and raw has not: restore")


def test_a_hive_tree_and_a_catalog_of_another_commit_are_found(home):
    (home.lake / "articles/ingest_month=2026-03/2026-03-02-inbox.parquet").unlink()
    (home.lake / "lake.sql").write_text("-- old")
    problems = verify(home, clock=later)
    assert len(problems) == 2
    assert "lake.sql and dateline.duckdb are not of manifest 1: run `dateline repair`" in problems[0]
    assert "articles/ingest_month=2026-03/2026-03-02-inbox.parquet is missing" in problems[1]


def test_an_entry_that_is_short_in_its_month_is_found(home):
    list(lake.compact(home.lake, clock=later, most_files=1))
    (part,) = (home.lake / "_catalog/parts").glob(f"{Path(lake.current(home.lake).parts['2026-03']).name}")
    stated = json.loads(part.read_text())
    rows = stated["entries"][0]["files"]["mentions"]
    rows["rows"] += 1
    data = (json.dumps(stated, indent=1, sort_keys=True) + "\n").encode()
    name = f"2026-03-{sha256(data).hexdigest()[:12]}.json"
    (part.parent / name).write_bytes(data)
    manifest = home.lake / "_catalog/000002.json"
    body = json.loads(manifest.read_text()) | {"parts": {"2026-03": f"parts/{name}"}}
    manifest.chmod(0o644)
    manifest.write_text(json.dumps(body))
    pointer = {"manifest": "000002.json", "sha256": sha256(manifest.read_bytes()).hexdigest()}
    (home.lake / "_catalog/current.json").write_text(json.dumps(pointer))
    assert any(
        "has 3 rows of 2026-03-02 inbox, its manifest says 4" in problem for problem in verify(home, clock=later)
    )


def test_a_share_looks_at_less_and_consecutive_shares_at_all(home):
    spoil(next((home.lake / "_data/articles").rglob("2026-03-03*.parquet")))
    found = [bool(verify(home, clock=later, share=0.2, seed=seed)) for seed in range(5)]
    assert sum(found) == 1
    names = [f"{number}.parquet" for number in range(300)]
    assert 40 < sum(map(choose_share(0.2, 3), names)) < 80


@pytest.mark.parametrize("share", [0, -1, 1.5])
def test_a_share_that_is_none_is_refused(home, share):
    with pytest.raises(PipelineError, match="above 0 and up to 1"):
        verify(home, clock=later, share=share)


def test_sweeping_leaves_a_whole_lake(home):
    scrap = home.raw / "payloads/.tmp-scrap"
    scrap.write_bytes(b"half")
    os.utime(scrap, (0, 0))
    orphan = home.raw / "payloads/ff"
    orphan.write_bytes(b"a payload that no log names")
    os.utime(orphan, (0, 0))
    done = sweep(home, clock=later)
    assert done.unfinished == (scrap,) and "1 unfinished files of raw" in done.describe()
    assert orphan.exists() and not lake.find_damage(home.lake)


def test_the_command_does_all_three_and_fails_for_damage(home, monkeypatch):
    environment = {"DATELINE_LAKE": str(home.lake), "DATELINE_RAW": str(home.raw)}
    done = CliRunner().invoke(main, ["maintain"], env=environment)
    assert done.exit_code == 0, done.output
    assert "compact: no month is due" in done.stdout and "verify: raw and lake are whole" in done.stdout
    spoil(next((home.lake / "_data/articles").rglob("2026-03-03*.parquet")))
    done = CliRunner().invoke(main, ["maintain", "--no-compact", "--no-collect"], env=environment)
    assert done.exit_code == 1 and "was altered: run `dateline repair`" in done.stdout
    assert done.stderr.startswith("dateline: verification found 2 problems")
