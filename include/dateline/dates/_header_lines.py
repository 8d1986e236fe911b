"""Publication dates in the lines that people read: bylines, source lines, datelines, time tags, labelled dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model import Block, Page, Statement
from ._candidate import Candidate, read_candidates
from ._date_words import find_label, key_meaning
from ._statements import modified_candidate
from .printed import PrintedDate, find_printed, parse_stamp

LONGEST_LINE = 160
"""Characters of a line that is about the article instead of part of it."""

MOST_LINE_DATES = 40
"""Dates read from lines; pages with more are lists, and their first ones stand nearest to the headline."""

MOST_DECAY = 2.5
"""Most log-odds that a date loses for standing below others."""

_FOREIGN_ROLES = frozenset({"related", "comment", "navigation", "embed"})
_HEADER_ROLES = frozenset({"byline", "dateline"})
_TEXT_ROLES = frozenset({"body", "list", "heading", "quote", "table", "standfirst"})
_FOREIGN_LAYERS = frozenset({"rail", "archive_tool"})

STAMP_SURPLUS = 12
"""Characters around a date that leave a line a stamp: a weekday, a short label, a bar."""

_LINE_SURPLUS = 60
"""Characters around a date that leave a line one about the article: an author, an agency, a section."""

_ABOVE, _BELOW, _ABOVE_BODY = 8, 8, 6
"""Blocks of the header zone: above and below the headline, and above the first paragraph."""


def line_candidates(page: Page, part_no: int, language: str | None) -> Iterator[Candidate]:
    """Dates of short lines and time tags, weighted by role, label and nearness to the headline."""
    blocks = [b for b in page.blocks if b.part_no == part_no or not b.kept]
    zone = _header_zone(blocks)
    tagged = _tagged_keys(page)
    n_found = 0
    before = ""
    for position, block in enumerate(blocks):
        if len(block.text) <= LONGEST_LINE:
            for candidate in _read_line(block, before, zone.get(position), tagged.get(block.block_no), language):
                # The further down a date stands among others, the likelier it is another story's.
                decay = min(0.1 * n_found, MOST_DECAY) if candidate.is_published else 0.0
                yield replace(candidate, weight=candidate.weight - decay)
                n_found += 1
        before = block.text if len(block.text) <= 40 else ""
        if n_found >= MOST_LINE_DATES:
            return


def time_tag_candidates(page: Page, language: str | None) -> Iterator[Candidate]:
    """Dates of time tags, from their attribute: an instant that the visible line may round to a day."""
    blocks = {b.block_no: b for b in page.blocks}
    zone = _header_zone(list(page.blocks))
    near = {page.blocks[position].block_no for position in zone if position < len(page.blocks)}
    for number, statement in enumerate(s for s in page.statements if s.source == "time_tag"):
        if number >= MOST_LINE_DATES:
            return
        stamp = parse_stamp(statement.value, language)
        if stamp is None or stamp.precision in ("month", "year"):
            continue
        block = blocks.get(statement.block_no) if statement.block_no is not None else None
        yield from _judge_time_tag(statement, stamp, block, number, block is not None and block.block_no in near)


def _judge_time_tag(
    statement: Statement, stamp: PrintedDate, block: Block | None, number: int, is_header: bool
) -> Iterator[Candidate]:
    meaning = key_meaning(statement.key)
    if meaning is None and block is not None:
        label = find_label(block.text.split(statement.value)[0][:60])
        meaning = label.meaning if label else None
    note = f"time tag {statement.key}".strip()
    if block is not None and _is_foreign(block) and (not is_header or block.role == "comment"):
        yield _foreign("time_tag", statement.value, stamp, block, f"{note} in {block.role}, layer {block.layer}")
        return
    if meaning == "modified":
        yield modified_candidate("time_tag", statement.value, note, stamp)
        return
    weight = 1.7 + (1.0 if meaning == "published" else 0.0) - min(0.1 * number, 1.5)
    weight += 0.7 if is_header else 0.0
    weight += 0.4 if is_header and block is not None and block.role in _HEADER_ROLES else 0.0
    base = Candidate("time_tag", "published", "on", weight, "line", statement.value, note, block_no=statement.block_no)
    yield from read_candidates(base, stamp, 1.0)


def _tagged_keys(page: Page) -> dict[int, str]:
    keys: dict[int, str] = {}
    for statement in page.statements:
        if statement.source == "time_tag" and statement.block_no is not None:
            keys.setdefault(statement.block_no, statement.key)
    return keys


def _header_zone(blocks: list[Block]) -> dict[int, int]:
    """Positions where an article's own date line stands, with their distance in blocks from headline or text.

    Why: what readers call the role of a small line is often wrong; its place between headline and text is not.
    """
    headline = next((n for n, b in enumerate(blocks) if b.role == "headline"), None)
    first_body = next((n for n, b in enumerate(blocks) if b.role == "body" and n > (headline or 0)), None)
    zone: dict[int, int] = {}
    if first_body is not None:
        zone |= {n: first_body - n for n in range(max(0, first_body - _ABOVE_BODY), first_body + 1)}
    if headline is not None:
        last = headline + _BELOW
        zone |= {n: abs(n - headline) for n in range(max(0, headline - _ABOVE), last + 1)}
        zone |= {n: _BELOW for n in range(headline, last + 1) if first_body is not None and n > first_body}
    return zone


def _is_foreign(block: Block) -> bool:
    """True for other stories, readers and menus; a labelled line of the shell's own text may still date the page."""
    return block.role in _FOREIGN_ROLES or block.layer in _FOREIGN_LAYERS


