"""The command line as a user meets it: answers on stdout, one line and a status for everything that goes wrong."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import main

PAGE = """<html lang="en"><head><title>Ferry pier reopens - The Quay Times</title>
<meta property="article:published_time" content="2026-03-02T08:15:00+00:00"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Ferry pier reopens</h1><p>By Ola Strand</p>
<p>The ferry pier at Bergen reopened on Monday after a storm had closed it for nine days, the harbour office said.</p>
<p>"We counted every bolt before the first passenger went aboard," said Ingrid Moe, who runs the office.</p>
<p>Boats to Stavanger will leave every two hours from Wednesday, and the old timetable returns on March 16.</p>
</article><footer>© 2026 The Quay Times. All rights reserved.</footer></body></html>"""

DUMP = """Quay Times Archive

Pier closed by storm

BERGEN, Norway -- The ferry pier at Bergen was closed on Saturday after waves had torn two bollards from its head.

The harbour office said that divers would look at the piles on Sunday, and that no boat would leave before Tuesday.

Passengers were sent to Askoy by bus, where a smaller boat took them over the fjord in the afternoon.
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command line in a folder of its own; gives stdout, stderr and status."""
    monkeypatch.chdir(tmp_path)
    for name in ("LAKE", "RAW", "INBOX", "ALLOWED_ROOTS", "CONFIG", "MODEL", "SHARED"):
        monkeypatch.delenv(f"DATELINE_{name}", raising=False)
    return lambda *arguments, **options: CliRunner().invoke(main, list(map(str, arguments)), **options)


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "pier.html").write_text(PAGE, "utf-8")
    (folder / "dump.txt.gz").write_bytes(gzip.compress(DUMP.encode(), mtime=0))
    (folder / "nothing.html").write_bytes(b"")
    return folder


def lines_of(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def fails_with(result, words):
    assert result.exit_code != 0
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert "Traceback" not in result.stderr


def test_extract_gives_one_line_a_page_in_order(run, pages):
    lines = lines_of(run("extract", pages))
    assert [line["id"] for line in lines] == ["dump", "nothing", "pier"]
    assert [line["outcome"] for line in lines] == ["article", "empty", "article"]
    pier = lines[2]
    assert (pier["title"], pier["authors"], pier["published"]) == (
        "Ferry pier reopens",
        ["Ola Strand"],
        "2026-03-02T08:15+00:00",
    )
    assert pier["text"].startswith("The ferry pier at Bergen reopened")
    assert pier["text"].endswith("returns on March 16.")
    assert [quote["speaker_text"] for quote in pier["quotes"] if quote["kind"] == "direct"] == ["Ingrid Moe"]


def test_workers_change_nothing(run, pages):
    assert run("extract", pages, "--workers", 2).stdout == run("extract", pages).stdout


def test_extract_takes_json_lines_from_standard_input(run):
    given = json.dumps({"id": 7, "text": DUMP, "url": "https://quay.example/pier"}) + "\nnot json\n"
    first, second = lines_of(run("extract", "-", input=given))
    assert (first["id"], first["title"], first["url"]) == ("7", "Pier closed by storm", "https://quay.example/pier")
    assert second["outcome"] == "broken"
    assert "not JSON" in second["reason"]


def test_a_dump_without_a_date_is_undated_with_evidence(run, pages):
    dump = lines_of(run("extract", pages))[0]
    assert dump["published"] is None
    assert dump["published_info"]["method"].startswith("undated")
    assert {"weekday"} <= {evidence["source"] for evidence in dump["published_info"]["evidence"]}


def test_load_sql_why_and_a_second_load(run, pages):
    first = run("load", pages, "--captured-on", "2026-03-03")
    assert first.exit_code == 0, first.stderr
    assert "registered 3 new, 0 known, 0 withdrawn" in first.stdout
    assert "2 articles, 1 rejected" in first.stdout
    again = run("load", pages)
    assert "registered 0 new, 3 known, 0 withdrawn" in again.stdout
    assert "nothing changed" in again.stdout
    (row,) = lines_of(
        run(
            "sql",
            "--format",
            "json",
            "SELECT capture_id, ingest_date, title FROM articles WHERE published_day = '2026-03-02'",
        )
    )
    assert (row["ingest_date"], row["title"]) == ("2026-03-03", "Ferry pier reopens")
    explained = run("why", "quotes", f"{row['capture_id'][:10]}/0/0")
    assert explained.exit_code == 0, explained.stderr
    assert "We counted every bolt" in explained.stdout
    assert "pier.html" in explained.stdout
    assert "build_id" in explained.stdout


def test_a_page_that_is_gone_from_its_folder_is_withdrawn(run, pages):
    run("load", pages)
    (pages / "pier.html").unlink()
    result = run("load", pages, "--force")
    assert "1 withdrawn" in result.stdout
    rows = lines_of(
        run("sql", "--format", "json", "SELECT outcome, count(*) AS n FROM captures GROUP BY ALL ORDER BY ALL")
    )
    assert rows == [{"outcome": "article", "n": 1}, {"outcome": "empty", "n": 1}, {"outcome": "withdrawn", "n": 1}]


def test_a_lost_lake_is_rebuilt_to_the_same_hash(run, pages, tmp_path):
    def hash_of(result):
        return re.search(r"^lake (\w+)", result.stdout, re.MULTILINE)[1]

    before = hash_of(run("load", pages))
    shutil.rmtree(tmp_path / "lake")
    result = run("repair")
    assert "1 entry that the lake lacked" in result.stdout
    assert hash_of(result) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("extract", "nowhere"), "nowhere: no such file or folder"),
        (("load", "nowhere"), "nowhere: no such file or folder"),
        (("sql", "SELECT 1"), "load some pages first"),
        (("why", "articles", "abc"), "load some pages first"),
    ],
)
def test_errors_are_one_line_that_says_what_to_do(run, arguments, words):
    fails_with(run(*arguments), words)


def test_a_wrong_query_is_told_in_one_line(run, pages):
    run("load", pages)
    fails_with(run("sql", "SELECT colour FROM articles"), "colour")
    fails_with(run("why", "colours", "abc"), "no table 'colours'")
    fails_with(run("why", "articles", "zzz"), "no capture starts with 'zzz'")


def test_a_missing_model_is_named(run, pages, monkeypatch):
    monkeypatch.setenv("DATELINE_MODEL", "en_no_such_model")
    fails_with(run("extract", pages), "en_no_such_model")


def test_doctor_tells_settings_versions_and_the_lake(run, pages, tmp_path):
    run("load", pages)
    result = run("doctor")
    assert result.exit_code == 0, result.stdout
    for words in (str(tmp_path / "lake"), "duckdb", "model weights", "GB free", "lake_hash"):
        assert words in result.stdout


def test_doctor_finds_what_is_wrong(run, monkeypatch):
    monkeypatch.setenv("DATELINE_MODEL", "en_no_such_model")
    result = run("doctor")
    assert result.exit_code == 1
    assert "BAD" in result.stdout


def test_annotate_gives_offsets_in_the_text(run, tmp_path):
    text = 'Oslo, Monday: "The tram runs again," said Kari Vold of the city council.'
    given = tmp_path / "texts.jsonl"
    given.write_text(json.dumps({"id": "a", "text": text, "reference_date": "2026-03-04"}) + "\n", "utf-8")
    (line,) = lines_of(run("annotate", given))
    assert [(text[row["text_start"] : row["text_end"]], row["value"]) for row in line["dates"]] == [
        ("Monday", "2026-03-02")
    ]
    assert "Kari Vold" in {text[row["text_start"] : row["text_end"]] for row in line["mentions"]}
    assert line["quotes"][0]["speaker_text"].startswith("Kari Vold")


def test_annotate_takes_given_spans_instead_of_recognising(run):
    given = json.dumps(
        {"id": "a", "text": "Zorp met Zorp.", "spans": [{"start": 0, "end": 4}, {"start": 9, "end": 13}]}
    )
    (line,) = lines_of(run("annotate", input=given))
    assert [(row["text_start"], row["text_end"]) for row in line["mentions"]] == [(0, 4), (9, 13)]
    assert len({row["cluster_no"] for row in line["mentions"]}) == 1


def test_annotate_goes_on_after_a_bad_line_and_says_so(run):
    given = '{"id": 1}\n' + json.dumps({"id": "b", "text": "Rain.", "spans": [{"start": 3, "end": 99}]}) + "\n"
    result = run("annotate", input=given)
    assert result.exit_code == 1
    assert [json.loads(line)["line"] for line in result.stdout.splitlines()] == [1, 2]
    assert "lies outside the text" in result.stderr


def test_help_names_every_command(run):
    assert Path.cwd().is_dir()
    listed = run("--help").stdout
    for name in main.commands:
        assert f"  {name}" in listed
