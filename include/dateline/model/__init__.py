"""The frozen types that travel through the rooms of the package.

Nothing here computes: a room takes some of these and returns others. Offsets count Unicode code
points and are end exclusive; `start_char`/`end_char` are based on the text of the block named by
`block_no`, `raw_start`/`raw_end` on the decoded raw page, `text_start`/`text_end` on the article's text.
"""

from .found import DateMention, Entity, Evidence, Name, Publication, Quote, QuoteSource, Speaker
from .page import Article, Block, Capture, Page, Pairs, Rejection, Statement
from .reading import PartReading, Reading

__all__ = [
    "Article",
    "Block",
    "Capture",
    "DateMention",
    "Entity",
    "Evidence",
    "Name",
    "Page",
    "Pairs",
    "PartReading",
    "Publication",
    "Quote",
    "QuoteSource",
    "Reading",
    "Rejection",
    "Speaker",
    "Statement",
]
