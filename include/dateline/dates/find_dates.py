"""The date mentions of blocks of text: scanned, resolved, and with the days that they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from ..model import Block, DateMention
from . import calendar
from ._joint import is_narrative, settle_numeric, share_years
from ._tense import looks_forward, points_ahead
from .expression import Expression
from .resolve import Context, resolve
from .scan import scan

_TENSED = frozenset({"month", "month_day", "weekday", "period", "relative"})


def find_dates(blocks: Sequence[Block], reference: date | datetime | None) -> tuple[DateMention, ...]:
    """Date mentions of blocks in reading order, resolved against the publication day.

    Without a reference, deictic words keep an open value (`XXXX-WXX-4`) unless the text itself has a focus.
    Offsets are code points in the text of their block.

    >>> block = Block(block_no=3, text="The ferry sank on Thursday.", kept=True)
    >>> [(m.block_no, m.text, m.value, m.anchor) for m in find_dates([block], date(2003, 3, 1))]
    [(3, 'Thursday', '2003-02-27', 'published')]
    """
    day = reference.date() if isinstance(reference, datetime) else reference
    scanned = [(block, expression) for block in blocks for expression in share_years(block.text, scan(block.text))]
    settled = settle_numeric([expression for _, expression in scanned], day)
    context = Context(day, is_narrative=is_narrative(settled, day))
    mentions: list[DateMention] = []
    for (block, _), expression in zip(scanned, settled, strict=True):
        mention = _mention(block, expression, context)
        if not (context.is_narrative and points_ahead(block.text, mention.start_char)):
            context = _advance(context, mention)
        mentions.append(mention)
    return tuple(mentions)


def find_dates_in_text(text: str, reference: date | datetime | None) -> tuple[DateMention, ...]:
    """Date mentions of one text, as block 0.

    >>> [(m.text, m.value) for m in find_dates_in_text("two years ago", date(1998, 1, 5))]
    [('two years ago', '1996')]
    """
    return find_dates([Block(block_no=0, text=text, kept=True)], reference)


def _mention(block: Block, expression: Expression, context: Context) -> DateMention:
    forward = expression.kind in _TENSED and looks_forward(
        block.text, expression.start, expression.end, plainly=expression.kind == "weekday"
    )
    resolved = resolve(expression, replace(context, looks_forward=forward))
    days = calendar.days_of(resolved.value)
    return DateMention(
        block_no=block.block_no,
        start_char=expression.start,
        end_char=expression.end,
        text=block.text[expression.start : expression.end],
        type=expression.type,
        value=resolved.value,
        mod=expression.modifier,
        quant=expression.quant,
        freq=expression.freq,
        value_from=days[0] if days else None,
        value_to=days[1] if days else None,
        precision=calendar.precision_of(resolved.value),
        anchor=resolved.anchor,
        rule=expression.rule,
    )


def _advance(context: Context, mention: DateMention) -> Context:
    if mention.type not in {"DATE", "TIME"} or mention.value is None or mention.precision is None:
        return context
    if mention.precision in {"decade", "century"}:
        return context
    quarter = (
        mention.value
        if mention.precision == "quarter" and mention.rule not in {"year_before", "year_period"}
        else context.quarter
    )
    fine = mention.value if mention.precision in {"month", "day", "hour", "minute"} else context.fine_focus
    return replace(context, focus=mention.value, fine_focus=fine, quarter=quarter)
