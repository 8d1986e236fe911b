"""Which articles have to be compared: those of the last days that share a MinHash band."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from .limits import Limits
from .nodes import Node


def affected_days(dirty: Collection[date], limits: Limits) -> set[date]:
    """Days whose pairs can have changed: those from which a dirty day is in sight.

    >>> from dataclasses import replace
    >>> from dateline.corpus.limits import default_limits
    >>> sorted(day.day for day in affected_days({date(2026, 3, 2)}, replace(default_limits(), window_days=2)))
    [2, 3, 4]
    """
    ahead = range(limits.window_days + 1)
    return {day + timedelta(days=n) for day in dirty for n in ahead if n <= (date.max - day).days}


def find_candidates(nodes: Sequence[Node], days: Collection[date], limits: Limits) -> Iterator[tuple[Node, Node]]:
    """Pairs (later, earlier) that share a band, for each later node on one of these days, in order of day.

    A node looks back over `window_days` at the last node of each other text, so the pairs of a day depend
    on nothing but the nodes of that day and of the window before it. A node whose very text stands in the
    window already has no pairs of its own: it is linked to that copy, which has them. A band that more
    than `most_in_band` texts of the window share is skipped.
    """
    near = _days_in_sight(days, limits)
    index = _BandIndex(limits)
    for node in sorted((node for node in nodes if node.compared_day in near), key=lambda node: node.order):
        if not node.signature.bands.size:
            continue
        if node.compared_day in days and not index.has_twin(node):
            for other in index.neighbours(node):
                yield node, other
        index.add(node)


class _BandIndex:
    """The last node of each text by band, forgotten once it is out of the window.

    A band's texts stand in the order of their last node, so those out of the window are in front.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bands: dict[int, OrderedDict[str, Node]] = defaultdict(OrderedDict)
        self._last: dict[str, Node] = {}

    def has_twin(self, node: Node) -> bool:
        """Whether the window holds a node with the same words."""
        twin = self._last.get(node.signature.text_key)
        return twin is not None and self._is_in_window(twin, node)

    def neighbours(self, node: Node) -> list[Node]:
        """Nodes of the window that share a band with this one, in order."""
        found: dict[str, Node] = {}
        for band in node.signature.bands.tolist():
            members = self._bands.get(band)
            if members is None:
                continue
            while members and not self._is_in_window(next(iter(members.values())), node):
                members.popitem(last=False)
            if len(members) <= self._limits.most_in_band:
                found.update(members)
        return sorted(found.values(), key=lambda other: other.order)

    def add(self, node: Node) -> None:
        """Make the node the last one of its text."""
        key = node.signature.text_key
        self._last[key] = node
        for band in node.signature.bands.tolist():
            self._bands[band][key] = node
            self._bands[band].move_to_end(key)

    def _is_in_window(self, earlier: Node, later: Node) -> bool:
        return (later.compared_day - earlier.compared_day).days <= self._limits.window_days


def _days_in_sight(days: Collection[date], limits: Limits) -> set[date]:
    back = range(limits.window_days + 1)
    return {day - timedelta(days=n) for day in days for n in back if n <= (day - date.min).days}
