"""WARC and WET files: records that hold pages, their facts and places, and files that break off."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archives import HTML, SAMPLES, Archive, http, sample_archive
from fastwarc.warc import ArchiveIterator

from dateline.sources import collect
from dateline.sources._describe import Origin
from dateline.sources.warc import collect_archive

TODAY = date(2026, 11, 22)
PAGE = b"<html><p>Rain fell on Bergen."


def found(path: Path):
    return list(collect(path, "coll", registered_on=TODAY))


def one(archive: Archive, folder: Path):
    (only,) = found(archive.save(folder / "one.warc.gz"))
    return only


def mixed(*, gz: bool = True, n: int = 3) -> bytes:
    """Pages between records of other kinds, as crawlers write them."""
    archive = Archive(gz=gz)
    archive.add("warcinfo", "a.warc", b"software: a test\r\n", "application/warc-fields")
    for number in range(n):
        url = f"http://post.example/{number}"
        archive.response(url, PAGE + b" %d" % number * 400, date=f"2007-07-0{number + 1}T23:59:59Z")
        archive.add(
            "request", url, b"GET / HTTP/1.1\r\nHost: post.example\r\n\r\n", "application/http; msgtype=request"
        )
        archive.add("metadata", url, b"fetchTimeMs: 40\r\n", "application/warc-fields")
    archive.add("response", "dns:post.example", b"20070701 post.example 192.0.2.1", "text/dns")
    return archive.out.getvalue()


def test_a_response_is_a_capture_with_its_facts(tmp_path):
    archive = Archive()
    headers = [
        ("Date", "Sun, 01 Jul 2007"),
        ("Content-Type", "text/html;charset=\xe9"),
        ("X-Two", "a"),
        ("X-Two", "b "),
    ]
    record_id = archive.response("http://post.example/1", PAGE, *headers, date="2007-07-01T23:59:59Z")
    capture, payload = one(archive, tmp_path)
    assert payload == PAGE
    assert (capture.url, capture.http_status, capture.source_kind) == ("http://post.example/1", 200, "warc")
    assert capture.headers == (*headers[:3], ("X-Two", "b"))
    assert capture.media_type == "text/html;charset=\xe9"
    assert capture.captured_at == datetime(2007, 7, 1, 23, 59, 59, tzinfo=UTC)
    assert (capture.ingest_date, capture.warc_record_id) == (date(2007, 7, 1), record_id)
    assert (capture.outcome, capture.reason, capture.truncated) == (None, None, None)


@pytest.mark.parametrize("gz", [True, False])
def test_only_pages_are_captures_and_each_file_is_a_source(tmp_path, gz):
    for name in ("a.warc.gz", "b.warc"):
        (tmp_path / name).write_bytes(mixed(gz=gz))
    captures = [capture for capture, _ in found(tmp_path)]
    assert Counter(capture.source_id for capture in captures) == {"coll/a.warc.gz": 3, "coll/b.warc": 3}
    assert len({capture.capture_id for capture in captures}) == 6


@pytest.mark.parametrize("packed", ["by record", "not at all", "in one go"])
def test_the_range_of_a_record_read_alone_is_the_record(tmp_path, packed):
    data = mixed(gz=packed == "by record")
    data = gzip.compress(data, mtime=0) if packed == "in one go" else data
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    captures = found(path)
    assert len({capture.source_ref for capture, _ in captures}) == 3
    for capture, payload in captures:
        stored, _, inner = capture.source_ref.partition("#")[2].partition("/")
        offset, _, length = stored.partition("+")
        with path.open("rb") as stream:
            stream.seek(int(offset))
            piece = stream.read(int(length))
        assert bool(inner) == (packed == "in one go")
        if inner:
            first, _, size = inner.partition("+")
            piece = gzip.decompress(piece)[int(first) : int(first) + int(size)]
        records = ArchiveIterator(io.BytesIO(piece), parse_http=True)
        record = next(records)
        assert record.headers.get("WARC-Record-ID") == capture.warc_record_id
        assert record.reader.read() == payload
        assert next(records, None) is None


def test_chunks_are_joined_and_content_coding_is_kept(tmp_path):
    packed = gzip.compress(PAGE, mtime=0)
    chunked = b"5\r\n" + packed[:5] + b"\r\n" + b"%x;note=1\r\n" % (len(packed) - 5) + packed[5:] + b"\r\n0\r\n\r\n"
    archive = Archive()
    archive.response(
        "http://post.example/", chunked, HTML, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")
    )
    capture, payload = one(archive, tmp_path)
    assert payload == packed
    assert [name for name, _ in capture.headers] == ["Content-Type", "Transfer-Encoding", "Content-Encoding"]


def test_body_that_is_not_chunked_in_spite_of_its_header_stays(tmp_path):
    archive = Archive()
    archive.response("http://post.example/", PAGE, HTML, ("Transfer-Encoding", "chunked"))
    assert one(archive, tmp_path)[1] == PAGE


@pytest.mark.parametrize(
    ("status", "headers", "outcome", "words"),
    [
        ("404 Not Found", [HTML], "gone", "404 Not Found"),
        ("410 Gone", [HTML], "gone", "410 Gone"),
        ("503 Service Unavailable", [HTML], "http_error", "503 Service Unavailable"),
        ("304 Not Modified", [HTML], "not_modified", "304 Not Modified"),
        (
            "302 Found",
            [("Location", "/new?a=1")],
            "http_error",
            "302 Found: the page is at http://post.example/new?a=1",
        ),
        ("799 Whatever", [HTML], "http_error", "799"),
    ],
)
def test_status_decides_and_the_bytes_are_kept(tmp_path, status, headers, outcome, words):
    archive = Archive()
    archive.response("http://post.example/old/a", PAGE, *headers, status=status)
    capture, payload = one(archive, tmp_path)
    assert (capture.outcome, capture.reason, payload) == (outcome, words, PAGE)
    assert capture.url_final == ("http://post.example/new?a=1" if outcome == "http_error" and "302" in words else None)


@pytest.mark.parametrize(
    ("url", "media_type", "body", "is_read"),
    [
        ("http://post.example/logo", "image/png", b"\x89PNG\r\n", False),
        ("http://post.example/style", "text/css;charset=utf-8", b"p {}", False),
        ("http://post.example/data", "application/json", b"{}", False),
        ("http://post.example/robots.txt", "text/plain", b"User-agent: *", False),
        ("http://post.example/about/robots.txt-explained", "text/html", PAGE, True),
        ("http://post.example/mislabelled", "image/gif", b"\n<!DOCTYPE html><p>Rain", True),
        ("http://post.example/unlabelled", "", PAGE, True),
        ("http://post.example/binary", "application/octet-stream", PAGE, True),
    ],
)
def test_what_is_no_page_stays_in_the_archive(tmp_path, url, media_type, body, is_read):
    archive = Archive()
    archive.response(url, body, ("Content-Type", media_type), ("Server", "x"))
    capture, payload = one(archive, tmp_path)
    assert payload == (body if is_read else None)
    assert capture.outcome == (None if is_read else "unsupported")
    assert capture.n_bytes == len(body)


def digest(data: bytes, algorithm: str = "sha1") -> str:
    return f"{algorithm}:{base64.b32encode(hashlib.new(algorithm, data).digest()).decode().rstrip('=')}"


@pytest.mark.parametrize(
    ("stated", "is_right"),
    [
        (digest(PAGE), True),
        (f"sha256:{hashlib.sha256(PAGE).hexdigest()}", True),
        (digest(PAGE, "sha256").lower(), True),
        ("sha1:not a digest", True),
        ("crc32:00000000", True),
        (digest(PAGE + b"."), False),
    ],
)
def test_a_wrong_payload_digest_is_told_and_the_bytes_are_kept(tmp_path, stated, is_right):
    archive = Archive()
    archive.response("http://post.example/", PAGE, WARC_Payload_Digest=stated)
    capture, payload = one(archive, tmp_path)
    assert (payload, capture.outcome) == (PAGE, None)
    assert (capture.reason is None) == is_right
    assert is_right or stated in (capture.reason or "")


def test_digest_of_the_chunks_counts_too(tmp_path):
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    archive = Archive()
    coding = ("Transfer-Encoding", "chunked")
    archive.response("http://post.example/", chunked, HTML, coding, WARC_Payload_Digest=digest(chunked))
    assert one(archive, tmp_path)[0].reason is None


def test_stated_truncation_is_kept_and_its_digest_is_not_asked_for(tmp_path):
    archive = Archive()
    archive.response("http://post.example/", PAGE, WARC_Truncated="length", WARC_Payload_Digest=digest(b"all of it"))
    capture, payload = one(archive, tmp_path)
    assert (capture.truncated, capture.reason, payload) == ("length", None, PAGE)


def test_conversions_of_wet_files_are_text_in_utf_8(tmp_path):
    archive = Archive()
    archive.add("conversion", "http://post.example/0", "Føre.".encode(), "text/plain")
    path = archive.save(tmp_path / "a.warc.wet.gz")
    ((capture, payload),) = found(path)
    assert (capture.source_kind, capture.media_type) == ("wet", "text/plain; charset=utf-8")
    assert payload == "Føre.".encode()


def test_resource_is_its_block_and_a_name_is_no_address(tmp_path):
    archive = Archive()
    archive.add("resource", "urn:pages:1", http(PAGE), "text/html")
    capture, payload = one(archive, tmp_path)
    assert (capture.url, capture.http_status, capture.media_type, payload) == (None, None, "text/html", http(PAGE))


def test_day_without_instant_is_no_evidence_about_time(tmp_path):
    archive = Archive()
    archive.add("resource", "urn:pages:1", PAGE, "text/html", Dateline_Ingest_Date="2026-03-02")
    capture, _ = one(archive, tmp_path)
    assert (capture.captured_at, capture.ingest_date) == (None, date(2026, 3, 2))


@pytest.mark.parametrize("gz", [True, False])
def test_a_file_cut_anywhere_keeps_what_came_before_and_tells_it_once(tmp_path, gz):
    data = mixed(gz=gz)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    whole = {capture.warc_record_id: payload for capture, payload in found(path)}
    starts = [record.stream_pos for record in ArchiveIterator(io.BytesIO(data), parse_http=False)]
    for cut in range(1, len(data), 97):
        path.write_bytes(data[:cut])
        captures = found(path)
        told = [capture for capture, _ in captures if capture.outcome in ("broken", "truncated")]
        good = {capture.warc_record_id: payload for capture, payload in captures if capture.outcome is None}
        # Without gzip a record is whole when nothing but the line ends after it are missing.
        is_whole = any(0 <= start - cut <= (0 if gz else 4) for start in [*starts, len(data)])
        assert len(told) == (not is_whole), cut
        assert good.items() <= whole.items(), cut
        # The pages are the second, the fifth and the eighth record.
        assert len(good) >= sum(starts[number + 1] <= cut for number in (1, 4, 7)), cut


@pytest.mark.parametrize("gz", [True, False])
def test_damage_keeps_the_records_before_it_and_says_where(tmp_path, gz):
    data = mixed(gz=gz)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    whole = found(path)
    second = int(whole[1][0].source_ref.partition("#")[2].partition("+")[0])
    broken = bytearray(data)
    broken[second : second + 8] = b"\x00" * 8 if not gz else broken[second : second + 8]
    broken[second + 20 : second + 60] = b"\xff" * 40
    path.write_bytes(bytes(broken))
    (first, payload), (damage, nothing) = found(path)
    assert (first, payload) == whole[0]
    assert (damage.outcome, damage.source_ref, nothing) == ("broken", f"a.warc.gz#after{second}", None)
    assert "damaged" in (damage.reason or "")


def test_rubbish_after_the_last_record_is_told(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(mixed() + b"rubbish, not gzip")
    captures = found(path)
    assert [capture.outcome for capture, _ in captures] == [None, None, None, "broken"]


@pytest.mark.parametrize(
    "data", [b"This is no archive.\n" * 50, gzip.compress(b"Nor is this.\n" * 50, mtime=0), b"\x1f\x8b\x08"]
)
def test_file_without_any_record_is_one_broken_capture(tmp_path, data):
    (tmp_path / "a.warc").write_bytes(data)
    ((capture, payload),) = found(tmp_path)
    assert (capture.outcome, payload) == ("broken", None)


def test_empty_file_holds_no_capture(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(b"")
    assert found(tmp_path) == []


def test_record_above_the_limit_is_not_held_in_memory(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(mixed())
    captures = list(collect_archive(path, "a", Origin("s", None, TODAY), limit=100))
    assert [(payload, capture.outcome) for capture, payload in captures] == [(None, "too_big")] * 3


def test_unreadable_file_is_told(tmp_path):
    ((capture, _),) = collect_archive(tmp_path / "none.warc", "none.warc", Origin("s", None, TODAY))
    assert capture.outcome == "broken" and "No such file" in (capture.reason or "")


def test_samples_come_back_from_an_archive_with_their_bytes(tmp_path):
    warc, wet = sample_archive(tmp_path)
    payloads = sorted(payload for path in (warc, wet) for _, payload in found(path))
    assert payloads == sorted(p.read_bytes() for s in ("*.html", "*.txt") for p in SAMPLES.rglob(s))


def test_reading_again_gives_the_same_captures(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(mixed())
    later = [capture for capture, _ in collect(path, "coll", registered_on=date(2030, 1, 1))]
    assert later == [capture for capture, _ in found(path)]
    assert replace(later[0], source_ref="") != later[0]
