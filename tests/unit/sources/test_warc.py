"""Web archive files: records that hold pages, their facts and places, and files that break off."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.sources import collect

# The library that writes these archives leaves its temporary files to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

TODAY = date(2026, 11, 22)


def archive(*, gz: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    record = writer.create_warc_record
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a test"}))
    for number, encoding in enumerate((None, "gzip")):
        body = b"<p>rain %d" % number
        named = [("Content-Type", "text/html; charset=iso-8859-1")]
        named += [("Content-Encoding", "gzip")] if encoding else []
        writer.write_record(
            record(
                f"http://post.example/{number}",
                "response",
                payload=io.BytesIO(gzip.compress(body, mtime=0) if encoding else body),
                http_headers=StatusAndHeaders("200 OK", named, protocol="HTTP/1.1"),
                warc_headers_dict={
                    "WARC-Date": f"2007-07-0{number + 1}T23:59:59Z",
                    "WARC-Record-ID": f"<urn:x:{number}>",
                },
            )
        )
    head = StatusAndHeaders("GET / HTTP/1.1", [("Host", "post.example")], is_http_request=True)
    writer.write_record(record("http://post.example/0", "request", http_headers=head))
    writer.write_record(record("dns:post.example", "response", payload=io.BytesIO(b"x"), warc_content_type="text/dns"))
    revisit = StatusAndHeaders("200 OK", [], protocol="HTTP/1.1")
    writer.write_record(record("http://post.example/0", "revisit", http_headers=revisit))
    return out.getvalue()


def found(path):
    return list(collect(path, "coll", registered_on=TODAY))


@pytest.mark.parametrize("gz", [True, False])
def test_responses_are_captures_with_their_facts(tmp_path, gz):
    name = "a.warc.gz" if gz else "a.warc"
    (tmp_path / name).write_bytes(archive(gz=gz))
    first, second, revisit = found(tmp_path)
    assert [payload for _, payload in (first, second, revisit)] == [b"<p>rain 0", b"<p>rain 1", None]
    capture = first[0]
    assert (capture.source_id, capture.source_kind) == (f"coll/{name}", "warc")
    assert (capture.url, capture.http_status, capture.warc_record_id) == ("http://post.example/0", 200, "<urn:x:0>")
    assert capture.captured_at == datetime(2007, 7, 1, 23, 59, 59, tzinfo=UTC)
    assert capture.ingest_date == date(2007, 7, 1)
    assert capture.media_type == "text/html; charset=iso-8859-1"
    assert ("Content-Encoding", "gzip") in second[0].headers
    assert revisit[0].outcome == "not_modified"


@pytest.mark.parametrize("gz", [True, False])
def test_place_of_a_record_is_offset_and_length_in_the_stored_file(tmp_path, gz):
    data = archive(gz=gz)
    (tmp_path / "a.warc").write_bytes(data)
    for capture, payload in found(tmp_path)[:2]:
        offset, _, length = capture.source_ref.partition("#")[2].partition("+")
        piece = data[int(offset) : int(offset) + int(length)]
        (tmp_path / "piece").mkdir(exist_ok=True)
        (tmp_path / "piece" / "one.warc").write_bytes(piece)
        assert [read for _, read in found(tmp_path / "piece")] == [payload]


def test_conversions_of_wet_files_are_text(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            "http://post.example/0", "conversion", payload=io.BytesIO(b"Rain fell."), warc_content_type="text/plain"
        )
    )
    (tmp_path / "a.warc.wet.gz").write_bytes(out.getvalue())
    ((capture, payload),) = found(tmp_path)
    assert (capture.source_kind, capture.media_type, payload) == ("wet", "text/plain", b"Rain fell.")


def test_file_that_ends_inside_a_record_says_so_at_that_record(tmp_path):
    data = archive(gz=False)
    (tmp_path / "a.warc").write_bytes(data[: data.index(b"<p>rain 0") + 4])
    ((capture, payload),) = found(tmp_path)
    assert (capture.outcome, capture.truncated, payload) == ("truncated", "file", b"<p>r")


def test_damage_keeps_the_records_before_it_and_says_where(tmp_path):
    data = bytearray(archive())
    second = found_offset(tmp_path, bytes(data), 1)
    data[second + 20 : second + 60] = b"\xff" * 40
    (tmp_path / "a.warc.gz").write_bytes(bytes(data))
    (first, payload), (broken, nothing) = found(tmp_path)
    assert (first.url, payload) == ("http://post.example/0", b"<p>rain 0")
    assert (broken.outcome, nothing) == ("broken", None)
    assert "damaged archive record" in broken.reason and "#after" in broken.source_ref


def found_offset(tmp_path, data: bytes, number: int) -> int:
    (tmp_path / "a.warc.gz").write_bytes(data)
    return int(found(tmp_path)[number][0].source_ref.partition("#")[2].partition("+")[0])


def test_file_without_any_record_is_one_broken_capture(tmp_path):
    (tmp_path / "a.warc").write_bytes(b"This is no archive.\n" * 50)
    ((capture, _),) = found(tmp_path)
    assert capture.outcome == "broken"


def test_record_above_the_limit_is_not_held_in_memory(tmp_path):
    from dateline.sources._describe import Origin
    from dateline.sources.warc import collect_archive

    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive())
    first = next(iter(collect_archive(path, "a", Origin("s", None, TODAY), limit=20)))
    assert first[1] is None and first[0].outcome == "too_big"
