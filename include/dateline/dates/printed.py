"""Dates as pages print them: full dates in digits or words, with their clock time, zone and weekday.

This reads stamps: header lines, metadata values, URLs. Expressions of running prose are the scanner's.
A form in digits that may be read in two orders keeps both readings; evidence beside it decides later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import re2

from ._calendar_words import find_weekday
from ._stamp_patterns import BEFORE_TIME, BEFORE_WEEKDAY, DATE, DIGITS, TIME
from ._stamp_readings import days_of_parts, read_days
from .zones import parse_zone

_FIRST_UNIX, _LAST_UNIX = 631_152_000, 4_102_444_800
"""Seconds of 1990-01-01 and 2100-01-01: a number outside them is not taken for a Unix time."""

# The standard library is faster than google-re2 on short lines, and most lines have no date.
_DIGITS_OF_DATE = re.compile(r"\d{4}|['’]\d{2}|\d\s?[-/.|]\s?\d{1,2}\s?[-/.|]\s?\d{2}")
_COMPACT = re2.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?Z?$")
_YEAR_MONTH = re2.compile(r"^(\d{4})(?:[-/](\d{1,2}))?$")


_DATE_GROUPS = tuple(sorted(DATE.groupindex, key=DATE.groupindex.__getitem__))


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A full date found in a text; offsets are based on that text.

    `readings` has one day, or two where day and month may be swapped (what the form suggests comes first).
    For month and year precision it holds the first day. `form` is iso, numeric, named, cjk, compact, unix
    or partial. `zone` is an offset such as `+08:00`; `is_utc` marks stamps in UTC, which tell an instant but
    not the zone of the place.
    """

    start: int
    end: int
    text: str
    readings: tuple[date, ...]
    form: str
    precision: str = "day"
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str | None = None
    is_utc: bool = False
    weekday: int | None = None

    @property
    def is_ambiguous(self) -> bool:
        """True where day and month could be swapped."""
        return len(self.readings) > 1

    def local(self, reading: date) -> datetime | None:
        """Wall time of a reading, None without a clock time."""
        if self.hour is None or self.minute is None:
            return None
        return datetime(reading.year, reading.month, reading.day, self.hour, self.minute, self.second or 0)


def find_printed(text: str, language: str | None = None) -> tuple[PrintedDate, ...]:
    """Find every full date of a text, in order of reading; one scan in linear time.

    `language` (BCP 47) settles names that languages share and the first reading of 03/07/2007.

    >>> [p.readings[0].isoformat() for p in find_printed("3. Juli 2007, zuletzt 4. Juli 2007")]
    ['2007-07-03', '2007-07-04']
    >>> stamp = find_printed("Source: The Harbour Post | 07-03-2007 09:48")[0]
    >>> stamp.is_ambiguous, stamp.hour, stamp.minute, stamp.precision
    (True, 9, 48, 'minute')
    """
    if not _DIGITS_OF_DATE.search(text):
        return ()
    plain = text if text.isascii() else text.translate(DIGITS)
    found = []
    for match in DATE.finditer(plain):
        stamp = _read_match(match, plain, language)
        if stamp:
            found.append(replace(stamp, text=text[stamp.start : stamp.end]))
    return tuple(found)


def parse_stamp(value: str, language: str | None = None) -> PrintedDate | None:
    """Read a value that should be one date: of metadata, of a `datetime` attribute, of JSON.

    Reads what `find_printed` reads, and ISO 8601 basic format, Unix seconds and milliseconds, months and
    years alone (precision `month`, `year`).

    >>> parse_stamp("Tue, Sep 15 2020 14:02 GMT+1").zone
    '+01:00'
    >>> parse_stamp("1604398953").readings, parse_stamp("2020").precision
    ((datetime.date(2020, 11, 3),), 'year')
    """
    value = value.strip()[:200]
    found = find_printed(value, language)
    if found:
        return found[0]
    plain = value.translate(DIGITS)
    return _parse_compact(value, plain) or _parse_unix(value, plain) or _parse_partial(value, plain)


