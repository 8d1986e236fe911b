"""Values as people read them in a cell."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any


def cell(value: Any) -> str:
    """A column's value as text; NULL is empty.

    >>> cell(None), cell(True), cell(0.9840), cell(["a", "b"])
    ('', 'yes', '0.984', 'a, b')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)


def shorten(text: str, length: int) -> str:
    """At most so many characters.

    >>> shorten("The ferry was late", 10)
    'The ferry…'
    """
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def hex_lines(octets: bytes) -> list[str]:
    """Bytes, sixteen a line: offset, hexadecimal, and the characters that are printable ASCII.

    >>> hex_lines(b"GIF89a\\x00")
    ['00000000  47 49 46 38 39 61 00                             GIF89a.']
    """
    lines = []
    for start in range(0, len(octets), 16):
        piece = octets[start : start + 16]
        plain = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in piece)
        lines.append(f"{start:08x}  {piece.hex(' '):<47}  {plain}")
    return lines
