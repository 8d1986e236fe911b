from __future__ import annotations

import pytest
from speech_reading import quotes_in

LINK = [(1, "Nordpress", "quoted")]


def chain(quote):
    return [(source.hop, source.text, source.cue) for source in quote.sources]


def test_who_issued_a_document_is_nearer_than_who_quoted_it():
    (quote,) = quotes_in(
        '"The bridge is safe," Nordpress quoted a statement from the Norwegian royal press office as saying.'
    )
    assert quote.speakers[0].text == "a statement"
    assert chain(quote) == [(1, "Norwegian royal press office", None), (2, "Nordpress", "quoted")]


@pytest.mark.parametrize(
    "text",
    [
        '"The bridge is safe," Nordpress quoted Berg as saying.',
        'Nordpress quoted Berg as saying, "The bridge is safe."',
        'On Monday, Nordpress quoted Berg as saying that "the bridge is safe".',
    ],
)
def test_an_agency_that_quotes_is_a_link(text):
    (quote,) = quotes_in(text)
    assert quote.speakers[0].cluster_no == 1
    assert chain(quote) == LINK
    assert quote.sources[0].cluster_no == 6


def test_the_outlet_is_never_in_the_chain():
    text = '"The bridge is safe," Nordpress quoted Berg as saying.'
    (quote,) = quotes_in(text, outlet="NordPress")
    assert quote.sources == ()
    (quote,) = quotes_in(text, outlet="Harbour Times")
    assert chain(quote) == LINK


def test_whom_it_was_told_is_a_link_where_it_is_a_news_house():
    (quote,) = quotes_in('"The bridge is safe," Berg told the Harbour Times.')
    assert chain(quote) == [(1, "Harbour Times", "told")]
    (quote,) = quotes_in('"The bridge is safe," Berg told the Arctic Council.')
    assert chain(quote) == []


def test_a_document_that_speaks_for_itself():
    (quote,) = quotes_in('The statement also rejected the plan, saying the bridge is "the necessary basis for all."')
    assert (quote.speaker_text, quote.cue) == ("The statement", "saying")
    assert quote.sources == ()


def test_a_statement_by_a_body():
    (quote,) = quotes_in('"The bridge is safe," said a statement issued by the Ministry of Fisheries.')
    assert quote.speakers[0].text == "a statement"
    assert [(source.text, source.cluster_no) for source in quote.sources] == [("Ministry of Fisheries", 9)]
