"""Where the blocks of a page stand in its raw form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from ._line import Line
from .raw_offsets import Ruler, Run, find_runs, match_texts


class Places:
    """Where the text nodes of a page stand in its raw form; `shown` flags those in sight."""

    def __init__(self, raw: str, texts: list[str], shown: Sequence[int], scripting: bool) -> None:
        self.raw = raw
        self.texts = texts
        self.shown = shown
        self.runs: list[Run] = find_runs(raw, scripting)
        self.placed = match_texts(self.runs, texts)
        self._rulers: dict[int, Ruler] = {}

    @cached_property
    def unseen_before(self) -> list[int]:
        """For each run the number of runs before it that belong to text out of sight."""
        unseen = bytearray(len(self.runs))
        for place, is_shown in zip(self.placed, self.shown, strict=True):
            if place is not None and not is_shown:
                unseen[place[0] : place[1]] = b"\x01" * (place[1] - place[0])
        return list(accumulate(unseen, initial=0))

    def span(self, lines: list[Line]) -> tuple[int, int, None] | tuple[None, None, str]:
        """Raw start and end of a block's lines, or why there is none."""
        first, last = lines[0], lines[-1]
        place = self.placed[first.first]
        if first.first != last.last or place is None:
            found = self._between(first.first, last.last)
            if isinstance(found, str):
                return None, None, found
            place = found
        start, end = place
        if not (first.low or last.high):
            return self.runs[start].start, self.runs[end - 1].end, None
        begin = self._edge(start, first.first, first.low, False)
        return begin, self._edge(end - 1, last.last, last.high, True), None

    def _between(self, first: int, last: int) -> tuple[int, int] | str:
        """Runs of several text nodes that follow one another, or why they don't."""
        is_shown = self.shown[first]
        at = total = 0
        start = -1
        for number in range(first, last + 1):
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
        if between and is_shown:
            between -= self.unseen_before[at] - self.unseen_before[start]
        if between:
            return "interrupted: other text of the page stands inside it"
        return start, at

    def _edge(self, run_no: int, text_no: int, offset: int | None, is_end: bool) -> int:
        """Place of the first or last character of a line that cuts a text node, else of the run."""
        run = self.runs[run_no]
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
