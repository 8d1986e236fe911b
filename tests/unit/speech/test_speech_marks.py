from __future__ import annotations

import pytest

from dateline.speech.marks import find_marked


def marked(*texts: str) -> list[str]:
    return [texts[each.index][each.start : each.end] for each in find_marked(texts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said, "We are late," and left.', ["We are late,"]),
        ("She said, “We are late,” and left.", ["We are late,"]),
        ("Sie sagte: „Wir sind spät“ und ging.", ["Wir sind spät"]),
        ("Elle a dit : «Nous sommes en retard» hier.", ["Nous sommes en retard"]),
        ("Hon sade: ”Vi är sena” och gick.", ["Vi är sena"]),
        ("She said: 'We are very late,' and left.", ["We are very late,"]),
        ("She said: ‘We aren’t late today,’ and left.", ["We aren’t late today,"]),
        ("The ships' captains and the crew's cook left.", []),
        ("It was the '90s and nobody's fault, they said.", []),
        ('A "first" and a "second" one.', ["first", "second"]),
        ('"A whole," he said. "Another one."', ["A whole,", "Another one."]),
        ("“He called it ‘a very good day’ twice,” she said.", ["He called it ‘a very good day’ twice,"]),
        ('The 12" pipe burst.', []),
        ("“It ends with the wrong mark.“ Then it goes on.", ["It ends with the wrong mark."]),
        ("", []),
    ],
)
def test_marks_of_all_kinds(text, expected):
    assert marked(text) == expected


def test_a_mark_without_partner_costs_no_other_one():
    assert marked('He said "yes," and 6" of rain fell. "No," he said.') == ["yes,", "No,"]


def test_paragraphs_that_open_again_are_continued():
    texts = ['"This is the first part.', '"This is the second.', '"And the last," she said.', '"New," he said.']
    found = find_marked(texts)
    assert [(each.index, each.continued, each.continues) for each in found] == [
        (0, True, False),
        (1, True, True),
        (2, False, True),
        (3, False, False),
    ]


def test_offsets_exclude_the_marks():
    text = 'So "it is" now'
    (found,) = find_marked([text])
    assert text[found.start : found.end] == "it is"
    assert text[found.opening : found.closing] == '"it is"'


@pytest.mark.parametrize("unit", ['"', "'a ", "“", "‘a", '" ', "„a “", "a'b"])
def test_hostile_marks_end_soon(unit):
    text = unit * 20_000
    assert all(0 <= each.start <= each.end <= len(text) for each in find_marked([text]))
