"""Pages for a browser: rows in, HTML out. Nothing here reads a disk, a network or a clock."""

from ._cells import hex_lines
from .why_page import PageRows, render_why_page

__all__ = ["PageRows", "hex_lines", "render_why_page"]
