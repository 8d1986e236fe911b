"""Taking captures down for good: bytes, tables, older files, and what comes later."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from importlib import import_module

import pytest

from dateline import lake, raw
from dateline.pipeline import PipelineError, load, rebuild
from dateline.pipeline.forget import find_target, forget
from dateline.raw.layout import payload_path

WORDS = "The ferry to Oban was late again, and nobody at the pier could say why it was so on that day."


@pytest.fixture
def pages(tmp_path):
    """Two lists of pages: one page is in both, one has no bytes."""
    folder = tmp_path / "pages"
    folder.mkdir()
    lines = [
        {"url": f"http://post.example/{n}", "text": f"{WORDS} Number {n}.", "captured_at": "2026-03-02"}
        for n in range(4)
    ]
    for name, numbers in (("a.jsonl", (0, 1, 2)), ("b.jsonl", (2, 3))):
        (folder / name).write_text("".join(json.dumps(lines[number]) + "\n" for number in numbers))
    (folder / "empty.html").write_bytes(b"")
    return folder


@pytest.fixture
def loaded(settings, pages, clock):
    load(settings, [pages], clock=clock)
    return settings


def sha256_of(number: int) -> str:
    return hashlib.sha256(f"{WORDS} Number {number}.".encode()).hexdigest()


def urls(settings) -> list[str]:
    with lake.open_lake(settings.lake) as connection:
        rows = connection.execute("SELECT url FROM captures WHERE url IS NOT NULL ORDER BY ALL").fetchall()
    return [url.rpartition("/")[2] for (url,) in rows]


def take_down(settings, clock, *targets, source=None):
    return forget(settings, find_target(settings, targets, source), why="asked by the author", clock=clock)


def test_capture_goes_from_raw_and_from_all_tables(loaded, clock):
    target = find_target(loaded, ["http://post.example/0"])
    (capture,) = target.captures
    done = forget(loaded, target, why=" asked by the author ", clock=clock)
    assert (done.forgotten.deleted, done.forgotten.kept) == ((sha256_of(0),), ())
    assert not payload_path(loaded.raw, sha256_of(0)).exists()
    assert urls(loaded) == ["1", "2", "2", "3"]
    with lake.open_lake(loaded.lake) as connection:
        for table in ("articles", "blocks", "date_candidates"):
            query = f"SELECT count(*) FROM {table} WHERE capture_id = ?"
            assert connection.execute(query, [capture.capture_id]).fetchall() == [(0,)]
    (tombstone,) = (loaded.raw / "overrides" / "forgotten").iterdir()
    stated = json.loads(tombstone.read_text())
    assert (stated["target"], stated["why"]) == ("http://post.example/0", "asked by the author")
    assert stated["forgotten_at"] == "2026-11-22T04:00:00+00:00"
    assert [item["capture_id"] for item in stated["captures"]] == [capture.capture_id]


def test_nothing_on_disk_holds_the_words_any_more(loaded, clock):
    def files_with_words():
        import pyarrow.parquet as pq

        found = [path for path in loaded.raw.rglob("*") if path.is_file() and b"Number 0" in path.read_bytes()]
        for path in loaded.lake.rglob("*.parquet"):
            if "Number 0" in str(pq.read_table(path).to_pylist()):
                found.append(path)
        return found

    assert len(files_with_words()) > 3
    take_down(loaded, clock, "http://post.example/0")
    assert files_with_words() == []


def test_bytes_that_another_capture_needs_stay(loaded, clock):
    (capture, other) = find_target(loaded, ["http://post.example/2"]).captures
    done = take_down(loaded, clock, capture.capture_id[:8])
    assert (done.forgotten.deleted, done.forgotten.kept) == ((), (sha256_of(2),))
    assert urls(loaded) == ["0", "1", "2", "3"]
    take_down(loaded, clock, other.capture_id)
    assert not payload_path(loaded.raw, sha256_of(2)).exists()
    assert urls(loaded) == ["0", "1", "3"]


def test_the_same_bytes_stay_forgotten_wherever_they_come_from(loaded, pages, clock):
    take_down(loaded, clock, "http://post.example/3")
    hash_without = lake.current(loaded.lake).lake_hash
    assert load(loaded, [pages], clock=clock).published.lake_hash == hash_without
    load(loaded, [pages / "b.jsonl"], collection="again", clock=clock)
    assert not payload_path(loaded.raw, sha256_of(3)).exists()
    assert urls(loaded) == ["0", "1", "2", "2", "2"]


def test_a_lake_rebuilt_from_raw_is_without_it(loaded, clock, tmp_path):
    take_down(loaded, clock, "http://post.example/0", "http://post.example/3")
    other = replace(loaded, lake=tmp_path / "other")
    rebuild(other, clock=clock)
    assert lake.current(other.lake).lake_hash == lake.current(loaded.lake).lake_hash


def test_whole_source(loaded, clock):
    done = take_down(loaded, clock, source="pages/b.jsonl")
    assert len(done.forgotten.captures) == 2
    assert urls(loaded) == ["0", "1", "2"]
    log = raw.read_entry(loaded.raw, *done.forgotten.entries[0])
    assert log.captures == () and len(log.position.forgotten) == 2


def test_again_changes_nothing_and_keeps_the_first_tombstone(loaded, clock):
    first = take_down(loaded, clock, "http://post.example/0")
    later = replace(find_target(loaded, ["http://post.example/0"]), words="other words")
    second = forget(loaded, later, why="later", clock=lambda: clock().replace(year=2030))
    assert second.forgotten == first.forgotten
    assert not second.published.changed
    (tombstone,) = (loaded.raw / "overrides" / "forgotten").iterdir()
    assert "asked by the author" in tombstone.read_text()


@pytest.mark.parametrize(
    ("module", "step"),
    [("raw.forget", "payload_path"), ("pipeline.forget", "plan"), ("pipeline.forget", "purge_replaced")],
)
def test_after_a_crash_it_is_finished_by_doing_it_again(settings, pages, clock, tmp_path, monkeypatch, module, step):
    whole = replace(settings, raw=tmp_path / "whole" / "raw", lake=tmp_path / "whole" / "lake")
    for one in (settings, whole):
        load(one, [pages], clock=clock)
    take_down(whole, clock, "http://post.example/0")

    def die(*arguments, **options):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="killed"):
        patch.setattr(import_module(f"dateline.{module}"), step, die)
        take_down(settings, clock, "http://post.example/0")
    take_down(settings, clock, "http://post.example/0")
    assert lake.current(settings.lake).lake_hash == lake.current(whole.lake).lake_hash
    assert not payload_path(settings.raw, sha256_of(0)).exists()
    data = [sorted(path.name for path in (one.lake / "_data").rglob("*.parquet")) for one in (settings, whole)]
    assert data[0] == data[1]


def test_other_empty_pages_outlive_a_forgotten_one(loaded, clock, tmp_path):
    take_down(loaded, clock, source="pages")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "blank.html").write_bytes(b"")
    load(loaded, [tmp_path / "other"], clock=clock)
    with lake.open_lake(loaded.lake) as connection:
        found = connection.execute("SELECT source_id, outcome FROM captures WHERE url IS NULL").fetchall()
    assert found == [("other", "empty")]


def test_without_a_lake_raw_forgets_all_the_same(settings, pages, clock):
    from dateline.pipeline import collect

    collect(settings, [pages], clock=clock)
    assert take_down(settings, clock, "http://post.example/0").published is None
    assert not payload_path(settings.raw, sha256_of(0)).exists()


def test_what_means_nothing_is_refused_in_words(loaded, clock):
    for targets, source, words in (
        (["http://post.example/99"], None, "no capture of http://post.example/99"),
        (["ferry"], None, "neither a capture_id"),
        (["0123456789abcdef0123"], None, "no capture_id begins"),
        ([], "nobody", "no source 'nobody'.*pages/a.jsonl"),
        ([], None, "nothing to forget"),
    ):
        with pytest.raises(PipelineError, match=words):
            find_target(loaded, targets, source)
    with pytest.raises(PipelineError, match="say why"):
        forget(loaded, find_target(loaded, source="pages"), why="  ", clock=clock)
    with pytest.raises(raw.NothingToForgetError):
        raw.forget(loaded.raw, lambda capture: False, target="none", why="none", clock=clock)
