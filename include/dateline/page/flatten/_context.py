"""What stands above a run of text: tags, class words, meaning, links, pictures nearby."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from ._elements import BLOCKS, SEMANTICS

MAX_PATH = 64
"""Elements from the root that a path names; deeper ones share the path of the last."""
MAX_IMAGES = 4
MAX_GROUP_CHARS = 600
"""A cell or figure with more text than this holds more than a picture and its words."""


class Group:
    """An element that ties pictures to words: figure, table cell, list item or link.

    `link` is the number of the link that it is or stands in, 0 outside of links.
    """

    __slots__ = ("chars", "images", "link", "parent")

    def __init__(self, parent: Group | None, link: int) -> None:
        self.parent = parent
        self.link = link
        self.chars = 0
        self.images: tuple[str, ...] = ()

    def add_images(self, urls: tuple[str, ...]) -> None:
        """Tie pictures to the group, as long as it has not enough of them."""
        self.images += urls[: MAX_IMAGES - len(self.images)]

    def near(self) -> tuple[str, ...]:
        """Pictures of this group, else of the one around it, as long as the group holds little text."""
        group: Group | None = self
        for _ in range(3):
            if group is None or group.chars > MAX_GROUP_CHARS:
                break
            if group.images:
                return group.images
            group = group.parent
        return ()


class Shape:
    """What the tags from the root to an element say: its nearest block, the blocks' path, what they mean.

    Elements below the same tags share one. `depth` is -1 above the root.

    >>> shape = Shape().enter("html").enter("body").enter("ul").enter("li").enter("b")
    >>> shape.block_tag, shape.path, shape.depth
    ('li', 'body/ul/li', 4)
    """

    __slots__ = ("block_depth", "block_tag", "depth", "inner", "path", "semantics")

    def __init__(self) -> None:
        self.inner: dict[str, Shape] = {}
        self.depth = self.block_depth = -1
        self.block_tag = self.path = ""
        self.semantics: frozenset[str] = frozenset()

    def enter(self, tag: str) -> Shape:
        """Shape of an element of this tag right inside; `inner` has those that were asked for before."""
        if tag in self.inner:
            return self.inner[tag]
        shape = self.inner[tag] = Shape()
        shape.depth = self.depth + 1
        shape.block_tag, shape.block_depth, shape.path = self.block_tag, self.block_depth, self.path
        if tag in BLOCKS:
            shape.block_tag, shape.block_depth = tag, shape.depth
            if 0 <= self.block_depth < MAX_PATH:
                shape.path = f"{self.path}/{tag}" if self.path else tag
        is_new = tag in SEMANTICS and tag not in self.semantics
        shape.semantics = with_meaning(self.semantics, tag) if is_new else self.semantics
        return shape


Context = tuple[Shape, tuple[str, ...], frozenset[str], int, int, Group | None]
"""What an open element has from its tag and attributes and from the elements around it.

In this order: its shape; its class and id with those of the nearest elements above it, nearest first; the tags
that roles stand for; the numbers of its home, the element that holds paragraphs together, and of the home around
that; its group. A bare tuple, as a page has hundreds and a named one takes four times as long to make.
"""


@lru_cache(maxsize=4096)
def class_words(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Words of class and id, nearest element first, lower case, each once, at most twelve of an element.

    >>> class_words(("Byline author", "story byline"))
    ('byline', 'author', 'story')
    """
    return tuple(dict.fromkeys(chain.from_iterable(map(_words_of, levels))))


@lru_cache(maxsize=4096)
def _words_of(attribute: str) -> list[str]:
    return attribute.lower().split(maxsplit=12)[:12]


@lru_cache(maxsize=4096)
def with_meaning(semantics: frozenset[str], meaning: str) -> frozenset[str]:
    """The set with one more name; equal sets are one object, so that what is found for one is found at once again."""
    return semantics | {meaning}
