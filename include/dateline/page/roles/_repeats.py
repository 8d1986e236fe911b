"""Paragraphs that repeat one above: a second printing of the article, not the article's own recurring lines."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from ..flatten.raw_block import RawBlock

REPEAT_WORDS = 5
REPEAT_REACH = 3
"""A copy so few blocks below its original, or below another copy, is no refrain of the writer's."""
MOST_NEW = 0.25
"""New words for each copied one in a second printing; interviews, recipes and timetables have more between theirs."""
RUN_GAP = 6
"""New blocks of text between two copies that part one run from the next: a day of a meal plan has as many."""


def find_repeats(blocks: Sequence[RawBlock], is_text: Sequence[bool]) -> list[int]:
    """Numbers of text blocks that repeat a paragraph above: at once, or in a run of others that do.

    A page may hold its article twice, and then one copy follows the other with hardly anything new among them.
    A line that comes again and again between new ones is the article's own: a question put to several persons, what
    a meal is served with.

    >>> texts = ["What do you cook for them?", "Soup.", "And for you?", "Salad.", "What do you cook for them?"]
    >>> find_repeats([RawBlock(text) for text in texts], [True] * 5)
    []
    >>> find_repeats([RawBlock(text) for text in 2 * texts[:1]], [True] * 2)
    [1]
    """
    originals, copies, new = _find_copies(blocks, is_text)
    counts = Counter(originals)
    found = {no for no, original in copies.items() if counts[original] == 2 and no - original <= REPEAT_REACH}
    # A dump prints a caption under each of its pictures, and only that it recurs tells it from text.
    runs = _find_runs(blocks, list(copies), new) if blocks and blocks[0].path is not None else [list(copies)]
    for run in runs:
        near = {no for pair in pairwise(run) if pair[1] - pair[0] <= REPEAT_REACH for no in pair}
        found.update(no for no in run if no in near or no - copies[no] <= REPEAT_REACH)
    return sorted(found)


def _find_copies(blocks: Sequence[RawBlock], is_text: Sequence[bool]) -> tuple[list[int], dict[int, int], list[int]]:
    """First block with each text block's words; copies of some length with theirs; blocks whose words are new."""
    above: dict[str, int] = {}
    originals: list[int] = []
    copies: dict[int, int] = {}
    new: list[int] = []
    for no, block in enumerate(blocks):
        if not is_text[no]:
            continue
        original = above.setdefault(block.text.casefold(), no)
        originals.append(original)
        if original == no:
            new.append(no)
        elif block.text.count(" ") + 1 >= REPEAT_WORDS:
            copies[no] = original
    return originals, copies, new


def _find_runs(blocks: Sequence[RawBlock], copies: Sequence[int], new: Sequence[int]) -> Iterator[list[int]]:
    """Copies that stand close together with hardly any `new` words among them."""
    words = [0, *accumulate(blocks[no].text.count(" ") + 1 for no in new)]
    run: list[int] = []
    n_new = n_copied = 0
    for no in (*copies, None):
        start, end = (bisect(new, run[-1]), bisect(new, no)) if run and no is not None else (0, 0)
        if run and (no is None or end - start > RUN_GAP):
            if n_new <= MOST_NEW * n_copied:
                yield run
            run, n_new, n_copied, start, end = [], 0, 0, 0, 0
        if no is not None:
            run.append(no)
            n_copied += blocks[no].text.count(" ") + 1
            n_new += words[end] - words[start]
