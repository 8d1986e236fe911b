"""What can be seen of each block in the markup around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ._columns import Column, Columns, Numbers, columns_of
from ._lexicon import hints_of
from .raw_block import RawBlock

TAGS = ("p", "li", "div", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "span", "a", "section",
        "article", "body", "dd", "dt", "pre", "th", "caption", "button", "center", "font")  # fmt: skip
SEMANTICS = ("main", "nav", "header", "footer", "li")
HINTS = ("caption", "comment", "content", "related", "share", "table")
TAG_COLUMNS = ("tag", *(f"in_{name}" for name in SEMANTICS))
HINT_COLUMNS = tuple(f"hint_{hint}" for hint in HINTS)


def describe_markup(blocks: Sequence[RawBlock], columns: Columns) -> None:
    """Add the columns that the markup decides; text dumps have none of them."""
    columns["hidden"] = np.array([b.is_hidden for b in blocks], dtype=float)
    columns["images"] = np.array([len(b.image_urls) for b in blocks], dtype=float)
    columns |= columns_of([_describe_tags(b.tag, b.semantics) for b in blocks], TAG_COLUMNS)
    columns |= columns_of([_describe_classes(b.classes) for b in blocks], HINT_COLUMNS)
    prose = columns["prose"]
    total = max(1.0, prose.sum())
    for name, places in (("path", number_paths(blocks)), ("box", number_boxes(blocks))):
        mass = np.bincount(places, weights=prose)
        columns[f"{name}_share"] = mass[places] / total
        # The first of equals is the main one, as places are numbered in the order of the page.
        main = int(mass.argmax())
        inside = np.flatnonzero(places == main) if mass[main] else np.array([0])
        numbers = np.arange(len(blocks))
        is_inside = (inside[0] <= numbers) & (numbers <= inside[-1]) & bool(mass[main])
        columns[f"{name}_inside"] = is_inside.astype(float)
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


def number_paths(blocks: Sequence[RawBlock]) -> Numbers:
    """A number for each block, the same for blocks with one path; numbers rise from 0 in page order."""
    numbers: dict[str | None, int] = {}
    return np.array([numbers.setdefault(b.path, len(numbers)) for b in blocks], dtype=np.intp)


def number_boxes(blocks: Sequence[RawBlock]) -> Numbers:
    """As `number_paths`, for blocks with one path and the same four nearest class words."""
    numbers: dict[tuple[str | None, tuple[str, ...]], int] = {}
    return np.array([numbers.setdefault((b.path, b.classes[:4]), len(numbers)) for b in blocks], dtype=np.intp)


@lru_cache(maxsize=4096)
def _describe_tags(tag: str | None, semantics: frozenset[str]) -> tuple[float, ...]:
    number = TAGS.index(tag) + 1 if tag in TAGS else 0
    return (float(number), *(float(name in semantics) for name in SEMANTICS))


@lru_cache(maxsize=4096)
def _describe_classes(classes: tuple[str, ...]) -> tuple[float, ...]:
    """For each of HINTS, 2 where the nearest three class words hint at it, 1 where those further out do."""
    near, far = hints_of(classes[:3]), hints_of(classes[3:])
    return tuple(2.0 if hint in near else 1.0 if hint in far else 0.0 for hint in HINTS)
