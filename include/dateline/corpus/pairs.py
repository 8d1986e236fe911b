"""Compared pairs: candidates whose texts were read and whose 5-grams were counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..schema import Column, Table
from ..schema.column import COUNT, DAY, FLAG, NUMBER, TEXT
from .limits import Limits
from .nodes import Key, Node
from .shingles import compare, shingles_of, words_of

TextsOf = Callable[[Sequence[Node]], Mapping[Key, str]]
"""Reads the texts of nodes."""

MOST_TEXTS = 500
"""Texts whose 5-grams are in memory at once: about 50 kB each."""

PAIRS = Table(
    "story_pairs",
    "two articles whose texts were compared",
    (
        Column("compared_day", DAY, "Day of the later one.", required=True),
        Column("capture_id", TEXT, "The later one.", required=True),
        Column("part_no", COUNT, "The later one.", required=True),
        Column("other_capture_id", TEXT, "The earlier one.", required=True),
        Column("other_part_no", COUNT, "The earlier one.", required=True),
        Column("text_key", TEXT, "Words of the later one.", required=True),
        Column("other_text_key", TEXT, "Words of the earlier one.", required=True),
        Column("similarity", NUMBER, "Jaccard similarity.", required=True),
        Column("containment", NUMBER, "Containment of the shorter one.", required=True),
        Column("n_shared", COUNT, "5-grams that both have.", required=True),
        Column("is_candidate", FLAG, "False where it was compared only as member and representative.", required=True),
    ),
    key=("capture_id", "part_no", "other_capture_id", "other_part_no"),
    order=("compared_day", "capture_id", "part_no", "other_capture_id", "other_part_no"),
)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much two texts share: Jaccard similarity, containment of the shorter, shared 5-grams."""

    similarity: float
    containment: float
    n_shared: int

    def is_copy(self, limits: Limits) -> bool:
        """Whether texts with so much in common are copies of one: alike as wholes, or one cut out of the other.

        >>> from dateline.corpus.limits import default_limits
        >>> Resemblance(0.2, 1.0, 90).is_copy(default_limits()), Resemblance(0.2, 0.5, 90).is_copy(default_limits())
        (True, False)
        """
        is_part = self.containment >= limits.least_containment and self.n_shared >= limits.least_shared
        return self.similarity >= limits.least_similarity or is_part


SAME = Resemblance(1.0, 1.0, 0)
"""Of two texts with the same words."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes by key, the later first, the words they had, and how much those share."""

    later: Node
    earlier: Node
    found: Resemblance
    is_candidate: bool = True

    def to_row(self) -> dict[str, Any]:
        """As a row of PAIRS."""
        return {
            "compared_day": self.later.compared_day,
            "capture_id": self.later.capture_id,
            "part_no": self.later.part_no,
            "other_capture_id": self.earlier.capture_id,
            "other_part_no": self.earlier.part_no,
            "text_key": self.later.signature.text_key,
            "other_text_key": self.earlier.signature.text_key,
            "similarity": self.found.similarity,
            "containment": self.found.containment,
            "n_shared": self.found.n_shared,
            "is_candidate": self.is_candidate,
        }


class Comparer:
    """Compares texts, each pair of texts once: what is known from before is not read again."""

    def __init__(self, known: Iterable[Mapping[str, Any]], texts_of: TextsOf, limits: Limits) -> None:
        self._known = {
            _text_pair(row["text_key"], row["other_text_key"]): Resemblance(
                row["similarity"], row["containment"], row["n_shared"]
            )
            for row in known
        }
        self._texts_of = texts_of
        self._limits = limits

    def compare(self, pairs: Iterable[tuple[Node, Node]], *, is_candidate: bool = True) -> list[Pair]:
        """Compare pairs (later, earlier), reading as few texts as it takes."""
        wanted = list(pairs)
        unknown = [pair for pair in wanted if self._text_pair(pair) not in self._known]
        for chunk in _chunks(unknown):
            self._read(chunk)
        return [Pair(*pair, self._known[self._text_pair(pair)], is_candidate) for pair in wanted]

    def _read(self, pairs: Sequence[tuple[Node, Node]]) -> None:
        nodes = {node.signature.text_key: node for pair in pairs for node in pair}
        texts = self._texts_of(sorted(nodes.values(), key=lambda node: node.order))
        size = self._limits.shingle_words
        shingles = {key: shingles_of(words_of(texts[node.key]), size) for key, node in nodes.items()}
        for later, earlier in pairs:
            one, other = shingles[later.signature.text_key], shingles[earlier.signature.text_key]
            self._known[self._text_pair((later, earlier))] = Resemblance(*compare(one, other))

    @staticmethod
    def _text_pair(pair: tuple[Node, Node]) -> tuple[str, str]:
        return _text_pair(pair[0].signature.text_key, pair[1].signature.text_key)


def _text_pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _chunks(pairs: Sequence[tuple[Node, Node]]) -> Iterator[list[tuple[Node, Node]]]:
    """Runs of pairs with at most MOST_TEXTS different texts."""
    chunk: list[tuple[Node, Node]] = []
    texts: set[str] = set()
    for pair in pairs:
        new = {node.signature.text_key for node in pair}
        if chunk and len(texts | new) > MOST_TEXTS:
            yield chunk
            chunk, texts = [], set()
        chunk.append(pair)
        texts |= new
    if chunk:
        yield chunk
