"""Damage to raw: found, named with entry and page, and healed where the same bytes come again."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from dateline import raw
from dateline.model import Capture
from dateline.raw import listings
from dateline.raw.layout import payload_path

DAY, OTHER = date(2026, 3, 2), date(2026, 3, 3)


def page(name: str, day: date = DAY) -> tuple[Capture, bytes]:
    payload = f"<p>Rain fell on {name}.</p>".encode()
    sha256 = hashlib.sha256(payload).hexdigest()
    return Capture(name, day, "inbox", "file", f"{name}.html", payload_sha256=sha256), payload


PAGES = [page("a"), page("b"), page("c", OTHER)]


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_whole_store_has_no_damage(tmp_path):
    assert list(raw.find_raw_damage(tmp_path)) == []
    raw.register(tmp_path, PAGES)
    assert list(raw.find_raw_damage(tmp_path)) == []


def test_an_altered_payload_is_named_and_heals_when_it_comes_again(tmp_path):
    raw.register(tmp_path, PAGES)
    path = payload_path(tmp_path, PAGES[1][0].payload_sha256)
    flip(path)
    (damage,) = raw.find_raw_damage(tmp_path)
    assert damage.entry == (DAY, "inbox") and not damage.log
    assert damage.problem.startswith(f"page 2026-03-02 inbox b.html (capture b): {path} was altered: restore it")
    assert raw.register(tmp_path, PAGES).known == ("a", "b", "c")
    assert list(raw.find_raw_damage(tmp_path)) == []
    assert raw.read_payload(tmp_path, PAGES[1][0].payload_sha256) == PAGES[1][1]


def test_an_altered_segment_stops_its_entry_alone(tmp_path):
    raw.register(tmp_path, PAGES)
    (segment,) = (tmp_path / "log/ingest_date=2026-03-02").rglob("*.jsonl")
    # One letter of one fact: the line is still JSON.
    segment.chmod(0o644)
    segment.write_bytes(segment.read_bytes().replace(b"a.html", b"A.html"))
    (damage,) = raw.find_raw_damage(tmp_path)
    assert damage.log and damage.entry == (DAY, "inbox") and f"{segment} was altered" in damage.problem
    with pytest.raises(raw.DamagedLogError, match="restore it from a backup"):
        raw.read_entry(tmp_path, DAY, "inbox")
    assert len(raw.read_entry(tmp_path, OTHER, "inbox").captures) == 1


def test_an_altered_listing_is_told(tmp_path):
    raw.register(tmp_path, PAGES, root="/inbox")
    (listing,) = (tmp_path / "listings").rglob("*.json")
    flip(listing)
    # This process remembers the listing; the next one does not.
    listings.read_listing.cache_clear()
    with pytest.raises(raw.DamagedLogError, match="delete it and load its folder again"):
        raw.register(tmp_path, PAGES, root="/inbox")
    listing.unlink()
    assert raw.register(tmp_path, PAGES, root="/inbox").withdrawn == ()
