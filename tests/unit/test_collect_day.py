"""One ingest date collected from an inbox of invented pages: that day, all that raw holds of it, nothing else."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dateline import raw
from dateline.pipeline import PipelineError, collect, collect_day, describe_day

MONDAY, TUESDAY, THURSDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5)


@pytest.fixture
def inbox(settings) -> Path:
    for day in (MONDAY, TUESDAY, THURSDAY):
        folder = settings.inbox / day.isoformat()
        folder.mkdir(parents=True)
        for name in ("ferry", "bridge"):
            (folder / f"{name}.txt").write_text(f"The {name} was closed on {day}.")
    return settings.inbox


def outcomes(settings, day: date) -> list[str | None]:
    return [capture.outcome for capture in raw.read_entry(settings.raw, day, "inbox").captures]


def test_only_the_day_is_registered(settings, inbox, clock):
    result = collect_day(settings, MONDAY, clock=clock)
    assert result.collected.counts() == {"entries": 1, "new": 2, "known": 0, "withdrawn": 0, "passed_over": 0}
    assert raw.entries(settings.raw) == [(MONDAY, "inbox")]
    assert describe_day(result, settings) == "2026-03-02: 2 new captures, 0 known, 0 withdrawn"
    assert collect_day(settings, MONDAY, clock=clock).collected.known == 2


def test_ids_are_those_of_a_load_of_the_whole_inbox(settings, inbox, clock):
    collect(settings, [inbox], clock=clock)
    result = collect_day(settings, TUESDAY, clock=clock)
    assert (result.collected.new, result.collected.known, result.collected.withdrawn) == (0, 2, 0)


def test_page_taken_away_is_withdrawn_on_its_day_alone(settings, inbox, clock):
    collect(settings, [inbox], clock=clock)
    shutil.rmtree(inbox / "2026-03-02")
    (inbox / "2026-03-03" / "ferry.txt").unlink()
    assert collect_day(settings, TUESDAY, clock=clock).collected.withdrawn == 1
    assert sorted(map(str, outcomes(settings, TUESDAY))) == ["None", "withdrawn"]
    assert outcomes(settings, MONDAY) == [None, None]
    assert collect_day(settings, MONDAY, clock=clock).collected.withdrawn == 2
    assert outcomes(settings, THURSDAY) == [None, None]


def test_missing_inbox_withdraws_nothing(settings, inbox, clock):
    collect(settings, [inbox], clock=clock)
    inbox.rename(inbox.with_name("unmounted"))
    result = collect_day(settings, MONDAY, clock=clock)
    assert result.collected.withdrawn == 0
    assert result.collected.entries == ((MONDAY, "inbox"),)


def test_captures_of_other_sources_belong_to_the_day(settings, inbox, tmp_path, clock):
    (tmp_path / "wire").mkdir()
    (tmp_path / "wire" / "story.txt").write_text("A wire story.")
    collect(settings, [tmp_path / "wire"], captured_on=MONDAY, clock=clock)
    both = collect_day(settings, MONDAY, clock=clock)
    assert both.collected.entries == ((MONDAY, "inbox"), (MONDAY, "wire"))
    one = collect_day(settings, MONDAY, source="wire", clock=clock)
    assert one.collected.entries == ((MONDAY, "wire"),) and one.collected.known == 0
    with pytest.raises(PipelineError, match="no captures from source 'post'; its sources are inbox, wire"):
        collect_day(settings, MONDAY, source="post", clock=clock)


def test_empty_day_names_the_nearest_days(settings, inbox, clock):
    collect(settings, [inbox / "2026-03-02"], clock=clock)
    (inbox / "2026-02-31").mkdir()
    (inbox / "2026-03-06").mkdir()
    result = collect_day(settings, date(2026, 3, 4), clock=clock)
    assert result.is_empty and result.collected.entries == ()
    assert result.nearest == (MONDAY, TUESDAY, THURSDAY)
    assert describe_day(result, settings) == (
        f"2026-03-04: no pages in {inbox}/2026-03-04 and no captures in raw; "
        "nearest days with captures: 2026-03-02, 2026-03-03, 2026-03-05"
    )


def test_captures_of_other_days_in_the_folder_are_told_and_left_to_their_own_runs(settings, inbox, clock):
    line = '{"id": "1", "text": "An older page.", "captured_at": "2026-02-27T10:00:00Z"}\n'
    (inbox / "2026-03-02" / "old.jsonl").write_text(line)
    result = collect_day(settings, MONDAY, clock=clock)
    assert result.elsewhere == (date(2026, 2, 27),)
    assert {day for day, _ in result.collected.entries} == {MONDAY}
    assert describe_day(result, settings).endswith("which their own runs publish: 2026-02-27")
    later = collect_day(settings, date(2026, 2, 27), clock=clock)
    assert [day for day, _ in later.collected.entries] == [date(2026, 2, 27)]


def test_linked_day_folder_is_left_alone_as_by_a_load(settings, inbox, tmp_path, clock):
    (inbox / "2026-03-05").rename(tmp_path / "elsewhere")
    (inbox / "2026-03-05").symlink_to(tmp_path / "elsewhere")
    assert collect(settings, [inbox], clock=clock).new == 4
    assert collect_day(settings, THURSDAY, clock=clock).is_empty


def test_file_in_place_of_a_day_folder_is_refused(settings, inbox, clock):
    (inbox / "2026-03-06").write_text("not a folder")
    with pytest.raises(PipelineError, match="2026-03-06: not a folder"):
        collect_day(settings, date(2026, 3, 6), clock=clock)
