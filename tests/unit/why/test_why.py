from __future__ import annotations

import codecs
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dateline.cli import main
from dateline.cli.show import print_explanation
from dateline.config import load_settings
from dateline.lake import open_lake
from dateline.page.decode.charset import decode, decode_as
from dateline.pipeline import load
from dateline.why import WhyError, explain, locate_bytes

PAGE = """<html><head><title>Pier reopens - The Quay Times</title>
<meta name="date" content="2026-03-02"><meta property="article:published_time" content="2026-03-02T08:15:00+00:00">
</head><body><article><h1>Fähre legt wieder an</h1><p>By Ola Strand</p>
<p>The ferry pier at Malmö reopened on Monday after a storm had closed it for nine days, the harbour office said.</p>
<p>“We counted every bolt before anybody went aboard,” said Ingrid Moe, who runs the office at Tromsø.</p>
<p>Boats to Stavanger will leave every two hours from Wednesday, and the old timetable returns on March 16.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A lake of one page in windows-1252 and one that is no page; no test changes it."""
    folder = tmp_path_factory.mktemp("why") / "pages"
    folder.mkdir()
    settings = load_settings({}, folder.parent)
    (folder / "pier.html").write_bytes(PAGE.encode("cp1252"))
    (folder / "picture.html").write_bytes(b"GIF89a\x01\x00\x01\x00\x80\xff")
    load(settings, [folder], captured_on=date(2026, 3, 3), clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    return settings


def capture_of(settings, ref: str) -> str:
    with open_lake(settings.lake) as connection:
        (found,) = connection.execute("SELECT capture_id FROM captures WHERE source_ref = ?", [ref]).fetchall()
    return found[0]


def test_a_quotation_is_shown_in_the_bytes_that_came(loaded):
    found = explain(loaded, "quotes", capture_of(loaded, "pier.html"))
    place = found.places[0]
    assert place.words == found.row["text"]
    start, end = place.bytes_at
    assert PAGE.encode("cp1252")[start:end] == place.octets == place.words.encode("cp1252")
    assert {item.what for item in found.places} == {"quote", "speaker"}


@pytest.mark.parametrize("table", ["blocks", "dates", "mentions", "quotes", "articles", "entities", "date_candidates"])
def test_every_table_has_its_words_in_the_page(loaded, table):
    found = explain(loaded, table, capture_of(loaded, "pier.html"))
    assert found.places
    for place in found.places:
        assert PAGE[place.start : place.end] == place.words
        assert PAGE.split("\n")[place.line - 1][place.column - 1 :].startswith(place.words.split("\n")[0])


def test_evidence_of_markup_is_found_behind_its_property(loaded):
    capture = capture_of(loaded, "pier.html")
    with open_lake(loaded.lake) as connection:
        numbers = connection.execute(
            "SELECT candidate_no FROM date_candidates WHERE starts_with(note, 'article:published_time')"
        ).fetchall()
    (place,) = explain(loaded, "date_candidates", f"{capture}/0/{numbers[0][0]}").places
    assert PAGE[: place.start].endswith('published_time" content="')


def test_an_entity_shows_its_own_mentions_only(loaded):
    found = explain(loaded, "entities", capture_of(loaded, "pier.html") + "/0/0")
    assert {row["cluster_no"] for row in found.beside["mentions"]} == {0}


def test_what_was_no_text_shows_its_bytes(loaded):
    found = explain(loaded, "rejected", capture_of(loaded, "picture.html"))
    assert found.places == ()
    assert found.head.startswith(b"GIF89a")


def test_a_number_that_no_row_has_is_told(loaded):
    with pytest.raises(WhyError, match="no such row"):
        explain(loaded, "quotes", capture_of(loaded, "pier.html") + "/0/99")
    with pytest.raises(WhyError, match="is no number"):
        explain(loaded, "quotes", capture_of(loaded, "pier.html") + "/x")


def test_the_command_writes_one_file(loaded, monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_LAKE", str(loaded.lake))
    monkeypatch.setenv("DATELINE_RAW", str(loaded.raw))
    for name, words in (
        ("pier.html", "Fähre legt wieder an"),
        ("picture.html", "47 49 46 38"),
        ("picture.html", "nothing: no article to be had"),
    ):
        file = tmp_path / "why.html"
        done = CliRunner().invoke(main, ["why", "captures", capture_of(loaded, name), "--html", str(file)])
        assert done.exit_code == 0, done.stderr
        assert f"wrote {file}" in done.stdout
        assert words in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("charset", "codec", "bom"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "utf-8", codecs.BOM_UTF8),
        ("utf-16le", "utf-16-le", codecs.BOM_UTF16_LE),
        ("gb18030", "gb18030", b""),
    ],
)
@given(before=st.text(max_size=20), words=st.text(min_size=1, max_size=10), after=st.text(max_size=10))
def test_bytes_are_those_of_the_words(charset, codec, bom, before, words, after):
    raw = before + words + after
    payload = bom + raw.encode(codec)
    found = locate_bytes(payload, raw, charset, (len(before), len(before) + len(words)))
    assert payload[slice(*found)].decode(codec) == words


