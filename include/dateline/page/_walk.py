"""One walk over the parsed page: text nodes gathered to lines and blocks, without recursion."""

from __future__ import annotations

import sys
from typing import Any

from ._attributes import image_url, is_hidden
from ._context import Context, Group, with_meaning
from ._elements import BLOCKS, CLOSED, GROUPS, HOMES, NOT_SHOWN, ROLE_TAGS, SEMANTICS, VOID
from ._line import Line, Mark, needs_space

Lines = list[Line]
NO_LEVEL = sys.maxsize
LINKS_AND_TIMES = ("a", "time")
TELLING_TAGS = ("dialog", "time")
TELLING = frozenset({"role", "hidden", "aria-hidden", "style", "itemprop", "datetime", "rel"})
"""Attributes besides class and id that are heeded; most elements have none of them."""


class Walk:
    """State of the walk. `texts` are all text nodes that aren't blank, in tree order; `shown` flags those in sight."""

    def __init__(self, enter_noscript: bool = False) -> None:
        self.texts: list[str] = []
        self.shown = bytearray()
        self.blocks: list[Lines] = []
        self.marks: list[Mark] = []
        self._closed = CLOSED if enter_noscript else CLOSED | {"noscript"}
        self._stack: list[Context] = []
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
        node, stack, closed = root, self._stack, self._closed
        while node is not None:
            tag = node.tag
            if tag == "-text":
                content = node.text_content
                if content and not content.isspace():
                    self._text(content)
                else:
                    self._gap = True
            elif tag not in closed and self._open(node, tag):
                child = node.first_child
                if child is not None:
                    node = child
                    continue
                self._close()
            following = node.next if stack else None
            while following is None and stack:
                node = node.parent
                self._close()
                following = node.next if stack else None
            node = following
        self._flush()
        return self

    def _open(self, node: Any, tag: str) -> bool:
        """Take note of an element; True if it is to be entered (and closed)."""
        if tag in VOID:
            self._void(node, tag)
            return False
        stack = self._stack
        above = stack[-1] if stack else None
        is_block = tag in BLOCKS
        if above is not None and above.is_skipped and not is_block and tag not in LINKS_AND_TIMES:
            # The parts of a drawing say nothing, and some pages are full of them.
            stack.append(above)
            self._turn |= 1
            return True
        attributes: dict[str, str | None] = node.attributes
        if is_block:
            self._flush()
        if is_block or attributes or above is None or tag in NOT_SHOWN or tag == "time":
            context = self._context(above, tag, is_block, attributes)
            if not is_block and context.is_hidden and above is not None and not above.is_hidden:
                self._paused.append((self._lines, self._lowest, self._common))
                self._lines = []
        else:
            context = above
        stack.append(context)
        self._turn |= 1
        return True

    def _context(self, above: Context | None, tag: str, is_block: bool, attributes: dict[str, str | None]) -> Context:
        context = Context(above, tag, is_block)
        if tag in HOMES:
            self._n_homes += 1
            context.home, context.outer = self._n_homes, context.home
        if tag in SEMANTICS and tag not in context.semantics:
            context.semantics = with_meaning(context.semantics, tag)
        if attributes or tag == "time":
            self._heed(context, tag, attributes)
        if tag in NOT_SHOWN:
            context.is_skipped = True
        elif tag in GROUPS:
            context.group = Group(context.group)
        elif tag == "a" and "href" in attributes:
            self._n_links += 1
            context.link = self._n_links
            context.group = Group(context.group)
        return context

    def _heed(self, context: Context, tag: str, attributes: dict[str, str | None]) -> None:
        """Take over what an element's attributes say."""
        words = attributes.get("class") or ""
        if "id" in attributes:
            words = f"{words} {attributes['id'] or ''}"
        if words:
            context.add_classes(words)
        if tag not in TELLING_TAGS and TELLING.isdisjoint(attributes):
            return
        if "role" in attributes:
            meaning = ROLE_TAGS.get((attributes["role"] or "").strip().lower())
            if meaning is not None:
                context.semantics = with_meaning(context.semantics, meaning)
        if not context.is_hidden:
            context.is_hidden = is_hidden(tag, attributes)
        if tag == "time" or "itemprop" in attributes or "datetime" in attributes or "rel" in attributes:
            self._mark(context, tag, attributes)

    def _mark(self, context: Context, tag: str, attributes: dict[str, str | None]) -> None:
        rel = (attributes.get("rel") or "").lower().split()
        if tag == "time" or "itemprop" in attributes or "datetime" in attributes or "author" in rel:
            context.mark = len(self.marks)
            self.marks.append(Mark(tag, attributes, context.item, len(self.texts), -1))
            if "itemscope" in attributes and attributes.get("itemprop"):
                context.item = attributes["itemprop"] or ""
            elif "itemscope" in attributes:
                context.item = ""

    def _close(self) -> None:
        context = self._stack.pop()
        above = self._stack[-1] if self._stack else None
        self._turn |= 2
        if context is above:
            return
        if context.mark >= 0:
            self.marks[context.mark].end = len(self.texts)
        if context.group is not None and (above is None or context.group is not above.group):
            context.group.close()
        if context.is_block or above is None:
            self._flush()
        elif context.is_hidden and not above.is_hidden:
            self._flush()
            self._lines, self._lowest, self._common = self._paused.pop()
        elif len(self._stack) < self._lowest:
            self._lowest, self._common = len(self._stack), above

    def _void(self, node: Any, tag: str) -> None:
        if tag == "br":
            self._breaks += 1
        elif tag == "hr":
            self._flush()
        elif tag == "img" and self._stack and self._stack[-1].group is not None:
            images = self._stack[-1].group.images
            url = image_url(node.attributes)
            if url and len(images) < 4 and url not in images:
                images.append(url)

    def _text(self, content: str) -> None:
        context = self._stack[-1]
        number = len(self.texts)
        self.texts.append(content)
        self.shown.append(0 if context.is_skipped or context.is_hidden else 1)
        if context.is_skipped:
            return
        if "pre" in context.semantics and "\n" in content:
            self._preformatted(number, content, context)
        else:
            self._piece(number, content, context, 0, None)

    def _preformatted(self, number: int, content: str, context: Context) -> None:
        """Lines of preformatted text break as if `br` stood between them."""
        low = 0
        for part in content.splitlines(keepends=True):
            if part.strip():
                self._piece(number, part, context, low, low + len(part))
            low += len(part)
            self._breaks += part[-1] in "\r\n"

    def _piece(self, number: int, content: str, context: Context, low: int, high: int | None) -> None:
        if not self._lines or self._breaks:
            self._lines.append(Line(context, len(self._stack), self._breaks, [content], number, low=low))
            line = self._lines[-1]
        else:
            line = self._lines[-1]
            if self._lowest < line.level and self._common is not None:
                line.level, line.context = self._lowest, self._common
            if self._gap or (self._turn == 3 and needs_space(line, content, context)):
                line.parts.append(" ")
            line.parts.append(content)
        line.last, line.high = number, high
        if context.link:
            line.link_chars += len(content.strip())
            if context.link != line.last_link:
                line.n_links += 1
                line.last_link = context.link
        if context.group is not None:
            context.group.chars += len(content.strip())
        self._breaks, self._gap, self._turn, self._lowest = 0, False, 0, NO_LEVEL

    def _flush(self) -> None:
        if self._lines:
            self.blocks.append(self._lines)
            self._lines = []
        self._breaks, self._gap = 0, False
