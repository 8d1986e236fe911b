"""Patterns of stamps. All are for google-re2, which takes linear time on any input."""

from __future__ import annotations

import unicodedata

import re2

# Letters as all that is no ASCII sign and no punctuation: \p{L} in counted repeats makes automata of 100,000 states.
_LETTER = r"[^\x00-@\[-`{-\x{bf}\x{2000}-\x{206f}\x{3000}-\x{303f}]"
_WORD = rf"{_LETTER}(?:{_LETTER}|\.)+"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"

DATE = re2.compile(
    r"(?P<y1>\d{4})(?:[-/.]|\. )(?P<m1>\d{1,2})(?:[-/.]|\. )(?P<d1>\d{1,2})"
    r"|(?P<y2>\d{4})\s?[年년]\s?(?P<m2>\d{1,2})\s?[月월]\s?(?P<d2>\d{1,2})\s?[日일]"
    r"|(?P<a>\d{1,2})(?P<sep>\s?[-/.|]\s?)(?P<b>\d{1,2})(?P<sep2>\s?[-/.|]\s?)(?P<y3>\d{4}|\d{2})"
    # 2020. gada 3. novembris
    rf"|(?P<y7>\d{{4}})\.?\s?gada\s(?P<d7>\d{{1,2}})\.?\s(?P<m7>{_WORD})"
    # 3 November 2020, 3. Juli 2007, 3 de noviembre del 2020, 1er mars 2020, 3-Nov-2020
    r"|(?P<d4>\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.º|-?го|-?а)?[\s.,\-/]{0,3}(?:(?:de|of|den|ta’|ta')\s|d['’])?"
    rf"(?P<m4>{_WORD})[\s.,\-/]{{1,3}}(?:(?:de|del|of|do)\s)?(?P<y4>\d{{4}}|['’]\d{{2}})"
    # November 3, 2020; Nov 03 10:22:33 CET 2020
    rf"|(?P<m5>{_WORD})[\s\-]{{0,2}}(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?[,.]?"
    rf"(?P<clock>,?\s{{1,2}}{_CLOCK}(?:\s(?:[A-Z]{{3,5}}|(?:GMT)?[+\-]\d{{4}}))?)?[\s\-]{{0,2}}(?P<y5>\d{{4}})"
    # 2020. november 3., 2020 m. lapkričio 3 d.
    rf"|(?P<y6>\d{{4}})(?:[.,]|\s?m\.|ko)?[\s\-]{{1,2}}(?P<m6>{_WORD})[\s\-]{{1,2}}(?P<d6>\d{{1,2}})"
)
"""Full dates. Words are looked up afterwards, so that one pattern serves all languages."""

_ZONE = r"(?P<zone>\s?\(?(?:Z\b|(?:UTC|GMT)\s?[+\-−]\d{1,2}(?::?\d{2})?|\s?[+\-−]\d{2}:?\d{2}|[A-ZМСК]{2,5}))?"
_AT = r"(?:at|um|à|a las|às|as|alle|alle ore|ore|kl\.?|klo|o|ob|om|saat|lúc|в|о|у|godz\.?|u|og|pukul|Time:?)"
_HALF = r"\s{0,2}(?P<ap>[AaPp]\.?[Mm]\b\.?)?"

TIME = re2.compile(
    rf"^(?:[T:]|r?\.?[\s,;|\-–—·•/@()]{{0,4}}(?:{_AT}\s)?[\s|\-–—·•]{{0,3}})"
    r"(?P<h>\d{1,2})(?:[:.]|\s?[hH]\s?|[时時点시]\s?)(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?[分분]?"
    rf"{_HALF}(?:\s?(?:Uhr|hrs|h)\b)?{_ZONE}"
)
"""A clock time right after a date."""

BEFORE_TIME = re2.compile(
    rf"(?P<h>\d{{1,2}})[:h](?P<mi>\d{{2}})(?::(?P<s>\d{{2}}))?{_HALF}{_ZONE}"
    r"[\s,;|\-–—·•]{1,4}(?:on\s)?(?:[^\s\d,.]+[,.]?\s{1,2})?$"
)
"""A clock time right before a date, with a weekday between at most."""

BEFORE_WEEKDAY = re2.compile(rf"((?:{_LETTER}|-)+)[.,]{{0,2}}\s{{0,2}}(?:(?:the|den|dem|le|,)\s)?$")
"""The word right before a date."""


def _digits() -> dict[int, str]:
    """Decimal digits of all scripts, to ASCII: one code point for one, so offsets stay."""
    points = (c for c in range(0x80, 0x1FBFA) if unicodedata.category(chr(c)) == "Nd")
    return {c: str(unicodedata.decimal(chr(c))) for c in points}


DIGITS: dict[int, str] = _digits()
