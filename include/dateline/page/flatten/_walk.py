"""One walk over the parsed page: text nodes gathered to lines and blocks, without recursion."""

from __future__ import annotations

import sys
from typing import Any

from ._attributes import Attributes, image_url, is_hidden
from ._context import Context, Group, Shape, with_meaning
from ._elements import BLOCKS, CLOSED, GROUPS, HOMES, NOT_SHOWN, ROLE_TAGS, VOID
from ._line import Line, Lines, Mark, needs_space

NO_LEVEL = sys.maxsize
NO_ATTRIBUTES: Attributes = {}
MAX_CLASS_LEVELS = 6
LINKS_AND_TIMES = ("a", "time")
TELLING = frozenset({"role", "hidden", "aria-hidden", "style", "itemprop", "datetime", "rel"})
"""Attributes besides class and id that are heeded; most elements have none of them."""
SHARED, INLINE, BLOCK, GROUP, SKIPPED, HIDDEN, PAUSED, MARK = 0, 1, 2, 4, 8, 16, 32, 64
"""What is to be done at an element's end, to be added up; nothing where it shares the context around it."""


class Walk:
    """State of the walk. `texts` are all text nodes that aren't blank, in tree order; `shown` flags those in sight."""

    def __init__(self, enter_noscript: bool = False) -> None:
        self.texts: list[str] = []
        self.shown = bytearray()
        self.blocks: list[Lines] = []
        self.marks: list[Mark] = []
        self._leaves = (CLOSED if enter_noscript else CLOSED | {"noscript"}) | VOID
        self._stack: list[Context] = [(Shape(), (), frozenset(), 0, 0, None)]
        self._ends: list[int] = []
        self._is_hidden = self._is_skipped = False
        self._item = ""
        self._open_marks: list[tuple[Mark, str]] = []
        self._lines: Lines = []
        self._paused: list[tuple[Lines, int, Context | None]] = []
        self._breaks = 0
        self._gap = False
        self._n_links = self._n_homes = 0
        self._turn = 0
        self._lowest = NO_LEVEL
        self._common: Context | None = None

    def run(self, root: Any) -> Walk:
        """Walk the tree below `root`, a LexborNode."""
        node, is_open, leaves = root, self._ends, self._leaves
        while node is not None:
            tag = node.tag
            if tag == "-text":
                content = node.text_content
                if content and not content.isspace():
                    self._text(content)
                else:
                    self._gap = True
            elif tag not in leaves:
                self._open(node, tag)
                child = node.first_child
                if child is not None:
                    node = child
                    continue
                self._close()
            elif tag in VOID:
                self._void(node, tag)
            following = node.next if is_open else None
            while following is None and is_open:
                node = node.parent
                self._close()
                following = node.next if is_open else None
            node = following
        self._flush()
        return self

    def _open(self, node: Any, tag: str) -> None:
        """Take note of an element that is entered."""
        self._turn |= 1
        stack, is_block = self._stack, tag in BLOCKS
        # The parts of a drawing say nothing, and some pages are full of them.
        is_part = self._is_skipped and not is_block and tag not in LINKS_AND_TIMES
        attributes = NO_ATTRIBUTES if is_part else node.attributes
        if not (attributes or is_block) and (is_part or (tag not in NOT_SHOWN and tag != "time")):
            stack.append(stack[-1])
            self._ends.append(SHARED)
            return
        shape, classes, roles, home, outer, group = stack[-1]
        end = BLOCK if is_block else INLINE
        if is_block:
            if self._lines:
                self._flush()
            if tag in HOMES:
                self._n_homes += 1
                home, outer = self._n_homes, home
            if tag in GROUPS:
                end, group = BLOCK | GROUP, Group(group, group.link if group is not None else 0)
        elif tag == "a" and "href" in attributes:
            self._n_links += 1
            end, group = INLINE | GROUP, Group(group, self._n_links)
        elif tag in NOT_SHOWN and not self._is_skipped:
            end, self._is_skipped = INLINE | SKIPPED, True
        words = attributes.get("class") or ""
        if "id" in attributes:
            words = f"{words} {attributes['id'] or ''}"
        if words:
            classes = (words, *classes[: MAX_CLASS_LEVELS - 1])
        if tag in ("time", "dialog") or (attributes and not TELLING.isdisjoint(attributes)):
            end |= self._heed(tag, attributes, is_block)
            roles = _with_role(roles, attributes.get("role"))
        stack.append((shape.inner.get(tag) or shape.enter(tag), classes, roles, home, outer, group))
        self._ends.append(end)

    def _heed(self, tag: str, attributes: Attributes, is_block: bool) -> int:
        """Take note of an element that is hidden or states something; what is to be done for that at its end."""
        end = 0
        if not self._is_hidden and is_hidden(tag, attributes):
            self._is_hidden = True
            end = HIDDEN
            if not is_block:
                end = HIDDEN | PAUSED
                self._paused.append((self._lines, self._lowest, self._common))
                self._lines = []
        is_author = "rel" in attributes and "author" in (attributes["rel"] or "").lower().split()
        if not (is_author or tag == "time" or "itemprop" in attributes or "datetime" in attributes):
            return end
        mark = Mark(tag, attributes, self._item, len(self.texts), -1)
        self.marks.append(mark)
        self._open_marks.append((mark, self._item))
        if "itemscope" in attributes:
            self._item = attributes.get("itemprop") or ""
        return end | MARK

    def _close(self) -> None:
        stack = self._stack
        context = stack.pop()
        end = self._ends.pop()
        self._turn |= 2
        if end == SHARED:
            return
        if end >= SKIPPED:
            self._settle(end)
        if end & GROUP and (group := context[5]) is not None and (parent := group.parent) is not None:
            # What was counted and seen in a group is in the one around it, too.
            parent.chars += group.chars
            if group.images:
                parent.add_images(group.images)
        if end & BLOCK:
            if self._lines:
                self._flush()
        elif end & PAUSED:
            self._flush()
            self._lines, self._lowest, self._common = self._paused.pop()
        elif len(stack) < self._lowest:
            self._lowest, self._common = len(stack), stack[-1]

    def _settle(self, end: int) -> None:
        """Leave what a drawing, a hidden element or a mark began."""
        if end & SKIPPED:
            self._is_skipped = False
        if end & HIDDEN:
            self._is_hidden = False
        if end & MARK:
            mark, self._item = self._open_marks.pop()
            mark.end = len(self.texts)

    def _void(self, node: Any, tag: str) -> None:
        if tag == "br":
            self._breaks += 1
        elif tag == "hr":
            self._flush()
        elif tag == "img" and (group := self._stack[-1][5]) is not None:
            url = image_url(node.attributes)
            if url and url not in group.images:
                group.add_images((url,))

    def _text(self, content: str) -> None:
        number = len(self.texts)
        self.texts.append(content)
        self.shown.append(not (self._is_skipped or self._is_hidden))
        if self._is_skipped:
            return
        if "\n" in content and "pre" in self._stack[-1][0].semantics:
            self._preformatted(number, content)
        else:
            self._piece(number, content, 0, None)

    def _preformatted(self, number: int, content: str) -> None:
        """Lines of preformatted text break as if `br` stood between them."""
        low = 0
        for part in content.splitlines(keepends=True):
            if part.strip():
                self._piece(number, part, low, low + len(part))
            low += len(part)
            self._breaks += part[-1] in "\r\n"

    def _piece(self, number: int, content: str, low: int, high: int | None) -> None:
        context = self._stack[-1]
        group = context[5]
        link = group.link if group is not None else 0
        if not self._lines or self._breaks:
            level, is_hidden = len(self._stack), self._is_hidden
            line = Line(context, level, is_hidden, self._breaks, [content], number, number, low, high)
            self._lines.append(line)
        else:
            line = self._lines[-1]
            if self._lowest < line.level and self._common is not None:
                line.level, line.context = self._lowest, self._common
            if self._gap or (self._turn == 3 and needs_space(line, content, link)):
                line.parts.append(" ")
            line.parts.append(content)
            line.last, line.high = number, high
        if group is not None:
            n_chars = len(content.strip())
            group.chars += n_chars
            if link:
                line.link_chars += n_chars
                if link != line.last_link:
                    line.n_links += 1
                    line.last_link = link
        self._breaks, self._gap, self._turn, self._lowest = 0, False, 0, NO_LEVEL

    def _flush(self) -> None:
        if self._lines:
            self.blocks.append(self._lines)
            self._lines = []
        self._breaks, self._gap = 0, False


def _with_role(roles: frozenset[str], role: str | None) -> frozenset[str]:
    meaning = ROLE_TAGS.get(role.strip().lower()) if role else None
    return roles if meaning is None else with_meaning(roles, meaning)
