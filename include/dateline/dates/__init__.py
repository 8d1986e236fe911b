"""Dates: what a page says about time, and when it was published."""

from .decide import decide_publication
from .find_dates import find_dates, find_dates_in_text
from .scan import scan

__all__ = ["decide_publication", "find_dates", "find_dates_in_text", "scan"]
