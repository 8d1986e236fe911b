"""Bounds and the evidence that settles swapped dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateline.dates._candidate import Candidate, read_candidates
from dateline.dates.constraints import breaks_bound, find_bounds, find_interval, last_day_of, weigh_reading
from dateline.dates.printed import find_printed, parse_stamp


def stated(text: str) -> list[Candidate]:
    base = Candidate("byline", "published", "on", 3.0, "line", text, "byline line")
    return read_candidates(base, find_printed(text)[0], 0.7)


CAPTURE = Candidate("capture", "bound", "not_after", 0.0, "capture", "", "", last=date(2007, 5, 1))
CAPTION = Candidate(
    "caption", "soft", "not_before", 0.0, "text", "July 2, 2007", "", date(2007, 7, 2), first=date(2007, 7, 2)
)
CHANGE = Candidate(
    "meta", "modified", "not_after", 0.0, "meta modified", "", "", date(2007, 4, 1), last=date(2007, 4, 1)
)


def test_capture_is_the_hard_bound() -> None:
    candidates = [*stated("07-03-2007"), CAPTURE]
    bounds = find_bounds(candidates)
    assert [breaks_bound(c, bounds) for c in candidates[:2]] == [2, None]


def test_a_date_of_change_does_not_overrule_a_stated_day() -> None:
    assert find_bounds([*stated("3 July 2007"), CHANGE]).last is None


def test_interval_uses_every_bound_but_never_an_empty_one() -> None:
    assert find_interval([CAPTURE, CHANGE]).last == date(2007, 4, 1)
    with_caption = find_interval([CAPTURE, CAPTION])
    assert (with_caption.first, with_caption.last) == (None, date(2007, 5, 1))
    later = replace(CAPTURE, last=date(2008, 1, 1))
    assert find_interval([later, CAPTION]).first == date(2007, 7, 2)


def test_a_reported_date_between_the_readings_decides() -> None:
    month_first, day_first = stated("07-03-2007")
    candidates = [month_first, day_first, CAPTION]
    assert weigh_reading(day_first, candidates)[1] == 2
    assert weigh_reading(month_first, candidates)[1] is None
    assert weigh_reading(month_first, candidates)[0] > weigh_reading(day_first, candidates)[0]


def test_a_date_of_change_between_the_readings_decides_the_other_way() -> None:
    month_first, day_first = stated("07-03-2007")
    candidates = [month_first, day_first, CHANGE]
    assert weigh_reading(month_first, candidates)[1] == 2
    assert weigh_reading(day_first, candidates)[1] is None


def test_weekdays_of_the_text_lean_towards_the_day_after_them() -> None:
    month_first, day_first = stated("07-03-2007")  # a Tuesday in July, a Wednesday in March
    monday = Candidate("weekday", "soft", "near", 0.0, "weekday", "Monday", "")
    weights = [weigh_reading(c, [month_first, day_first, monday])[0] for c in (month_first, day_first)]
    assert weights[0] > weights[1]


def test_dates_stated_without_doubt_are_not_weighed() -> None:
    plain = stated("7 March 2007")[0]
    assert weigh_reading(plain, [plain, CAPTION]) == (0.0, None)


def test_last_day_of_partial_dates() -> None:
    def partial(text: str) -> Candidate:
        stamp = parse_stamp(text)
        assert stamp is not None
        return Candidate("url", "published", "on", 1.0, "url", text, "", stamp.readings[0], stamp)

    assert last_day_of(partial("2020-12")) == date(2020, 12, 31)
    assert last_day_of(partial("2020")) == date(2020, 12, 31)
