from __future__ import annotations

import pytest

from dateline.names._people import group_people
from dateline.names._spans import Span, add_spans
from dateline.names.boundaries import tidy, tidy_all
from dateline.names.cluster import Mention, cluster_mentions, name_key
from dateline.names.consistency import make_consistent
from dateline.names.describe import is_metonym
from dateline.names.gazetteer import apply_lists, find_listed
from dateline.names.joining import join_parts
from dateline.names.organisations import correct_organisations, find_short_forms, is_short_form
from dateline.names.titles import find_titled, is_title, skip_titles, title_after, title_before


def spans_of(text: str, **labels: str) -> list[Span]:
    """Spans of the words of `text` named by keyword (underscores stand for spaces), first occurrences."""
    found = [(text.index(words.replace("_", " ")), words.replace("_", " "), label) for words, label in labels.items()]
    return sorted((Span(at, at + len(words), label) for at, words, label in found), key=lambda span: span.start)


def shown(text: str, spans: list[Span]) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span in spans]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("the Senate's", "ORG", "Senate"),
        ("Ida Berg’s", "PERSON", "Ida Berg"),
        ("Prime Minister Ida Berg", "PERSON", "Ida Berg"),
        ("Norwegian Deputy Foreign Minister Ida Berg", "PERSON", "Ida Berg"),
        ("“Ida Berg,”", "PERSON", "Ida Berg"),
        ("Norland Steel Corp.", "ORG", "Norland Steel Corp."),
        ("The Hague", "GPE", "The Hague"),
        ("Berg (R", "PERSON", "Berg"),
        ("Berg and", "PERSON", "Berg"),
        ("Oslo.", "GPE", "Oslo"),
    ],
)
def test_boundaries(text, label, expected):
    span = tidy(text, Span(0, len(text), label))
    assert span is not None
    assert text[span.start : span.end] == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [("the", "ORG"), ("President", "PERSON"), ("—", "ORG"), ("LLC", "ORG"), ("Αθηνών", "PERSON"), ("radio", "ORG")],
)
def test_what_is_no_name(text, label):
    assert tidy(text, Span(0, len(text), label)) is None


def test_two_agencies_with_a_slash_are_two_names():
    text = "(Agence Nord/Nordpress Photo)"
    assert shown(text, tidy_all(text, [Span(1, 28, "ORG")])) == [("Agence Nord", "ORG"), ("Nordpress", "ORG")]


def test_earlier_spans_win_over_added_ones():
    assert add_spans([Span(4, 8, "ORG")], [Span(0, 5, "GPE"), Span(8, 9, "GPE")]) == [
        Span(4, 8, "ORG"),
        Span(8, 9, "GPE"),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Vice President", True), ("former prime minister", True), ("chief weapons inspector", True), ("Berg", False)],
)
def test_titles(words, expected):
    assert is_title(words) is expected


def test_a_title_after_a_comma_is_not_before_the_name():
    assert title_before("the president, Ida Berg", 15) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida Berg, the Norwegian foreign minister, left", "foreign minister"),
        ("Ida Berg, mayor of Bergen", "mayor"),
        ("Ida Berg, who left", None),
        ("Ida Berg the mayor", None),
    ],
)
def test_offices_in_apposition(text, expected):
    place = title_after(text, len("Ida Berg"))
    assert (text[slice(*place)] if place else None) == expected


def test_only_the_last_title_is_skipped_to():
    text = "U.S. Secretary of State Ida Berg"
    assert text[skip_titles(text, 0, len(text)) :] == "Ida Berg"
    assert skip_titles("Ida Berg", 0, 8) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Okafor left", ["Okafor"]),
        ("Gen. Sven Dahl and Mrs Lund", ["Sven Dahl", "Lund"]),
        ("President of the club", []),
    ],
)
def test_names_behind_titles(text, expected):
    assert [text[start:end] for start, end in find_titled(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a U.S.-led force in Ivory Coast", [("U.S.", "GPE"), ("Ivory Coast", "GPE")]),
        ("Sri Lankans and Norway's king", [("Sri Lankans", "NORP"), ("Norway", "GPE")]),
        ("the Oslo Accords", []),
        ("Jordan scored", []),
    ],
)
def test_listed_names_are_added(text, expected):
    assert shown(text, apply_lists(text, [], find_listed(text))) == expected


def test_lists_correct_labels_but_not_where_they_are_ambiguous():
    text = "Norway met Jordan"
    spans = [Span(0, 6, "ORG"), Span(11, 17, "PERSON")]
    assert shown(text, apply_lists(text, spans, find_listed(text))) == [("Norway", "GPE"), ("Jordan", "PERSON")]


def test_a_longer_listed_name_swallows_its_parts():
    text = "in Washington, D.C. today"
    spans = [Span(3, 13, "GPE"), Span(15, 19, "GPE")]
    assert shown(text, apply_lists(text, spans, find_listed(text))) == [("Washington, D.C.", "GPE")]


def test_suffixes_decide_between_organisation_and_place():
    text = "Lund Bank and Miller River and Anton Park"
    spans = [Span(0, 9, "PERSON"), Span(14, 26, "PERSON"), Span(31, 41, "PERSON")]
    assert [label for _, label in shown(text, correct_organisations(text, spans))] == ["ORG", "LOC", "PERSON"]
    assert correct_organisations(text, [Span(31, 41, "ORG")])[0].label == "FAC"


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("UN", "United Nations", True),
        ("U.N.", "United Nations", True),
        ("DoE", "Department of Energy", True),
        ("USI", "University of Southern Illyria", True),
        ("Un", "United Nations", False),
        ("UN", "Upper Norland Union", False),
        ("O", "Oslo", False),
    ],
)
def test_short_forms(short, name, expected):
    assert is_short_form(short, name) is expected


