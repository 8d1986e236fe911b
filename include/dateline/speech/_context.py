"""Paragraphs prepared for attribution: quoted words masked, sentences, cues and names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Block, Name
from .cues import Cue, find_cues
from .marks import Marked, find_marked

END = re.compile(r"[.!?]+[\"”’»)\]]*(?=\s)")
ABBREVIATION = re.compile(
    r"(?:^|[\s(.\"“])(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Rev|Prof|St|Jr|Sr|No|vs|Co|Corp|Inc|Ltd|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Hon|Cmdr|Brig|Amb)$"
)


@dataclass(frozen=True, slots=True)
class Context:
    """A paragraph with what attribution looks at; all offsets are the paragraph's own.

    A block is one paragraph, except where a text was given whole: then every line is one. `base` is where
    the paragraph begins in its block.
    """

    index: int
    block_no: int
    role: str
    text: str
    base: int
    masked: str
    sentences: tuple[tuple[int, int], ...]
    cues: tuple[Cue, ...]
    names: tuple[Name, ...]
    marked: tuple[Marked, ...]

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds `offset`."""
        index = bisect_right(self.sentences, offset, key=lambda sentence: sentence[1])
        return min(index, len(self.sentences) - 1)

    def names_in(self, start: int, end: int) -> list[Name]:
        """Names wholly inside a stretch, in order."""
        first = bisect_left(self.names, start, key=lambda name: name.start_char)
        last = bisect_left(self.names, end, key=lambda name: name.start_char)
        return [name for name in self.names[first:last] if name.end_char <= end]

    def name_ending_at(self, end: int) -> Name | None:
        """The name that ends at an offset, if there is one."""
        index = bisect_left(self.names, end, key=lambda name: name.end_char)
        return self.names[index] if index < len(self.names) and self.names[index].end_char == end else None

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """Reporting words wholly inside a stretch, in order."""
        first = bisect_left(self.cues, start, key=lambda cue: cue.start)
        last = bisect_right(self.cues, end, key=lambda cue: cue.end)
        return list(self.cues[first:last])

    def marked_after(self, offset: int) -> Marked | None:
        """The first marked stretch that opens at `offset` or later."""
        index = bisect_left(self.marked, offset, key=lambda marked: marked.opening)
        return self.marked[index] if index < len(self.marked) else None


def prepare(blocks: Sequence[Block], names: Iterable[Name]) -> list[Context]:
    """The paragraphs of blocks with their marked stretches and names, in order."""
    paragraphs = [(block, base, text) for block in blocks for base, text in _paragraphs(block.text)]
    own_marked: list[list[Marked]] = [[] for _ in paragraphs]
    for marked in find_marked([text for _, _, text in paragraphs]):
        own_marked[marked.index].append(marked)
    own_names: dict[int, list[Name]] = defaultdict(list)
    for name in sorted(names, key=lambda name: name.start_char):
        own_names[name.block_no].append(name)
    return [
        _context(index, block, base, text, own_marked[index], own_names[block.block_no])
        for index, (block, base, text) in enumerate(paragraphs)
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    base = 0
    for line in text.split("\n"):
        if line.strip():
            yield base, line
        base += len(line) + 1


def _context(
    index: int, block: Block, base: int, text: str, marked: Sequence[Marked], names: Sequence[Name]
) -> Context:
    masked = mask(text, marked)
    first = bisect_left(names, base, key=lambda name: name.start_char)
    last = bisect_left(names, base + len(text), key=lambda name: name.start_char)
    own = (
        replace(name, start_char=name.start_char - base, end_char=name.end_char - base) for name in names[first:last]
    )
    return Context(
        index=index,
        block_no=block.block_no,
        role=block.role,
        text=text,
        base=base,
        masked=masked,
        sentences=tuple(_sentences(masked)),
        cues=tuple(find_cues(masked)),
        names=tuple(own),
        marked=tuple(marked),
    )


def mask(text: str, marked: Sequence[Marked]) -> str:
    """The text with quoted words replaced by underscores; the last stop or comma of a quotation stays visible.

    >>> mask('"No, no," he said.', find_marked(['"No, no," he said.']))
    '"______," he said.'
    """
    pieces, position = [], 0
    for stretch in marked:
        inner = text[stretch.start : stretch.end]
        tail = inner[-1:] if inner[-1:] in ".!?," else "_" * len(inner[-1:])
        pieces += [text[position : stretch.start], "_" * max(len(inner) - 1, 0), tail]
        position = stretch.end
    return "".join(pieces) + text[position:]


def _sentences(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for match in END.finditer(text):
        following = text[match.end() : match.end() + 8].lstrip()[:1]
        if match.group().startswith(".") and ABBREVIATION.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        if following and not (following.isupper() or following.isdigit() or following in "\"“„«‘'([—–-•"):
            continue
        bounds.append((start, match.end()))
        start = match.end()
    if text[start:].strip() or not bounds:
        bounds.append((start, len(text)))
    return bounds
