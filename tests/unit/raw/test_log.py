from __future__ import annotations

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from dateline import raw
from dateline.identity import capture_id
from dateline.model import Capture
from dateline.raw.layout import payload_path, source_folder, source_of_folder

DAY, LATER = date(2026, 3, 2), date(2026, 3, 9)
ROOT = "/collections/harbour"


def page(ref, text="Rain fell.", day=DAY, source="harbour", captured_at=None, **facts):
    payload = text.encode()
    sha256 = hashlib.sha256(payload).hexdigest()
    key = capture_id(source, ref, sha256, captured_at)
    return Capture(key, day, source, "file", ref, captured_at=captured_at, payload_sha256=sha256, **facts), payload


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refs(log):
    return {capture.source_ref: capture.outcome for capture in log.captures}


def test_captures_come_back_as_they_were(tmp_path):
    capture, payload = page(
        "a.html",
        url="https://harbour.example/a",
        captured_at=datetime(2026, 3, 2, 7, 30, tzinfo=UTC),
        http_status=200,
        headers=(("Content-Type", "text/html"), ("X-Name", "Łódź")),
        redirects=("https://harbour.example/old",),
        n_bytes=10,
    )
    done = raw.register(tmp_path, [(capture, payload)])
    assert done.new == (capture.capture_id,) and done.entries == done.changed == ((DAY, "harbour"),)
    assert raw.read_entry(tmp_path, DAY, "harbour").captures == (capture,)
    assert raw.read_payload(tmp_path, capture.payload_sha256) == payload
    assert raw.entries(tmp_path) == [(DAY, "harbour")]


def test_registering_again_changes_nothing(tmp_path):
    pages = [page(f"{n}.html", f"Story {n}") for n in range(5)]
    raw.register(tmp_path, pages, root=ROOT)
    before = files_of(tmp_path)
    again = raw.register(tmp_path, [page(f"{n}.html", f"Story {n}", day=LATER) for n in range(5)], root=ROOT)
    assert files_of(tmp_path) == before
    assert not again.new and not again.changed and len(again.known) == 5
    assert again.entries == ((DAY, "harbour"),)


def test_the_order_of_captures_changes_nothing(tmp_path):
    pages = [page(f"{n}.html", f"Story {n}") for n in range(9)]
    raw.register(tmp_path / "x", pages)
    raw.register(tmp_path / "y", random.Random(1).sample(pages, 9))
    assert files_of(tmp_path / "x") == files_of(tmp_path / "y")


def test_equal_bytes_are_kept_once(tmp_path):
    raw.register(tmp_path, [page("a.html"), page("b.html"), page("a.html", source="other")])
    assert len([path for path in (tmp_path / "payloads").rglob("*") if path.is_file()]) == 1
    assert len(raw.read_entry(tmp_path, DAY, "harbour").captures) == 2


def test_a_capture_without_bytes_is_kept_too(tmp_path):
    gone = Capture("c", DAY, "feed", "feed", "item 1", http_status=404, outcome="gone", reason="status 404")
    raw.register(tmp_path, [(gone, None)])
    assert raw.read_entry(tmp_path, DAY, "feed").captures == (gone,)


def test_a_wrong_hash_is_refused(tmp_path):
    capture, _ = page("a.html")
    with pytest.raises(ValueError, match="is not the hash of its bytes"):
        raw.register(tmp_path, [(capture, b"other bytes")])
    assert raw.entries(tmp_path) == []


def test_damaged_payloads_are_told(tmp_path):
    capture, payload = page("a.html")
    raw.register(tmp_path, [(capture, payload)])
    path = payload_path(tmp_path, capture.payload_sha256)
    path.chmod(0o644)
    path.write_bytes(b"Rain fell!")
    with pytest.raises(raw.DamagedPayloadError, match="was altered"):
        raw.read_payload(tmp_path, capture.payload_sha256)
    path.unlink()
    with pytest.raises(raw.DamagedPayloadError, match="is missing"):
        raw.read_payload(tmp_path, capture.payload_sha256)
    raw.register(tmp_path, [(capture, payload)])
    assert raw.read_payload(tmp_path, capture.payload_sha256) == payload


def test_a_second_day_gets_a_segment_of_its_own(tmp_path):
    raw.register(tmp_path, [page("a.html")])
    raw.register(tmp_path, [page("a.html"), page("b.html", "More rain."), page("c.html", "Sun.", day=LATER)])
    first = raw.read_entry(tmp_path, DAY, "harbour")
    assert set(refs(first)) == {"a.html", "b.html"}
    assert [name[:7] for name in first.position.segments] == ["000001-", "000002-"]
    assert raw.entries(tmp_path) == [(DAY, "harbour"), (LATER, "harbour")]


def test_what_a_folder_lost_is_withdrawn_and_may_come_back(tmp_path):
    pages = [page("a.html", "A"), page("b.html", "B", day=LATER)]
    raw.register(tmp_path, pages, root=ROOT)
    lost = raw.register(tmp_path, pages[:1], root=ROOT)
    assert lost.withdrawn == (pages[1][0].capture_id,) and lost.changed == ((LATER, "harbour"),)
    assert refs(raw.read_entry(tmp_path, LATER, "harbour")) == {"b.html": "withdrawn"}
    assert refs(raw.read_entry(tmp_path, DAY, "harbour")) == {"a.html": None}
    again = raw.register(tmp_path, pages[:1], root=ROOT)
    assert not again.changed and (LATER, "harbour") in again.entries
    back = raw.register(tmp_path, pages, root=ROOT)
    assert back.returned == (pages[1][0].capture_id,) and not back.new
    assert refs(raw.read_entry(tmp_path, LATER, "harbour")) == {"b.html": None}


