"""Pages for a browser: rows in, HTML out. Nothing here reads a disk, a network or a clock."""

from ._cells import hex_lines
from .evidence_places import evidence_spans, span_in_raw
from .story_page import BESIDE_HEAD, StoryRows, render_story_page
from .why_page import PageRows, render_why_page

__all__ = [
    "BESIDE_HEAD",
    "PageRows",
    "StoryRows",
    "evidence_spans",
    "hex_lines",
    "render_story_page",
    "render_why_page",
    "span_in_raw",
]