def test_only_matching_short_forms_are_names():
    text = "Arctic Fisheries Board (AFB) and Nordic Bank (closed)"
    spans = spans_of(text, Arctic_Fisheries_Board="ORG", Nordic_Bank="ORG")
    assert shown(text, find_short_forms(text, spans)) == [("AFB", "ORG")]


def test_bodies_of_places_and_elections_are_one_name():
    text = "The Labour Party of Norway won the 2004 Norwegian general election in Oslo."
    spans = spans_of(text, Labour_Party="ORG", Norway="GPE", Norwegian="NORP", Oslo="GPE")
    assert shown(text, join_parts(text, spans)) == [
        ("Labour Party of Norway", "ORG"),
        ("2004 Norwegian general election", "EVENT"),
        ("Oslo", "GPE"),
    ]


def test_surnames_of_known_people_are_people():
    text = "Ida Berg left. Berg wept. Ask Berg."
    spans = [Span(0, 8, "PERSON"), Span(15, 19, "ORG")]
    assert shown(text, make_consistent(text, spans)) == [
        ("Ida Berg", "PERSON"),
        ("Berg", "PERSON"),
        ("Berg", "PERSON"),
    ]


def test_the_majority_names_the_label():
    text = "Nordex grew. Nordex fell. Nordex won."
    spans = [Span(0, 6, "PERSON"), Span(13, 19, "ORG"), Span(26, 32, "ORG")]
    assert {label for _, label in shown(text, make_consistent(text, spans))} == {"ORG"}


def test_words_that_also_stand_uncapitalised_do_not_spread():
    text = "He joined Force. The force left. Force is all."
    spans = [Span(10, 15, "ORG")]
    assert len(make_consistent(text, spans)) == 1


def test_a_word_at_the_beginning_of_a_sentence_is_no_name_where_it_is_a_common_one():
    text = "Scouting grew. They like scouting."
    assert make_consistent(text, [Span(0, 8, "PERSON")]) == []


def test_people_do_not_live_in():
    text = "They live in Harnby. A train left Harnby."
    assert [label for _, label in shown(text, make_consistent(text, [Span(13, 19, "PERSON")]))] == ["GPE", "GPE"]


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (["Ida Berg", "Berg", "Ida"], [0, 0, 0]),
        (["Ida Berg", "Jon Berg", "Berg"], [0, 1, 1]),
        (["Berg", "Ida Berg"], [0, 0]),
        (["Ida Berg", "I. Berg", "Ida M. Berg", "Ida K. Berg"], [0, 0, 0, 0]),
        (["Ida M. Berg", "Ida K. Berg"], [0, 1]),
        (["Li Weiming", "Li"], [0, 0]),
        (["Ana Ruiz Soler", "Ana Ruiz"], [0, 0]),
        (["Jan van der Meer", "Meer"], [0, 0]),
        (["Martin Okafor Jr.", "Okafor"], [0, 0]),
        (["Ida Berg-Lund", "Lund"], [0, 0]),
        (["Ida Berg", "Tor Dahl", "Lie"], [0, 1, 2]),
    ],
)
def test_people(names, groups):
    found = group_people(names)
    first = list(dict.fromkeys(found))
    assert [first.index(group) for group in found] == groups


@pytest.mark.parametrize(
    ("mentions", "groups"),
    [
        ([("U.S.", "GPE"), ("United States", "GPE"), ("America", "GPE"), ("American", "NORP")], [0, 0, 0, 1]),
        ([("Iran", "GPE"), ("Iranian", "NORP"), ("Iranians", "NORP")], [0, 1, 1]),
        ([("U.N.", "ORG"), ("U.N. Security Council", "ORG"), ("Security Council", "ORG")], [0, 1, 1]),
        ([("Nordpress", "ORG"), ("Nordpress news agency", "ORG")], [0, 0]),
        ([("New York", "GPE"), ("New York Chronicle", "ORG")], [0, 1]),
        ([("Bergen, Norway", "GPE"), ("Bergen", "GPE")], [0, 0]),
        ([("University of Norland", "ORG"), ("University", "ORG")], [0, 0]),
        ([("Oslo Council", "ORG"), ("Bergen Council", "ORG"), ("Council", "ORG")], [0, 1, 2]),
        ([("Berg", "PERSON"), ("Berg", "ORG")], [0, 1]),
        ([("Nordic Fund", "ORG"), ("NORDIC FUND", "ORG"), ("the Nordic Fund", "ORG")], [0, 0, 0]),
    ],
)
def test_clusters(mentions, groups):
    assert cluster_mentions([Mention(*mention) for mention in mentions]) == groups


def test_name_keys():
    assert name_key("the U.S.") == name_key("US") == "us"
    assert name_key("The") == "the"


def test_places_that_speak_are_metonyms():
    assert is_metonym("Oslo said it", 4) is True
    assert is_metonym("Oslo has it", 4) is None


def test_rules_stay_linear_on_hostile_text():
    hostile = ("Ida Berg, " * 4000) + "U.S. " * 4000 + "(" * 4000 + "Mr. " * 4000 + "A.B" * 4000
    spans = [Span(at, at + 8, "PERSON") for at in range(0, 40_000, 10)]
    found = make_consistent(hostile, apply_lists(hostile, tidy_all(hostile, spans), find_listed(hostile)))
    assert len(found) >= 8000
    people = [f"First{number} Last{number}" for number in range(4000)]
    assert len(set(group_people(people))) == 4000
    bodies = [Mention(f"Board Number{number} of Norland", "ORG") for number in range(4000)]
    assert len(set(cluster_mentions(bodies))) == 4000
