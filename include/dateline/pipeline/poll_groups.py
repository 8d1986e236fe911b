"""Which sources are fetched together, and which entries a poll has touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from ..config import Settings
from ..raw import RawError, entries, read_entry
from ..sources.sources_file import PolledSource
from .collect import CollectResult

MAX_GROUPS = 64
"""As many mapped tasks as reading has at most: Airflow refuses 1025, and each costs half a second of its own."""


def group_by_host(sources: Sequence[PolledSource], most: int = MAX_GROUPS) -> list[list[PolledSource]]:
    """Sources in at most `most` groups of about equally many, those of a host together: they would wait for each other.

    A source counts for the host of its first address. Equal sources in any order give equal groups.

    >>> urls = {"a": "https://one.test/1", "b": "https://two.test/", "c": "https://one.test/2"}
    >>> found = group_by_host([PolledSource(name, "feed", (url,)) for name, url in urls.items()])
    >>> [[source.id for source in group] for group in found]
    [['a', 'c'], ['b']]
    """
    of_host: dict[str, list[PolledSource]] = defaultdict(list)
    for source in sorted(sources, key=lambda source: source.id):
        of_host[urlsplit(source.urls[0]).hostname or ""].append(source)
    groups: list[list[PolledSource]] = [[] for _ in range(min(most, len(of_host)))]
    # The largest host first, each to the emptiest group: the usual way to fill bins evenly.
    for _, found in sorted(of_host.items(), key=lambda item: (-len(item[1]), item[0])):
        min(groups, key=len).extend(found)
    return groups


def touched_since(
    settings: Settings, source_ids: Iterable[str], since: date, *, only_whole: bool = False
) -> CollectResult:
    """The entries that hold what the sources got on the UTC day `since` or later, as raw has them.

    Raw is asked and not the tasks that fetched: what one of them got before it was killed is there as well. With
    `only_whole`, entries whose log is damaged are left out: the source that could not be fetched for it has said so,
    and publishing the others is not to fail for it.
    """
    keys = {key for source_id in source_ids for key in entries(settings.raw, source_id=source_id, since=since)}
    found = [key for key in sorted(keys) if not only_whole or _is_whole(settings, *key)]
    return CollectResult(tuple(found), 0, 0, 0)


def _is_whole(settings: Settings, day: date, source_id: str) -> bool:
    try:
        read_entry(settings.raw, day, source_id)
    except RawError:
        return False
    return True
