"""A report that opens with the place it was filed from, on a page whose other stories read more like text."""

from __future__ import annotations

from collections.abc import Sequence

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice
from ..wording.byline import byline_reason
from ..wording.dateline import find_dateline
from ..wording.lexicon import phrase_kind
from ..wording.measure import ending, is_prose

LEAST_PARAGRAPHS = 3
"""A teaser of a report has its dateline too, and one paragraph, seldom two."""
NEXT_WORDS = 8
STAMP_REACH = 3
"""Lines above a report's first paragraph: headline, day, labels of the section."""
LEAST_TEASERS = 3
LONE = 0.7
"""Share of the paragraphs taken for text that stand alone; those of an article stand together."""


def take_filed(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with the page's one filed report made the text, where what is text are teasers or nothing.

    A short report among two dozen teasers has little prose around it, and they have much.

    >>> report = ["RIVERMOUTH (AP) -- A ferry ran aground on the north bank of the river on Monday.",
    ...           "Nobody on board was hurt, the harbour master said.", "The next ferry sails if the tide allows it."]
    >>> teasers = ("Rain fell on the town and on all of its ships for a week.", "Home") * 3
    >>> page = [RawBlock(text) for text in (*teasers, *report)]
    >>> roles = [RoleChoice(role, 0.5, "") for role in ("body", "navigation") * 3 + ("boilerplate",) * 3]
    >>> [choice.role for choice in take_filed(page, roles)][4:]
    ['related', 'navigation', 'body', 'body', 'body']
    """
    reports = _find_reports(blocks)
    if len(reports) != 1 or not _are_teasers(blocks, choices, reports[0]):
        return tuple(choices)
    made = [
        RoleChoice("related", choice.score, "a teaser: it stands alone, and a report elsewhere on the page doesn't")
        if choice.role in TEXT_ROLES
        else choice
        for choice in choices
    ]
    for no in reports[0]:
        made[no] = RoleChoice("body", choices[no].score, "a report that opens with the place it was filed from")
    return tuple(made)


def _are_teasers(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], report: range) -> bool:
    """Whether the text outside a report is of other stories: it stands alone, or only the report is signed or dated."""
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    prose = [no for no in text if no not in report and is_prose(blocks[no].text)]
    inside = set(prose)
    alone = sum(no - 1 not in inside and no + 1 not in inside for no in prose)
    if any(no in report for no in text):
        return len(prose) >= LEAST_TEASERS and alone >= LONE * len(prose) and prose[-1] < report[0]
    is_signed = _has_stamp(blocks, report[0]) and not any(_has_stamp(blocks, no) for no in prose[:1])
    return is_signed or alone >= LONE * len(prose)


def _has_stamp(blocks: Sequence[RawBlock], no: int) -> bool:
    """Whether one of the lines right above says who wrote, or when."""
    return any(byline_reason(block.text) is not None for block in blocks[max(0, no - STAMP_REACH) : no])


def _find_reports(blocks: Sequence[RawBlock]) -> list[range]:
    """Runs of paragraphs, each from one with a dateline on as far as sentences follow."""
    found: list[range] = []
    end = 0
    for no, block in enumerate(blocks):
        if no < end or not is_prose(block.text) or find_dateline(block.text) is None:
            continue
        end = no + 1
        while end < len(blocks) and _goes_on(blocks[end].text):
            end += 1
        if end - no >= LEAST_PARAGRAPHS:
            found.append(range(no, end))
    return found


def _goes_on(text: str) -> bool:
    return text.count(" ") + 1 >= NEXT_WORDS and ending(text) == 1 and phrase_kind(text) is None
