"""Weak signs of the publication date: what the article's own words, its page's shell and its capture say."""

from __future__ import annotations

from calendar import day_name, month_name
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import re2

from ..model import Block, Capture, Page
from ..schema.outcomes import READ_ROLES
from ._candidate import Candidate, read_candidates
from .expression import Expression
from .printed import find_printed
from .scan import scan
from .zones import local_day

MOST_TEXT_SIGNS = 60
"""Signs kept from running text: what an article says about its day stands in its first paragraphs."""

_MOST_EXPRESSIONS = 300
"""Expressions of one block that are looked at: a paragraph has a few, a block with more is a calendar or hostile."""

_AHEAD = re2.compile(
    r"(?i)\b(?:will|would|shall|to be|scheduled|expected|due|until|by|next|upcoming|plans?|set to|from)\b"
)
_AHEAD_REACH = 70
_DATELINE_END = re2.compile(r"^\s?[)\]]?\s?(?:/[A-Z]|[-–—|•·]{1,2}|:|\(|\))")
_DATELINE_REACH = 70


def text_candidates(page: Page, part_no: int, language: str | None) -> Iterator[Candidate]:
    """Days that the article itself names: dateline dates, reported dates, weekdays, days without a year."""
    n_found = 0
    is_first = True
    for block in page.blocks:
        if block.part_no != part_no or block.role not in READ_ROLES or block.layer not in ("article", "unknown"):
            continue
        signs = list(_block_signs(block, is_first and block.role == "body", language))
        is_first = is_first and block.role != "body"
        yield from signs[: MOST_TEXT_SIGNS - n_found]
        n_found += len(signs)
        if n_found >= MOST_TEXT_SIGNS:
            return


def era_candidates(page: Page) -> Iterator[Candidate]:
    """Bounds by the time that the page's shell betrays; the oldest template binds, later layers say nothing."""
    eras: dict[tuple[date, str], Block] = {}
    for block in page.blocks:
        if block.era_to is not None and block.layer != "article":
            key = (block.era_to, "shell" if block.layer in ("shell", "rail") else block.layer)
            names_era = str(block.era_to.year) in block.text
            # The block that names the year is the better witness for its whole layer.
            if key not in eras or (names_era and str(block.era_to.year) not in eras[key].text):
                eras[key] = block
    shells = [last for last, layer in eras if layer == "shell"]
    oldest = min(shells, default=None)
    for (last, layer), block in sorted(eras.items(), key=lambda item: item[0]):
        binds = last == oldest and layer == "shell"
        note = f"the {layer} of the page is of {last.year}: " + (
            "the article is not later than its template"
            if binds
            else "another layer's time, says nothing about the article"
        )
        yield Candidate(
            "shell_era",
            "bound" if binds else "silent",
            "not_after" if binds else "none",
            0.0,
            "shell_era",
            block.text,
            note,
            first=block.era_from,
            last=last,
            block_no=block.block_no,
            start_char=0,
            end_char=len(block.text),
        )


def capture_candidates(capture: Capture, outlet_zone: str | None) -> Iterator[Candidate]:
    """The bound by a stated instant of capture; the day of registration is never used."""
    if capture.captured_at is None or capture.captured_at.tzinfo is None:
        return
    # Without a known zone the page may stand where the next day has begun: UTC+14 is the easternmost zone.
    last = local_day(capture.captured_at, outlet_zone or "+14:00")
    note = "captured then: published on or before that day"
    quote = capture.captured_at.isoformat()
    yield Candidate("capture", "bound", "not_after", 0.0, "capture", quote, note, last=last)


def _block_signs(block: Block, is_first: bool, language: str | None) -> Iterator[Candidate]:
    stamps = find_printed(block.text, language)[:MOST_TEXT_SIGNS]
    for stamp in stamps:
        closed = stamp.start == 0 or _DATELINE_END.search(block.text[stamp.end : stamp.end + 6])
        if is_first and stamp.start < _DATELINE_REACH and closed:
            note = "date in the dateline of the text"
            base = Candidate("dateline", "published", "on", 2.0, "dateline", stamp.text, note)
            base = replace(base, block_no=block.block_no, start_char=stamp.start, end_char=stamp.end)
            yield from read_candidates(base, stamp, 0.7)
        elif not stamp.is_ambiguous:
            yield _reported(block, stamp.readings[0], stamp.start, stamp.end)
    taken = [(s.start, s.end) for s in stamps]
    for expression in scan(block.text)[:_MOST_EXPRESSIONS]:
        if expression.kind in ("weekday", "month_day") and not any(
            s < expression.end and expression.start < e for s, e in taken
        ):
            yield _undated_day(block, expression)


def _reported(block: Block, day: date, start: int, end: int) -> Candidate:
    is_caption = block.role == "caption"
    is_ahead = not is_caption and _AHEAD.search(block.text[max(0, start - _AHEAD_REACH) : start]) is not None
    relation = "none" if is_ahead else "not_before" if is_caption else "near"
    note = (
        "date in a caption: the picture is not later than the article" if is_caption else "date that the text mentions"
    )
    note = "date that the text expects" if is_ahead else note
    return Candidate(
        "caption" if is_caption else "body",
        "soft",
        relation,
        0.0,
        "text",
        block.text[start:end],
        note,
        day=day,
        first=day,
        last=None if is_caption else day,
        block_no=block.block_no,
        start_char=start,
        end_char=end,
    )


def _undated_day(block: Block, expression: Expression) -> Candidate:
    kind = expression.kind
    if kind == "weekday":
        note = f"a {day_name[expression.weekday or 0]}: usually one of the seven days up to publication"
    else:
        note = (
            f"{month_name[expression.month or 1]} {expression.day} of no stated year: within half a year of publication"
        )
    return Candidate(
        kind,
        "soft",
        "near",
        0.0,
        kind,
        block.text[expression.start : expression.end],
        note,
        block_no=block.block_no,
        start_char=expression.start,
        end_char=expression.end,
    )
