"""The pipeline on a folder of invented pages, with a reader small enough to be seen through."""

from __future__ import annotations

import os
import signal
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from dateline import lake, raw
from dateline.model import Article, Page, PartReading, Publication, Reading, Rejection
from dateline.pipeline import PipelineError, check_allowed, collect, extract_shard, find_paths, load, plan, rebuild
from dateline.pipeline import journal as journals
from dateline.pipeline.publish import publish
from dateline.rows import rows_of
from dateline.schema import TABLES
from dateline.snapshot import Snapshot, take_snapshot

WORDS = "The ferry to Oban was late again."


def read_simply(batch: pa.RecordBatch, snapshot: Snapshot) -> dict[str, pa.RecordBatch]:
    """A page is an article unless it says `wall`; the rows are those that a real reading yields."""
    from dateline.batch import OUTPUT_TABLES, from_batch

    rows: dict[str, list] = {name: [] for name in OUTPUT_TABLES}
    for capture, payload in from_batch(batch):
        for table, row in rows_of(_reading(capture, payload)):
            rows[table].append(row)
    return {name: pa.RecordBatch.from_pylist(rows[name], schema=TABLES[name].schema()) for name in OUTPUT_TABLES}


def _reading(capture, payload) -> Reading:
    if capture.outcome:
        rejection = Rejection(capture.outcome, capture.reason or "", "open") if capture.outcome == "broken" else None
        return Reading(capture, None, capture.outcome, capture.reason, rejection)
    text = payload.decode()
    if "wall" in text:
        return Reading(capture, None, "bot_wall", "asked", Rejection("bot_wall", "asked", "kind"))
    article = Article(0, "article", "Ferry", text, n_words=len(text.split()))
    page = Page(text, "text/plain", "utf-8", "utf8", articles=(article,))
    return Reading(capture, page, "article", None, None, (PartReading(article, Publication("undated: no_evidence")),))


def read_or_die(batch: pa.RecordBatch, snapshot: Snapshot) -> dict[str, pa.RecordBatch]:
    if any(b"deadly" in (payload or b"") for payload in batch["payload"].to_pylist()):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_simply(batch, snapshot)


