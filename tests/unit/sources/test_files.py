"""Page files and folders: what is found, in which order, under which names and days, and what each file gives."""

from __future__ import annotations

import gzip
import os
from datetime import date
from pathlib import Path

import pytest

from dateline.sources import SourceError, collect, list_files

TODAY = date(2026, 11, 22)


def captures(path: Path, **options):
    return [capture for capture, _ in collect(path, registered_on=TODAY, **options)]


def only(path: Path):
    ((capture, payload),) = collect(path, registered_on=TODAY)
    return capture, payload


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_folder_is_one_source_with_relative_references_in_order(tmp_path):
    write(tmp_path, b_html="<p>b", a__deeper__c_txt="c", a_htm="<p>a")
    found = captures(tmp_path, collection="coll")
    assert [(c.source_id, c.source_ref, c.source_kind) for c in found] == [
        ("coll", "a.htm", "file"),
        ("coll", "a/deeper/c.txt", "text"),
        ("coll", "b.html", "file"),
    ]
    assert {c.ingest_date for c in found} == {TODAY}
    assert all(c.captured_at is None for c in found)


def test_ids_do_not_hang_on_day_or_place_of_loading(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name / "coll", a_html="<p>a")
    first = captures(tmp_path / "one" / "coll")
    other = [c for c, _ in collect(tmp_path / "two" / "coll", registered_on=date(2027, 1, 1))]
    assert [c.capture_id for c in first] == [c.capture_id for c in other]


def test_folders_named_by_days_give_ingest_dates(tmp_path):
    write(tmp_path, **{"2026-03-02__a_html": "<p>", "2026-99-02__b_html": "<p>", "c_html": "<p>"})
    found = {c.source_ref: c.ingest_date for c in captures(tmp_path, captured_on=date(2026, 1, 1))}
    assert found == {
        "2026-03-02/a.html": date(2026, 3, 2),
        "2026-99-02/b.html": date(2026, 1, 1),
        "c.html": date(2026, 1, 1),
    }
    assert captures(tmp_path / "2026-03-02")[0].ingest_date == date(2026, 3, 2)


def test_hidden_files_excluded_folders_and_other_kinds_are_passed_over(tmp_path):
    write(tmp_path, a_html="<p>", logo_png="x", README="words", lake__b_html="<p>", story="\n<!DOCTYPE html><p>")
    (tmp_path / ".hidden.html").write_text("<p>")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.html").write_text("<p>")
    listing = list_files(tmp_path, exclude=[tmp_path / "lake"])
    assert [str(file.relative) for file in listing.files] == ["a.html", "story"]
    assert listing.passed_over == ("README", "logo.png")


def test_links_that_lead_out_of_the_folder_are_passed_over(tmp_path):
    write(tmp_path, secret_txt="secret", in__a_html="<p>")
    (tmp_path / "in" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "same.html").symlink_to("a.html")
    (tmp_path / "in" / "dead.html").symlink_to("nowhere")
    listing = list_files(tmp_path / "in")
    assert [str(file.relative) for file in listing.files] == ["a.html", "same.html"]
    assert listing.passed_over == ("dead.html", "out.txt")


def test_single_file_is_read_whatever_its_name(tmp_path):
    (tmp_path / "dump.dat").write_text("Words.")
    capture, payload = only(tmp_path / "dump.dat")
    assert (capture.source_id, capture.source_ref, payload) == ("dump.dat", "dump.dat", b"Words.")


def test_gzip_is_known_by_its_bytes(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>rain"))
    (tmp_path / "b.html").write_bytes(gzip.compress(b"<p>hail"))
    (tmp_path / "c.txt.gz").write_bytes(b"not compressed")
    payloads = [payload for _, payload in collect(tmp_path, registered_on=TODAY)]
    assert payloads == [b"<p>rain", b"<p>hail", b"not compressed"]
    assert captures(tmp_path)[0].n_bytes == 7


@pytest.mark.parametrize(
    ("damage", "outcome"), [(lambda data: data[:-9], "truncated"), (lambda data: data[:12] + b"\xff" * 40, "broken")]
)
def test_damaged_gzip_keeps_what_came_and_says_why(tmp_path, damage, outcome):
    (tmp_path / "a.html.gz").write_bytes(damage(gzip.compress(os.urandom(3000))))
    capture, payload = only(tmp_path / "a.html.gz")
    assert capture.outcome == outcome
    assert "gzip" in capture.reason
    assert payload is not None and capture.n_bytes == len(payload)


def test_gzip_bomb_is_too_big(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.sources._bytes_of.read_file_bytes.__defaults__", (10_000,))
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"0" * 20_000))
    capture, payload = only(tmp_path / "a.html.gz")
    assert (capture.outcome, payload) == ("too_big", None)


def test_empty_and_binary_files_are_captures_left_to_reading(tmp_path):
    (tmp_path / "a.html").touch()
    (tmp_path / "b.html").write_bytes(bytes(range(256)))
    assert [(c.n_bytes, c.outcome) for c in captures(tmp_path)] == [(0, None), (256, None)]


def test_unreadable_file_is_a_capture_with_its_reason(tmp_path, monkeypatch):
    (tmp_path / "a.html").write_text("<p>")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    capture, payload = only(tmp_path / "a.html")
    assert (capture.outcome, capture.reason, payload) == ("broken", "unreadable: Permission denied", None)


def test_missing_path_is_one_clear_line(tmp_path):
    with pytest.raises(SourceError, match=r"nowhere: no such file or folder; check the path"):
        captures(tmp_path / "nowhere")


def test_names_that_are_not_utf_8_stay_printable(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html")).write_text("<p>")
    capture, _ = only(tmp_path)
    assert capture.source_ref == "caf\\xe9.html"
    capture.source_ref.encode()
