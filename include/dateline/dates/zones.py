"""Zones as pages print them, turned into offsets from UTC.

Why a list of its own: the time zone database names zones by city, pages by abbreviations that the database
does not resolve. An abbreviation with several meanings has the one that news pages mean most; the list says so.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import re2
from babel.core import get_global

_OFFSET = re2.compile(r"^(?:UTC|GMT)?\s?([+\-−])(\d{1,2}):?(\d{2})?$")
_LARGEST_OFFSET = 14 * 60
"""Minutes: the easternmost civil zone is UTC+14 (Kiribati)."""

_WORLD_ENDINGS = frozenset(
    {"AI", "AG", "CC", "CO", "EU", "FM", "GG", "IO", "LA", "LY", "ME", "PW", "SH", "SU", "TO", "TV", "VC", "WS"}
)
"""Country endings that sites all over the world use; own knowledge."""


def parse_zone(text: str, day: date) -> str | None:
    """Offset of a printed zone on that day as `+HH:MM`, or None where it is not known.

    The day matters for names such as ET, whose offset follows daylight saving.

    >>> parse_zone("GMT+1", date(2020, 9, 15)), parse_zone("ET", date(2020, 7, 1)), parse_zone("XYZ", date(2020, 7, 1))
    ('+01:00', '-04:00', None)
    """
    text = text.strip().strip("()")
    found = _OFFSET.match(text)
    if found:
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes > _LARGEST_OFFSET:
            return None
        return format_offset(minutes if found[1] == "+" else -minutes)
    value = _abbreviations().get(text.upper())
    if value is None or value[0] in "+-":
        return value
    return offset_of(value, datetime(day.year, day.month, day.day, 12))


def offset_of(zone: str, local: datetime) -> str | None:
    """Offset as `+HH:MM` that an IANA zone (or an offset itself) has at a local time; None for unknown zones.

    >>> offset_of("Asia/Tokyo", datetime(2012, 9, 11, 18, 5))
    '+09:00'
    """
    info = zone_info(zone)
    if info is None:
        return None
    shift = local.replace(tzinfo=info).utcoffset()
    return None if shift is None else format_offset(round(shift.total_seconds() / 60))


@cache
def zone_info(zone: str) -> tzinfo | None:
    """A tzinfo for an IANA name or an offset `+HH:MM`; None for anything else."""
    found = _OFFSET.match(zone)
    if found:
        shift = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(shift if found[1] == "+" else -shift)
    # The machine's own database may be older or newer; the packaged one is pinned with the code.
    parts = zone.split("/")
    if not all(re2.fullmatch(r"[A-Za-z0-9_+\-]+", part) for part in parts):
        return None
    try:
        with files("tzdata").joinpath("zoneinfo", *parts).open("rb") as stream:
            return ZoneInfo.from_file(stream, key=zone)
    except (ValueError, OSError):
        return None


def local_day(instant: datetime, zone: str | None) -> date:
    """Day on which an aware instant falls in a zone; in UTC where the zone is None or unknown.

    >>> local_day(datetime(2020, 11, 3, 23, 30, tzinfo=UTC), "Europe/Kyiv")
    datetime.date(2020, 11, 4)
    """
    info = zone_info(zone) if zone else None
    return instant.astimezone(info or UTC).date()


def format_offset(minutes: int) -> str:
    """Minutes east of UTC as `+HH:MM`.

    >>> format_offset(-210)
    '-03:30'
    """
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


@cache
def _abbreviations() -> dict[str, str]:
    text = (files("dateline") / "data" / "zones.csv").read_text("utf-8")
    return {row["abbreviation"]: row["offset"] for row in csv.DictReader(text.splitlines())}


def country_of(host: str) -> str | None:
    """ISO 3166 code of the country that a host name ends in; None for .com and endings used all over the world.

    >>> country_of("news.example.co.uk"), country_of("news.example.com")
    ('GB', None)
    """
    ending = host.rpartition(".")[2].upper()
    if len(ending) != 2 or not ending.isalpha() or ending in _WORLD_ENDINGS:
        return None
    return "GB" if ending == "UK" else ending


def country_offsets(host: str, instant: datetime) -> tuple[int, int] | None:
    """Least and greatest offset, in minutes, of the country that a host name ends in; None for .com and its like.

    Why: an instant in UTC near midnight belongs to another local day, and the country narrows which.

    >>> country_offsets("news.example.de", datetime(2020, 1, 1, tzinfo=UTC))
    (60, 60)
    """
    names = get_global("territory_zones").get(country_of(host), ())
    shifts = [instant.astimezone(info).utcoffset() for name in names if (info := zone_info(name))]
    minutes = [round(shift.total_seconds() / 60) for shift in shifts if shift is not None]
    return (min(minutes), max(minutes)) if minutes else None
