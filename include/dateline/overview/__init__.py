"""The lake at a glance, for people: what came in, what was found, and one page explained in full."""

from .card import show_card
from .summary import show_summary
from .tries import show_tries

__all__ = ["show_card", "show_summary", "show_tries"]
