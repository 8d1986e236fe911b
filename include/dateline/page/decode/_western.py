"""Whether single bytes beyond ASCII are of Western text, which a detector can't tell from its neighbours' by a few."""

from __future__ import annotations

import re

LATIN = frozenset(
    (
        "windows-1250", "windows-1254", "windows-1257", "windows-1258", "iso-8859-2", "iso-8859-3", "iso-8859-4",
        "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "macintosh",
    )
)  # fmt: skip
"""Character sets of text in Latin script whose bytes mean other letters or signs in windows-1252."""
FEW = 0.01
"""Share of letters beyond ASCII that English text stays below; Czech, Polish and Hungarian have 5 % and more."""

_TAG = re.compile(rb"<[^<>]*>")
_LETTER = re.compile(rb"[A-Za-z]")
_HIGH = re.compile(rb"[\x80-\xff]")
_ODD = re.compile(
    # Signs that stand inside words only where the text was meant in another character set: "pa³ac" for "pałac".
    "(?<=[a-z])[¡¢£¤¥¦¨©ª¬®¯±²³´µ¶¸¹º¼½¾¿×÷ƒ†‡ˆ‰‹›˜ÐÞ](?=[a-z])|(?<=[a-z])[\x81\x8d\x8f\x90\x9d](?=[a-z])"
)


def is_western(sample: bytes) -> bool:
    """Whether a page's few bytes beyond ASCII read as windows-1252 with nothing against it.

    >>> page = b"<p>" + 40 * b"The river rose by the old harbour. " + b"The caf\\xe9 closed \\x96 for good.</p>"
    >>> is_western(page), is_western("<p>Pałac stał się muzeum, choć żądali.</p>".encode("cp1250"))
    (True, False)
    """
    text = _TAG.sub(b" ", sample)
    n_high = len(_HIGH.findall(text))
    if n_high > FEW * len(_LETTER.findall(text)):
        return False
    return _ODD.search(text.decode("latin-1").translate(_FROM_LATIN_1)) is None


_FROM_LATIN_1 = {
    byte: bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(128, 160)
}
