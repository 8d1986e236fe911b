"""Raw as a WARC file: what other readers make of it, and what loading it gives."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from archives import HTML, SAMPLES, Archive, arc, http, sample_archive
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from dateline import lake, raw
from dateline.pipeline import collect, load
from dateline.raw.export import ExportResult, NothingToExportError, export_warc

PAGE = b"<html><p>Rain fell on Bergen all day."


@pytest.fixture
def crawl(tmp_path):
    """A folder with an archive of many kinds of responses, an ARC, and two page files."""
    folder = tmp_path / "crawl"
    folder.mkdir()
    archive = Archive()
    archive.response("http://post.example/1", PAGE, HTML, ("X-Name", "Bj\xf8rn"), ("X-Name", "two"))
    packed = gzip.compress(PAGE + b" 2", mtime=0)
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    coding = [HTML, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
    archive.response("http://post.example/2", chunked, *coding, date="2007-07-02T10:00:00.250000Z")
    archive.response("http://post.example/3", b"", ("Location", "/1"), status="301 Moved Permanently")
    archive.response("http://post.example/4", PAGE, WARC_Truncated="length")
    archive.response("http://post.example/logo.png", b"\x89PNG", ("Content-Type", "image/png"))
    lost = "sha1:" + "A" * 32
    head = http(b"", HTML)
    archive.add(
        "revisit", "http://post.example/5", head, "application/http; msgtype=response", WARC_Payload_Digest=lost
    )
    archive.add("conversion", "http://post.example/6", b"Rain fell.", "text/plain")
    archive.save(folder / "a.warc.gz")
    response = http(b"<p>Old news.")
    (folder / "b.arc").write_bytes(b"".join(arc([("http://old.example/", "19970228204852", response)])))
    (folder / "page.html").write_bytes(PAGE)
    (folder / "note\n.txt").write_bytes(b"Snow fell.")
    return folder


def exported(settings, path, **options):
    return export_warc(settings.raw, path, **options)


def test_other_readers_find_the_records_with_their_true_headers(settings, crawl, clock, tmp_path):
    collect(settings, [crawl], clock=clock)
    out = tmp_path / "out.warc.gz"
    assert exported(settings, out) == ExportResult(9, {"raw has no bytes of it": 1})
    found = {}
    with out.open("rb") as stream:
        for record in WarcioIterator(stream, check_digests="raise"):
            body = record.content_stream().read()
            found[record.rec_headers.get_header("WARC-Target-URI")] = (record, body)
    first, body = found["http://post.example/1"]
    assert body == PAGE
    assert first.http_headers.headers == [HTML, ("X-Name", "Bj\xf8rn"), ("X-Name", "two")]
    assert first.http_headers.statusline == "200 OK"
    assert first.rec_headers.get_header("WARC-Record-ID") == "<urn:uuid:00000000-0000-4000-8000-000000000000>"
    second, body = found["http://post.example/2"]
    assert body == PAGE + b" 2"
    assert second.rec_headers.get_header("WARC-Date") == "2007-07-02T10:00:00.250000Z"
    assert found["http://post.example/3"][0].http_headers.get_header("Location") == "/1"
    assert found["http://post.example/4"][0].rec_headers.get_header("WARC-Truncated") == "length"
    assert found["http://post.example/5"][0].rec_type == "revisit"
    assert found["http://post.example/6"][0].rec_type == "conversion"
    assert found["http://old.example/"][0].http_headers.get_statuscode() == "200"
    pages = [record for url, (record, _) in found.items() if (url or "").startswith("urn:dateline:capture:")]
    assert sorted(record.rec_headers.get_header("Content-Type") for record in pages) == ["text/html", "text/plain"]
    names = {record.rec_headers.get_header("Dateline-Source-Ref") for record in pages}
    assert names == {"page.html", "note%0A.txt"}


def test_fastwarc_reads_it_and_every_digest_is_right(settings, crawl, clock, tmp_path):
    collect(settings, [crawl], clock=clock)
    out = tmp_path / "out.warc"
    exported(settings, out)
    with out.open("rb") as stream:
        records = [r.verify_block_digest() for r in FastIterator(stream, parse_http=False)]
    assert records == [True] * 10
    with out.open("rb") as stream:
        kinds = [r.headers.get("WARC-Type") for r in FastIterator(stream)]
    assert Counter(kinds) == {"warcinfo": 1, "response": 5, "revisit": 1, "conversion": 1, "resource": 2}
    with out.open("rb") as stream:
        payloads = [r.verify_payload_digest() for r in FastIterator(stream) if r.headers.get("WARC-Type") == "response"]
    assert payloads == [True] * 5
    with out.open("rb") as stream:
        ids = [record.record_id for record in FastIterator(stream, parse_http=False)]
    assert len(set(ids)) == len(ids)


def test_equal_captures_give_equal_bytes_whatever_the_day(settings, crawl, clock, tmp_path):
    collect(settings, [crawl], captured_on=date(2026, 3, 2), clock=clock)
    other = replace(settings, raw=tmp_path / "other")
    collect(other, [crawl], captured_on=date(2026, 3, 2), clock=lambda: clock().replace(year=2031))
    exported(settings, tmp_path / "a.warc.gz")
    first = (tmp_path / "a.warc.gz").read_bytes()
    exported(other, tmp_path / "a.warc.gz")
    assert (tmp_path / "a.warc.gz").read_bytes() == first


def test_captures_come_back_from_the_export_as_they_were(settings, crawl, clock, tmp_path):
    collect(settings, [crawl], clock=clock)
    exported(settings, tmp_path / "out.warc.gz")
    other = replace(settings, raw=tmp_path / "other")
    collect(other, [tmp_path / "out.warc.gz"], clock=clock)
    kept = (
        "url",
        "url_final",
        "captured_at",
        "http_status",
        "headers",
        "payload_sha256",
        "payload_sha1",
        "ingest_date",
    )

    def facts(folder, *more):
        captures = [c for key in raw.entries(folder) for c in raw.read_entry(folder, *key).captures]
        chosen = (capture for capture in captures if capture.outcome != "unsupported")
        return sorted(tuple(str(getattr(capture, name)) for name in (*kept, *more)) for capture in chosen)

    assert facts(other.raw) == facts(settings.raw)
    web = [row for row in facts(other.raw, "outcome", "truncated") if row[0] != "None"]
    assert web == [row for row in facts(settings.raw, "outcome", "truncated") if row[0] != "None"]


def test_a_record_that_two_sources_hold_gets_an_id_of_its_own(settings, crawl, clock, tmp_path):
    for name in ("one", "two"):
        collect(settings, [crawl / "a.warc.gz"], collection=name, clock=clock)
    exported(settings, tmp_path / "out.warc")
    with (tmp_path / "out.warc").open("rb") as stream:
        ids = [record.record_id for record in FastIterator(stream, parse_http=False)]
    assert len(ids) == 13 and len(set(ids)) == 13


def test_source_and_days_choose(settings, clock, tmp_path):
    collect(settings, [SAMPLES], clock=clock)
    out = tmp_path / "out.warc.gz"
    everything = exported(settings, out).n_records
    days = {"first": date(2026, 3, 3), "last": date(2026, 3, 4)}
    assert 0 < exported(settings, out, source="inbox", **days).n_records < everything
    before = out.read_bytes()
    with pytest.raises(NothingToExportError, match=r"sources inbox, with ingest dates from 2026-03-02 to 2026-03-20"):
        exported(settings, out, source="none")
    with pytest.raises(NothingToExportError, match="empty"):
        export_warc(tmp_path / "nothing", out)
    assert out.read_bytes() == before


def test_withdrawn_captures_are_left_out(settings, crawl, clock, tmp_path):
    collect(settings, [crawl], clock=clock)
    (crawl / "page.html").unlink()
    collect(settings, [crawl], clock=clock)
    assert exported(settings, tmp_path / "out.warc").left_out == {"raw has no bytes of it": 1, "withdrawn": 1}


def test_damaged_raw_leaves_the_old_file(settings, crawl, clock, tmp_path):
    collect(settings, [crawl], clock=clock)
    out = tmp_path / "out.warc"
    exported(settings, out)
    before = out.read_bytes()
    payload = raw.layout.payload_path(settings.raw, hashlib.sha256(PAGE).hexdigest())
    payload.unlink()
    with pytest.raises(raw.DamagedPayloadError):
        exported(settings, out)
    assert out.read_bytes() == before
    assert not list(tmp_path.glob(".tmp*"))


def test_loading_the_export_gives_the_same_articles(settings, clock, tmp_path):
    warc, wet = sample_archive(tmp_path, most=5)
    first = tmp_path / "in"
    first.mkdir()
    for path in (warc, wet):
        path.rename(first / path.name)
    (first / "pages").mkdir()
    for path in sorted(SAMPLES.rglob("courier-*.html"))[:2]:
        (first / "pages" / path.name).write_bytes(path.read_bytes())
    load(settings, [first], clock=clock)
    exported(settings, tmp_path / "out.warc.gz")
    other = replace(settings, raw=tmp_path / "other" / "raw", lake=tmp_path / "other" / "lake")
    load(other, [tmp_path / "out.warc.gz"], clock=clock)

    def articles(settings):
        columns = "captures.url, title, text, published_day, published_method"
        query = f"SELECT {columns} FROM articles JOIN captures USING (capture_id)"
        with lake.open_lake(settings.lake) as connection:
            return sorted(map(str, connection.execute(query).fetchall()))

    assert articles(other) == articles(settings)
    assert len(articles(other)) >= 10
