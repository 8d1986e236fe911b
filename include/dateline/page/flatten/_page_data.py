"""What scripts of a page hold for drawing it: JSON elements, assigned objects, and streamed rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

MAX_DOCUMENTS = 20
"""Scripts of one page that are looked into; the page's own data is among the first."""
MAX_CHARS = 4_000_000


class Document(NamedTuple):
    """A value that a script holds: where, in words; the value; where in the raw page the script begins."""

    where: str
    value: Any
    start: int = 0


_ASSIGNED = re.compile(
    r"(?:window|self|globalThis)(?:\.|\[[\"'])(\w{1,60})(?:[\"']\])? ?= ?(?:JSON\.parse\((?=\")|(?=[{\[]))"
)
_PUSHED = re.compile(r"__next_f\.push\(\[1, ?(?=\")")
_ROW = re.compile(r"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,6}),)?")
_DECODER = json.JSONDecoder(strict=False)


def read_page_data(raw: str) -> list[Document]:
    """Values that the scripts of a raw page hold, each with its place.

    >>> read_page_data('<script id="__NEXT_DATA__" type="application/json">{"a": 1}</script>')
    [Document(where='script#__NEXT_DATA__', value={'a': 1}, start=51)]
    >>> read_page_data('<script>window.__STATE__ = {"a": 1};</script>')
    [Document(where='window.__STATE__', value={'a': 1}, start=8)]
    >>> rows = read_page_data(r'<script>self.__next_f.push([1,"1:T4,Rain2:[7]\\n"])</script>')
    >>> [(row.where, row.value) for row in rows]
    [('streamed row 1', 'Rain'), ('streamed row 2', [7])]
    """
    found: list[Document] = []
    pushed: list[str] = []
    first = 0
    for number, node in enumerate(LexborHTMLParser(raw).css("script")):
        text = node.text()
        kind = (node.attributes.get("type") or "").lower()
        if not text or len(text) > MAX_CHARS or len(found) >= MAX_DOCUMENTS:
            continue
        if "json" in kind:
            name, start = node.attributes.get("id"), raw.find(text)
            found += [Document(f"script#{name}" if name else f"script {number}", v, start) for v in _decode(text, 0)]
        elif _PUSHED.search(text):
            first = first or raw.find(text)
            pushed += [part for match in _PUSHED.finditer(text) for part in _decode(text, match.end())]
        elif _ASSIGNED.search(text):
            start = raw.find(text)
            found += [Document(name, value, start) for name, value in _assigned(text)]
    rows = _rows("".join(part for part in pushed if isinstance(part, str)))
    return [*found, *(Document(name, value, first) for name, value in rows)]


def _decode(text: str, start: int) -> list[Any]:
    """The value that begins at a place of a text, or nothing."""
    while text[start : start + 1].isspace():
        start += 1
    try:
        return [_DECODER.raw_decode(text, start)[0]]
    except (ValueError, RecursionError):
        return []


def _assigned(text: str) -> Iterator[tuple[str, Any]]:
    for match, _ in zip(_ASSIGNED.finditer(text), range(MAX_DOCUMENTS), strict=False):
        for value in _decode(text, match.end()):
            values = _decode(value, 0) if isinstance(value, str) else [value]
            yield from ((f"window.{match[1]}", inner) for inner in values)


def _rows(stream: str) -> Iterator[tuple[str, Any]]:
    """Rows of a stream: `id:T<bytes, hexadecimal>,<text>` or `id:<JSON>` up to the end of the line."""
    at = 0
    while at < len(stream):
        match = _ROW.match(stream, at)
        line = stream.find("\n", at) + 1 or len(stream)
        if match is None:
            at = line
        elif match[2]:
            text = _first_bytes(stream, match.end(), int(match[2], 16))
            yield f"streamed row {match[1]}", text
            at = match.end() + len(text)
        else:
            yield from ((f"streamed row {match[1]}", value) for value in _decode(stream[match.end() : line], 0))
            at = line


def _first_bytes(text: str, start: int, size: int) -> str:
    """The characters from a place whose UTF-8 form has so many bytes."""
    return text[start : start + size].encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def element_texts(documents: Sequence[Document], tag: str) -> list[dict[str, Any]]:
    """Properties of the elements with a tag that streamed rows would draw: `["$", tag, key, properties]`.

    >>> element_texts([Document("row", [["$", "meta", "0", {"name": "author", "content": "Ann Doe"}]])], "meta")
    [{'name': 'author', 'content': 'Ann Doe'}]
    """
    found: list[dict[str, Any]] = []
    queue = [document.value for document in reversed(documents) if isinstance(document.value, list | dict)]
    while queue:
        value = queue.pop()
        if isinstance(value, dict):
            queue.extend(reversed([v for v in value.values() if isinstance(v, dict | list)]))
        elif len(value) == 4 and value[0] == "$" and value[1] == tag and isinstance(value[3], dict):
            found.append(value[3])
        else:
            queue.extend(reversed([v for v in value if isinstance(v, dict | list)]))
    return found
