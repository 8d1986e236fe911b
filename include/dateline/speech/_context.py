"""One paragraph prepared for attribution: quoted words masked, sentences, cues and names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Block, Name
from .cues import Cue, find_cues
from .marks import Marked

END = re.compile(r"[.!?]+[\"”’»)\]]*(?=\s)")
ABBREVIATION = re.compile(
    r"(?:^|[\s(.\"“])(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Rev|Prof|St|Jr|Sr|No|vs|Co|Corp|Inc|Ltd|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Hon|Cmdr|Brig|Amb)$"
)


@dataclass(frozen=True, slots=True)
class Context:
    """A block with what attribution looks at; all offsets are the block's own."""

    index: int
    block: Block
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


def prepare(index: int, block: Block, marked: Sequence[Marked], names: Sequence[Name]) -> Context:
    """The block with its quoted words masked; the last mark of a sentence stays visible inside a quotation."""
    pieces, position = [], 0
    for stretch in marked:
        inner = block.text[stretch.start : stretch.end]
        tail = inner[-1:] if inner[-1:] in ".!?," else "_" * len(inner[-1:])
        pieces += [block.text[position : stretch.start], "_" * max(len(inner) - 1, 0), tail]
        position = stretch.end
    text = "".join(pieces) + block.text[position:]
    sentences = tuple(_sentences(text))
    return Context(index, block, text, sentences, tuple(find_cues(text)), tuple(names), tuple(marked))


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
