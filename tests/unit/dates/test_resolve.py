"""Values follow the publication day, the tense and the running focus."""

from datetime import date

import pytest

from dateline.dates import calendar
from dateline.dates._holidays import holiday
from dateline.dates.find_dates import find_dates_in_text
from dateline.dates.resolve import Context, resolve
from dateline.dates.scan import scan

SATURDAY = date(2003, 3, 1)

DEICTIC = [
    ("The bridge closed Thursday.", "2003-02-27"),
    ("The bridge will close on Thursday.", "2003-03-06"),
    ("The bridge could close as early as Thursday.", "2003-03-06"),
    ("They met last Saturday.", "2003-02-22"),
    ("They meet next Saturday.", "2003-03-08"),
    ("On Saturday it rained.", "2003-03-01"),
    ("It rained yesterday.", "2003-02-28"),
    ("It rained last week.", "2003-W08"),
    ("It rained last month.", "2003-02"),
    ("It rained this year.", "2003"),
    ("It rained two years ago.", "2001"),
    ("It rained two months ago.", "2003-01"),
    ("It rained two weeks ago.", "2003-W07"),
    ("It rained ten days ago.", "2003-02-19"),
    ("It rained two decades ago.", "198"),
    ("It rained last decade.", "199"),
    ("It rained over the weekend.", "2003-W09-WE"),
    ("It rained last weekend.", "2003-W08-WE"),
    ("It rained this weekend.", "2003-W09-WE"),
    ("It rained last night.", "2003-02-28TNI"),
    ("It rained this morning.", "2003-03-01TMO"),
    ("It rained Friday night.", "2003-02-28TNI"),
    ("It rained at 8 p.m. Thursday.", "2003-02-27T20:00"),
    ("It rained at midnight Thursday.", "2003-02-27T24:00"),
    ("The hall was built by year-end.", "2003"),
]


@pytest.mark.parametrize(("text", "value"), DEICTIC)
def test_deictic_words_count_from_the_publication_day(text: str, value: str) -> None:
    (mention,) = find_dates_in_text(text, SATURDAY)
    assert (mention.value, mention.anchor) == (value, "published")


YEARLESS = [
    ("The vote is on March 7.", "2003-03-07"),
    ("The vote was on December 7.", "2002-12-07"),
    ("The year ended July 31.", "2002-07-31"),
    ("The vote is planned for August 20.", "2003-08-20"),
    ("The mill burned in October.", "2002-10"),
    ("The mill will reopen in October.", "2003-10"),
    ("The mill burned in January.", "2003-01"),
    ("The mill burned last May.", "2002-05"),
    ("The mill reopens next May.", "2003-05"),
    ("The mill burned in May last year.", "2002-05"),
    ("The mill burned in late November.", "2002-11"),
    ("The mill burned last summer.", "2002-SU"),
    ("The mill burned at Christmas.", "2002-12-25"),
    ("The mill reopened on Easter Monday last year.", "2002-04-01"),
    ("The week of March 3 was dry.", "2003-W10"),
]


@pytest.mark.parametrize(("text", "value"), YEARLESS)
def test_a_date_without_year_finds_its_year(text: str, value: str) -> None:
    assert [m.value for m in find_dates_in_text(text, SATURDAY)][-1] == value


QUARTERS = [
    ("Profit rose in the third quarter.", ["1989-Q3"]),
    ("Profit rose in the fourth quarter.", ["1989-Q4"]),
    ("Profit will rise in the first quarter.", ["1990-Q1"]),
    ("Profit rose in the third quarter of 1984.", ["1984-Q3"]),
    ("Profit rose in last year's third quarter.", ["1988-Q3"]),
    ("Profit rose in the year-ago third quarter.", ["1988-Q3"]),
    ("Profit rose in the latest quarter.", ["1989-Q3"]),
    ("Third-quarter profit rose from a year earlier.", ["1989-Q3", "1988-Q3"]),
    ("In the second quarter it lost money; a year ago it made some.", ["1989-Q2", "1988-Q2"]),
    ("In the second quarter it lost money. The quarter was poor.", ["1989-Q2", "1989-Q2"]),
    ("It rose in Q3 2001.", ["2001-Q3"]),
    ("It rose in H1 2013.", ["2013-H1"]),
    ("It rose in FY2013.", ["2013"]),
    ("It rose in the second half of 2008.", ["2008-H2"]),
    ("It earned more in fiscal 1989.", ["1989"]),
    ("It earned more in the year ended March 31.", ["P1Y", "1989-03-31"]),
]


