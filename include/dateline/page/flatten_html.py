"""Markup to blocks: runs of text between block boundaries, with their exact places in the raw page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from ._context import class_words
from ._elements import PROSE
from ._line import Line
from ._walk import Walk
from .raw_block import Flattened, RawBlock
from .raw_offsets import Ruler, Run, find_runs, match_texts
from .statements import read_marks, read_statements

SENTENCE_CHARS = 80
"""A line of this length that ends a sentence is a paragraph, also inside an element for one paragraph."""
SHORT_CHARS = 50
"""A line below this length ended where its writer wanted it to; a longer one may have been wrapped."""
MAX_DEPTH = 20_000
"""Nested elements at which the parser takes about a second; pages have some dozens."""
ENDINGS = tuple(".!?:;\"”’')…»。！？”")
CONTINUED = tuple(",-–—:;(")
_NESTING = re.compile(
    r"<(/?)(?:div|section|article|table|ul|ol|dl|center|blockquote|form|main|nav|aside|p|button)\b", re.I
)
BULLETS = "•·▪■●○◦‣∙►▸»*"


def flatten_html(raw: str) -> Flattened:
    """Blocks of a page in reading order, and what its markup states.

    Elements that scripts, styles, drawings and forms keep to themselves give no blocks; hidden text is
    kept as blocks that say so. Content of `noscript` counts only where a page has no text without it.
    `raw_start` and `raw_end` count code points of `raw`. Between them stands the block's text, with
    nothing else that is shown; where the parser moved text, they are None and `raw_reason` says why.

    >>> flatten_html("<h1>Fire</h1><p>Two <b>barns</b> burnt.").blocks[1].text
    'Two barns burnt.'
    """
    if is_too_deep(raw):
        return _flatten_runs(raw)
    page = _flatten(raw, scripting=True)
    return page if page.blocks else _flatten(raw, scripting=False)


def is_too_deep(raw: str) -> bool:
    """True where elements are nested deeper than the parser can take: each new one costs it a look at all open ones.

    >>> is_too_deep("<div>" * 100), is_too_deep("<div>" * 30_000)
    (False, True)
    """
    if raw.count("<") <= MAX_DEPTH:
        return False
    depth = 0
    for match in _NESTING.finditer(raw):
        depth = max(depth - 1, 0) if match.group(1) else depth + 1
        if depth > MAX_DEPTH:
            return True
    return False


def _flatten_runs(raw: str) -> Flattened:
    """Each run of text as a block, for a page whose markup can't be taken seriously."""
    runs = find_runs(raw)
    return Flattened(tuple(RawBlock(fold_space(run.text), run.start, run.end) for run in runs if fold_space(run.text)))


def _reveals(blocks: list[list[Line]]) -> bool:
    """True where most of the page's prose is marked as hidden: scripts bring it to light, so readers see it."""
    prose = {False: 0, True: 0}
    for lines in blocks:
        text = lines[-1].parts[-1].rstrip()
        size = sum(len(part) for line in lines for part in line.parts)
        if size >= SENTENCE_CHARS and text.endswith(ENDINGS):
            prose[lines[0].context.is_hidden] += size
    return prose[True] > 2 * prose[False]


def _flatten(raw: str, scripting: bool) -> Flattened:
    tree = LexborHTMLParser(raw, options=LexborDocumentOptions.WO_EVENTS, scripting=scripting)
    if tree.root is None:
        return Flattened(())
    walk = Walk(enter_noscript=not scripting).run(tree.root)
    pieces = [(text, lines) for lines in _in_order(walk.blocks) if (text := _text_of(lines))]
    blocks = [lines for _, lines in pieces]
    places = _Places(raw, walk, scripting)
    is_revealed = _reveals(blocks)
    result = tuple([_block(text, lines, places, is_revealed) for text, lines in pieces])
    owners = _owners(blocks, len(walk.texts))
    return Flattened(result, (*read_statements(tree), *read_marks(walk.marks, walk.texts, owners)))


def _in_order(blocks: list[list[Line]]) -> list[list[Line]]:
    """Lines of each block, in the order of the page."""
    joined = [merged for lines in blocks for merged in (_join_lines(lines) if len(lines) > 1 else (lines,))]
    return sorted(joined, key=lambda lines: (lines[0].first, lines[0].low))


def _text_of(lines: list[Line]) -> str:
    """The words of a block; empty for lines of control characters."""
    if len(lines) == 1:
        parts = lines[0].parts
        return fold_space(parts[0] if len(parts) == 1 else "".join(parts))
    return fold_space(" ".join(["".join(line.parts) for line in lines]))


def _owners(blocks: list[list[Line]], n_texts: int) -> list[int | None]:
    """Number of the block that each text node is in."""
    owners: list[int | None] = [None] * n_texts
    for number in range(len(blocks) - 1, -1, -1):
        for line in blocks[number]:
            for text in range(line.first, line.last + 1):
                owners[text] = number
    return owners


