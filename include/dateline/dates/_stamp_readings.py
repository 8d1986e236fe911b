"""The days that the parts of a stamp allow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ._calendar_words import find_month


def read_days(group: Mapping[str, str | None], language: str | None) -> tuple[str, tuple[date, ...]]:
    """Form and the days that the groups of a match allow."""
    year = group["y1"] or group["y2"]
    if year:
        form = "iso" if group["y1"] else "cjk"
        month, day = (group["m1"], group["d1"]) if group["y1"] else (group["m2"], group["d2"])
        return form, days_of_parts((int(year), int(month or 0), int(day or 0)))
    if group["y3"]:
        separator = group["sep"] or ""
        if separator.strip() != (group["sep2"] or "").strip():
            return "numeric", ()
        return "numeric", _numeric_readings(
            int(group["a"] or 0), int(group["b"] or 0), group["y3"], separator, language
        )
    for number in "4567":
        name = group[f"m{number}"]
        if name:
            month_no = find_month(name, language)
            if month_no is None:
                return "named", ()
            return "named", days_of_parts((_year(group[f"y{number}"] or "0"), month_no, int(group[f"d{number}"] or 0)))
    return "named", ()


def _numeric_readings(a: int, b: int, year: str, separator: str, language: str | None) -> tuple[date, ...]:
    """Both orders of a date in digits: full stops go with day first everywhere, plain English with month first."""
    day_first, month_first = (_year(year), b, a), (_year(year), a, b)
    if "." in separator:
        return days_of_parts(day_first) or days_of_parts(month_first)
    english = (language or "en").lower() in ("en", "en-us")
    orders = (month_first, day_first) if english else (day_first, month_first)
    return tuple(dict.fromkeys(days_of_parts(*orders)))


def days_of_parts(*parts: tuple[int, int, int]) -> tuple[date, ...]:
    """The days that exist among (year, month, day) parts, in their order.

    >>> days_of_parts((2020, 2, 30), (2563, 11, 3))
    (datetime.date(2020, 11, 3),)
    """
    days = []
    for year, month, day in parts:
        # Thai pages count years of the Buddhist era, 543 ahead.
        shift = 543 if 2443 <= year <= 2643 else 0
        try:
            days.append(date(year - shift, month, day))
        except ValueError:
            continue
    return tuple(d for d in days if 1900 <= d.year <= 2100)


def _year(text: str) -> int:
    digits = text.lstrip("'’")
    return int(digits) if len(digits) > 2 else int(digits) + (2000 if int(digits) < 70 else 1900)
