"""What the markup of a page states, looked up by key."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from ..model import Statement

TITLE_KEYS = ("og:title", "headline", "twitter:title", "title")
SUMMARY_KEYS = ("og:description", "description", "twitter:description")


def stated_values(statements: Sequence[Statement], *keys: str, source: str | None = None) -> list[str]:
    """Values of the statements with one of these keys, in the order of the keys, white space folded, without repeats.

    >>> stated_values((Statement("meta", "og:title", "Rain  falls"),), "headline", "og:title")
    ['Rain falls']
    """
    wanted: dict[str, list[str]] = {key.lower(): [] for key in keys}
    for statement in statements:
        values = wanted.get(statement.key.lower())
        if values is not None and source in (None, statement.source):
            values.append(" ".join(unescape(statement.value).split()))
    return list(dict.fromkeys(value for values in wanted.values() for value in values if value))


def stated_title(statements: Sequence[Statement]) -> str | None:
    """The title that the markup states first, as written; None in plain text."""
    return next(iter(stated_values(statements, *TITLE_KEYS)), None)


def stated_summary(statements: Sequence[Statement]) -> str | None:
    """The summary that the markup states first, as written; None in plain text."""
    return next(iter(stated_values(statements, *SUMMARY_KEYS)), None)


def stated_body(statements: Sequence[Statement]) -> str | None:
    """The longest text that the markup states as the article's, white space folded; None where it states none."""
    return max(stated_values(statements, "articleBody"), key=len, default=None)
