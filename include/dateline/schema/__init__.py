"""The one statement of all tables: Arrow schemas, views, JSON lines, codebook and tests derive from it."""

from .column import Column, Table
from .derived import SITE_PROFILES, STORIES, STORY_PAGES
from .found import DATE_CANDIDATES, DATES, ENTITIES, MENTIONS, QUOTE_SOURCES, QUOTES
from .pages import ARTICLES, BLOCKS, CAPTURES, LEDGER, REJECTED

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        CAPTURES,
        ARTICLES,
        BLOCKS,
        DATE_CANDIDATES,
        DATES,
        MENTIONS,
        ENTITIES,
        QUOTES,
        QUOTE_SOURCES,
        REJECTED,
        LEDGER,
    )
}
"""Every published table by name, in the order of the codebook."""

DERIVED_TABLES: dict[str, Table] = {table.name: table for table in (STORIES, STORY_PAGES, SITE_PROFILES)}
"""Tables that `corpus` makes from the published ones: in the catalog and the codebook, in no manifest."""

SCHEMA_VERSION = 1
"""Raised when a column changes its name, type or meaning; a lake of a newer version is refused."""

__all__ = ["DERIVED_TABLES", "SCHEMA_VERSION", "TABLES", "Column", "Table"]
