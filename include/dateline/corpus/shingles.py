"""Texts as sets of word n-grams (shingles), their MinHash bands, and how much two sets share."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from .limits import Limits

_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
"""A word; in scripts without spaces between words each character is one."""

Bands = npt.NDArray[np.uint64]
"""One key a band."""

NO_BANDS: Bands = np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known of a text without reading it again.

    `text_key` is a hash of its words, equal for texts that differ in case, punctuation and white space
    alone; `bands` holds one 64-bit key a band, none where the text is too short.
    """

    text_key: str
    n_words: int
    bands: Bands = field(compare=False, repr=False)


def words_of(text: str) -> list[str]:
    """The words of a text, in compatibility form and without case; linear in its length.

    >>> words_of("The Ferry's late — 雨です")
    ['the', 'ferry', 's', 'late', '雨', 'で', 'す']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles_of(words: Sequence[str], size: int) -> set[str]:
    """All runs of `size` words.

    >>> sorted(shingles_of(["a", "b", "c"], 2))
    ['a b', 'b c']
    """
    return {" ".join(words[start : start + size]) for start in range(len(words) - size + 1)}


def sign(texts: Sequence[str], limits: Limits) -> list[Signature]:
    """The signature of each text; a pure function of the text, the limits and the version of rensa's algorithm.

    Two texts with Jaccard similarity `s` share a band with probability `1 - (1 - s ** rows) ** bands`,
    where rows is permutations / bands.
    """
    words = [words_of(text) for text in texts]
    long = [number for number, found in enumerate(words) if len(found) >= limits.least_words]
    shingles = [sorted(shingles_of(words[number], limits.shingle_words)) for number in long]
    digests = RMinHash.digests_from_token_sets(shingles, limits.permutations, limits.seed) if shingles else []
    bands = dict(zip(long, (_bands(digest, limits) for digest in digests), strict=True))
    return [Signature(_key(found), len(found), bands.get(number, NO_BANDS)) for number, found in enumerate(words)]


def compare(one: set[str], other: set[str]) -> tuple[float, float, int]:
    """Jaccard similarity, containment of the smaller set in the other, and how many shingles both have.

    >>> compare({"a", "b"}, {"b", "c", "d", "e"})
    (0.2, 0.5, 1)
    """
    shared = len(one & other)
    least = min(len(one), len(other))
    if not least:
        return 0.0, 0.0, 0
    return shared / (len(one) + len(other) - shared), shared / least, shared


def method_name(limits: Limits) -> str:
    """What signatures and pairs depend on beside the texts: with another method all has to be made again."""
    stated = f"{limits} rensa {RMinHash.ALGORITHM_VERSION} unicode {unicodedata.unidata_version}"
    return hashlib.sha256(stated.encode()).hexdigest()[:12]


def _key(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _bands(digest: Sequence[int], limits: Limits) -> Bands:
    """A key a band, from its number and its rows of the digest."""
    rows = np.asarray(digest, dtype="<u4").reshape(limits.bands, -1)
    return np.array([_band(number, row.tobytes()) for number, row in enumerate(rows)], dtype=np.uint64)


def _band(number: int, row: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(row, digest_size=8, salt=number.to_bytes(8, "little")).digest(), "little")
