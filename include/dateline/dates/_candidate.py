"""One reading of one sign of the publication date, while the decision is being made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ..model import Evidence
from .printed import PrintedDate

OUTSIDE_THE_PAGE = frozenset({"feed"})
"""Sources whose words stand on no character of the page."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sign that speaks about the publication date.

    `meaning` is published, modified, bound (an interval end), soft (weighs a little) or silent (says nothing,
    and `note` says why). `group` names what may not be counted twice: signs of one group come from one hand,
    so only the strongest counts. `stamp` is the printed form where there is one; `day` the reading of it that
    this candidate stands for. `weight` is in log-odds. For bounds and soft signs `first`/`last` are the days
    spoken of.
    """

    source: str
    meaning: str
    relation: str
    weight: float
    group: str
    quote: str
    note: str
    day: date | None = None
    stamp: PrintedDate | None = None
    first: date | None = None
    last: date | None = None
    block_no: int | None = None
    start_char: int | None = None
    end_char: int | None = None

    @property
    def is_published(self) -> bool:
        """True where it states a day of publication."""
        return self.meaning == "published" and self.day is not None

    @property
    def is_partial(self) -> bool:
        """True where it names a month or a year only."""
        return self.stamp is not None and self.stamp.precision in ("month", "year")

    def value(self) -> str | None:
        """ISO 8601 text, as fine as the sign is."""
        if self.day is None:
            return None
        if self.stamp is None:
            return self.day.isoformat()
        if self.stamp.precision in ("month", "year"):
            return self.day.isoformat()[: 7 if self.stamp.precision == "month" else 4]
        local = self.stamp.local(self.day)
        if local is None:
            return self.day.isoformat()
        return local.isoformat(timespec="minutes" if self.stamp.second is None else "seconds") + (self.stamp.zone or "")

    def evidence(self, number: int, weight: float, overridden_by: int | None, reason: str) -> Evidence:
        """The row of `date_candidates` for it, with its final weight; `reason` says why it was overridden."""
        return Evidence(
            candidate_no=number,
            kind="hard" if self.meaning in ("published", "modified", "bound") else "soft",
            source=self.source,
            value=self.value(),
            value_from=self.first or self.day,
            value_to=self.last or self.day,
            relation=self.relation,
            quote=self.quote[:200] or None,
            block_no=self.block_no,
            start_char=self.start_char,
            end_char=self.end_char,
            weight=round(weight, 3),
            external=self.source in OUTSIDE_THE_PAGE,
            overridden_by=overridden_by,
            note="; ".join(part for part in (self.note, reason) if part),
        )


def read_candidates(base: Candidate, stamp: PrintedDate, order_prior: float) -> list[Candidate]:
    """One candidate for each reading of a stamp; the reading that its form does not suggest starts lower.

    `order_prior` is the log-odds between the suggested and the other order of day and month.
    """
    candidates = []
    for number, reading in enumerate(stamp.readings):
        doubt = f"; day and month may be swapped, read as {reading.isoformat()}" if stamp.is_ambiguous else ""
        weight = base.weight - (order_prior if number else 0.0)
        candidates.append(replace(base, day=reading, stamp=stamp, weight=weight, note=base.note + doubt))
    return candidates
