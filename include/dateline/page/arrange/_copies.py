"""The same article twice on a page: a copy for phones, for printing, or a beginning that the whole text repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..roles.assign_roles import RoleChoice

SHINGLE = 4
"""Words of a shingle: fewer are shared by chance, more break at every changed word."""
LEAST_WORDS = 12
COPIED = 0.7
"""Share of a paragraph's shingles that stand in one paragraph above: one word in twenty changed leaves .8 of them."""
LEADS = 2
"""A copy of an article begins as the article does; recipes, timetables and forms repeat what stands further down."""
RUN = 2
SKIPPED = 3
"""So many new paragraphs may come between two copied ones: notes, and what only one of the printings has."""
ABOVE = "stands above already"
"""The reason of every dropped copy ends so, those of `roles` too."""


def drop_copies(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> tuple[RoleChoice, ...]:
    """The choices, with a second printing of the article taken out of the text where it differs in a few words.

    Paragraphs that are equal to the letter are known already (`find_repeats`). A second printing begins like one
    of the first paragraphs and goes on in the same order; short lines that it repeats go with it. A beginning that
    breaks off is a copy wherever the whole of it stands.

    >>> story = ["The river reached the town hall on Monday and the mayor closed all of the shops there.",
    ...          "A boat brought the last guests of the hotel to the school at the top of the hill."]
    >>> copy = [text.replace("the town hall", "our town hall") for text in story]
    >>> made = drop_copies([RawBlock(t) for t in (*story, *copy)], [RoleChoice("body", 0.9, "")] * 4)
    >>> [choice.role for choice in made]
    ['body', 'body', 'boilerplate', 'boilerplate']
    """
    gone = {no for no, choice in enumerate(choices) if choice.reason.endswith(ABOVE)}
    long = [
        no
        for no, choice in enumerate(choices)
        if (choice.role == "body" or no in gone) and blocks[no].text.count(" ") + 1 >= LEAST_WORDS
    ]
    if not _begins_again(blocks, long):
        return tuple(choices)
    alike = dict(_find_alike(blocks, long))
    copies = _runs(blocks, long, alike)
    if not copies - gone:
        return tuple(choices)
    made = list(choices)
    for no in copies - gone:
        reason = f"has the words of block {alike[no]}: a paragraph that {ABOVE}"
        made[no] = made[no]._replace(role="boilerplate", reason=reason)
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    for no in _between(blocks, text, copies):
        made[no] = made[no]._replace(role="boilerplate", reason=f"beside copied paragraphs, a line that {ABOVE}")
    return tuple(made)


def _begins_again(blocks: Sequence[RawBlock], long: Sequence[int]) -> bool:
    """Whether words of the first paragraphs come again, looked for in three places of each paragraph below."""
    seen: set[str] = set()
    for at, no in enumerate(long):
        words = blocks[no].text.split()
        middle = len(words) // 2
        probes = (words[:SHINGLE], words[middle : middle + SHINGLE], words[-SHINGLE:])
        if not seen.isdisjoint([" ".join(probe).casefold() for probe in probes]):
            return True
        if at < LEADS:
            seen.update(map(" ".join, _shingles(blocks[no].text.casefold().split())))
    return False


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(SHINGLE)), strict=False)


def _find_alike(blocks: Sequence[RawBlock], long: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Paragraphs most of whose shingles stand in one other paragraph, with that paragraph's number."""
    owners: dict[tuple[str, ...], int] = {}
    # What breaks off is looked at last: it is the copy, wherever the whole paragraph stands.
    for no in sorted(long, key=lambda no: (_is_cut(blocks[no].text), no)):
        shingles = list(_shingles(blocks[no].text.casefold().split()))
        firsts = [owners.setdefault(shingle, no) for shingle in shingles]
        if firsts[0] == no and firsts[-1] == no and firsts[len(firsts) // 2] == no:
            # A copy begins, goes on or ends as its original does; most paragraphs do none of it and are done here.
            continue
        owner, n = max(Counter(first for first in firsts if first != no).items(), key=lambda item: (item[1], -item[0]))
        if n >= COPIED * len(shingles):
            yield no, owner


def _runs(blocks: Sequence[RawBlock], long: Sequence[int], alike: dict[int, int]) -> set[int]:
    """Copied paragraphs that follow each other as their originals do, from a copy of one of the first on."""
    leads = set(list(dict.fromkeys(alike.get(no, no) for no in long))[:LEADS])
    copies: set[int] = set()
    run: list[int] = []
    skipped = 0
    for no in (*long, None):
        original = None if no is None else alike.get(no)
        if no is not None and original is not None and (original > alike[run[-1]] if run else original in leads):
            run.append(no)
            skipped = 0
            continue
        skipped += 1
        if run and (no is None or skipped > SKIPPED):
            if len(run) >= RUN or _is_cut(blocks[run[0]].text):
                copies.update(run)
            run, skipped = [], 0
    return copies


def _is_cut(text: str) -> bool:
    return text.rstrip(" ]").endswith(("...", "…"))


def _between(blocks: Sequence[RawBlock], text: Sequence[int], copies: set[int]) -> set[int]:
    """Short text blocks beside a copy whose words stand above: headline, byline, cross headings of a copy."""
    inside = set(text) - copies
    seen: set[str] = set()
    again: set[int] = set()
    for no, block in enumerate(blocks):
        key = block.text.casefold()
        if no in inside and key in seen and key.count(" ") + 1 < LEAST_WORDS:
            again.add(no)
        seen.add(key)
    found: set[int] = set()
    items = sorted(copies | inside)
    for order in (items, items[::-1]):
        for before, no in pairwise(order):
            if no in again and (before in copies or before in found):
                found.add(no)
    return found
