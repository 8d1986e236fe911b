"""How a row came to be: its place in the bytes of the raw page, the evidence beside it, and what read it."""

from ._bytes import locate_bytes
from ._places import Place
from ._rows import WhyError
from .explain import Explanation, explain
from .page import gather_page
from .story import explain_story

__all__ = ["Explanation", "Place", "WhyError", "explain", "explain_story", "gather_page", "locate_bytes"]
