"""Where captures come from: page files, JSON lines and web archive files."""

from ._describe import Collected, Origin
from .files import Listing, SourceError, all_readable, collect, collect_listing, list_files
from .json_lines import PageLine, capture_of_line, read_page_lines

__all__ = [
    "Collected",
    "Listing",
    "Origin",
    "PageLine",
    "SourceError",
    "all_readable",
    "capture_of_line",
    "collect",
    "collect_listing",
    "list_files",
    "read_page_lines",
]
