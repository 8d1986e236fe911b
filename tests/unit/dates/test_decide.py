"""The answer: a day with its clock, zone and evidence, or an honest undated."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dateline.dates.decide import decide_publication
from dateline.model import Article, Block, Capture, Page, Publication, Statement

CAPTURE = Capture("c1", date(2026, 1, 1), "harbour", "files", "a.html")
HEADLINE = Block(0, "Harbour reopens", "headline", "article", kept=True)


def page(*blocks: Block, statements: tuple[Statement, ...] = (), url: str | None = None, raw: str = "x") -> Page:
    article = Article(0, "article", "Harbour reopens", "", language="en")
    return Page(raw, "text/html", "utf-8", "header", url, (HEADLINE, *blocks), statements, (article,))


def decide(p: Page, capture: Capture = CAPTURE, zone: str | None = None) -> Publication:
    return decide_publication(p, 0, capture, zone)


def line(number: int, text: str, role: str = "byline") -> Block:
    return Block(number, text, role, "article", kept=True)


def meta(value: str, key: str = "article:published_time") -> Statement:
    return Statement("meta", key, value)


CAPTION = line(2, "The ministers before the dinner, July 2, 2007. (Harbour Photo)", "caption")
BODY = line(3, "On Monday the two ministers were keen to show a calm face after they met at the lighthouse.", "body")


def test_swapped_digits_are_settled_by_what_the_page_reports() -> None:
    found = decide(page(line(1, "Source: The Harbour Post | 07-03-2007 09:48"), CAPTION, BODY), zone="Asia/Shanghai")
    assert (found.day, found.local) == (date(2007, 7, 3), datetime(2007, 7, 3, 9, 48))
    assert (found.zone, found.zone_source, found.precision) == ("+08:00", "outlet", "minute")
    assert found.at == datetime(2007, 7, 3, 1, 48, tzinfo=UTC)
    assert found.alternatives == (date(2007, 3, 7),)
    loser = next(e for e in found.evidence if e.value_from == date(2007, 3, 7))
    assert found.evidence[loser.overridden_by or 0].source == "caption"


def test_the_page_outweighs_the_usual_order_of_its_language() -> None:
    caption = CAPTION._replace(text="The ministers before the dinner, 4 May 2007.")
    at = replace(CAPTURE, captured_at=datetime(2007, 5, 1, tzinfo=UTC))
    assert decide(page(line(1, "07/03/2007")), at).day == date(2007, 3, 7)
    assert decide(page(line(1, "03/07/2007"))).day == date(2007, 3, 7)
    assert decide(page(line(1, "03/07/2007"), caption)).day == date(2007, 7, 3)


def test_nothing_is_published_after_its_capture_and_registration_is_no_evidence() -> None:
    stated = page(line(1, "Published 3 May 2019"))
    early = replace(CAPTURE, captured_at=datetime(2019, 4, 1, tzinfo=UTC))
    found = decide(stated, early)
    assert found.day is None
    assert found.method == "undated: every stated day breaks a bound"
    assert found.last == date(2019, 4, 1)
    assert decide(stated, replace(CAPTURE, ingest_date=date(2000, 1, 1))).day == date(2019, 5, 3)


def test_published_beats_updated_and_updated_is_kept() -> None:
    found = decide(page(line(1, "Updated 5 May 2019, 11:30 CEST | Published 3 May 2019, 10:00 CEST")))
    assert (found.day, found.zone, found.zone_source) == (date(2019, 5, 3), "+02:00", "stated")
    assert found.modified_at == datetime(2019, 5, 5, 9, 30, tzinfo=UTC)


def test_only_a_date_of_change_bounds_but_does_not_date() -> None:
    found = decide(page(line(1, "Last updated 5 May 2019")))
    assert (found.day, found.last) == (None, date(2019, 5, 5))


@pytest.mark.parametrize(
    ("visible", "zone", "url", "day"),
    [
        (None, None, None, date(2019, 5, 3)),
        ("3 May 2019", None, None, date(2019, 5, 3)),
        ("4 May 2019", None, None, date(2019, 5, 4)),
        (None, "Asia/Tokyo", None, date(2019, 5, 4)),
        (None, None, "https://harbour.example.jp/reopens", date(2019, 5, 4)),
        (None, "America/New_York", None, date(2019, 5, 3)),
    ],
)
def test_instants_in_utc_fall_on_the_outlets_local_day(
    visible: str | None, zone: str | None, url: str | None, day: date
) -> None:
    blocks = (line(1, visible),) if visible else ()
    found = decide(page(*blocks, statements=(meta("2019-05-03T22:30:00Z"),), url=url), zone=zone)
    assert found.day == day
    assert found.at == datetime(2019, 5, 3, 22, 30, tzinfo=UTC)
    assert found.local is None or found.local.date() == day


def test_a_stated_offset_wins_over_the_outlets_zone() -> None:
    found = decide(page(statements=(meta("2019-05-03T23:30:00-04:00"),)), zone="Asia/Tokyo")
    assert (found.day, found.zone, found.zone_source) == (date(2019, 5, 3), "-04:00", "stated")


def test_midnight_gives_a_day_and_no_clock() -> None:
    found = decide(page(statements=(meta("2019-05-03T00:00:00Z"),)), zone="America/New_York")
    assert (found.day, found.precision, found.local) == (date(2019, 5, 3), "day", None)


def test_rails_comments_and_scripts_never_outrank_the_header() -> None:
    rail = Block(5, "Published 9 May 2019", "related", "rail")
    comment = Block(6, "Posted on 10 May 2019 12:00", "comment", "unknown")
    raw = '<script>{"publishDate": "2019-05-11"}</script>'
    assert decide(page(line(1, "3 May 2019"), rail, comment, raw=raw)).day == date(2019, 5, 3)
    assert decide(page(BODY, rail)).day is None


def test_a_lone_year_or_month_gives_an_interval_and_no_day() -> None:
    month = decide(page(url="https://harbour.example/2019/05/reopens"))
    assert (month.day, month.precision, month.first, month.last) == (
        None,
        "month",
        date(2019, 5, 1),
        date(2019, 5, 31),
    )
    year = decide(page(statements=(meta("2019", "date"),)))
    assert (year.day, year.precision, year.method) == (None, "year", "undated: only the year is stated")


def test_an_undated_page_says_what_it_looked_at() -> None:
    body = line(3, "The two spoke on Thursday. A vote is expected soon after March 7 in the council.", "body")
    footer = Block(
        9, "© 2005 The Harbour Post", "boilerplate", "shell", era_from=date(2005, 1, 1), era_to=date(2005, 12, 31)
    )
    found = decide(page(body, footer))
    assert (found.day, found.precision, found.last) == (None, None, date(2005, 12, 31))
    assert found.method == "undated: no line states a publication date"
    assert [(e.source, e.quote) for e in found.evidence] == [
        ("weekday", "Thursday"),
        ("month_day", "March 7"),
        ("shell_era", "© 2005 The Harbour Post"),
        ("search", None),
    ]
    assert found.evidence[0].start_char is not None
    assert body.text[found.evidence[0].start_char : found.evidence[0].end_char] == "Thursday"


def test_evidence_is_numbered_and_points_at_what_overrode_it() -> None:
    found = decide(page(line(1, "3 May 2019"), statements=(meta("2019-05-03"), meta("2017-01-01", "pubdate"))))
    assert [e.candidate_no for e in found.evidence] == list(range(len(found.evidence)))
    lost = next(e for e in found.evidence if e.value == "2017-01-01")
    assert lost.overridden_by is not None
    assert found.evidence[lost.overridden_by].value_from == date(2019, 5, 3)


def test_nothing_gives_no_evidence() -> None:
    empty = Page("", "text/html", None, None)
    assert decide(empty).evidence == ()


def test_confidence_falls_where_another_day_comes_near() -> None:
    alone = decide(page(line(1, "3 May 2019"))).confidence
    disputed = decide(page(line(1, "3 May 2019"), line(2, "4 May 2019"))).confidence
    assert alone is not None
    assert disputed is not None
    assert 0.5 < disputed < alone < 1
    assert decide(page(BODY)).confidence is None


def test_the_order_of_other_dates_and_the_country_settle_digits() -> None:
    swapped = line(1, "04/03/2019")
    assert decide(page(swapped)).day == date(2019, 4, 3)
    other = Block(9, "Ferry sinks 28/02/2019", "related", "rail")
    assert decide(page(swapped, BODY, other)).day == date(2019, 3, 4)
    assert decide(page(swapped, url="https://harbour.example.co.uk/reopens")).day == date(2019, 3, 4)
    assert decide(page(line(1, "04/03/2019 09:30 GMT+2"))).day == date(2019, 3, 4)


def test_hostile_pages_are_bounded() -> None:
    blocks = tuple(Block(n, "3 May 2019 " * 10, "related", "rail") for n in range(5000))
    found = decide(page(*blocks, line(5001, "5 May 2019"), raw='{"publishDate":"2019-05-04"}' * 5000))
    assert len(found.evidence) < 200
