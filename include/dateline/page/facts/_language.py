"""Which language a page is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain, repeat

from ...model import Statement
from ..flatten.stated import stated_values
from ..wording.lists import stop_words

VOTE_WORDS = 400
MIN_WORDS = 8
SCRIPT_CHARS = 500
MIN_SHARE = 0.12
"""Function words make up a third of running text; below an eighth no listed language fits."""

_MARKS = ".,;:!?\"'“”()«»"
"""Punctuation that may stand around a word."""
_SCRIPTS = (
    ("ja", "ぁ", "ヿ"), ("ko", "가", "힣"), ("th", "ก", "๛"), ("zh", "一", "鿿"), ("ka", "ა", "ჿ"), ("hy", "Ա", "֏"),
    ("bn", "ঀ", "৿"), ("ta", "஀", "௿"), ("te", "ఀ", "౿"),
)  # fmt: skip
_LOWEST = min(low for _, low, _ in _SCRIPTS)


def find_language(text: str, statements: Sequence[Statement]) -> str | None:
    """ISO 639-1 code: the language whose function words the text uses, else what the markup states.

    The text goes first, since templates state their own language; the statement settles what the text can't.

    >>> find_language("The river rose and the town was under water for three days in a row.", ())
    'en'
    >>> find_language("総理大臣は東京で記者会見を開いた。", ())
    'ja'
    """
    stated = next(
        iter(stated_values(statements, "lang", "inLanguage", "og:locale", "content-language", "language")), None
    )
    code = stated.replace("_", "-").split("-")[0].strip().lower() if stated else None
    code = code if code and len(code) == 2 and code.isalpha() else None
    return _vote(text, code) or code


def _vote(text: str, stated: str | None) -> str | None:
    script = None if text.isascii() else _script(text[:SCRIPT_CHARS])
    if script:
        return script
    words = text[: VOTE_WORDS * 8].lower().split()[:VOTE_WORDS]
    if len(words) < MIN_WORDS:
        return None
    languages = map(_languages_by_word().get, map(str.strip, words, repeat(_MARKS)))
    votes = Counter(chain.from_iterable(filter(None, languages)))
    best = max(votes, key=lambda k: (votes[k], k == stated, k), default=None)
    if best is None or votes[best] < MIN_SHARE * len(words):
        return None
    # Sister languages share function words; a statement that nearly fits is right.
    return stated if stated and votes[stated] > 0.85 * votes[best] else best


def _script(text: str) -> str | None:
    letters = [c for c in text if c >= _LOWEST]
    if len(letters) <= 0.15 * len(text):
        return None
    for language, low, high in _SCRIPTS:
        if sum(low <= c <= high for c in letters) > 0.15 * len(text):
            return language
    return None


@cache
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in stop_words().items():
        for word in words:
            found[word] = (*found.get(word, ()), language)
    return found
