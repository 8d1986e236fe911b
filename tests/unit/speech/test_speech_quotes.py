from __future__ import annotations

import pytest
from speech_reading import quotes_in

from dateline.model import Block
from dateline.speech import find_quotes


@pytest.mark.parametrize(
    ("text", "cue", "speaker", "cluster"),
    [
        ('"The bridge is safe now," said Ida Berg.', "said", "Ida Berg", 1),
        ('"The bridge is safe now," Berg said on Monday.', "said", "Berg", 1),
        ('"The bridge is safe now," Foreign Minister Ida Berg told reporters.', "told", "Ida Berg", 1),
        ('Ida Berg said, "The bridge is safe now."', "said", "Ida Berg", 1),
        ('Ida Berg said: "The bridge is safe now."', "said", "Ida Berg", 1),
        ('"The bridge is safe now," according to Ida Berg.', "according to", "Ida Berg", 1),
        ('According to Ida Berg, "the bridge is safe now".', "according to", "Ida Berg", 1),
        ('"Is the bridge safe now?" Berg asked.', "asked", "Berg", 1),
        ('"The bridge is safe now", said Berg.', "said", "Berg", 1),
        ('"The bridge is safe now," said Berg, the minister of Norway.', "said", "Berg", 1),
        ('"The bridge is safe now," Ida Berg, who built it with Rui Carvalho, said.', "said", "Ida Berg", 1),
        ('On Monday Berg also said that "the bridge is safe now".', "said", "Berg", 1),
        ('Rui Carvalho met the king, but Berg said "the bridge is safe now".', "said", "Berg", 1),
        ('"The bridge is safe now." — Ida Berg', None, "Ida Berg", 1),
        ('"The bridge is safe now," the Arctic Council said.', "said", "Arctic Council", 7),
        ('"The bridge is safe now," Oslo says.', "says", "Oslo", 3),
        ('"The bridge is safe now," said Martin Okafor Jr. on Monday.', "said", "Martin Okafor Jr.", 10),
        ('"The bridge is safe now," the news agency Nordpress reported.', "reported", "Nordpress", 6),
    ],
)
def test_speakers_before_and_after(text, cue, speaker, cluster):
    (quote,) = quotes_in(text)
    assert quote.text.lower().startswith("the bridge is safe now") or quote.text.startswith("Is the bridge")
    assert quote.cue == cue
    assert [(each.text, each.cluster_no) for each in quote.speakers] == [(speaker, cluster)]
    assert quote.is_anonymous is False
    assert quote.sources == ()


def test_offsets_are_the_blocks_own_and_the_comma_stays():
    text = 'Earlier, "the bridge is safe," said Ida Berg.'
    (quote,) = quotes_in(text)
    assert text[quote.start_char : quote.end_char] == quote.text == "the bridge is safe,"
    (speaker,) = quote.speakers
    assert text[speaker.start_char : speaker.end_char] == speaker.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('Berg said, "The bridge is safe."', "direct"),
        ('"The bridge is safe," Berg said.', "direct"),
        ('Berg said that the bridge "is safe for all ships".', "mixed"),
        ('"The bridge," Berg said, "is safe for all."', "direct"),
    ],
)
def test_kinds(text, kind):
    assert {quote.kind for quote in quotes_in(text)} == {kind}


def test_two_speakers():
    (quote,) = quotes_in('Berg and Carvalho "expressed the wish to build it," a report said.')
    assert quote.speaker_text == "a report"
    (quote,) = quotes_in('Berg and Carvalho said they "will build the bridge together".')
    assert [speaker.cluster_no for speaker in quote.speakers] == [1, 2]


def test_he_and_she_are_the_last_speaker_else_the_nearest_person():
    first, second = quotes_in('"We will build it," said Berg.', 'Norway met Carvalho. "It will be long," she added.')
    assert first.speakers[0].cluster_no == 1
    assert (second.speakers[0].text, second.speakers[0].cluster_no) == ("she", 1)
    (alone,) = quotes_in('Rui Carvalho came to Oslo. "It will be long," he said.')
    assert alone.speakers[0].cluster_no == 2


def test_an_office_means_the_person_who_holds_it():
    (quote,) = quotes_in('Ida Berg came with Rui Carvalho. "It will be long," the minister said.')
    assert quote.speakers[0].cluster_no == 1


def test_a_speaker_is_carried_on_in_the_paragraph_and_over_paragraphs():
    found = quotes_in(
        '"It is a good bridge," Berg said. "It was built by good people.',
        '"They came from all over the country.',
        '"And they went home again," she said.',
    )
    assert [quote.speakers[0].cluster_no for quote in found] == [1, 1, 1, 1]
    assert [quote.block_no for quote in found] == [0, 0, 1, 2]


def test_a_paragraph_that_is_one_quotation_follows_its_announcement():
    (quote,) = quotes_in("Carvalho spoke of the bridge and said:", '"It is a very good bridge."')
    assert quote.speakers[0].cluster_no == 2
    assert quote.speakers[0].block_no == 0


def test_a_whole_paragraph_goes_on_with_the_speaker_before():
    found = quotes_in('"It is a good bridge," said Berg.', '"It was built by good people."', "Nothing else is known.")
    assert [quote.speakers[0].cluster_no for quote in found] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "experts" were late.',
        'They read "The Long Way Home" in class.',
        'The 12" pipe burst.',
        "Nobody spoke of the bridge.",
    ],
)
def test_scare_quotes_and_titles_are_no_quotations(text):
    assert quotes_in(text) == ()


def test_a_single_quoted_word_counts_with_cue_and_speaker():
    (quote,) = quotes_in('Berg called the plan "daft".')
    assert (quote.text, quote.cue, quote.kind) == ("daft", "called", "mixed")


def test_words_without_a_speaker_are_kept_without_one():
    (quote,) = quotes_in('On the wall: "Never again will this bridge be closed."')
    assert quote.speakers == ()
    assert quote.speaker_text is quote.cue is quote.is_anonymous is None


def test_a_caption_repeats_the_body_with_its_speaker():
    found = quotes_in(
        'Berg said the bridge is "safe for all the ships".', '"Safe for all the ships."', roles={1: "caption"}
    )
    assert [quote.speakers[0].cluster_no for quote in found] == [1, 1]


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ('"It will be built," a Western diplomatic source said.', True),
        ('"It will be built," officials said.', True),
        ('"It will be built," said a spokesman for Oslo.', True),
        ('"It will be built," the report said.', None),
        ('"It will be built," according to court records.', None),
        ('"It will be built," Berg said.', False),
    ],
)
def test_who_stays_unnamed(text, anonymous):
    (quote,) = quotes_in(text)
    assert quote.is_anonymous is anonymous
    assert quote.speaker_text


def test_numbers_follow_reading_and_blocks_without_speech_change_nothing():
    found = quotes_in("Nothing.", '"One is enough," said Berg.', "", '"Two are more," said Carvalho.')
    assert [(quote.quote_no, quote.block_no) for quote in found] == [(0, 1), (1, 3)]


def test_no_blocks_no_quotes():
    assert find_quotes([], [], [], None) == ()
    assert find_quotes([Block(0, "", "body", kept=True)], [], [], None) == ()


@pytest.mark.parametrize("unit", ["said that ", '"a b c d," said ', "he said, ", "X quoted Y as ", "and, who said "])
def test_hostile_text_ends_soon(unit):
    quotes_in(unit * 10_000)