def _join_lines(lines: list[Line]) -> list[list[Line]]:
    """Lines of one element as blocks: a break starts a new one after two breaks or between paragraphs."""
    joined = [[lines[0]]]
    for line in lines[1:]:
        if _starts_block(joined[-1][-1], line):
            joined.append([line])
        else:
            joined[-1].append(line)
    return joined


def _starts_block(before: Line, line: Line) -> bool:
    if line.breaks >= 2:
        return True
    above, text = fold_space("".join(before.parts)), fold_space("".join(line.parts))
    if before.link_chars >= 0.9 * len(above) and line.link_chars >= 0.9 * len(text):
        return True
    if not text or text[0].islower():
        return False
    if line.context.block_tag in PROSE:
        is_heading = len(above) < SENTENCE_CHARS <= len(text) and not above.endswith(CONTINUED)
        return is_heading or (len(above) >= SENTENCE_CHARS and above.endswith(ENDINGS))
    return above.endswith(ENDINGS) or len(above) < SHORT_CHARS or text[0] in BULLETS


def fold_space(text: str) -> str:
    """White space and control characters as single spaces, none at the ends.

    >>> fold_space(" a\\u00a0\\n b\\x00c ")
    'a b c'
    """
    # A single space is the only white space that can be printed.
    if "  " not in text and text.isprintable():
        return text.strip(" ")
    folded = " ".join(text.split())
    if folded.isprintable():
        return folded
    return " ".join("".join(" " if c < " " or c == "\x7f" else c for c in folded).split())


class _Places:
    """Where the text nodes of a page stand in its raw form."""

    def __init__(self, raw: str, walk: Walk, scripting: bool) -> None:
        self.raw = raw
        self.texts = walk.texts
        self.shown = walk.shown
        self.runs = find_runs(raw, scripting)
        self.placed = match_texts(self.runs, walk.texts)
        self.unseen_before = self._count_unseen()
        self._rulers: dict[int, Ruler] = {}

    def _count_unseen(self) -> list[int]:
        """For each run the number of runs before it that belong to text out of sight."""
        unseen = bytearray(len(self.runs))
        for number, place in enumerate(self.placed):
            if place is not None and not self.shown[number]:
                unseen[place[0] : place[1]] = b"\x01" * (place[1] - place[0])
        counts = [0]
        for flag in unseen:
            counts.append(counts[-1] + flag)
        return counts

    def span(self, lines: list[Line]) -> tuple[int, int] | str:
        """Raw start and end of a block's lines, or why there is none."""
        first, last = lines[0], lines[-1]
        alone = self.placed[first.first]
        if first.first == last.last and alone is not None:
            start, at = alone
            return self._edge(start, first.first, first.low, False), self._edge(at - 1, last.last, last.high, True)
        is_shown = self.shown[first.first]
        at = total = 0
        start = -1
        for number in range(first.first, last.last + 1):
            if is_shown and not self.shown[number]:
                continue
            place = self.placed[number]
            if place is None:
                return "not_found: the parser changed this text or put it together from several places"
            if place[0] < at:
                return "moved: the parser put this text elsewhere than the page has it"
            start, at = (place[0] if start < 0 else start), place[1]
            total += place[1] - place[0]
        between = at - start - total
        if is_shown:
            between -= self.unseen_before[at] - self.unseen_before[start]
        if between:
            return "interrupted: other text of the page stands inside it"
        return self._edge(start, first.first, first.low, False), self._edge(at - 1, last.last, last.high, True)

    def _edge(self, run_no: int, text_no: int, offset: int | None, is_end: bool) -> int:
        """Place of the first or last character of a line that cuts a text node, else of the run."""
        run: Run = self.runs[run_no]
        if not offset:
            return run.end if is_end else run.start
        text = self.texts[text_no]
        lead = len(text) - len(text.lstrip())
        cut = text[:offset].rstrip() if is_end else text[:offset]
        ruler = self._rulers.get(run_no) or self._rulers.setdefault(run_no, Ruler(self.raw, run))
        place = ruler.place(max(len(cut) - lead, 0))
        if not is_end:
            while place < run.end and self.raw[place].isspace():
                place += 1
        return place


def _block(text: str, lines: list[Line], places: _Places, is_revealed: bool) -> RawBlock:
    context, link_chars, n_links = lines[0].context, lines[0].link_chars, lines[0].n_links
    for line in lines[1:]:
        link_chars += line.link_chars
        n_links += line.n_links
        if line.context.depth < context.depth:
            context = line.context
    span = places.span(lines)
    start, end, reason = (*span, None) if isinstance(span, tuple) else (None, None, span)
    return RawBlock(
        text,
        start,
        end,
        reason,
        context.block_tag,
        context.path,
        class_words(context.class_levels),
        context.semantics,
        link_chars=min(link_chars, len(text)),
        n_links=n_links,
        is_hidden=context.is_hidden and not is_revealed,
        is_bullet=context.block_tag == "li" or text[0] in BULLETS,
        image_urls=context.group.near() if context.group is not None else (),
        home=context.home,
        outer=context.outer,
    )
