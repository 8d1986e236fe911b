"""Days, instants and dates of publication in the words of the Newsroom."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from ..schema.outcomes import FETCH_AGAIN, REQUEUE_HINTS
from ._question import Row


def tell_remedy(outcome: str, hint: str | None) -> str:
    """What can be done about captures that were rejected so.

    >>> tell_remedy("bot_wall", "fetch_again"), tell_remedy("not_article", None)
    ('capture it again with a browser, or take it from an archive', 'nothing: no article to be had')
    """
    if hint == "fetch_again" and outcome in FETCH_AGAIN:
        return FETCH_AGAIN[outcome]
    return REQUEUE_HINTS.get(hint or "none", hint or "")


def tell_day(day: date | None) -> str:
    """A day as ISO text, or a dash.

    >>> tell_day(date(2026, 3, 2)), tell_day(None)
    ('2026-03-02', '–')
    """
    return day.isoformat() if day else "–"


def tell_age(when: date | datetime | None, now: datetime) -> str:
    """How long ago it was; a day without an hour counts in whole days.

    >>> now = datetime(2026, 3, 6, 12, tzinfo=UTC)
    >>> tell_age(datetime(2026, 3, 6, 9, tzinfo=UTC), now), tell_age(date(2026, 3, 5), now), tell_age(now, now)
    ('3 hours ago', 'yesterday', 'just now')
    """
    if when is None:
        return ""
    if not isinstance(when, datetime):
        return _tell_days((now.astimezone(UTC).date() - when).days)
    seconds = (now - when).total_seconds()
    if seconds < -60:
        return "in the future"
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return _count(int(seconds // 60), "minute")
    if seconds < 2 * 86400:
        return _count(int(seconds // 3600), "hour")
    return _tell_days(int(seconds // 86400))


def _tell_days(days: int) -> str:
    if days < 2:
        return "in the future" if days < 0 else ("today", "yesterday")[days]
    if days < 60:
        return _count(days, "day")
    return _count(days // 30, "month") if days < 730 else _count(days // 365, "year")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'} ago"


def tell_publication(row: Row) -> dict[str, str]:
    """When an article was published: the date, how exact it is, and how it was found.

    >>> row = {"published_at": None, "published_day": date(2026, 3, 2), "published_precision": "day"}
    >>> tell_publication({**row, "published_method": "json_ld", "published_from": None, "published_to": None})
    {'date': '2026-03-02', 'precision': 'day', 'method': 'json_ld', 'state': 'dated'}
    """
    method = " ".join(str(row["published_method"] or "").split())
    if row["published_at"] is not None:
        words = row["published_at"].astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    elif row["published_day"] is not None:
        words = tell_day(row["published_day"])
    else:
        words = _between(row["published_from"], row["published_to"])
    return {
        "date": words,
        "precision": row["published_precision"] or "",
        "method": method.removeprefix("undated: "),
        "state": "dated" if row["published_day"] is not None else "undated",
    }


def _between(first: Any, last: Any) -> str:
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else "undated"
