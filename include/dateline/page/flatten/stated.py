"""What the markup of a page states, looked up by key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import unescape

from ...model import Statement

TITLE_KEYS = ("og:title", "headline", "twitter:title", "title")
SUMMARY_KEYS = ("og:description", "description", "twitter:description")


class Statements(tuple[Statement, ...]):
    """The statements of a page, which some thirty questions are asked of, with an index made once.

    >>> Statements((Statement("meta", "OG:title", "Rain falls"),)).by_key["og:title"][0].value
    'Rain falls'
    """

    @cached_property
    def by_key(self) -> dict[str, list[Statement]]:
        """Statements in the order of the page, by their keys in small letters."""
        found: dict[str, list[Statement]] = {}
        for statement in self:
            found.setdefault(statement.key.lower(), []).append(statement)
        return found


def stated_values(statements: Sequence[Statement], *keys: str, source: str | None = None) -> list[str]:
    """Values of the statements with one of these keys, in the order of the keys, white space folded, without repeats.

    >>> stated_values((Statement("meta", "og:title", "Rain  falls"),), "headline", "og:title")
    ['Rain falls']
    """
    by_key = (statements if isinstance(statements, Statements) else Statements(statements)).by_key
    found = [s for key in keys for s in by_key.get(key.lower(), ()) if source in (None, s.source)]
    values = [" ".join(unescape(statement.value).split()) for statement in found]
    return list(dict.fromkeys(filter(None, values)))


def stated_title(statements: Sequence[Statement]) -> str | None:
    """The title that the markup states first, as written; None in plain text."""
    return next(iter(stated_values(statements, *TITLE_KEYS)), None)


def stated_summary(statements: Sequence[Statement]) -> str | None:
    """The summary that the markup states first, as written; None in plain text."""
    return next(iter(stated_values(statements, *SUMMARY_KEYS)), None)


def stated_body(statements: Sequence[Statement]) -> str | None:
    """The longest text that the markup states as the article's, white space folded; None where it states none."""
    return max(stated_values(statements, "articleBody"), key=len, default=None)
