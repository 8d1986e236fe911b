"""What is gathered from a page, and what it is taken to mean."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.dates._candidate import Candidate
from dateline.dates._date_words import find_label, key_meaning
from dateline.dates.candidates import collect_candidates
from dateline.model import Article, Block, Capture, Page, Statement

CAPTURE = Capture("c1", date(2026, 1, 1), "harbour", "files", "a.html")


def page(*blocks: Block, statements: tuple[Statement, ...] = (), raw: str = "", url: str | None = None) -> Page:
    article = Article(0, "article", "Harbour reopens", "", language="en")
    return Page(raw, "text/html", "utf-8", "header", url, blocks, statements, (article,))


def collect(p: Page, capture: Capture = CAPTURE, part_no: int = 0) -> list[Candidate]:
    return list(collect_candidates(p, part_no, capture, None))


@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        ("datePublished", "published"),
        ("parsely-pub-date", "published"),
        ("og:updated_time", "modified"),
        ("site-publication-date", "published"),
        ("article_last_modified_date", "modified"),
        ("uploadDate", "created"),
        ("startDate", "other"),
        ("article:publisher", None),
        ("description", None),
    ],
)
def test_keys(key: str, meaning: str | None) -> None:
    assert key_meaning(key) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Published: ", "published"),
        ("Last updated on ", "modified"),
        ("Zuletzt aktualisiert: ", "modified"),
        ("Veröffentlicht am ", "published"),
        ("Mis à jour le ", "modified"),
        ("Publié le ", "published"),
        ("发布时间：", "published"),
        ("Обновлено: ", "modified"),
        ("Published 3 May, updated ", "modified"),
        ("By Ana Writer, ", None),
    ],
)
def test_labels(text: str, meaning: str | None) -> None:
    label = find_label(text)
    assert (label.meaning if label else None) == meaning


def test_published_and_updated_in_one_line_are_told_apart() -> None:
    line = Block(1, "Published 3 May 2019, 10:00 | Updated 5 May 2019, 11:30", "byline", "article", kept=True)
    found = collect(page(Block(0, "Harbour reopens", "headline", "article", kept=True), line))
    assert [(c.meaning, c.day) for c in found] == [("published", date(2019, 5, 3)), ("modified", date(2019, 5, 5))]
    for c in found:
        assert line.text[c.start_char : c.end_char] == c.quote


def test_a_label_may_stand_in_the_block_before() -> None:
    found = collect(page(Block(0, "Last updated"), Block(1, "5 May 2019")))
    assert [c.meaning for c in found] == ["modified"]


def test_rails_and_comments_say_nothing() -> None:
    headline = Block(0, "Harbour reopens", "headline", "article", kept=True)
    body = Block(1, "Ships came in again this morning.", "body", "article", kept=True)
    rail = Block(2, "Ferry sinks, 9 May 2019", "related", "rail")
    comment = Block(3, "Sam wrote on 10 May 2019", "comment", "unknown")
    found = collect(page(headline, body, rail, comment))
    assert [c.meaning for c in found] == ["silent", "silent"]


def test_the_place_of_a_line_counts_where_its_role_is_mistaken() -> None:
    headline = Block(0, "Harbour reopens", "headline", "article", kept=True)
    mistaken = Block(1, "9 May 2019", "navigation", "shell")
    body = Block(2, "Ships came in again this morning.", "body", "article", kept=True)
    found = collect(page(headline, mistaken, body))
    assert [(c.meaning, c.day) for c in found] == [("published", date(2019, 5, 9))]
    rail = Block(3, "9 May 2019", "related", "rail")
    assert [c.meaning for c in collect(page(headline, body, rail))] == ["silent"]


def test_time_tags_follow_their_block() -> None:
    statements = (
        Statement("time_tag", "datePublished", "2019-05-03T10:00:00+02:00", block_no=0),
        Statement("time_tag", "", "2019-05-09", block_no=1),
    )
    blocks = (Block(0, "Friday", "byline", "article", kept=True), Block(1, "Ferry sinks", "related", "rail"))
    found = [c for c in collect(page(*blocks, statements=statements)) if c.source == "time_tag"]
    assert [(c.meaning, c.day) for c in found] == [("published", date(2019, 5, 3)), ("silent", date(2019, 5, 9))]


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://harbour.example/2019/05/03/reopens", "2019-05-03"),
        ("https://harbour.example/2019/may/03/reopens", "2019-05-03"),
        ("https://harbour.example/reopens-2019-05-03.html", "2019-05-03"),
        ("https://harbour.example/20190503/reopens", "2019-05-03"),
        ("https://harbour.example/news/23-05-2019/reopens", "2019-05-23"),
        ("https://harbour.example/2019/05/reopens.html", "2019-05"),
        ("https://harbour.example/story/201905031", None),
        ("https://harbour.example/2019/99/99/", None),
    ],
)
def test_dates_in_addresses(url: str, value: str | None) -> None:
    found = [c for c in collect(page(url=url)) if c.source == "url"]
    assert [c.value() for c in found] == ([value] if value else [])


def test_scripts_are_read_but_json_ld_is_no_second_witness() -> None:
    raw = """<script>dataLayer.push({"publishDate":"2019-05-03 10:00"})</script>{"datePublished":"2019-05-04"}"""
    found = {c.group: c.day for c in collect(page(raw=raw))}
    assert found == {"script": date(2019, 5, 3), "json_ld": date(2019, 5, 4)}


def test_another_headline_in_json_ld_weighs_less() -> None:
    statements = (
        Statement("json_ld", "headline", "Ferry sinks", item=1),
        Statement("json_ld", "datePublished", "2019-05-09", item=1),
        Statement("json_ld", "headline", "Harbour reopens", item=2),
        Statement("json_ld", "datePublished", "2019-05-03", item=2),
    )
    found = {c.day: c.weight for c in collect(page(statements=statements))}
    assert found[date(2019, 5, 3)] > found[date(2019, 5, 9)]


def test_the_oldest_shell_bounds_and_other_layers_say_nothing() -> None:
    banner = Block(
        0, "Storm hits Portmouth", "boilerplate", "shell", era_from=date(2015, 1, 1), era_to=date(2015, 12, 31)
    )
    footer = Block(
        1, "© 2005 The Harbour Post", "boilerplate", "shell", era_from=date(2005, 1, 1), era_to=date(2005, 12, 31)
    )
    tool = Block(2, "Captured", "boilerplate", "archive_tool", era_from=date(2001, 1, 1), era_to=date(2001, 12, 31))
    found = {c.last: c.relation for c in collect(page(banner, footer, tool)) if c.source == "shell_era"}
    assert found == {date(2005, 12, 31): "not_after", date(2015, 12, 31): "none", date(2001, 12, 31): "none"}


def test_capture_counts_only_where_stated() -> None:
    assert collect(page()) == []
    at = Capture("c1", date(2026, 1, 1), "harbour", "warc", "a", captured_at=datetime(2019, 5, 4, 9, tzinfo=UTC))
    assert [(c.source, c.last) for c in collect(page(), at)] == [("capture", date(2019, 5, 4))]


def test_markup_speaks_for_the_first_part_only() -> None:
    statements = (Statement("meta", "article:published_time", "2019-05-03"),)
    assert collect(page(statements=statements, url="https://harbour.example/2019/05/03/"), part_no=1) == []
