"""Revisit records: their bytes from the same file, from another one, from raw, or from nowhere."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from archives import HTML, Archive, http

from dateline import lake, raw
from dateline.pipeline import collect as collect_paths
from dateline.pipeline import load
from dateline.sources import collect

TODAY = date(2026, 11, 22)
PAGE = b"<html><p>Rain fell on Bergen all day." + b" It did not stop." * 40
DIGEST = "sha1:" + base64.b32encode(hashlib.sha1(PAGE).digest()).decode()
HTTP = "application/http; msgtype=response"


def found(path: Path):
    return list(collect(path, "coll", registered_on=TODAY))


def original(archive: Archive, **named: str) -> str:
    return archive.response("http://post.example/1", PAGE, HTML, ("X-Is", "original"), **named)


def revisit(archive: Archive, block: bytes = b"", **named: str) -> str:
    named = named or {"WARC_Payload_Digest": DIGEST}
    return archive.add("revisit", "http://post.example/1", block, HTTP, date="2007-08-01T12:00:00Z", **named)


@pytest.mark.parametrize("order", ["original first", "revisit first"])
@pytest.mark.parametrize("gz", [True, False])
def test_bytes_come_from_the_same_file_in_any_order(tmp_path, order, gz):
    archive = Archive(gz=gz)
    steps = [original, revisit] if order == "original first" else [revisit, original]
    for step in steps:
        step(archive)
    captures = {
        capture.captured_at.month: (capture, payload) for capture, payload in found(archive.save(tmp_path / "a.warc"))
    }
    (first, _), (again, payload) = captures[7], captures[8]
    assert (payload, again.payload_sha256, again.outcome) == (PAGE, first.payload_sha256, None)
    assert (again.http_status, again.headers) == (200, first.headers)
    assert first.warc_record_id in (again.reason or "")
    assert again.capture_id != first.capture_id


def test_an_archive_packed_in_one_go_gives_the_bytes_too(tmp_path):
    archive = Archive(gz=False)
    archive.add("warcinfo", "a", b"software: a test\r\n", "application/warc-fields")
    original(archive)
    revisit(archive)
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(archive.out.getvalue()))
    assert [payload for _, payload in found(tmp_path / "a.warc.gz")] == [PAGE, PAGE]


def test_reference_to_the_record_serves_where_no_digest_is_stated(tmp_path):
    archive = Archive()
    record_id = original(archive)
    revisit(archive, WARC_Refers_To=record_id)
    assert [payload for _, payload in found(archive.save(tmp_path / "a.warc.gz"))] == [PAGE, PAGE]


def test_headers_of_the_revisit_stand_where_it_has_those_of_a_page(tmp_path):
    archive = Archive()
    original(archive)
    revisit(archive, http(b"", HTML, ("X-Is", "revisit")))
    revisit(archive, http(b"", ("X-Is", "unchanged"), status="304 Not Modified"))
    _, page, unchanged = (capture for capture, _ in found(archive.save(tmp_path / "a.warc.gz")))
    assert (page.http_status, page.headers[1]) == (200, ("X-Is", "revisit"))
    assert (unchanged.http_status, unchanged.headers[1]) == (200, ("X-Is", "original"))


def test_bytes_of_another_file_of_the_folder(tmp_path):
    for name, step in (("b.warc.gz", original), ("a.warc.gz", revisit)):
        archive = Archive()
        step(archive)
        archive.save(tmp_path / name)
    assert [payload for _, payload in found(tmp_path)] == [PAGE, PAGE]


def test_bytes_that_are_nowhere_are_told(tmp_path):
    archive = Archive()
    revisit(archive)
    revisit(archive, WARC_Profile="none")
    (named, no_bytes), (unnamed, _) = found(archive.save(tmp_path / "a.warc.gz"))
    assert (named.outcome, no_bytes, named.payload_sha1) == ("not_modified", None, DIGEST.removeprefix("sha1:"))
    assert DIGEST in (named.reason or "") and "not named" in (unnamed.reason or "")


def test_bytes_come_from_raw_and_the_first_registration_stays(tmp_path, settings, clock):
    first, later = Archive(), Archive()
    original(first)
    revisit(later)
    first.save(tmp_path / "first.warc.gz")
    later.save(tmp_path / "later.warc.gz")
    early = collect_paths(settings, [tmp_path / "later.warc.gz"], collection="early", clock=clock)
    collect_paths(settings, [tmp_path / "first.warc.gz"], clock=clock)
    late = collect_paths(settings, [tmp_path / "later.warc.gz"], collection="late", clock=clock)
    (unresolved,) = raw.read_entry(settings.raw, *early.entries[0]).captures
    (resolved,) = raw.read_entry(settings.raw, *late.entries[0]).captures
    assert (unresolved.outcome, unresolved.payload_sha256) == ("not_modified", None)
    assert (resolved.outcome, resolved.payload_sha256) == (None, hashlib.sha256(PAGE).hexdigest())
    again = collect_paths(settings, [tmp_path / "later.warc.gz"], collection="early", clock=clock)
    assert (again.new, again.known) == (0, 1)


def test_one_load_and_two_loads_give_the_same_lake(tmp_path, settings, clock):
    folder = tmp_path / "crawl"
    folder.mkdir()
    first, later = Archive(), Archive()
    original(first)
    revisit(later)
    hashes = []
    for name in ("one", "two"):
        own = replace(settings, raw=tmp_path / name / "raw", lake=tmp_path / name / "lake")
        (folder / "later.warc.gz").unlink(missing_ok=True)
        first.save(folder / "first.warc.gz")
        if name == "two":
            load(own, [folder], clock=clock)
        later.save(folder / "later.warc.gz")
        hashes.append(load(own, [folder], clock=clock).published.lake_hash)
    assert hashes[0] == hashes[1]
    with lake.open_lake(tmp_path / "one" / "lake") as connection:
        outcomes = connection.execute("SELECT outcome, count(*) FROM captures GROUP BY 1").fetchall()
    assert outcomes == [("article", 2)]
