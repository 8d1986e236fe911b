"""What needs more than one page: tables derived from the published ones, from a named manifest."""

from .limits import Limits, default_limits
from .others import OthersResult, derive_others
from .profiles import collect_snapshots
from .stories import StoriesResult, collect_garbage, derive_stories

__all__ = [
    "Limits",
    "OthersResult",
    "StoriesResult",
    "collect_garbage",
    "collect_snapshots",
    "default_limits",
    "derive_others",
    "derive_stories",
]
