"""Archives on their way through the pipeline: content codings, reasons, and loads that were killed."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace

import brotli
import pytest
from archives import HTML, Archive, sample_archive

from dateline import lake, raw
from dateline.page.decode._content_coding import CodingError, remove_coding
from dateline.pipeline import collect, load
from dateline.raw import log as raw_log

STORY = b"""<html lang="en"><head><title>Ferry pier reopens</title></head><body><article><h1>Ferry pier reopens</h1>
<p>The ferry pier at Bergen reopened on Monday after a storm had closed it for nine days, the harbour office said.</p>
<p>"We counted every bolt before the first passenger went aboard," said Ingrid Moe, who runs the office there.</p>
<p>Boats to Stavanger will leave every two hours from Wednesday, and the old timetable returns on March 16.</p>
</article></body></html>"""


def ask(settings, query):
    with lake.open_lake(settings.lake) as connection:
        return connection.execute(query).fetchall()


def test_content_codings_are_taken_off_for_reading_and_kept_in_raw(settings, clock, tmp_path):
    archive = Archive()
    packed = {
        "gzip": gzip.compress(STORY),
        "br": brotli.compress(STORY),
        "deflate": zlib.compress(STORY),
        "none": STORY,
    }
    for coding, body in packed.items():
        archive.response(f"http://post.example/{coding}", body, HTML, ("Content-Encoding", coding))
    load(settings, [archive.save(tmp_path / "a.warc.gz")], clock=clock)
    texts = ask(settings, "SELECT count(*), count(DISTINCT text), min(title) FROM articles")
    assert texts == [(4, 1, "Ferry pier reopens")]
    sizes = ask(settings, "SELECT n_bytes FROM captures ORDER BY url")
    assert [size for (size,) in sizes] == [len(packed[name]) for name in sorted(packed)]


def test_a_wrong_digest_is_told_beside_the_article(settings, clock, tmp_path):
    archive = Archive()
    archive.response("http://post.example/1", STORY, WARC_Payload_Digest="sha1:" + "A" * 32)
    archive.response("http://post.example/2", b"<html><body></body></html>", WARC_Payload_Digest="sha1:" + "A" * 32)
    load(settings, [archive.save(tmp_path / "a.warc.gz")], clock=clock)
    rows = dict(ask(settings, "SELECT outcome, reason FROM captures"))
    assert "do not have the digest" in rows["article"]
    assert rows["empty"].startswith("no text") and "do not have the digest" in rows["empty"]


def test_every_outcome_of_an_archive_adds_up(settings, clock, tmp_path):
    archive = Archive()
    archive.response("http://post.example/1", STORY)
    archive.response("http://post.example/2", STORY, status="404 Not Found")
    archive.response("http://post.example/3", b"", ("Location", "/1"), status="301 Moved")
    archive.response("http://post.example/4", b"\x89PNG", ("Content-Type", "image/png"))
    archive.response("http://post.example/5", gzip.compress(STORY)[:200], HTML, ("Content-Encoding", "gzip"))
    archive.response("http://post.example/6", STORY, WARC_Truncated="length")
    archive.add("revisit", "http://post.example/7", b"", "application/http", WARC_Payload_Digest="sha1:" + "A" * 32)
    archive.add("metadata", "http://post.example/7", b"fetchTimeMs: 40\r\n" * 9, "application/warc-fields")
    path = archive.save(tmp_path / "a.warc")
    path.write_bytes(path.read_bytes()[:-40])
    load(settings, [path], clock=clock)
    rows = ask(settings, "SELECT url, outcome FROM captures ORDER BY url NULLS LAST")
    assert [outcome for _, outcome in rows] == [
        "article", "gone", "http_error", "unsupported", "broken", "truncated", "not_modified", "broken",
    ]  # fmt: skip
    assert rows[-1][0] is None


def test_a_load_that_was_killed_is_resumed_and_gives_the_same_lake(settings, clock, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    sample_archive(tmp_path / "in", most=6)
    monkeypatch.setattr(raw_log, "AT_ONCE", 4)
    whole = replace(settings, raw=tmp_path / "whole" / "raw", lake=tmp_path / "whole" / "lake")
    expected = load(whole, [tmp_path / "in"], clock=clock)
    kept, store = [], raw_log.store_payload

    def die_at_the_tenth(folder, payload):
        kept.append(payload)
        if len(kept) == 10:
            raise KeyboardInterrupt
        return store(folder, payload)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(raw_log, "store_payload", die_at_the_tenth)
        collect(settings, [tmp_path / "in"], clock=clock)
    known = sum(len(raw.read_entry(settings.raw, *key).captures) for key in raw.entries(settings.raw))
    assert known == 8
    done = load(settings, [tmp_path / "in"], clock=clock)
    assert (done.collected.known, done.collected.new) == (8, expected.collected.new - 8)
    assert done.published.lake_hash == expected.published.lake_hash


def test_codings_may_be_stacked_and_are_limited():
    twice = brotli.compress(gzip.compress(STORY))
    assert remove_coding(twice, (("Content-Encoding", "gzip, br"),), 10_000) == STORY
    assert len(remove_coding(gzip.compress(b"\0" * 10_000_000), (("content-encoding", "x-gzip"),), 1000)) == 1001
    bare = zlib.compressobj(wbits=-15)
    assert remove_coding(bare.compress(STORY) + bare.flush(), (("content-encoding", "deflate"),), 10_000) == STORY


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "unheard-of", "identity"])
def test_bytes_unpacked_beneath_a_header_of_packed_ones_stay(coding):
    assert remove_coding(STORY, (("Content-Encoding", coding),), 10_000) == STORY


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("deflate", zlib.compress)]
)
def test_damage_under_a_coding_is_told(coding, pack):
    with pytest.raises(CodingError, match=coding):
        remove_coding(pack(STORY)[:150], (("Content-Encoding", coding),), 10_000)
