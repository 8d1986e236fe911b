"""Speech: quotations, who spoke, and through whose hands the words came."""

from .find_quotes import find_quotes

__all__ = ["find_quotes"]
