"""What can be seen of each block in the markup around it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np

from ..flatten.raw_block import RawBlock
from ._columns import Column, Columns, Numbers
from ._hints import FAR, NEAR, Hints, find_hints

TAGS = ("p", "li", "div", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "span", "a", "section",
        "article", "body", "dd", "dt", "pre", "th", "caption", "button", "center", "font")  # fmt: skip
SEMANTICS = ("main", "nav", "header", "footer", "li")
HINTS = ("caption", "comment", "content", "related", "share", "table")
Places = dict[str, Numbers]
"""Name of a kind of place -> number of each block's place, from 0 in the order of the page."""
Key = TypeVar("Key", bound=Hashable)
TAG_COLUMNS = ("tag", *(f"in_{name}" for name in SEMANTICS))
HINT_COLUMNS = tuple(f"hint_{hint}" for hint in HINTS)


def describe_markup(
    blocks: Sequence[RawBlock],
    columns: Columns,
    places: Places | None = None,
    hints: Sequence[Hints] | None = None,
) -> None:
    """Add the columns that the markup decides; text dumps have none of them.

    `places` are of `number_places`, `hints` of `find_hints`, which a caller may have made already.
    """
    columns["hidden"] = np.array([b.is_hidden for b in blocks], dtype=float)
    columns["images"] = np.array([len(b.image_urls) for b in blocks], dtype=float)
    columns |= _describe_tags([(b.tag, b.semantics) for b in blocks])
    columns |= _describe_hints(hints or find_hints(blocks))
    prose = columns["prose"]
    total = max(1.0, prose.sum())
    for name, numbers in (places or number_places(blocks)).items():
        mass = np.bincount(numbers, weights=prose)
        columns[f"{name}_share"] = mass[numbers] / total
        columns[f"{name}_inside"] = np.zeros(len(blocks))
        # The first of equals is the main one, as places are numbered in the order of the page.
        main = int(mass.argmax())
        if mass[main]:
            inside = np.flatnonzero(numbers == main)
            columns[f"{name}_inside"][inside[0] : inside[-1] + 1] = 1.0
    columns |= describe_homes(blocks, "", prose, columns["words"], total)


def describe_homes(blocks: Sequence[RawBlock], prefix: str, mass: Column, words: Column, total: float) -> Columns:
    """Share of the page's `mass` that stands in the element around a block, and in the next around that.

    Means are mass for each word there. In markup without class names, where all cells have one path, the cell itself
    tells the story from the rail.
    """
    homes = np.array([b.home for b in blocks], dtype=np.intp)
    outers = np.array([b.outer for b in blocks], dtype=np.intp)
    size = int(homes.max(initial=0)) + 1
    masses, sizes = np.bincount(homes, mass, size), np.bincount(homes, words, size)
    # What stands right in an element and what stands in those right in it; the root's number is its own outer one.
    inner = outers != homes
    masses_around = masses + np.bincount(outers[inner], mass[inner], size)
    sizes_around = sizes + np.bincount(outers[inner], words[inner], size)
    return {
        f"{prefix}home_share": masses[homes] / total,
        f"{prefix}home_mean": masses[homes] / np.maximum(1.0, sizes[homes]),
        f"{prefix}outer_share": masses_around[outers] / total,
        f"{prefix}outer_mean": masses_around[outers] / np.maximum(1.0, sizes_around[outers]),
        f"{prefix}around_share": masses_around[homes] / total,
    }


def number_places(blocks: Sequence[RawBlock]) -> Places:
    """Numbers of `path`, the same for blocks with one path, and of `box`, for the same four nearest class words too.

    >>> blocks = [RawBlock("Rain", path="p"), RawBlock("Wind", path="p", classes=("lead",)), RawBlock("Hail", path="p")]
    >>> {name: numbers.tolist() for name, numbers in number_places(blocks).items()}
    {'path': [0, 0, 0], 'box': [0, 1, 0]}
    """
    paths = _number([b.path for b in blocks])[0]
    return {"path": paths, "box": _number(list(zip(paths.tolist(), [b.classes[:4] for b in blocks], strict=True)))[0]}


def _number(keys: Sequence[Key]) -> tuple[Numbers, Sequence[Key]]:
    """A number for each key, the same for equal ones; numbers rise from 0 in page order. And the keys by number."""
    numbers: dict[Key, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp), list(numbers)


def _spread(rows: Column, numbers: Numbers, names: Sequence[str]) -> Columns:
    """Columns of which each block has the values of the row of its number."""
    return dict(zip(names, rows.T[:, numbers], strict=True))


def _describe_tags(keys: Sequence[tuple[str | None, frozenset[str]]]) -> Columns:
    numbers, distinct = _number(keys)
    rows = [
        (TAGS.index(tag) + 1 if tag in TAGS else 0, *[name in semantics for name in SEMANTICS])
        for tag, semantics in distinct
    ]
    return _spread(np.array(rows, dtype=float), numbers, TAG_COLUMNS)


def _describe_hints(hints: Sequence[Hints]) -> Columns:
    """For each of HINTS, 2 where one of the nearest class words hints at it, 1 where one further out does."""
    numbers, _ = _number([id(own) for own in hints])
    distinct = {id(own): own for own in hints}.values()
    places = np.array([[own.get(hint, FAR) for hint in HINTS] for own in distinct])
    return _spread((places < FAR) + (places < NEAR).astype(float), numbers, HINT_COLUMNS)
