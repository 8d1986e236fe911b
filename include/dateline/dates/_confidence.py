"""The calibrated probability that a decided day is exactly right."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

_INTERCEPT, _SLOPE, _MOST_MARGIN = 0.573, 0.595, 6.0
"""Logistic regression of "the day is exactly right" on the margin, fitted on 1,017 decided development pages
(HTML and plain text; base rate .941). Five-fold cross-validation: Brier skill .105, calibration error .011."""


def calibrate(day: date, scores: Mapping[date, float]) -> float:
    """Probability that the day is right, from its lead in log-odds over the next best day.

    Why the lead and not the score: a day that many signs state is no surer than one that nothing disputes.

    >>> calibrate(date(2020, 1, 1), {date(2020, 1, 1): 4.0})
    0.95
    >>> calibrate(date(2020, 1, 1), {date(2020, 1, 1): 4.0, date(2020, 1, 2): 3.5})
    0.705
    """
    runner_up = max([score for other, score in scores.items() if other != day and score > 0], default=0.0)
    margin = min(max(scores[day] - runner_up, 0.0), _MOST_MARGIN)
    return round(1 / (1 + math.exp(-_INTERCEPT - _SLOPE * margin)), 3)
