"""The scan finds expressions with their parts and offsets, and leaves alone what only looks like a time."""

import random
from typing import Any

import pytest

from dateline.dates.scan import scan

DATES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("The dam opened on July 2, 2007, at last.", "July 2, 2007", "date", {"year": 2007, "month": 7, "day": 2}),
    ("It sank on 20 July 1956 off Varn.", "20 July 1956", "date", {"year": 1956, "month": 7, "day": 20}),
    ("Posted Thursday, 27 Feb. 2003 here", "Thursday, 27 Feb. 2003", "date", {"weekday": 3, "day": 27}),
    ("the 3rd of March, 1918, in Odrin", "the 3rd of March, 1918", "date", {"day": 3, "month": 3, "year": 1918}),
    ("since October 1917 they", "October 1917", "date", {"year": 1917, "month": 10, "day": None}),
    ("Votes are due soon after March 7 there.", "March 7", "month_day", {"month": 3, "day": 7, "year": None}),
    ("by 6 February the road", "6 February", "month_day", {"month": 2, "day": 6}),
    ("in March the mill", "March", "month", {"month": 3, "day": None}),
    ("said Thursday that she", "Thursday", "weekday", {"weekday": 3, "modifier": None}),
    ("Earlier Thursday, the mayor", "Earlier Thursday", "weekday", {"weekday": 3, "modifier": "START"}),
    ("the next Friday was", "the next Friday", "weekday", {"weekday": 4, "shift": 1}),
    ("Monday of last week he", "Monday of last week", "weekday", {"weekday": 0, "shift": -1, "unit": "week"}),
    ("2007-07-03 in Tal", "2007-07-03", "numeric", {"year": 2007, "month": 7, "day": 3, "is_ambiguous": False}),
    ("13/07/2007 in Tal", "13/07/2007", "numeric", {"month": 7, "day": 13, "is_ambiguous": False}),
    ("03.07.2007 in Tal", "03.07.2007", "numeric", {"month": 3, "day": 7, "is_ambiguous": True}),
    ("In 480 BC they", "480 BC", "date", {"year": -480}),
    ("in nineteen ninety-six he", "nineteen ninety-six", "date", {"year": 1996}),
    ("the harvest of '89 was", "'89", "date", {"year": 1989}),
]


@pytest.mark.parametrize(("text", "phrase", "kind", "parts"), DATES)
def test_a_calendar_date_is_taken_apart(text: str, phrase: str, kind: str, parts: dict[str, Any]) -> None:
    (found,) = scan(text)
    assert (found.text, found.kind) == (phrase, kind)
    assert text[found.start : found.end] == phrase
    assert {name: getattr(found, name) for name in parts} == parts


CLOCKS: list[tuple[str, str, dict[str, Any]]] = [
    ("Source: Xin | 07-03-2007 09:48", "07-03-2007 09:48", {"hour": 9, "minute": 48, "is_ambiguous": True}),
    ("2003-02-27T10:30:05+01:00", "2003-02-27T10:30:05+01:00", {"hour": 10, "second": 5, "zone": "+01:00"}),
    ("Thu, 27 Feb 2003 10:30:00 GMT", "Thu, 27 Feb 2003 10:30:00 GMT", {"day": 27, "hour": 10, "zone": "GMT"}),
    ("at 8 p.m. Thursday he", "8 p.m. Thursday", {"weekday": 3, "hour": 20}),
    ("by 9:30 a.m. EST on Nov. 9 the", "9:30 a.m. EST on Nov. 9", {"hour": 9, "minute": 30, "zone": "EST", "day": 9}),
    ("at noon Saturday in", "noon Saturday", {"weekday": 5, "hour": 12, "minute": 0}),
    ("at 1400 GMT on Friday it", "1400 GMT on Friday", {"weekday": 4, "hour": 14, "minute": 0, "zone": "GMT"}),
    ("It struck at 7:15 p.m. in Orm", "7:15 p.m", {"hour": 19, "minute": 15}),
]


@pytest.mark.parametrize(("text", "phrase", "parts"), CLOCKS)
def test_a_clock_time_joins_its_date(text: str, phrase: str, parts: dict[str, Any]) -> None:
    (found,) = scan(text)
    assert (found.text, found.type) == (phrase, "TIME")
    assert {name: getattr(found, name) for name in parts} == parts


RELATIVES: list[tuple[str, str, dict[str, Any]]] = [
    ("earlier this week he", "earlier this week", {"shift": 0, "unit": "week", "modifier": "START"}),
    ("the ferry sank yesterday.", "yesterday", {"shift": -1, "unit": "day", "base": "published"}),
    ("She left two years ago.", "two years ago", {"shift": -2, "unit": "year", "base": "published"}),
    ("She left three days later.", "three days later", {"shift": 3, "unit": "day", "base": "focus"}),
    ("the following month they", "the following month", {"shift": 1, "unit": "month", "base": "focus"}),
    ("that same day in Orm", "that same day", {"shift": 0, "unit": "day", "base": "focus"}),
    ("late last night a", "late last night", {"value": "TNI", "modifier": "END", "type": "TIME"}),
    ("the day before, he", "the day before", {"shift": -1, "unit": "day", "base": "focus"}),
]


@pytest.mark.parametrize(("text", "phrase", "parts"), RELATIVES)
def test_a_distance_keeps_its_anchor_open(text: str, phrase: str, parts: dict[str, Any]) -> None:
    (found,) = scan(text)
    assert (found.text, found.kind) == (phrase, "relative")
    assert {name: getattr(found, name) for name in parts} == parts


