from __future__ import annotations

import pytest

from dateline.names.gazetteer import listed_names
from dateline.names.lists import function_words, read_list

KEYS = {
    "countries.csv": "name",
    "demonyms.csv": "demonym",
    "places.csv": "name",
    "titles.csv": "title",
    "organisation_suffixes.csv": "suffix",
    "place_suffixes.csv": "suffix",
    "reporting_verbs.csv": "form",
    "anonymous_sources.csv": "head",
}


@pytest.mark.parametrize("name", KEYS)
def test_every_row_has_a_source_and_a_key_of_its_own(name):
    rows = read_list(name)
    keys = [row[KEYS[name]] for row in rows]
    assert rows
    assert all(row["source"] for row in rows)
    assert all(keys)
    assert len(keys) == len(set(keys))


def test_every_country_has_a_nationality():
    countries = {row["iso2"] for row in read_list("countries.csv")}
    nationalities = {row["iso2"] for row in read_list("demonyms.csv")}
    # Shared by two countries (Congolese, Dominican) or not in use: they have no adjective of their own.
    assert countries - nationalities == {"CD", "CG", "DM", "DO", "VA", "MO"} - nationalities
    assert len(countries) >= 193


@pytest.mark.parametrize(
    ("name", "iso2"),
    [("U.S.", "US"), ("Britain", "GB"), ("DPRK", "KP"), ("Burma", "MM"), ("Taiwan", "TW"), ("Ivory Coast", "CI")],
)
def test_common_names_of_countries(name, iso2):
    assert listed_names()[name].iso2 == iso2


def test_places_and_countries_carry_real_codes():
    codes = {row["iso2"] for row in read_list("countries.csv")}
    assert all(len(row["iso2"]) == 2 and row["iso2"].isupper() for row in read_list("places.csv"))
    assert {row["iso2"] for row in read_list("demonyms.csv")} - {""} <= codes


def test_function_words_are_lower_case():
    assert {"the", "of"} <= function_words()
    assert all(word == word.lower() for word in function_words())
