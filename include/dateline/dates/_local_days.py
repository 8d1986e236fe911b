"""From printed stamps to the outlet's local days and instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from ..model import Capture, Page
from ._candidate import Candidate
from .printed import PrintedDate
from .zones import country_offsets, local_day, offset_of, zone_info

NEIGHBOUR_COST = 1.2
"""Log-odds lost by a local day that an instant in UTC may belong to, beside its likeliest one."""

_WESTERNMOST, _EASTERNMOST = -12 * 60, 14 * 60


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the place that the outlet writes in: its IANA zone, and the host name of the page."""

    zone: str | None = None
    host: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time of day of a publication: wall time, instant, precision, offset and where the offset is from."""

    local: datetime | None = None
    at: datetime | None = None
    precision: str = "day"
    zone: str | None = None
    zone_source: str | None = None


def find_place(page: Page, capture: Capture, outlet_zone: str | None) -> Place:
    """The outlet's zone where it is given, and the host that narrows it where it is not."""
    url = page.url_canonical or capture.url_final or capture.url or ""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return Place(outlet_zone if outlet_zone and zone_info(outlet_zone) else None, host)


def days_of(candidate: Candidate, place: Place) -> dict[date, float]:
    """Local days that a candidate may mean, with what each costs in log-odds.

    A stamp with its own offset, or without any, means the day it prints. An instant in UTC means the day
    of the outlet's zone; where that is unknown, its UTC day, and the days beside it that the country (or the
    world) allows stay as weaker readings, for a visible date to confirm.
    """
    if candidate.day is None:
        return {}
    stamp = candidate.stamp
    local = stamp.local(candidate.day) if stamp else None
    if stamp is None or local is None or not stamp.is_utc:
        return {candidate.day: 0.0}
    instant = local.replace(tzinfo=UTC)
    # Midnight in UTC is what systems write where they know the day alone.
    if _is_midnight(stamp):
        return {candidate.day: 0.0}
    if place.zone:
        return {local_day(instant, place.zone): 0.0}
    least, most = country_offsets(place.host, instant) or (_WESTERNMOST, _EASTERNMOST)
    possible = {(instant + timedelta(minutes=minutes)).date() for minutes in (least, most)}
    if len(possible) == 1:
        return dict.fromkeys(possible, 0.0)
    return dict.fromkeys(possible, NEIGHBOUR_COST) | {candidate.day: 0.0}


def read_clock(day: date, stamps: list[PrintedDate], place: Place) -> Clock:
    """The time of day from the first stamp that gives one; stamps come strongest first.

    Stamps whose printed date is the chosen day go before instants that fall on it in another zone.
    """
    timed = [s for s in stamps if s.hour is not None and not _is_midnight(s)]
    timed.sort(key=lambda s: day not in s.readings)
    if not timed:
        return Clock()
    stamp = timed[0]
    local = stamp.local(day if day in stamp.readings else stamp.readings[0])
    if local is None:
        return Clock()
    if stamp.is_utc:
        return _utc_clock(day, local.replace(tzinfo=UTC), stamp, place)
    zone, source = (stamp.zone, "stated") if stamp.zone else _outlet_offset(place, local)
    info = zone_info(zone) if zone else None
    return Clock(local, local.replace(tzinfo=info).astimezone(UTC) if info else None, stamp.precision, zone, source)


def _utc_clock(day: date, instant: datetime, stamp: PrintedDate, place: Place) -> Clock:
    """An instant is shown in the outlet's zone where it is known, else in UTC as long as that is the same day."""
    if place.zone:
        local = instant.astimezone(zone_info(place.zone)).replace(tzinfo=None)
        return Clock(local, instant, stamp.precision, offset_of(place.zone, local), "outlet")
    if instant.date() != day:
        return Clock(None, instant, stamp.precision, None, None)
    return Clock(instant.replace(tzinfo=None), instant, stamp.precision, "+00:00", "stated")


def _outlet_offset(place: Place, local: datetime) -> tuple[str | None, str | None]:
    zone = offset_of(place.zone, local) if place.zone else None
    return zone, "outlet" if zone else None


def _is_midnight(stamp: PrintedDate) -> bool:
    """Midnight to the second is what systems write where they know the day alone."""
    return stamp.hour == 0 and stamp.minute == 0 and not stamp.second
