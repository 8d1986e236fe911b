from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bench.contenders import Contender, time_group
from bench.mapping import as_article, as_entities, as_publication, as_timexes
from bench.speed import measure_contenders
from bench.speed_pages import REPOSITORY_SAMPLE, SpeedPage, choose_pages, write_pages
from bench.speed_report import contender_rows, print_report, render
from bench.stages import STAGES, time_stages
from bench.timing import Time, ratio, share_out
from dateline.annotate import annotate_text
from dateline.config import load_settings
from dateline.extract import find_pages
from dateline.lines import object_of
from dateline.read import read_capture
from dateline.snapshot import Snapshot, take_snapshot


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return take_snapshot(load_settings())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[SpeedPage]:
    nowhere = replace(load_settings(), shared=tmp_path_factory.mktemp("nothing"))
    origin, chosen, _ = choose_pages(nowhere, 4)
    assert origin == "4 invented pages of include/samples"
    return chosen


def test_a_fresh_clone_measures_on_its_own_sample_the_same_pages_each_time(pages: list[SpeedPage]) -> None:
    nowhere = replace(load_settings(), shared=Path("/nonexistent"))
    assert choose_pages(nowhere, 4)[1] == pages
    assert choose_pages(nowhere, 2)[1] == pages[:2]
    with_bytes = [path for path in REPOSITORY_SAMPLE.rglob("*.html") if path.stat().st_size]
    _, measured, others = choose_pages(nowhere, 1000)
    assert len({page.name for page in [*measured, *others]}) == len(with_bytes)
    assert len(measured) > 10 * len(others) - 10 >= 20


def test_the_reader_taken_apart_reads_what_the_reader_reads(pages: list[SpeedPage], snapshot: Snapshot) -> None:
    for page in pages:
        times, reading = time_stages(page, snapshot)
        assert reading == read_capture(page.capture, page.payload, snapshot)
        assert set(times) == set(STAGES)


def test_work_for_a_group_is_shared_out_by_size(pages: list[SpeedPage]) -> None:
    seen: list[object] = []
    contender = Contender("x", "X", "", lambda page: page.name, seen.extend)
    times = time_group(contender, pages)
    assert seen == [page.name for page in pages]
    assert len(times) == len(pages)
    assert share_out(Time(6.0, 3.0), [0, 0, 0]) == [Time(2.0, 1.0)] * 3


def test_every_contender_reads_every_page_in_groups(pages: list[SpeedPage]) -> None:
    order: list[str] = []

    def reader(key: str) -> Contender:
        return Contender(key, key.upper(), "", lambda page: order.append(key + page.name))

    figures = measure_contenders([reader("a"), reader("b")], pages[1:], pages[:1])
    assert [found["title"] for found in figures] == ["A", "B"]
    assert figures[0]["ratio"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    for key in "ab":
        assert [each for each in order if each[0] == key] == [key + page.name for page in pages]


def test_a_ratio_is_of_totals_and_its_interval_is_over_pages() -> None:
    found = ratio([10.0, 1.0, 1.0], [1.0, 1.0, 1.0])
    assert found.value == 4.0
    assert found.low < 4.0 < found.high
    assert ratio([3.0], [2.0]).low == 1.5


def test_files_for_the_command_line_hold_the_pages(pages: list[SpeedPage], tmp_path: Path) -> None:
    assert write_pages(pages, tmp_path, 2) == 8
    assert len(list(find_pages([str(tmp_path)], today=pages[0].capture.ingest_date))) == 8


def test_the_report_says_who_takes_how_long() -> None:
    summary = {"cpu_median": 1.0, "cpu_mean": 2.0, "wall_median": 3.0, "wall_mean": 4.0}
    figures = {
        "pages": "2 invented pages of include/samples",
        "mean_bytes": 1234,
        "machine": "a machine",
        "contenders": [
            {
                "key": "dateline",
                "title": "Dateline",
                "parts": "tables",
                **summary,
                "ratio": {"value": 1.0, "low": 1.0, "high": 1.0},
            },
            {
                "key": "other",
                "title": "Other",
                "parts": "its parts",
                **summary,
                "ratio": {"value": 2.5, "low": 2.25, "high": 2.75},
            },
        ],
        "stages": [{"key": "decode", "title": "sniff", **summary, "share": 0.25}],
        "workers": [
            {"workers": 1, "n_files": 6, "wall_seconds": 3.0, "cpu_seconds": 3.0},
            {"workers": 2, "n_files": 6, "wall_seconds": 2.0, "cpu_seconds": 3.5},
        ],
    }
    assert contender_rows(figures)[1] == ("Other", "1.0", "2.0", "4.0", "2.50", "2.25 to 2.75")
    page = render(figures)
    assert "| Other | 1.0 | 2.0 | 4.0 | 2.50 | 2.25 to 2.75 |" in page
    assert "- Other: its parts" in page
    assert "| sniff | 1.00 | 2.00 | 25 % |" in page
    assert "| 2 | 2.0 | 3.5 | 1.50 |" in page
    stream = io.StringIO()
    print_report(figures, Console(file=stream, width=200))
    assert "2.25 to 2.75" in stream.getvalue()


def test_lines_come_to_the_scorers_in_their_words(pages: list[SpeedPage], snapshot: Snapshot) -> None:
    page = pages[0]
    reading = read_capture(page.capture, page.payload, snapshot)
    line = json.loads(json.dumps(object_of(reading, "p"), default=str))
    assert as_article(line) == {
        "id": "p",
        "text": line["text"],
        "title": line["title"],
        "authors": line["authors"] or [],
        "published": line["published"],
    }


def test_annotations_come_to_the_scorers_with_places_in_the_given_text(snapshot: Snapshot) -> None:
    text = "PORT HALLOW — Ida Berg left on March 3, 2009. “We tried,” Berg said."
    line = json.loads(json.dumps(annotate_text("t", text, None, None, model=snapshot.model), default=str))
    (found,) = as_timexes(line)["timexes"]
    assert text[found["start"] : found["end"]] == found["text"] == "March 3, 2009"
    assert (found["type"], found["value"]) == ("DATE", "2009-03-03")
    scored = as_entities(line)
    people = [found for found in scored["entities"] if found["label"] == "PERSON"]
    assert [text[found["start"] : found["end"]] for found in people] == ["Ida Berg", "Berg"]
    assert len({found["cluster"] for found in people}) == 1
    (quote,) = scored["quotes"]
    assert (text[quote["start"] : quote["end"]], quote["speaker_text"]) == (line["quotes"][0]["text"], "Berg")


def test_an_undated_page_gives_the_scorer_no_date() -> None:
    assert as_publication({"id": "p", "published": None}) == {"id": "p", "date": None}
    dated = {"id": "p", "published": "2007-07-03T09:48", "published_info": {"confidence": 0.9}}
    assert as_publication(dated) == {"id": "p", "date": "2007-07-03", "confidence": 0.9}