def _read_line(
    block: Block, before: str, distance: int | None, tag_key: str | None, language: str | None
) -> Iterator[Candidate]:
    previous_end = 0
    for number, stamp in enumerate(find_printed(block.text, language)):
        if stamp.precision in ("month", "year"):
            continue
        prefix = block.text[previous_end : stamp.start]
        label = find_label(prefix)
        if label is None and not prefix.strip() and number == 0:
            label = find_label(before)
        meaning = label.meaning if label else key_meaning(tag_key or "")
        previous_end = stamp.end
        yield from _judge(block, stamp, meaning, label.text if label else "", distance, number)


def _judge(
    block: Block, stamp: PrintedDate, meaning: str | None, label: str, distance: int | None, number: int
) -> Iterator[Candidate]:
    source = block.role if block.role in _HEADER_ROLES or block.role == "caption" else "line"
    where = f"{block.role} line" + (f", labelled {label!r}" if label else "")
    surplus = len(block.text) - len(stamp.text)
    is_header = distance is not None and block.role != "comment"
    if distance == _BELOW:
        # At the edge of the zone other stories begin: only a bare date is still taken for the article's.
        is_header = is_header and surplus <= STAMP_SURPLUS and block.layer not in _FOREIGN_LAYERS
    is_header = is_header and surplus < _LINE_SURPLUS
    if _is_foreign(block) and not is_header:
        yield _foreign(source, stamp.text, stamp, block, f"{where}, layer {block.layer}: of another story or time")
    elif block.role in ("caption", "credit") and surplus > STAMP_SURPLUS:
        return
    elif meaning == "modified":
        yield _placed(modified_candidate(source, stamp.text, where, stamp), block, stamp)
    elif meaning == "other" and block.role not in _HEADER_ROLES:
        yield _foreign(source, stamp.text, stamp, block, f"{where}: not about publication")
    else:
        weight = _line_weight(block, stamp, meaning, distance) - 0.3 * number
        base = _placed(Candidate(source, "published", "on", weight, "line", stamp.text, where), block, stamp)
        yield from read_candidates(base, stamp, 0.7)


def _line_weight(block: Block, stamp: PrintedDate, meaning: str | None, distance: int | None) -> float:
    """Log-odds of a line by its role, its place, its label, its clock, and how much of it is not the date."""
    is_byline = block.role in _HEADER_ROLES and block.layer in ("article", "unknown")
    weight = 3.0 if is_byline else 1.0
    if distance is None:
        # Far from headline and text stand comments and other stories; the top of the shell shows the day of the visit.
        weight = 1.2 if is_byline else 0.4 if block.layer == "shell" else 1.0
    if distance is not None:
        weight += 1.2 - 0.08 * distance
    weight += 1.2 if meaning in ("published", "created") else 0.0
    weight += 0.3 if stamp.hour is not None else 0.0
    # A line that is little more than its date is a stamp; a date inside a sentence is often another day.
    surplus = len(block.text) - len(stamp.text)
    weight -= 0.012 * max(0, surplus - 30)
    if _is_foreign(block):
        weight -= 0.6
    if block.role in _TEXT_ROLES and surplus > STAMP_SURPLUS:
        weight -= 1.0
    return min(weight, 1.4) if meaning == "as_of" else weight


def _foreign(source: str, quote: str, stamp: PrintedDate, block: Block, note: str) -> Candidate:
    found = Candidate(source, "silent", "none", 0.0, "foreign", quote, note, stamp.readings[0], stamp)
    return _placed(found, block, stamp)


def _placed(candidate: Candidate, block: Block, stamp: PrintedDate) -> Candidate:
    start = block.text.find(stamp.text) if stamp.text != block.text[stamp.start : stamp.end] else stamp.start
    if start < 0:
        return replace(candidate, block_no=block.block_no)
    end = start + len(stamp.text)
    return replace(candidate, block_no=block.block_no, start_char=start, end_char=end)