def read_or_raise(batch: pa.RecordBatch, snapshot: Snapshot) -> dict[str, pa.RecordBatch]:
    if any(b"bad" in (payload or b"") for payload in batch["payload"].to_pylist()):
        raise MemoryError("no more")
    return read_simply(batch, snapshot)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two days of pages, 30 in all."""
    folder = tmp_path / "inbox"
    for number in range(30):
        day = folder / ("2026-03-02" if number < 18 else "2026-03-03")
        day.mkdir(parents=True, exist_ok=True)
        words = "bot wall" if number % 10 == 7 else f"{WORDS} Delay {number}."
        (day / f"page{number:02d}.txt").write_text(words)
    return folder


def outcomes(settings) -> Counter:
    with lake.open_lake(settings.lake) as connection:
        return Counter(dict(connection.execute("SELECT outcome, count(*) FROM captures GROUP BY 1").fetchall()))


def run(settings, inbox, clock, **options):
    return load(settings, [inbox], clock=clock, read=options.pop("read", read_simply), **options)


def test_load_publishes_every_day_in_one_commit(settings, inbox, clock):
    result = run(settings, inbox, clock)
    assert result.collected.counts() == {"entries": 2, "new": 30, "known": 0, "withdrawn": 0, "passed_over": 0}
    assert result.published.number == 1
    assert result.published.counts["articles"] == 27
    assert outcomes(settings) == {"article": 27, "bot_wall": 3}
    days = {day for day, _ in lake.current(settings.lake).entries}
    assert days == {date(2026, 3, 2), date(2026, 3, 3)}


def test_loading_again_changes_nothing_and_reads_nothing(settings, inbox, clock):
    first = run(settings, inbox, clock)
    second = run(settings, inbox, clock, read=None)
    assert (second.collected.new, second.collected.known) == (0, 30)
    assert second.plan.n_captures == 0 and second.plan.n_unchanged == 2
    assert not second.published.changed
    assert second.published.lake_hash == first.published.lake_hash


@pytest.mark.parametrize("shards", [1, 3, 64])
def test_number_of_shards_changes_nothing(settings, inbox, clock, shards):
    other = replace(settings, lake=settings.lake / "other", raw=settings.raw / "other")
    one = run(other, inbox, clock, max_shards=2)
    many = run(settings, inbox, clock, max_shards=shards)
    assert one.published.lake_hash == many.published.lake_hash


def test_a_page_taken_away_is_withdrawn_and_comes_back(settings, inbox, clock):
    before = run(settings, inbox, clock).published.lake_hash
    page = inbox / "2026-03-02" / "page00.txt"
    words = page.read_text()
    page.unlink()
    result = run(settings, inbox, clock)
    assert result.collected.withdrawn == 1
    assert [day for day, _ in result.published.changed_entries] == [date(2026, 3, 2)]
    assert outcomes(settings) == {"article": 26, "bot_wall": 3, "withdrawn": 1}
    page.write_text(words)
    assert run(settings, inbox, clock).published.lake_hash == before


def test_file_that_cannot_be_opened_withdraws_nothing(settings, tmp_path, clock, monkeypatch):
    folder = tmp_path / "pages"
    folder.mkdir()
    pages = folder / "pages.jsonl"
    pages.write_text('{"text": "The ferry was late."}\n{"text": "The ferry was early."}\n')
    load(settings, [folder], clock=clock, read=read_simply)
    opened = Path.open

    def refuse(self, *args, **options):
        if self == pages:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert load(settings, [folder], clock=clock, read=read_simply).collected.withdrawn == 0
    monkeypatch.undo()
    assert outcomes(settings) == {"article": 2, "broken": 1}


def test_empty_folder_makes_an_empty_lake(settings, tmp_path, clock):
    (tmp_path / "pages").mkdir()
    result = load(settings, [tmp_path / "pages"], clock=clock, read=read_simply)
    assert result.plan.n_captures == 0 and result.collected.entries == ()
    assert outcomes(settings) == {}


def test_loading_a_single_file_withdraws_nothing(settings, inbox, clock):
    run(settings, inbox, clock)
    extra = inbox.parent / "extra.txt"
    extra.write_text("A single page.")
    result = load(settings, [extra], collection="inbox", clock=clock, read=read_simply)
    assert result.collected.withdrawn == 0
    assert outcomes(settings)["article"] == 28


def test_page_that_breaks_the_reader_costs_itself_alone(settings, inbox, clock):
    (inbox / "2026-03-02" / "page03.txt").write_text("bad")
    run(settings, inbox, clock, read=read_or_raise)
    assert outcomes(settings) == {"article": 26, "bot_wall": 3, "broken": 1}
    with lake.open_lake(settings.lake) as connection:
        (reason,) = connection.execute("SELECT reason FROM rejected WHERE outcome = 'broken'").fetchall()[0]
    assert reason == "reader failed: MemoryError: no more"


@pytest.mark.slow
def test_page_that_kills_its_process_costs_itself_alone(settings, inbox, clock):
    (inbox / "2026-03-02" / "page03.txt").write_text("deadly")
    result = run(settings, inbox, clock, read=read_or_die, workers=2, max_shards=2)
    assert outcomes(settings) == {"article": 26, "bot_wall": 3, "broken": 1}
    assert journals.count_done(result.plan.folder) == 30


def test_page_that_was_being_read_when_everything_was_killed_is_not_blamed(settings, inbox, clock):
    entries = collect(settings, [inbox], clock=clock).entries
    made = plan(settings, entries, take_snapshot(settings), max_shards=1, run_id="killed")
    log = journals.journal_of(made.shards[0])
    # Three loads in a row, each killed as a whole while it read.
    for line in (("start", 0, 8), ("alone", 0, 1), ("alone", 0, 1)):
        journals.append(log, *line)
    publish(settings, made.folder, clock=clock, read=read_simply)
    assert outcomes(settings) == {"article": 27, "bot_wall": 3}


def test_lines_that_a_full_disk_cut_off_are_passed_over(tmp_path):
    log = tmp_path / "shard-000.progress"
    log.write_text("start 0 8\ndone 0 8\nstart 8start 8 16\ndone 8 16\nstart 16")
    assert journals.count_done(tmp_path) == 16
    assert journals.died_on(log, "start") == set()


def test_two_deadly_pages_in_one_shard_are_both_found(settings, tmp_path, clock):
    shard = tmp_path / "shard-000.jsonl"
    log = journals.journal_of(shard)
    journals.append(log, "start", 0, 8)
    assert journals.died_on(log, "start") == set(range(8))
    journals.append(log, "alone", 0, 1)
    journals.append(log, "done", 0, 1)
    journals.append(log, "alone", 1, 2)
    assert journals.died_on(log, "alone") == {1}
    journals.append(log, "skipped", 1, 2)
    journals.append(log, "alone", 2, 3)
    journals.append(log, "stopped", 2, 3)
    assert journals.died_on(log, "alone") == set()
    assert journals.died_on(log, "skipped") == {1}
    with log.open("a") as stream:
        stream.write("alone 3")
    assert journals.count_done(tmp_path) == 2


def test_damaged_payload_is_told_and_heals_when_collected_again(settings, inbox, clock):
    good = run(settings, inbox, clock).published.lake_hash
    (key,) = [
        c for c in raw.read_entry(settings.raw, date(2026, 3, 3), "inbox").captures if c.source_ref.endswith("18.txt")
    ]
    payload = next(path for path in (settings.raw / "payloads").rglob(key.payload_sha256 + "*"))
    words = payload.read_bytes()
    payload.chmod(0o644)
    payload.write_bytes(words[::-1])
    elsewhere = replace(settings, lake=settings.lake.with_name("lake2"))
    rebuilt = rebuild(elsewhere, clock=clock, read=read_simply)
    assert outcomes(elsewhere)["broken"] == 1
    assert len(rebuilt.lost) == 1 and key.capture_id in rebuilt.lost[0] and "page18.txt" in rebuilt.lost[0]
    assert rebuilt.loaded.damaged == (f"2026-03-03 inbox 2026-03-03/page18.txt (capture {key.capture_id})",)
    assert run(elsewhere, inbox, clock).published.lake_hash == good
    assert payload.read_bytes() == words


def test_rebuild_makes_the_lake_anew_from_raw(settings, inbox, clock):
    good = run(settings, inbox, clock).published.lake_hash
    elsewhere = replace(settings, lake=settings.lake.with_name("lake2"))
    result = rebuild(elsewhere, clock=clock, read=read_simply)
    assert len(result.lacking) == 2
    assert lake.lake_hash(elsewhere.lake) == good


def test_rebuild_mends_a_damaged_file(settings, inbox, clock):
    good = run(settings, inbox, clock).published.lake_hash
    file = next((settings.lake / "_data" / "articles").rglob("2026-03-02*.parquet"))
    file.unlink()
    result = rebuild(settings, clock=clock, read=read_simply)
    assert any(file.name in problem for problem in result.problems)
    assert lake.lake_hash(settings.lake) == good
    assert not lake.find_damage(settings.lake)
    assert outcomes(settings) == {"article": 27, "bot_wall": 3}


def test_step_by_step_with_the_stage_gone_before_publishing(settings, inbox, clock):
    import shutil

    collected = collect(settings, [inbox], clock=clock)
    made = plan(settings, collected.entries, take_snapshot(settings), max_shards=2, run_id="manual__2026+x")
    assert len(made.shards) == 2
    extract_shard(settings, made.shards[0], read=read_simply)
    shutil.rmtree(settings.lake / "_stage")
    assert publish(settings, made.folder, clock=clock, read=read_simply).counts["articles"] == 27


def test_overtaken_run_is_read_again(settings, inbox, clock):
    collected = collect(settings, [inbox], clock=clock)
    slow = plan(settings, collected.entries, take_snapshot(settings), max_shards=1, run_id="slow")
    (inbox / "2026-03-02" / "late.txt").write_text("A late page.")
    overtaking = run(settings, inbox, clock)
    result = publish(settings, slow.folder, clock=clock, read=read_simply)
    assert result.lake_hash == overtaking.published.lake_hash
    assert outcomes(settings)["article"] == 28


def test_shard_of_another_build_is_refused(settings, inbox, clock):
    collected = collect(settings, [inbox], clock=clock)
    made = plan(settings, collected.entries, take_snapshot(settings), max_shards=1, run_id="r")
    with pytest.raises(PipelineError, match="changed since the run was planned"):
        extract_shard(replace(settings, max_bytes=1), made.shards[0], read=read_simply)


def test_progress_tells_every_page(settings, inbox, clock):
    said: list[tuple[str, int, int]] = []
    run(settings, inbox, clock, progress=lambda *step: said.append(step))
    assert said[0] == ("collect", 0, 0)
    assert ("extract", 30, 30) in said and said[-1] == ("publish", 30, 30)
    assert [done for step, done, _ in said if step == "extract"] == sorted(
        done for step, done, _ in said if step == "extract"
    )


def test_missing_path_is_one_clear_line(settings, tmp_path, clock):
    with pytest.raises(PipelineError, match="no such file or folder; check the path"):
        load(settings, [tmp_path / "nowhere"], clock=clock, read=read_simply)


def test_globs_and_file_uris_are_found_in_order(tmp_path):
    for name in ("b.html", "a.html", "c.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in find_paths("*.html", tmp_path)] == ["a.html", "b.html"]
    assert find_paths(f"file://{tmp_path}/c.txt", Path("/")) == (tmp_path / "c.txt",)
    for asked in ("*.xml", "s3://bucket/a.html", " "):
        with pytest.raises(PipelineError):
            find_paths(asked, tmp_path)


def test_only_allowed_roots_may_be_loaded(tmp_path):
    allowed, outside = tmp_path / "in", tmp_path / "out"
    allowed.mkdir()
    outside.mkdir()
    (allowed / "way_out").symlink_to(outside)
    check_allowed([allowed, allowed / "deeper"], [allowed])
    for path in (outside, allowed / ".." / "out", allowed / "way_out", tmp_path / "in2"):
        with pytest.raises(PipelineError, match="DATELINE_ALLOWED_ROOTS"):
            check_allowed([path], [allowed])


def test_old_run_folders_are_deleted_and_young_ones_kept(settings, inbox, clock):
    old = settings.lake / "_runs" / "old-1"
    old.mkdir(parents=True)
    (old / "plan.json").write_text("{}")
    for path in (old / "plan.json", old):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    made = run(settings, inbox, clock).plan
    assert not old.exists()
    assert made.folder.exists()
