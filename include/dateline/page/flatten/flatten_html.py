"""Markup to blocks: runs of text between block boundaries, with their exact places in the raw page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from ._context import class_words, with_meaning
from ._elements import PROSE
from ._line import Line, Lines, are_apart
from ._places import Places
from ._walk import Walk
from .raw_block import Flattened, RawBlock
from .raw_offsets import find_runs
from .stated import Statements
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


def _flatten(raw: str, scripting: bool) -> Flattened:
    tree = LexborHTMLParser(raw, options=LexborDocumentOptions.WO_EVENTS, scripting=scripting)
    if tree.root is None:
        return Flattened(())
    walk = Walk(enter_noscript=not scripting).run(tree.root)
    pieces = [(text, lines) for lines in _in_order(walk.blocks) if (text := _text_of(lines))]
    blocks = [lines for _, lines in pieces]
    places = Places(raw, walk.texts, walk.shown, scripting)
    is_revealed = _reveals(blocks)
    result = tuple([_block(text, lines, places, is_revealed) for text, lines in pieces])
    owners = _owners(blocks, len(walk.texts)) if walk.marks else []
    return Flattened(result, Statements((*read_statements(tree), *read_marks(walk.marks, walk.texts, owners))))


def _in_order(blocks: list[Lines]) -> list[Lines]:
    """Lines of each block, in the order of the page."""
    joined = [merged for lines in blocks for merged in (_join_lines(lines) if len(lines) > 1 else (lines,))]
    return sorted(joined, key=_first_text)


def _first_text(lines: Lines) -> int:
    return lines[0].first


def _text_of(lines: Lines) -> str:
    """The words of a block; empty for lines of control characters."""
    if len(lines) == 1:
        parts = lines[0].parts
        return fold_space(parts[0] if len(parts) == 1 else "".join(parts))
    return fold_space(" ".join(["".join(line.parts) for line in lines]))


def _reveals(blocks: list[Lines]) -> bool:
    """True where most of the page's prose is marked as hidden: scripts bring it to light, so readers see it."""
    hidden = [lines for lines in blocks if lines[0].is_hidden]
    size = sum(map(_prose_chars, hidden))
    return size > 0 and size > 2 * (sum(map(_prose_chars, blocks)) - size)


def _prose_chars(lines: Lines) -> int:
    """Length of a block that ends as sentences do, else 0."""
    if not lines[-1].parts[-1].rstrip().endswith(ENDINGS):
        return 0
    size = sum(len(part) for line in lines for part in line.parts)
    return size if size >= SENTENCE_CHARS else 0


def _owners(blocks: list[Lines], n_texts: int) -> list[int | None]:
    """Number of the block that each text node is in."""
    owners: list[int | None] = [None] * n_texts
    for number in range(len(blocks) - 1, -1, -1):
        for line in blocks[number]:
            for text in range(line.first, line.last + 1):
                owners[text] = number
    return owners


def _join_lines(lines: Lines) -> list[Lines]:
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
    if are_apart(before, line, above, text):
        return True
    if not text or text[0].islower():
        return False
    if line.context[0].block_tag in PROSE:
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


def _block(text: str, lines: Lines, places: Places, is_revealed: bool) -> RawBlock:
    context, link_chars, n_links = lines[0].context, lines[0].link_chars, lines[0].n_links
    for line in lines[1:]:
        link_chars += line.link_chars
        n_links += line.n_links
        if line.context[0].depth < context[0].depth:
            context = line.context
    shape, classes, roles, home, outer, group = context
    semantics = shape.semantics
    for role in roles:
        semantics = with_meaning(semantics, role)
    start, end, reason = places.span(lines)
    # As a bare tuple in the order of RawBlock's fields, which takes a third of the time.
    fields = (
        text,
        start,
        end,
        reason,
        shape.block_tag,
        shape.path,
        class_words(classes),
        semantics,
        min(link_chars, len(text)) if link_chars else 0,
        n_links,
        lines[0].is_hidden and not is_revealed,
        shape.block_tag == "li" or text[0] in BULLETS,
        0,
        group.near() if group is not None else (),
        home,
        outer,
    )
    return tuple.__new__(RawBlock, fields)