def _read_match(match: re2._Match, text: str, language: str | None) -> PrintedDate | None:
    start, end = match.span()
    if not _stands_alone(text, start, end):
        return None
    group = dict(zip(_DATE_GROUPS, match.groups(), strict=True))
    form, readings = read_days(group, language)
    if not readings:
        return None
    weekday = _weekday_before(text, start, language)
    if weekday is not None and len(readings) > 1:
        readings = tuple(r for r in readings if r.weekday() == weekday) or readings
    stamp = PrintedDate(start, end, "", readings, form, weekday=weekday)
    return _with_time(stamp, text, group.get("clock"))


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after, second = text[end : end + 1], text[end + 1 : end + 2]
    if before.isdigit():
        return False
    # A letter before the digits is a version (v1.2.2020); a word is text of a neighbouring tag, glued on.
    if (
        before.isascii()
        and before.isalpha()
        and text[start].isdigit()
        and not (start > 2 and text[start - 3 : start].isalpha())
    ):
        return False
    if before in "/.-:" and text[start - 2 : start - 1].isdigit():
        return False
    return not (after.isdigit() or (after in "/." and second.isdigit()))


def _weekday_before(text: str, start: int, language: str | None) -> int | None:
    found = BEFORE_WEEKDAY.search(text[max(0, start - 24) : start])
    return find_weekday(found[1], language) if found else None


def _with_time(stamp: PrintedDate, text: str, clock: str | None) -> PrintedDate:
    """The stamp with the clock time inside, after or before it."""
    if clock:
        found = TIME.match(" " + clock.strip())
        return _clocked(stamp, found, 0, 0) if found else stamp
    found = TIME.match(text[stamp.end : stamp.end + 60])
    if found:
        after = _clocked(stamp, found, 0, found.end())
        if after is not stamp:
            return after
    begin = max(0, stamp.start - 48)
    found = BEFORE_TIME.search(text[begin : stamp.start])
    return _clocked(stamp, found, stamp.start - begin - found.start(1), 0) if found else stamp


def _clocked(stamp: PrintedDate, found: re2._Match, left: int, right: int) -> PrintedDate:
    # Both clock patterns have the groups hour, minute, second, am or pm, zone.
    hour_text, minute_text, second_text, half_text, zone_text = found.groups()
    hour, minute, second = int(hour_text), int(minute_text), int(second_text or 0)
    half = (half_text or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return stamp
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    if hour > 23 or minute > 59 or second > 59:
        return stamp
    named = (zone_text or "").strip()
    zone = parse_zone(named, stamp.readings[0]) if named else None
    if right:
        # Words that turn out to be no zone, and spaces, are not part of the stamp.
        clock = found[0] if zone or not named else found[0].removesuffix(zone_text)
        right = len(clock.rstrip())
    return replace(
        stamp,
        start=stamp.start - left,
        end=stamp.end + right,
        hour=hour,
        minute=minute,
        second=second if second_text else None,
        precision="second" if second_text else "minute",
        zone=zone,
        is_utc=zone == "+00:00",
    )


def _parse_compact(value: str, plain: str) -> PrintedDate | None:
    found = _COMPACT.match(plain)
    readings = days_of_parts((int(found[1]), int(found[2]), int(found[3]))) if found else ()
    if not found or not readings:
        return None
    stamp = PrintedDate(0, len(value), value, readings, "compact")
    if not found[4] or int(found[4]) > 23 or int(found[5]) > 59:
        return stamp
    zone = "+00:00" if plain.endswith("Z") else None
    second = int(found[6]) if found[6] else None
    precision = "minute" if second is None else "second"
    return replace(
        stamp,
        hour=int(found[4]),
        minute=int(found[5]),
        second=second,
        precision=precision,
        zone=zone,
        is_utc=bool(zone),
    )


def _parse_unix(value: str, plain: str) -> PrintedDate | None:
    if not plain.isdecimal() or len(plain) not in (9, 10, 13):
        return None
    seconds = int(plain) // (1000 if len(plain) == 13 else 1)
    if not _FIRST_UNIX <= seconds < _LAST_UNIX:
        return None
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return PrintedDate(
        0, len(value), value, (at.date(),), "unix", "second", at.hour, at.minute, at.second, "+00:00", is_utc=True
    )


def _parse_partial(value: str, plain: str) -> PrintedDate | None:
    found = _YEAR_MONTH.match(plain)
    readings = days_of_parts((int(found[1]), int(found[2] or 1), 1)) if found else ()
    if not found or not readings:
        return None
    return PrintedDate(0, len(value), value, readings, "partial", "month" if found[2] else "year")