def test_open_bytes_of_windows_1252_are_found():
    payload = b"a\x81b \x93word\x94"
    raw = "a\x81b “word”"
    assert locate_bytes(payload, raw, "windows-1252", (5, 9)) == (5, 9)


def test_where_bytes_were_lost_there_is_no_answer():
    payload = b"caf\xe9 word"
    raw = payload.decode("utf-8", "replace")
    assert locate_bytes(payload, raw, "utf-8", (5, 9)) is None
    assert locate_bytes(payload, raw, "no-such-charset", (0, 1)) is None
    assert locate_bytes(payload, raw, None, (0, 1)) is None


@pytest.mark.parametrize(
    ("payload", "content_type"),
    [
        ("Malmö är här".encode(), None),
        (codecs.BOM_UTF8 + "Malmö".encode(), "text/html; charset=latin-1"),
        (codecs.BOM_UTF16_LE + "Tromsø ligger nord".encode("utf-16-le"), None),
        ("Tromsø ligger langt mot nord i landet".encode("utf-16-le"), None),
        (b"a\x81b \x93word\x94 caf\xe9", "text/html; charset=iso-8859-1"),
        ("新聞の記事です".encode("shift_jis"), "text/html; charset=shift_jis"),
        (b"plain ascii", "text/html; charset=windows-1251"),
        (("Fähre " * 400).encode() + b"\xff", "text/html; charset=utf-8"),
    ],
)
def test_decoding_again_gives_the_text_that_was_read(payload, content_type):
    decoded = decode(payload, content_type, True)
    assert decode_as(payload, decoded.charset) == decoded.text


def shown(found) -> str:
    console = Console(width=100, record=True, file=io.StringIO(), force_terminal=True)
    print_explanation(found, console)
    return console.export_text()


def test_the_terminal_shows_offsets_in_bytes(loaded):
    found = explain(loaded, "quotes", capture_of(loaded, "pier.html"))
    start, end = found.places[0].bytes_at
    text = shown(found)
    assert f"bytes {start} to {end} of the payload" in text
    assert not re.search(r"^0{8}  ", text, re.MULTILINE), "printable words need no bytes"


def test_the_terminal_shows_bytes_where_there_is_no_text(loaded):
    text = shown(explain(loaded, "rejected", capture_of(loaded, "picture.html")))
    assert re.search(r"^00000000  47 49 46 38 39 61 01 00", text, re.MULTILINE)


def test_words_of_a_page_cannot_steer_the_terminal(loaded):
    found = explain(loaded, "quotes", capture_of(loaded, "pier.html"))
    steering = replace(found.places[0], words="a\x1b[31mb[bold]", octets=b"a\x1b[31mb[bold]", before="\x9b2J")
    text = shown(replace(found, places=(steering,), row={**found.row, "text": "\x1b]0;title\x07"}))
    assert "\x1b" not in text and "\x9b" not in text and "\x07" not in text
    assert "a\ufffd[31mb[bold]" in text
    assert re.search(r"^00000000  61 1b 5b 33", text, re.MULTILINE)


def test_the_command_answers_as_json(loaded, monkeypatch):
    monkeypatch.setenv("DATELINE_LAKE", str(loaded.lake))
    monkeypatch.setenv("DATELINE_RAW", str(loaded.raw))
    done = CliRunner().invoke(main, ["why", "quotes", capture_of(loaded, "pier.html"), "--format", "json"])
    told = json.loads(done.stdout)
    place = told["places"][0]
    assert place["words"] == told["row"]["text"] and told["row"]["ingest_date"] == "2026-03-03"
    assert bytes.fromhex(place["octets"]) == place["words"].encode("cp1252")
    picture = CliRunner().invoke(main, ["why", "rejected", capture_of(loaded, "picture.html"), "--format", "json"])
    assert bytes.fromhex(json.loads(picture.stdout)["head"]).startswith(b"GIF89a")
