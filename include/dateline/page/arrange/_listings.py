"""Lists of other stories: below the text, each with its day and first sentences, or above the headline."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, pairwise

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice
from ..wording.byline import DATE_ONLY, byline_reason
from ..wording.measure import is_prose

LEAST_DAYS = 4
"""So many lines with nothing but a day make a list; a page has one or two of its own."""
GAP = 10
"""Blocks from one day to the next: headline, writer, section, picture and two paragraphs are seven."""
ENTRY_PARAGRAPHS = 2
"""A teaser has one paragraph, seldom two; an entry of a diary goes on for more."""
LEAST_BELOW = 3
"""Paragraphs below the headline; with fewer the headline may have been found in the wrong place."""
DAY_CHARS = 60
WORDS_ABOVE = 60
"""Words of prose above the list; with fewer the page is a list itself."""


def leave_listing(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with the text of other posts listed below the article made `related`.

    Teasers read like paragraphs, and a page may have more of them than of its own. What gives the list away are days
    that come again and again with a headline and a paragraph or two between them, some of them twice: a chronology
    has each of its days once, a diary no headlines, and a live blog has times.

    >>> story = [RawBlock("The mayor of the town said on Monday that the bridge will be shut until May.")] * 4
    >>> post = [RawBlock("Ferry wins"), RawBlock("May 2, 2010"), RawBlock(12 * "rain " + "fell.")]
    >>> page = [*story, *post * 4]
    >>> sum(choice.role == "body" for choice in leave_listing(page, [RoleChoice("body", 0.9, "")] * len(page)))
    4
    """
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    prose = [no for no in text if is_prose(blocks[no].text)]
    listed = _find_list(blocks, prose)
    made = list(choices)
    for no in text:
        if no in listed:
            made[no] = RoleChoice("related", made[no].score, "in a list of other posts, each with its day")
    return tuple(made)


def _find_list(blocks: Sequence[RawBlock], prose: Sequence[int]) -> range:
    """Numbers of the blocks of the list; empty where there is none."""
    if not prose:
        return range(0)
    days = [no for no in range(prose[0] + 1, len(blocks)) if _is_day(blocks[no].text)]
    words = [*accumulate((blocks[no].text.count(" ") + 1 for no in prose), initial=0)]
    for run in _runs(days, prose):
        above, end = bisect(prose, run[0]), bisect(prose, run[-1])
        comes_again = len({blocks[no].text for no in run}) < len(run)
        entries = [(bisect(prose, no) - bisect(prose, before), no - before - 1) for before, no in pairwise(run)]
        have_headlines = 2 * sum(lines > paragraphs for paragraphs, lines in entries) >= len(entries)
        if comes_again and have_headlines and 3 * (end - above) >= len(run) and words[above] >= WORDS_ABOVE:
            most = max(paragraphs for paragraphs, _ in entries)
            below = prose[end + most : end + most + 1]
            return range(prose[above - 1] + 1, min([len(blocks), run[-1] + GAP, *below]))
    return range(0)


def _runs(days: Sequence[int], prose: Sequence[int]) -> list[list[int]]:
    """Runs of days that follow each other closely, with no more than a teaser's paragraphs between two of them."""
    runs = [list(days[:1])]
    for before, no in pairwise(days):
        if no - before > GAP or bisect(prose, no) - bisect(prose, before) > ENTRY_PARAGRAPHS:
            runs.append([])
        runs[-1].append(no)
    return [run for run in runs if len(run) >= LEAST_DAYS]


def _is_day(text: str) -> bool:
    is_time = ":" in text or " ago" in text.casefold()
    return len(text) < DAY_CHARS and not is_time and byline_reason(text) == DATE_ONLY


def leave_items_above(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with items of lists above the headline made `related`, where paragraphs stand below it.

    Menus of other stories stand there with their first sentences, which read like paragraphs.

    >>> blocks = [RawBlock(text) for text in ("Ferry wins again", "River floods town", *["It rained."] * 3)]
    >>> roles = [RoleChoice(role, 0.9, "") for role in ("list", "headline", "body", "body", "body")]
    >>> leave_items_above(blocks, roles)[0].role
    'related'
    """
    head = next((no for no, choice in enumerate(choices) if choice.role == "headline"), 0)
    if sum(choice.role == "body" for choice in choices[head:]) < LEAST_BELOW:
        return tuple(choices)
    reason = "an item of a list above the headline"
    above = [RoleChoice("related", c.score, reason) if c.role == "list" else c for c in choices[:head]]
    return (*above, *choices[head:])
