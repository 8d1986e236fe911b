"""Stamps as pages print them: forms, languages, swapped orders, clocks, zones, and what is no date."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from dateline.dates.printed import find_printed, parse_stamp
from dateline.dates.zones import country_offsets, local_day, offset_of, parse_zone

DAY = date(2020, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        "3 November 2020",
        "November 3rd, 2020",
        "Nov. 3, 2020",
        "3. November 2020",
        "le 3 novembre 2020",
        "3 de noviembre de 2020",
        "3 listopada 2020",
        "3 ноября 2020",
        "3 листопада 2020",
        "3 Kasım 2020",
        "2020. november 3.",
        "2020 m. lapkričio 3 d.",
        "2020. gada 3. novembris",
        "2020年11月3日",
        "2020년 11월 3일",
        "3 พฤศจิกายน 2563",
        "٣ نوفمبر ٢٠٢٠",
        "03-Nov-2020",
        "2020/11/03",
        "2020.11.03",
        "03.11.2020",
        "3 | 11 | 2020",
        "Ana Writer3.11.2020",
    ],
)
def test_full_dates_of_many_languages(text: str) -> None:
    language = "de" if "|" in text else None
    assert [stamp.readings[0] for stamp in find_printed(text, language)] == [DAY]


@pytest.mark.parametrize(
    ("text", "local", "zone"),
    [
        ("Tue, Nov 3 2020 14:02 GMT+1", datetime(2020, 11, 3, 14, 2), "+01:00"),
        ("2020-11-03T10:22:33+02:00", datetime(2020, 11, 3, 10, 22, 33), "+02:00"),
        ("2020-11-03T10:22:33.123Z", datetime(2020, 11, 3, 10, 22, 33), "+00:00"),
        ("Tue Nov 03 10:22:33 CET 2020", datetime(2020, 11, 3, 10, 22, 33), "+01:00"),
        ("Tue, 03 Nov 2020 10:22:33 -0500", datetime(2020, 11, 3, 10, 22, 33), "-05:00"),
        ("02:37 PM ET, Tue November 3, 2020", datetime(2020, 11, 3, 14, 37), "-05:00"),
        ("14:22, 3 листопада 2020", datetime(2020, 11, 3, 14, 22), None),
        ("3 novembre 2020 à 10h22", datetime(2020, 11, 3, 10, 22), None),
        ("03.11.2020 | 10.22 Uhr", datetime(2020, 11, 3, 10, 22), None),
        ("November 3, 2020 at 12:05 a.m. EST", datetime(2020, 11, 3, 0, 5), "-05:00"),
    ],
)
def test_clock_and_zone(text: str, local: datetime, zone: str | None) -> None:
    stamp = find_printed(text)[0]
    assert (stamp.local(stamp.readings[0]), stamp.zone) == (local, zone)


def test_offsets_select_the_printed_characters() -> None:
    text = "Source: The Harbour Post | 07-03-2007 09:48 | print"
    stamp = find_printed(text)[0]
    assert text[stamp.start : stamp.end] == stamp.text == "07-03-2007 09:48"


def test_digits_keep_both_orders_until_something_decides() -> None:
    assert find_printed("07-03-2007", "en")[0].readings == (date(2007, 7, 3), date(2007, 3, 7))
    assert find_printed("07/03/2007", "fr")[0].readings == (date(2007, 3, 7), date(2007, 7, 3))
    assert find_printed("13/03/2007", "en")[0].readings == (date(2007, 3, 13),)
    assert find_printed("07.03.2007", "en")[0].readings == (date(2007, 3, 7),)
    assert find_printed("Wednesday 07/03/2007", "en")[0].readings == (date(2007, 3, 7),)


@pytest.mark.parametrize(
    ("value", "day", "precision"),
    [
        ("20201103", DAY, "day"),
        ("20201103T102233Z", DAY, "second"),
        ("1604398953", DAY, "second"),
        ("1604398953000", DAY, "second"),
        ("2020-11", date(2020, 11, 1), "month"),
        ("2020", date(2020, 1, 1), "year"),
    ],
)
def test_values_of_metadata(value: str, day: date, precision: str) -> None:
    stamp = parse_stamp(value)
    assert stamp is not None
    assert (stamp.readings, stamp.precision) == ((day,), precision)


@pytest.mark.parametrize(
    "text",
    ["", "v1.2.2020", "192.168.10.20", "31.02.2020", "12 people in 2020", "2020-13-45", "call 555 2020", "99999999999"],
)
def test_what_is_no_date(text: str) -> None:
    assert find_printed(text) == ()
    assert parse_stamp(text) is None


def test_language_settles_shared_month_names() -> None:
    assert find_printed("3 listopada 2020", "hr")[0].readings == (date(2020, 10, 3),)


def test_hostile_text_takes_linear_time() -> None:
    def seconds(size: int) -> float:
        text = "1 a. " * size + "3-3-" * size
        start = time.process_time()
        find_printed(text)
        return time.process_time() - start

    seconds(100)
    assert min(seconds(40_000) for _ in range(3)) < 40 * max(seconds(4_000), 0.002)


def test_zones() -> None:
    assert parse_zone("UTC+5:30", DAY) == "+05:30"
    assert parse_zone("+9900", DAY) is None
    assert offset_of("Nowhere/City", datetime(2020, 1, 1)) is None
    instant = datetime(2020, 11, 3, 23, 30, tzinfo=UTC)
    assert local_day(instant, "Asia/Tokyo") == date(2020, 11, 4)
    assert local_day(instant, "Nowhere/City") == DAY
    assert country_offsets("www.example.com", instant) is None
    assert country_offsets("www.example.co.uk", instant) == (0, 0)


def test_a_semicolon_may_part_day_and_clock():
    (stamp,) = find_printed("March 2, 1999; 7:48 p.m. EST")
    assert (stamp.hour, stamp.minute, stamp.zone) == (19, 48, "-05:00")
