"""Loads that nothing disturbs, made once a run: what a disturbed one is compared with."""

from __future__ import annotations

import pytest
from command_line import COLLECTION, Home, days

TWO_DAYS = ("2026-03-02", "2026-03-06")
"""Three pages that are articles, then a bot wall, a live blog and a page of briefs."""


@pytest.fixture(scope="session")
def first_day(tmp_path_factory) -> Home:
    """A home that holds the first of the two days."""
    home = Home(tmp_path_factory.mktemp("first-day"))
    home.succeed("load", *days(TWO_DAYS[0]), *COLLECTION)
    return home


@pytest.fixture(scope="session")
def both_days(tmp_path_factory, first_day) -> Home:
    """A home that holds both days."""
    home = first_day.copy(tmp_path_factory.mktemp("both-days"))
    home.succeed("load", *days(TWO_DAYS[1]), *COLLECTION)
    return home
