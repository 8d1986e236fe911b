"""How far into the raw log an entry was read: what two readings of it are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Position:
    """The segments an entry was read from, what was withdrawn or forgotten of it, and the listings that said so.

    Positions are equal where they give the same captures: a newer listing that withdraws nothing else
    makes no difference, so `listings` (folder key, number) counts for age only.
    """

    segments: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    listings: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    forgotten: tuple[str, ...] = ()

    def is_older_than(self, other: Position) -> bool:
        """True where `other` has seen something that this one has not: a segment, a tombstone, or a later listing.

        >>> Position(("000001-a",)).is_older_than(Position(("000001-a", "000002-b")))
        True
        """
        mine = dict(self.listings)
        return (
            not set(other.segments) <= set(self.segments)
            or not set(other.forgotten) <= set(self.forgotten)
            or any(number > mine.get(key, 0) for key, number in other.listings)
        )

    def to_json(self) -> dict[str, Any]:
        """As plain lists, for manifests."""
        return {
            "segments": list(self.segments),
            "withdrawn": list(self.withdrawn),
            "listings": [list(item) for item in self.listings],
            "forgotten": list(self.forgotten),
        }

    @classmethod
    def from_json(cls, stated: Mapping[str, Any]) -> Position:
        """Back from a manifest."""
        return cls(
            tuple(stated["segments"]),
            tuple(stated["withdrawn"]),
            tuple((str(key), int(number)) for key, number in stated["listings"]),
            tuple(stated.get("forgotten", ())),
        )
