import pytest

from dateline.model import Block, Statement
from dateline.page.facts._outlet import find_outlet
from dateline.page.facts._outlet_witnesses import strip_legal_form

HEADLINE = "River floods town hall in Rivermouth"


def shell(*texts):
    return [Block(no, text, "navigation", "shell") for no, text in enumerate(texts)]


def story(above=(), below=()):
    texts = [*above, HEADLINE, "The river rose in the night.", *below]
    at = len(above)
    return [
        Block(
            no,
            text,
            {at: "headline", at + 1: "body"}.get(no, "boilerplate"),
            "article" if at <= no <= at + 1 else "shell",
            kept=at <= no <= at + 1,
        )
        for no, text in enumerate(texts)
    ]


def titled(title):
    return (Statement("meta", "title", title),)


@pytest.mark.parametrize(
    ("above", "below", "title", "outlet"),
    [
        ((), ("© 2006 Harbour Daily Newspapers, Inc.",), f"{HEADLINE} - Harbour Daily", "Harbour Daily"),
        ((), ("Copyright 2001 Harbour Wire SA.",), f"Harbour Wire: {HEADLINE}", "Harbour Wire"),
        (("Harbour Daily",), ("© 2019 Harbour Media Ltd",), f"{HEADLINE} | Harbour Daily", "Harbour Daily"),
        (("The Harbour Daily", "World"), ("(c) 2006 Harbour Daily Media AS.",), None, "The Harbour Daily"),
        (("The Harbour Daily World Edition",), ("© 2007 Harbour Daily Ltd.",), None, "The Harbour Daily"),
        (("Harbour Daily | World | Monday, May 3, 2010",), ("(c) 2010 Harbour Daily Media AS",), None, "Harbour Daily"),
        (("The Harbour Daily", "Headline News", "World"), (), None, "The Harbour Daily"),
        ((), (), f"{HEADLINE} - 北港新聞", "北港新聞"),
        (("World News", "Sign in"), (), None, None),
        ((), ("Copyright 2004 The Associated Press.",), f"{HEADLINE} - Harbour Daily", "Harbour Daily"),
        ((), ("© 2004 a Harbour plc subsidiary",), None, None),
    ],
)
def test_the_name_on_which_places_agree_goes_before_the_company(above, below, title, outlet):
    assert find_outlet(story(above, below), titled(title) if title else (), None) == outlet


def test_a_host_in_a_source_line_supports_the_masthead_and_is_no_name_itself():
    source = Block(1, "Source: harbour.example | 05-10-2006", "byline", "article")
    assert find_outlet([*shell("The Harbour Daily"), source], (), None) == "The Harbour Daily"
    assert find_outlet([source], (), None) is None


def test_a_stated_name_is_believed_and_loses_slogan_and_legal_form():
    stated = (Statement("meta", "og:site_name", "Harbour Daily | News from the quay"),)
    assert (
        find_outlet(story(("Quay Herald",)), (*stated, *titled(f"{HEADLINE} | Harbour Daily")), None) == "Harbour Daily"
    )
    company = (Statement("json_ld", "publisher.name", "Harbour Daily LLC"),)
    assert find_outlet(story(), company, None) == "Harbour Daily"
    account = (Statement("json_ld", "publisher.name", "@harbour"),)
    assert find_outlet(story(), account, "https://harbour.example/a") == "harbour.example"


def test_a_name_run_together_is_spelled_as_the_page_spells_it():
    stated = (Statement("meta", "og:site_name", "harbourdaily"), *titled(f"{HEADLINE} | Harbour Daily"))
    assert find_outlet(story(), stated, None) == "Harbour Daily"


@pytest.mark.parametrize("name", ["Texas", "Las Vegas Sun", "Harbour & Quay", "Thomas"])
def test_legal_forms_are_whole_words_at_the_end(name):
    assert strip_legal_form(name) == name
    assert strip_legal_form(f"{name} GmbH") == name
