"""What stands above a run of text: tags, class words, meaning, links, pictures nearby."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

MAX_PATH = 64
"""Elements from the root that a path names; deeper ones share the path of the last."""
MAX_CLASS_LEVELS = 6
MAX_IMAGES = 4
MAX_GROUP_CHARS = 600
"""A cell or figure with more text than this holds more than a picture and its words."""


class Group:
    """An element that ties pictures to words: figure, table cell, list item or link."""

    __slots__ = ("chars", "images", "parent")

    def __init__(self, parent: Group | None) -> None:
        self.parent = parent
        self.chars = 0
        self.images: list[str] = []

    def close(self) -> None:
        """Hand what was counted to the group around this one."""
        if self.parent is not None:
            self.parent.chars += self.chars
            self.parent.images.extend(self.images[: MAX_IMAGES - len(self.parent.images)])

    def near(self) -> tuple[str, ...]:
        """Pictures of this group, else of the one around it, as long as the group holds little text."""
        group: Group | None = self
        for _ in range(3):
            if group is None or group.chars > MAX_GROUP_CHARS:
                break
            if group.images:
                return tuple(group.images)
            group = group.parent
        return ()


class Context:
    """An open element that matters, with what it takes over from the one around it."""

    __slots__ = (
        "block_depth",
        "block_tag",
        "class_levels",
        "depth",
        "group",
        "home",
        "is_block",
        "is_hidden",
        "is_skipped",
        "item",
        "link",
        "mark",
        "outer",
        "path",
        "semantics",
    )

    def __init__(self, parent: Context | None, tag: str, is_block: bool) -> None:
        self.is_block = is_block
        self.mark = -1
        if parent is None:
            self.depth = 0
            self.path = ""
            self.block_tag, self.block_depth = tag, 0
            self.class_levels: tuple[str, ...] = ()
            self.semantics: frozenset[str] = frozenset()
            self.is_hidden = self.is_skipped = False
            self.link = 0
            self.group: Group | None = None
            self.item = ""
            self.home = self.outer = 0
            return
        self.depth = parent.depth + 1
        self.class_levels = parent.class_levels
        self.semantics = parent.semantics
        self.is_hidden = parent.is_hidden
        self.is_skipped = parent.is_skipped
        self.link = parent.link
        self.group = parent.group
        self.item = parent.item
        self.path = parent.path
        self.home, self.outer = parent.home, parent.outer
        if is_block:
            self.block_tag, self.block_depth = tag, self.depth
            if parent.block_depth < MAX_PATH:
                self.path = f"{parent.path}/{tag}" if parent.path else tag
        else:
            self.block_tag, self.block_depth = parent.block_tag, parent.block_depth

    def add_classes(self, words: str) -> None:
        """Put the element's own words before those of the nearest elements above it."""
        self.class_levels = (words, *self.class_levels[: MAX_CLASS_LEVELS - 1])


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
