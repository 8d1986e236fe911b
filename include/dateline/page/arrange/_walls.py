"""Walls and errors that stand where an article should be: consent pages, bot checks, error messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ...model import Block, Statement
from ..flatten.stated import stated_title
from ..wording.lists import read_list
from ..wording.measure import count_words

HEAD_BLOCKS = 40
HEAD_CHARS = 400
SHORT_PAGE = 300
"""A page of fewer words is the wall itself; on a longer one the same phrase may be a banner's."""
CONSENT_SHARE = 0.4
"""Menus and footers fill the rest of a consent page; beside an article its banner is a smaller part."""
BUTTON_WORDS = 5
NOTICE_STEMS = 2
"""A notice about consent holds at least two of its words, such as cookies and partners."""


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands in the way: `outcome` of `schema.outcomes`, `reason` and a `detail` quoted from the page."""

    outcome: str
    reason: str
    detail: str


def find_wall(blocks: Sequence[Block], statements: Sequence[Statement], has_text: bool) -> Wall | None:
    """The wall of a page with little article text, or None; `has_text` tells that some of it reads like an article.

    >>> find_wall([Block(0, "Please verify you are human")], (), False).outcome
    'bot_wall'
    """
    title = (stated_title(statements) or "").casefold()
    words = sum(count_words(b.text) for b in blocks)
    head = "\n".join(b.text.casefold()[:HEAD_CHARS] for b in blocks[:HEAD_BLOCKS])
    for phrase, outcome in _phrases():
        if phrase in title:
            return Wall(outcome, f'the title says "{phrase}"', title[:120])
        is_banner = words >= SHORT_PAGE if outcome != "consent_wall" else has_text or words >= SHORT_PAGE
        if phrase in head and (not is_banner or (not has_text and outcome != "consent_wall")):
            return Wall(outcome, f'the page says "{phrase}"', head[:120])
    return _consent_wall(blocks, words)


def _consent_wall(blocks: Sequence[Block], words: int) -> Wall | None:
    """A page that is mostly about consent, with a button to give it or a listed phrase, in any listed language."""
    labels = [b.text for b in blocks if count_words(b.text) <= BUTTON_WORDS]
    button = next((label for label in labels if _holds_any(label, _stems("button"))), None)
    phrases = tuple(phrase for phrase, outcome in _phrases() if outcome == "consent_wall")
    phrase = next((b.text for b in blocks if _holds_any(b.text, phrases)), None)
    asked = [b.text for b in blocks if _asks_consent(b.text) or b.text in (button, phrase)]
    share = sum(map(count_words, asked)) / max(1, words)
    if share < CONSENT_SHARE or not (button or phrase):
        return None
    reason = f'{share:.0%} of the words ask for consent, and the page says "{(button or phrase or "")[:60]}"'
    return Wall("consent_wall", reason, asked[0][:120])


def _asks_consent(text: str) -> bool:
    low = text.casefold()
    return count_words(text) > BUTTON_WORDS and sum(stem in low for stem in _stems("notice")) >= NOTICE_STEMS


def _holds_any(text: str, stems: Sequence[str]) -> bool:
    low = text.casefold()
    return any(stem in low for stem in stems)


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple((row["phrase"], row["outcome"]) for row in read_list("walls"))


@cache
def _stems(place: str) -> tuple[str, ...]:
    return tuple(row["stem"] for row in read_list("consent_words") if row["place"] == place)
