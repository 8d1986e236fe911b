"""A date expression as scanned: its parts, not yet resolved against any reference day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that speak about time, reduced to their parts.

    `kind` names the shape: `date` (year with month and day as far as given), `numeric` (a date in
    digits; where day and month could be swapped, `month`/`day` hold the month-first reading and
    `is_ambiguous` is True), `month_day`, `month`, `weekday`, `clock`, `relative` (today, last week, two
    days ago), `duration`, `set`, `period` (quarter, season, decade ...), `vague` (now, recently).
    `weekday` counts Monday as 0. `hour`/`minute`/`second` and `zone` (an offset such as +08:00, or an
    abbreviation as printed) are set where a clock time belongs to the date. `shift`, `unit` say how far a
    relative expression points from its anchor (-1, "week"), and `base` which anchor that is where the words
    tell: `published` (last week) or `focus` (the following week). `modifier` is a TIMEX3 mod. `value` is what
    the words fix by themselves: all of it (P2Y), or a part that follows the date (TNI, Q3, WE). `rule` names
    the grammar rule. A year before Christ is negative.
    """

    start: int
    end: int
    text: str
    kind: str
    rule: str
    type: str = "DATE"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str | None = None
    is_ambiguous: bool = False
    shift: float | None = None
    unit: str | None = None
    modifier: str | None = None
    value: str | None = None
    quant: str | None = None
    freq: str | None = None
    base: str | None = None
