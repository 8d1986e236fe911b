"""Days of holidays from the rules in holidays.csv."""

from __future__ import annotations

from datetime import date, timedelta


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm; equal to dateutil for 1600 to 2399).

    >>> easter(2000), easter(2026)
    (datetime.date(2000, 4, 23), datetime.date(2026, 4, 5))
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The n-th weekday (Monday is 0) of a month.

    >>> nth_weekday(1999, 11, 3, 4)
    datetime.date(1999, 11, 25)
    """
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def holiday(rule: str, year: int) -> date:
    """Day of a holiday in a year by its rule.

    Rules: `fixed:MM-DD`; `easter:DAYS`; `nth:MONTH:WEEKDAY:N`; `last:MONTH:WEEKDAY`; `after:MONTH:WEEKDAY:N` and
    `afternth:...` (the day after the n-th weekday); `on:YYYY-MM-DD` (that one day, whatever the year).

    >>> holiday("easter:1", 2000), holiday("after:11:0:1", 1998), holiday("last:5:0", 1999)
    (datetime.date(2000, 4, 24), datetime.date(1998, 11, 3), datetime.date(1999, 5, 31))
    """
    name, _, rest = rule.partition(":")
    if name == "fixed":
        return date(year, int(rest[:2]), int(rest[3:]))
    if name == "easter":
        return easter(year) + timedelta(int(rest))
    if name == "on":
        return date.fromisoformat(rest)
    numbers = [int(part) for part in rest.split(":")]
    if name == "last":
        fifth = nth_weekday(year, numbers[0], numbers[1], 4) + timedelta(7)
        return fifth if fifth.month == numbers[0] else fifth - timedelta(7)
    day = nth_weekday(year, *numbers)
    return day + timedelta(1) if name in {"after", "afternth"} else day
