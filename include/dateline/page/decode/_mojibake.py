"""Text that was decoded with a wrong character set before it came here."""

from __future__ import annotations

import re

LEAST_TIMES = 3
"""So many pairs are no accident: a page about character sets prints one or two."""
_PAIR = re.compile(
    "Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u009f™œ“”˜¦¢š]|Â[\u00a0-\u00bf]|ï¿½|â\u0080[\u0093-\u009d]"
)
_OPENINGS = ("Ã", "â", "Â", "½")
"""Each pair holds one of these, and a single character is found in no time."""


def looks_mojibake(text: str) -> bool:
    """Whether a text has at least three pairs of characters that UTF-8 read as a Western set leaves.

    >>> looks_mojibake("Malmö, Århus, Besançon".encode().decode("cp1252")), looks_mojibake("Malmö, Århus, Besançon")
    (True, False)
    """
    if text.isascii() or not any(opening in text for opening in _OPENINGS):
        return False
    return sum(1 for _, _ in zip(range(LEAST_TIMES), _PAIR.finditer(text), strict=False)) >= LEAST_TIMES
