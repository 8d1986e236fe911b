"""Plain-text dumps of pages to blocks: one a line, or one a paragraph where lines were wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ._fragments import goes_on, is_fragmented
from ._wrapping import is_continued, wrap_width
from .flatten_html import fold_space
from .raw_block import Flattened, RawBlock

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*+(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|\Z)")
_BULLET = re.compile(r"(?:[•·▪■□●○◦‣∙►▸⁃*+\-–o](?=\s|\Z)|[•▪■□●◦‣►▸](?=\S)|\[\d{1,4}\](?=\s|\Z))[\s\u200b]*+")
_HEADING = re.compile(r"#{1,6}\s++(?=\S)")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,500})\]\((?:<[^<>\n]{0,1000}>|[^()\s]{0,1000})(?:\s\"[^\"\n]{0,200}\")?\)")
_NUMBERED_LINK = re.compile(r"\[(\d{1,4})\](?=\S)")
REACH = 200
"""Characters of a growing paragraph that are looked at before each further line."""
_LINK_WORDS = 8
"""A numbered link of a text browser has no end mark; so many words are taken for its text at most."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    line_start: int
    start: int
    end: int
    is_bullet: bool
    blank_lines_before: int


def flatten_text(raw: str) -> Flattened:
    """Blocks of a text in its order, each with its exact place: white space apart, text equals raw[start:end].

    A line is a block. Where the text was wrapped to a width, a line whose successor's first word would
    still have fitted ends a block, others go on. Where a dump has a line for each text node, lines that
    go on in mid-sentence are joined. Bullets and heading marks before the words are left
    out of the block; a bullet alone on its line marks the next one.

    >>> [(block.text, block.is_bullet) for block in flatten_text("Top Stories\\n\\n* Rain in May\\n").blocks]
    [('Top Stories', False), ('Rain in May', True)]
    """
    spans = [match.span() for match in _LINE.finditer(raw) if match.end() > match.start()]
    lines = _trimmed(raw, spans)
    width = wrap_width([raw[start:end] for start, end in spans])
    if width is not None:
        lines = _join_wrapped(lines, raw, width)
    elif is_fragmented([raw[line.start : line.end] for line in lines]):
        lines = _join_fragments(lines, raw)
    return Flattened(tuple(_block(raw, line) for line in lines), (), is_html=False)


def _trimmed(raw: str, spans: list[tuple[int, int]]) -> list[_Paragraph]:
    """Lines with words, cut to them, with the blank lines and the bullet before them."""
    found: list[_Paragraph] = []
    blank = 0
    bullet_waits = False
    for start, end in spans:
        line = raw[start:end]
        body = line.strip()
        if not body.strip("\x00\u200b\ufeff"):
            blank += 1
            bullet_waits = bullet_waits and blank == 0
            continue
        first = start + len(line) - len(line.lstrip())
        last = first + len(body)
        mark = _BULLET.match(raw, first, last) or _HEADING.match(raw, first, last)
        is_bullet = bool(mark and raw[first] != "#")
        if mark and mark.end() >= last:
            bullet_waits = True
            continue
        first = mark.end() if mark else first
        found.append(_Paragraph(start, first, last, is_bullet or bullet_waits, blank))
        blank, bullet_waits = 0, False
    return found


def _join_wrapped(lines: list[_Paragraph], raw: str, width: int) -> list[_Paragraph]:
    joined = lines[:1]
    for last, line in pairwise(lines):
        before = raw[last.line_start : last.end]
        if _is_free(line) and is_continued(before, raw[line.start : line.end], width):
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
    return joined


def _join_fragments(lines: list[_Paragraph], raw: str) -> list[_Paragraph]:
    texts = [raw[line.start : line.end] for line in lines]
    joined = lines[:1]
    for number in range(1, len(lines)):
        line = lines[number]
        following = texts[number + 1] if number + 1 < len(lines) else None
        above = raw[max(joined[-1].start, joined[-1].end - REACH) : joined[-1].end]
        if _is_free(line) and goes_on(above, texts[number], following):
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
    return joined


def _is_free(line: _Paragraph) -> bool:
    """True for a line that may belong to the one above: no bullet and no blank line parts them."""
    return not line.is_bullet and line.blank_lines_before == 0


def _block(raw: str, paragraph: _Paragraph) -> RawBlock:
    text = fold_space(raw[paragraph.start : paragraph.end])
    link_chars, n_links = _count_links(text)
    return RawBlock(
        text=text,
        raw_start=paragraph.start,
        raw_end=paragraph.end,
        link_chars=min(link_chars, len(text)),
        n_links=n_links,
        is_bullet=paragraph.is_bullet,
        blank_lines_before=paragraph.blank_lines_before,
    )


def _count_links(text: str) -> tuple[int, int]:
    """Characters and number of links that the dump marks: `[text](url)`, or `[12]text` of text browsers."""
    if "[" not in text:
        return 0, 0
    links = [len(match.group(1)) for match in _MARKDOWN_LINK.finditer(text)]
    if not links:
        parts = _NUMBERED_LINK.split(text)
        links = [len(" ".join(part.split()[:_LINK_WORDS])) for part in parts[2::2]]
    return sum(links), len(links)
