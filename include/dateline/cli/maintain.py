"""`dateline maintain`: what the weekly DAG does, step by step, with a line for each thing done or found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ..config import Settings
from ..pipeline import PipelineError
from ..pipeline.maintain import compact_months, sweep, verify


def maintain_with_report(
    settings: Settings,
    *,
    clock: Callable[[], datetime],
    compact: bool,
    collect: bool,
    check: bool,
    share: float,
    seed: int,
    keep_days: float,
    keep_last: int,
    closed_after: float,
) -> None:
    """Compact, collect garbage, verify: each unless it is switched off. Fails where verification finds something."""
    if compact:
        months = compact_months(settings, clock=clock, closed_after=timedelta(days=closed_after))
        for month in months:
            print(f"compact: {month.describe()}")
        if not months:
            print("compact: no month is due")
    if collect:
        done = sweep(settings, clock=clock, kept_for=timedelta(days=keep_days), kept_last=keep_last)
        print(f"collect: {done.describe()}")
    if check:
        problems = verify(settings, clock=clock, share=share, seed=seed)
        for problem in problems:
            print(f"verify: {problem}")
        if problems:
            raise PipelineError(f"verification found {len(problems)} problem{'s'[: len(problems) != 1]}, listed above")
        print(f"verify: raw and lake are whole{'' if share >= 1 else f' as far as looked at (share {share:g})'}")
