"""Stopwatches, and what may be said from their readings: medians, means, ratios with an interval."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")
N_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Time:
    """Milliseconds that a piece of work took: of the processor for this process, and on the clock on the wall."""

    cpu: float
    wall: float

    def __add__(self, other: Time) -> Time:
        return Time(self.cpu + other.cpu, self.wall + other.wall)

    def __mul__(self, share: float) -> Time:
        return Time(self.cpu * share, self.wall * share)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as long one contender takes as another, and the 95 % interval over pages."""

    value: float
    low: float
    high: float


def clock(work: Callable[[], Result]) -> tuple[Result, Time]:
    """Do a piece of work and time it."""
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    result = work()
    return result, Time((time.process_time_ns() - cpu) / 1e6, (time.perf_counter_ns() - wall) / 1e6)


def share_out(whole: Time, weights: Sequence[float]) -> list[Time]:
    """The time of work that was done for several pages at once, by the weight of each.

    >>> share_out(Time(9.0, 12.0), [1, 2])
    [Time(cpu=3.0, wall=4.0), Time(cpu=6.0, wall=8.0)]
    """
    total = sum(weights)
    return [whole * (weight / total if total else 1 / len(weights)) for weight in weights]


def summarise(times: Sequence[Time]) -> dict[str, float]:
    """Median and mean milliseconds a page, by both clocks.

    >>> summarise([Time(1.0, 2.0), Time(2.0, 2.0), Time(6.0, 8.0)])
    {'cpu_median': 2.0, 'cpu_mean': 3.0, 'wall_median': 2.0, 'wall_mean': 4.0}
    """
    cpu, wall = [each.cpu for each in times], [each.wall for each in times]
    return {
        "cpu_median": round(statistics.median(cpu), 3),
        "cpu_mean": round(statistics.fmean(cpu), 3),
        "wall_median": round(statistics.median(wall), 3),
        "wall_mean": round(statistics.fmean(wall), 3),
    }


def ratio(times: Sequence[float], to: Sequence[float], seed: int = 0) -> Ratio:
    """Total of `times` over the total of `to` for the same pages, with a bootstrap interval over pages.

    >>> ratio([2.0, 4.0], [1.0, 2.0])
    Ratio(value=2.0, low=2.0, high=2.0)
    """
    draw = random.Random(seed)
    pairs = list(zip(times, to, strict=True))
    found = []
    for _ in range(N_RESAMPLES):
        sample = draw.choices(pairs, k=len(pairs))
        found.append(sum(pair[0] for pair in sample) / sum(pair[1] for pair in sample))
    found.sort()
    low, high = found[int(0.025 * N_RESAMPLES)], found[int(0.975 * N_RESAMPLES) - 1]
    return Ratio(round(sum(times) / sum(to), 3), round(low, 3), round(high, 3))