VALUES: list[tuple[str, str, str, str]] = [
    ("over the past two years the", "the past two years", "DURATION", "P2Y"),
    ("for 2 1/2 years it", "2 1/2 years", "DURATION", "P2Y6M"),
    ("a two-day visit", "two-day", "DURATION", "P2D"),
    ("within two to three weeks they", "two to three weeks", "DURATION", "P2W"),
    ("for several months she", "several months", "DURATION", "PXM"),
    ("for a year and a half it", "a year and a half", "DURATION", "P1Y6M"),
    ("for two-and-a-half years it", "two-and-a-half years", "DURATION", "P2Y6M"),
    ("in a year the firm", "a year", "DURATION", "P1Y"),
    ("ten times per week it", "per week", "SET", "P1W"),
    ("Thursday nights are long", "Thursday nights", "SET", "XXXX-WXX-4TNI"),
    ("in the year ended May", "the year", "DURATION", "P1Y"),
    ("for half an hour it", "half an hour", "DURATION", "PT30M"),
    ("the first nine months were", "the first nine months", "DURATION", "P9M"),
    ("it meets every Monday there", "every Monday", "SET", "XXXX-WXX-1"),
    ("prayers on Fridays there", "Fridays", "SET", "XXXX-WXX-5"),
    ("it runs daily from Orm", "daily", "SET", "P1D"),
    ("it costs $50 a year there", "a year", "SET", "P1Y"),
    ("each month the", "each month", "SET", "P1M"),
    ("it now stands", "now", "DATE", "PRESENT_REF"),
    ("he recently left", "recently", "DATE", "PAST_REF"),
    ("it will soon be", "soon", "DATE", "FUTURE_REF"),
    ("a few years ago he", "a few years ago", "DATE", "PAST_REF"),
    ("in the late 1980s the", "the late 1980s", "DATE", "198"),
    ("in the 20th century the", "the 20th century", "DATE", "19"),
]


@pytest.mark.parametrize(("text", "phrase", "type_", "value"), VALUES)
def test_amounts_and_vague_times_have_their_value_at_once(text: str, phrase: str, type_: str, value: str) -> None:
    found = scan(text)[0]
    assert (found.text, found.type, found.value) == (phrase, type_, value)


def test_a_range_gives_both_ends_the_shared_parts() -> None:
    text = "The fair ran from 7-9 March, again on May 5 and 6, 2001, and in 1993-97."
    found = [(e.text, e.year, e.month, e.day) for e in scan(text)]
    assert found == [
        ("7", None, 3, 7),
        ("9 March", None, 3, 9),
        ("May 5", 2001, 5, 5),
        ("6, 2001", 2001, 5, 6),
        ("1993", 1993, None, None),
        ("97", 1997, None, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She may go, and they march on.",
        "May we come in? The long March ended.",
        "Prices fall and the fall of the house was near.",
        "He paid $1990 and 1,950 more; 2082.1 points, 1998%.",
        "Resolution 1441 and flight 1953 and 1200 people.",
        "A 6-month-old calf and a man 52 years old, aged 12 years.",
        "Version 10.1.12.5 and host 10.0.7.99.",
        "A second man; three-quarters of them; about a quarter of it.",
        "They won 3-2 and ran 12:45 laps.",
        "As soon as she came; it soon closed.",
        "Jan Oker met the Sun god.",
        "“This Week” is a programme; so is USA Today.",
        "the quarterly dividend of the firm",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(text: str) -> None:
    assert scan(text) == []


@pytest.mark.parametrize(
    "text", ["in May, the", "since March the", "early in the fall it", "on March 3 the", "in 1066 the"]
)
def test_the_same_words_count_where_the_neighbours_speak_of_time(text: str) -> None:
    assert len(scan(text)) == 1


def test_a_number_after_a_date_is_not_its_second_day() -> None:
    assert [e.text for e in scan("On May 5, 12 people came.")] == ["May 5"]


def test_offsets_are_code_points() -> None:
    text = "Zoë’s café 🎪 — née Ødegård — fermé le 3, rouvert on March 7, 2003 à Orm"
    (found,) = scan(text)
    assert text[found.start : found.end] == "March 7, 2003" == found.text


def test_a_word_with_accents_is_not_cut() -> None:
    assert scan("Le mét1999é, Mayénne, été") == []


def test_line_breaks_inside_an_expression_do_not_hide_it() -> None:
    (found,) = scan("on July\n2,\n2007 the")
    assert (found.month, found.day, found.year) == (7, 2, 2007)


@pytest.mark.parametrize("unit", ["May ", "12/", "1999-", "a few ", "the end of the ", "'", "early late mid "])
def test_long_hostile_input_is_linear(unit: str) -> None:
    assert len(scan(unit * 30_000)) <= 30_000


def test_no_mixture_of_time_words_breaks_the_scan() -> None:
    words = "the a last next late mid of in on at May Sunday 12 31 1999 '89 480 BC 3rd century quarter half ago"
    words += " later before weekend decades night noon 7:15 p.m. GMT T 1/2 few dozen an hour and or so 30.2.07"
    dice = random.Random(4)
    for _ in range(3_000):
        text = dice.choice((" ", "-")).join(dice.choice(words.split()) for _ in range(dice.randint(1, 6)))
        for found in scan(text):
            assert text[found.start : found.end] == found.text
