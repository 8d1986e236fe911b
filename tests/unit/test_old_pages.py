"""The old pages: their gold is really in them, and Dateline reads them no worse than it did."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from bench import old_pages_peers
from bench.old_pages import PAGES, decoded, load_gold
from bench.old_pages_report import render
from bench.old_pages_score import PageScore, body_f1, difference, score_page
from bench.run_dateline import write_jsonl
from dateline.model import Capture, Page
from dateline.page import read_page

GOLD = load_gold()
FLOOR = 0.985
"""Of the body F1, which was .958 when the pages were first read and .991 once their layout was studied."""


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {
        row["id"]: read_page(
            Capture(row["id"], date(2026, 3, 20), "old_pages", "file", f"{row['id']}.html"),
            (PAGES / f"{row['id']}.html").read_bytes(),
            max_bytes=1_000_000,
        )
        for row in GOLD
    }


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def seen(markup: str) -> str:
    """The words of a page that are outside tags, scripts and comments."""
    bare = re.sub(r"(?is)<script.*?</script>|<style.*?</style>|<!--.*?-->", " ", markup)
    apart = re.sub(r"(?i)</?(?:i|b|font|a|span)\b[^>]*>", "", bare)
    return words(html.unescape(re.sub(r"<[^>]+>", " ", apart)))


def test_every_page_has_gold_and_a_name_of_its_own() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == {row["id"] for row in GOLD}
    assert len(GOLD) == len({row["title"] for row in GOLD}) == 30


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_gold_is_in_the_page(row) -> None:
    page = seen(decoded(row))
    for text in (row["text"], *row.get("alt_texts", [])):
        missing = [part for part in text.split("\n") if words(part) not in page]
        assert not missing
    folded = page.casefold()
    assert words(row["title"]).casefold() in folded
    assert all(words(name).casefold() in folded for name in row["authors"] or [])
    assert 120 <= len(row["text"].split()) <= 900
    if row["published"]:
        day = date.fromisoformat(row["published"])
        assert {f"{day.year}", f"{day.year % 100:02}"} & set(page.split())
        assert {f"{day.day}", f"{day.day:02}"} & set(page.split())


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_page_is_read_as_one_article(row, pages: dict[str, Page]) -> None:
    page = pages[row["id"]]
    assert page.rejection is None
    assert len(page.articles) == 1


def test_bodies_are_read_as_well_as_before(pages: dict[str, Page]) -> None:
    scores = {row["id"]: score_page(row, {"text": pages[row["id"]].articles[0].text}) for row in GOLD}
    assert body_f1(list(scores.values())) >= FLOOR, sorted((score.f1, page) for page, score in scores.items())[:5]


def test_score_of_a_page_that_gives_nothing_counts_for_recall_alone() -> None:
    gold = {"text": "one two three four five", "title": "T", "authors": None, "published": None}
    nothing, all_of_it = score_page(gold, {}), score_page(gold, {"text": gold["text"], "authors": ["A"]})
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, 0, 0)
    assert (all_of_it.precision, all_of_it.recall, all_of_it.f1, all_of_it.authors_found) == (1, 1, 1, 0)
    assert body_f1([nothing, all_of_it]) == pytest.approx(2 / 3)


def test_best_of_several_bodies_counts() -> None:
    gold = {"text": "a b c d", "alt_texts": ["z y x w a b c d"], "title": "T", "authors": [], "published": None}
    assert score_page(gold, {"text": "z y x w a b c d"}).f1 == 1


def test_interval_of_the_difference_holds_the_difference() -> None:
    rows = [score_page({**row, "alt_texts": []}, {"text": row["text"]}) for row in GOLD]
    halves = [
        score_page({**row, "alt_texts": []}, {"text": row["text"][: len(row["text"]) * (40 + number) // 100]})
        for number, row in enumerate(GOLD)
    ]
    ours, theirs = dict(enumerate(rows)), dict(enumerate(halves))
    whole, low, high = difference(by_name(ours), by_name(theirs), rounds=300)
    assert 0 < low < whole < high < 1
    assert difference(by_name(ours), by_name(ours), rounds=50) == (0, 0, 0)
    assert mean(score.f1 for score in rows) == 1


def by_name(scores: dict[int, PageScore]) -> dict[str, PageScore]:
    return {f"{number:02}": score for number, score in scores.items()}


def test_table_tells_what_a_reader_gives_and_misses() -> None:
    row = {"id": "01-x", "text": "a b c d e", "title": "T", "authors": ["Ann Lee"], "published": "1999-01-02"}
    ours = {"01-x": score_page(row, {"text": row["text"], "title": "Other", "published": "1999-01-02"})}
    theirs = {"01-x": score_page(row, {"text": "a b c d q"})}
    fields = {"Dateline": {"text", "title", "authors", "published"}, "peer": {"text"}}
    table = render([row], {"peer": theirs, "Dateline": ours}, fields)
    assert "| **Dateline** | 1.000 | 1.000 | 1.000 | 0 | 0.00 | 0.00 | 1.00 | 0 |" in table
    assert "| peer | 0.500 | 0.500 | 0.500 | 1 | - | - | - | - |" in table
    assert "| 01-x | 5 | 1.000 | 0.500 | 0.500 | title, authors |" in table


def test_peer_that_fails_on_a_page_reads_the_others(tmp_path: Path, monkeypatch, capsys) -> None:
    def make():
        return lambda markup: {"text": markup.upper()[: 4 // len(markup)]}

    monkeypatch.setitem(old_pages_peers.PEERS, "shouter", ("pytest", make))
    pages = write_jsonl(tmp_path / "pages.jsonl", [{"id": "1", "html": ""}, {"id": "2", "html": "ab"}])
    assert old_pages_peers.main(str(pages), "shouter") == 0
    out, err = capsys.readouterr()
    version, *rows = map(json.loads, out.splitlines())
    assert version == {"version": pytest.__version__}
    assert rows == [{"id": "1"}, {"id": "2", "text": "AB"}]
    assert "shouter failed on 1" in err


def test_peer_that_is_not_installed_is_told(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(old_pages_peers.PEERS, "absent", ("no-such-reader", lambda: len))
    assert old_pages_peers.main(str(write_jsonl(tmp_path / "pages.jsonl", [])), "absent") == old_pages_peers.MISSING


def test_trafilatura_reads_a_page(tmp_path: Path, capsys) -> None:
    (row,) = (row for row in GOLD if row["id"].startswith("29"))
    pages = write_jsonl(tmp_path / "pages.jsonl", [{"id": row["id"], "html": decoded(row)}])
    assert old_pages_peers.main(str(pages), "trafilatura") == 0
    found = json.loads(capsys.readouterr().out.splitlines()[1])
    assert score_page(row, found).recall > 0.9
