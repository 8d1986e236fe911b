"""Dates: what a page says about time, and when it was published."""

from .find_dates import find_dates, find_dates_in_text
from .scan import scan

__all__ = ["find_dates", "find_dates_in_text", "scan"]