def test_a_single_file_and_another_root_withdraw_nothing(tmp_path):
    pages = [page("a.html", "A"), page("b.html", "B")]
    raw.register(tmp_path, pages, root=ROOT)
    raw.register(tmp_path, pages[:1])
    raw.register(tmp_path, [page("a.html", "Else")], root="/elsewhere/harbour")
    assert refs(raw.read_entry(tmp_path, DAY, "harbour")) == {"a.html": None, "b.html": None}


def test_a_lost_page_that_is_loaded_by_itself_comes_back(tmp_path):
    pages = [page("a.html", "A"), page("b.html", "B")]
    raw.register(tmp_path, pages, root=ROOT)
    raw.register(tmp_path, pages[:1], root=ROOT)
    back = raw.register(tmp_path, pages[1:])
    assert back.returned == (pages[1][0].capture_id,) and not back.new
    assert back.changed == ((DAY, "harbour"),)
    assert refs(raw.read_entry(tmp_path, DAY, "harbour")) == {"a.html": None, "b.html": None}
    raw.register(tmp_path, pages[:1], root=ROOT)
    assert refs(raw.read_entry(tmp_path, DAY, "harbour"))["b.html"] is None


def test_a_root_keeps_what_another_lost(tmp_path):
    pages = [page("a.html", "A"), page("b.html", "B")]
    raw.register(tmp_path, pages, root=ROOT)
    raw.register(tmp_path, pages, root="/elsewhere/harbour")
    raw.register(tmp_path, pages[:1], root=ROOT)
    assert refs(raw.read_entry(tmp_path, DAY, "harbour"))["b.html"] is None
    raw.register(tmp_path, pages[:1], root="/elsewhere/harbour")
    assert refs(raw.read_entry(tmp_path, DAY, "harbour"))["b.html"] == "withdrawn"


def test_a_prefix_looks_at_one_folder_only(tmp_path):
    pages = [page("2026-03-02/a.html", "A"), page("2026-03-02/b.html", "B"), page("2026-03-09/c.html", "C", day=LATER)]
    raw.register(tmp_path, pages, root=ROOT)
    raw.register(tmp_path, pages[:1], root=ROOT, prefix="2026-03-02/")
    assert refs(raw.read_entry(tmp_path, DAY, "harbour")) == {
        "2026-03-02/a.html": None,
        "2026-03-02/b.html": "withdrawn",
    }
    assert refs(raw.read_entry(tmp_path, LATER, "harbour")) == {"2026-03-09/c.html": None}


def test_an_emptied_folder_withdraws_all(tmp_path):
    raw.register(tmp_path, [page("a.html")], root=ROOT)
    assert raw.register(tmp_path, [], root=ROOT).changed == ((DAY, "harbour"),)
    assert refs(raw.read_entry(tmp_path, DAY, "harbour")) == {"a.html": "withdrawn"}


def test_positions_are_equal_where_the_captures_are(tmp_path):
    raw.register(tmp_path, [page("a.html")], root=ROOT)
    first = raw.read_entry(tmp_path, DAY, "harbour").position
    raw.register(tmp_path, [page("a.html"), page("c.html", "C", day=LATER)], root=ROOT)
    second = raw.read_entry(tmp_path, DAY, "harbour").position
    assert first == second and first.is_older_than(second) and not second.is_older_than(first)
    raw.register(tmp_path, [page("a.html"), page("b.html", "B")], root=ROOT)
    third = raw.read_entry(tmp_path, DAY, "harbour").position
    assert third != second and second.is_older_than(third)
    assert raw.Position.from_json(third.to_json()) == third


@pytest.mark.parametrize("source", ["feed:https://x.example/a?b=1&c", "..", "a~b", "Ünïcode / ~", "x" * 400, "%2F", ""])
def test_any_source_id_has_a_folder(tmp_path, source):
    name = source_folder(source)
    assert "/" not in name and len(name) < 256
    assert source_of_folder(name) in (source, None)
    raw.register(tmp_path, [page("a.html", source=source)])
    assert raw.entries(tmp_path) == [(DAY, source)]
    assert len(raw.read_entry(tmp_path, DAY, source).captures) == 1


def test_many_writers_register_each_capture_once(tmp_path):
    pages = [page(f"{n}.html", f"Story {n}") for n in range(20)]

    def write(number):
        day = date(2026, 4, 1 + number)
        order = random.Random(number).sample(pages, 15)
        return raw.register(tmp_path, [(Capture(**{**_facts(c), "ingest_date": day}), p) for c, p in order])

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(write, range(4)))
    new = [key for result in results for key in result.new]
    assert len(new) == len(set(new))
    found = [c.capture_id for key in raw.entries(tmp_path) for c in raw.read_entry(tmp_path, *key).captures]
    assert sorted(found) == sorted(new)


def _facts(capture):
    return {name: getattr(capture, name) for name in Capture.__dataclass_fields__}


def test_a_capture_given_twice_is_one_whatever_the_order(tmp_path):
    twice = [page("a.html", media_type="text/html"), page("a.html", media_type="text/plain")]
    raw.register(tmp_path / "x", twice)
    raw.register(tmp_path / "y", twice[::-1])
    assert files_of(tmp_path / "x") == files_of(tmp_path / "y")
    assert len(raw.read_entry(tmp_path / "x", DAY, "harbour").captures) == 1
