"""`dateline export-warc` and `dateline forget` as a user meets them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from dateline.cli import main

WORDS = "The ferry to Oban was late again, and nobody at the pier could say why it was so on that day."


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command line in a folder of its own, where two pages are registered and published."""
    monkeypatch.chdir(tmp_path)
    lines = [
        {"url": f"http://post.example/{n}", "text": f"{WORDS} {n}", "captured_at": f"2026-03-0{n}"} for n in (1, 2)
    ]
    (tmp_path / "pages.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    def invoke(*arguments, **options):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)

    assert invoke("load", "pages.jsonl").exit_code == 0
    return invoke


def fails_with(result, words):
    assert result.exit_code == 1
    assert words in result.stderr and "Traceback" not in result.output
    assert len(result.stderr.strip().splitlines()) == 1


def test_export_writes_what_is_asked_for(run, tmp_path):
    done = run("export-warc", "out.warc.gz", "--source", "pages.jsonl", "--from", "2026-03-02", "--to", "2026-03-09")
    assert (done.exit_code, done.stdout) == (0, "wrote 1 record to out.warc.gz\n")
    with (tmp_path / "out.warc.gz").open("rb") as stream:
        pages = [
            r.rec_headers.get_header("WARC-Target-URI") for r in ArchiveIterator(stream) if r.rec_type == "resource"
        ]
    assert pages == ["http://post.example/2"]


def test_export_says_what_is_wrong_in_one_line(run):
    fails_with(run("export-warc", "out.warc", "--source", "none"), "it has the sources pages.jsonl")
    fails_with(run("export-warc", "missing/out.warc"), "no such folder")


def test_forget_asks_and_does_nothing_without_a_yes(run):
    asked = run("forget", "http://post.example/1", "--why", "asked", input="n\n")
    assert asked.exit_code == 1 and "Forget 1 capture for good?" in asked.stdout
    assert "pages.jsonl#1" in asked.stdout
    assert run("sql", "SELECT count(*) AS n FROM captures", "--format", "csv").stdout == "n\n2\n"


def test_forget_takes_down_and_publishes(run):
    done = run("forget", "http://post.example/1", "--why", "asked", "--yes")
    assert done.exit_code == 0, done.output
    assert "forgotten: 1 capture, and the bytes of 1 page\npublished 1 entry without them" in done.stdout
    assert run("sql", "SELECT url FROM captures", "--format", "csv").stdout == "url\nhttp://post.example/2\n"
    assert "the lake was without them already" in run("forget", "http://post.example/1", "--why", "x", "--yes").stdout
    assert run("export-warc", "out.warc").stdout == "wrote 1 record to out.warc\n"
    assert "registered 0 new, 2 known" in run("load", "pages.jsonl").stdout


def test_forget_says_what_is_wrong_in_one_line(run):
    fails_with(run("forget", "--why", "asked", "--yes"), "nothing to forget")
    fails_with(run("forget", "0123456789", "--why", "asked", "--yes"), "no capture_id begins")
    assert "--why" in run("forget", "http://post.example/1").stderr