@pytest.mark.parametrize(("text", "values"), QUARTERS)
def test_quarters_and_what_is_compared_with_them(text: str, values: list[str]) -> None:
    assert [m.value for m in find_dates_in_text(text, date(1989, 11, 2))] == values


FOCUS = [
    ("It opened on 4 May 1921. The following day it burned.", "1921-05-05"),
    ("It opened on 4 May 1921. Two weeks later it burned.", "1921-W20"),
    ("It opened in May 1921. That same day it burned.", "1921-05-XX"),
    ("It opened in 1921. Later that month it burned.", "1921-XX"),
    ("It opened in 1921. The previous year was dry.", "1920"),
    ("It opened on 4 May 1921. The night before, it had snowed.", "1921-05-03TNI"),
    ("It opened on 4 May 1921. At 9 p.m. it burned.", "1921-05-04T21:00"),
    ("It opened in the summer of 1921. The same day it burned.", "1921-XX-XX"),
    ("It opened in 1921. Three years earlier it was a barn.", "1918"),
]


@pytest.mark.parametrize(("text", "value"), FOCUS)
def test_words_that_look_back_in_the_text_count_from_the_focus(text: str, value: str) -> None:
    mention = find_dates_in_text(text, SATURDAY)[-1]
    assert (mention.value, mention.anchor) == (value, "focus")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Thursday", "XXXX-WXX-4"),
        ("on March 7", "XXXX-03-07"),
        ("in October", "XXXX-10"),
        ("last year", "XXXX"),
        ("today", "XXXX-XX-XX"),
        ("the third quarter", "XXXX-Q3"),
    ],
)
def test_without_a_reference_the_value_stays_open(text: str, value: str) -> None:
    (mention,) = find_dates_in_text(text, None)
    assert (mention.value, mention.anchor, mention.value_from) == (value, None, None)


def test_without_a_reference_vague_times_stay() -> None:
    assert [m.value for m in find_dates_in_text("It is now shut.", None)] == ["PRESENT_REF"]


def test_years_before_christ_run_forward() -> None:
    context = Context(date(2009, 1, 1), focus="BC0492", is_narrative=True)
    (expression,) = scan("The following year")
    assert resolve(expression, context).value == "BC0491"


@pytest.mark.parametrize("text", ["February 30, 2001", "on 2003-02-31 it"])
def test_a_day_that_does_not_exist_covers_no_days(text: str) -> None:
    assert [m.value_from for m in find_dates_in_text(text, SATURDAY)] == [None]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1988-H2", date(1988, 7, 1), date(1988, 12, 31)),
        ("1999-WI", date(1999, 12, 1), date(2000, 2, 29)),
        ("1998-W53-WE", date(1999, 1, 2), date(1999, 1, 3)),
        ("19", date(1900, 1, 1), date(1999, 12, 31)),
        ("2003-02-27TNI", date(2003, 2, 27), date(2003, 2, 27)),
    ],
)
def test_a_value_covers_its_days(value: str, first: date, last: date) -> None:
    assert calendar.days_of(value) == (first, last)


@pytest.mark.parametrize("value", ["P2Y", "PRESENT_REF", "XXXX-03", "BC0480", "2003-13", None])
def test_what_is_no_stretch_of_the_calendar_covers_no_days(value: str | None) -> None:
    assert calendar.days_of(value) is None


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("easter:0", 1998, date(1998, 4, 12)),
        ("easter:-2", 2024, date(2024, 3, 29)),
        ("nth:11:3:4", 2003, date(2003, 11, 27)),
        ("last:5:0", 2004, date(2004, 5, 31)),
        ("after:11:0:1", 2000, date(2000, 11, 7)),
        ("on:1944-06-06", 1999, date(1944, 6, 6)),
    ],
)
def test_holidays_follow_their_rules(rule: str, year: int, day: date) -> None:
    assert holiday(rule, year) == day
