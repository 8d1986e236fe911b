"""ARC files, versions 1 and 2, plain and gzip, whole and broken."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archives import arc, http
from warcio.archiveiterator import ArchiveIterator

from dateline.sources import collect

TODAY = date(2026, 11, 22)
PAGES = [
    ("http://post.example/1", "19970228204852", http(b"<p>Rain fell on Bergen.\n\n")),
    ("http://post.example/a b", "20070701120000", http(b"<p>Snow fell.", status="404 Not Found")),
    ("dns:post.example", "20070701120000", b"20070701120000\npost.example. 60 IN A 192.0.2.1\n"),
    ("http://post.example/3", "20070702000000", b"<p>A page of HTTP/0.9, without any header."),
]


def found(path: Path):
    return list(collect(path, "coll", registered_on=TODAY))


def write(folder: Path, *, gz: bool, version: int = 1) -> Path:
    records = arc(PAGES, version=version)
    path = folder / ("a.arc.gz" if gz else "a.arc")
    path.write_bytes(b"".join(gzip.compress(record, mtime=0) if gz else record for record in records))
    return path


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("gz", [True, False])
def test_pages_are_captures_with_their_facts(tmp_path, gz, version):
    captures = found(write(tmp_path, gz=gz, version=version))
    assert [payload for _, payload in captures] == [b"<p>Rain fell on Bergen.\n\n", b"<p>Snow fell.", PAGES[3][2]]
    first, second, third = (capture for capture, _ in captures)
    assert (first.url, first.http_status, first.source_kind) == ("http://post.example/1", 200, "arc")
    assert first.captured_at == datetime(1997, 2, 28, 20, 48, 52, tzinfo=UTC)
    assert first.headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert (second.url, second.outcome) == ("http://post.example/a b", "gone")
    assert (third.http_status, third.media_type, third.outcome) == (None, "text/html", None)


def test_archive_is_what_another_reader_takes_it_for(tmp_path):
    path = write(tmp_path, gz=True)
    with path.open("rb") as stream:
        records = [record.rec_headers.get_header("uri") for record in ArchiveIterator(stream, no_record_parse=True)]
    assert records[1:] == [url for url, *_ in PAGES]


@pytest.mark.parametrize("gz", [True, False])
def test_the_range_of_a_record_read_alone_is_the_record(tmp_path, gz):
    path = write(tmp_path, gz=gz)
    for capture, payload in found(path):
        offset, _, length = capture.source_ref.partition("#")[2].partition("+")
        with path.open("rb") as stream:
            stream.seek(int(offset))
            piece = stream.read(int(length))
        piece = gzip.decompress(piece) if gz else piece
        assert piece.startswith((capture.url or "").encode()) and (payload or b"") in piece
        (tmp_path / "piece.arc").write_bytes(piece)
        assert [read for _, read in found(tmp_path / "piece.arc")] == [payload]


def test_file_packed_in_one_go_has_places_of_its_own_for_each_record(tmp_path):
    path = tmp_path / "a.arc.gz"
    path.write_bytes(gzip.compress(b"".join(arc(PAGES)), mtime=0))
    places = [capture.source_ref for capture, _ in found(path)]
    assert len(set(places)) == 3 and all("/" in place for place in places)


@pytest.mark.parametrize("gz", [True, False])
def test_a_file_cut_anywhere_keeps_what_came_before_and_tells_it_once(tmp_path, gz):
    records = [gzip.compress(record, mtime=0) if gz else record for record in arc(PAGES)]
    data, path = b"".join(records), tmp_path / "a.arc"
    ends = [sum(map(len, records[:n])) for n in range(1, len(records) + 1)]
    path.write_bytes(data)
    whole = {capture.url: payload for capture, payload in found(path)}
    for cut in range(1, len(data)):
        path.write_bytes(data[:cut])
        captures = found(path)
        told = [capture for capture, _ in captures if capture.outcome in ("broken", "truncated")]
        good = {capture.url: payload for capture, payload in captures if capture not in told}
        is_whole = any(0 <= end - cut <= (0 if gz else 1) for end in ends)
        assert len(told) == (not is_whole), cut
        assert good.items() <= whole.items(), cut
        assert len(good) >= sum(end <= cut for end in (ends[1], ends[2], ends[4])), cut


def test_damage_keeps_the_records_before_it_and_says_where(tmp_path):
    records = arc(PAGES)
    path = tmp_path / "a.arc"
    path.write_bytes(b"".join(records[:2]) + b"rubbish\n" + b"".join(records[2:]))
    (first, _), (damage, nothing) = found(path)
    assert (first.url, damage.outcome, nothing) == ("http://post.example/1", "broken", None)
    assert damage.source_ref == f"a.arc#after{len(b''.join(records[:2]))}"


def test_file_without_any_record_is_one_broken_capture(tmp_path):
    (tmp_path / "a.arc").write_bytes(b"This is no archive.\n" * 50)
    ((capture, payload),) = found(tmp_path)
    assert (capture.outcome, payload) == ("broken", None)
