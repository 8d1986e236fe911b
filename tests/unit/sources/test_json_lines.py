"""JSON lines: pages with their facts, and lines that can't be used."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, date, datetime

import pytest

from dateline.sources import collect, read_page_lines

TODAY = date(2026, 11, 22)
GOOD = {"id": "x1", "html": "<p>Émile", "url": "https://post.example/a", "captured_at": "2007-07-03T23:30:00-02:00"}


def lines(*items) -> bytes:
    return b"".join((item if isinstance(item, bytes) else json.dumps(item).encode()) + b"\n" for item in items)


def test_line_gives_page_url_and_instant(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(lines(GOOD))
    ((capture, payload),) = collect(tmp_path, "coll", registered_on=TODAY)
    assert payload == "<p>Émile".encode()
    assert (capture.source_id, capture.source_ref, capture.source_kind) == ("coll/a.jsonl", "a.jsonl#1", "jsonl")
    assert capture.url == "https://post.example/a"
    assert capture.captured_at == datetime(2007, 7, 4, 1, 30, tzinfo=UTC)
    assert capture.ingest_date == date(2007, 7, 4)


def test_single_file_is_named_by_itself(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(lines({"text": "Rain."}, b"", {"text": "Hail."}))
    found = list(collect(tmp_path / "a.jsonl", registered_on=TODAY))
    assert [(c.source_id, c.source_ref, c.media_type, p) for c, p in found] == [
        ("a.jsonl", "a.jsonl#1", "text/plain; charset=utf-8", b"Rain."),
        ("a.jsonl", "a.jsonl#3", "text/plain; charset=utf-8", b"Hail."),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{no json", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe", "not JSON"),
        ([1], "not a JSON object"),
        ({"id": 1}, 'neither "html" nor "text"'),
        ({"html": None}, 'neither "html" nor "text"'),
        ({"text": "x", "captured_at": "tomorrow"}, "no ISO 8601 instant"),
        ({"text": "x", "captured_at": 7}, "no ISO 8601 instant"),
    ],
)
def test_line_that_cannot_be_used_is_kept_with_the_reason(tmp_path, line, problem):
    (tmp_path / "a.jsonl").write_bytes(lines(line, {"text": "Rain."}))
    (bad, payload), (good, _) = collect(tmp_path, registered_on=TODAY)
    assert bad.outcome == "broken" and problem in bad.reason
    assert payload and good.outcome is None


def test_gzip_lines_and_a_stream_that_breaks_off():
    whole = gzip.compress(lines(*({"text": f"Rain {n}."} for n in range(2000))))
    assert len(list(read_page_lines(io.BytesIO(whole)))) == 2000
    found = list(read_page_lines(io.BytesIO(whole[:-400])))
    assert 0 < len(found) < 2002
    assert found[-1].problem.startswith(("damaged gzip", "not JSON"))
    assert all(line.problem is None for line in found[:-2])


def test_first_line_may_be_short_or_empty():
    for data, expected in ((b"\n\n", 0), (b"", 0), (b"\n" + lines({"text": "x"}), 1), (b"{", 1)):
        assert len(list(read_page_lines(io.BytesIO(data)))) == expected


def test_lone_surrogate_does_not_stop_the_file(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "half \\ud800 a pair"}\n')
    ((_, payload),) = collect(tmp_path, registered_on=TODAY)
    assert payload == b"half ? a pair"
