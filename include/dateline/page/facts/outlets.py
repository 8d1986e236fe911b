"""Facts of known outlets that other rooms ask for."""

from __future__ import annotations

from functools import cache

from ..wording.lists import read_list


def outlet_zone(name: str | None) -> str | None:
    """IANA zone of the newsroom of a listed outlet, called by its listed name; None where it isn't listed.

    >>> outlet_zone("CCTV"), outlet_zone("The Nowhere Times")
    ('Asia/Shanghai', None)
    """
    return _zones().get(name or "")


def is_listed(name: str | None) -> bool:
    """Whether an outlet, called by its listed name, is one of the list's.

    >>> is_listed("CCTV"), is_listed("The Nowhere Times"), is_listed(None)
    (True, False, False)
    """
    return name in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(row["name"] for row in read_list("outlets"))


@cache
def _zones() -> dict[str, str]:
    return {row["name"]: row["zone"] for row in read_list("outlets") if row["zone"]}
