from datetime import date

import pytest
from page_stories import PARAGRAPHS, dump

from dateline.page.arrange.layers import assign_layers, join_text
from dateline.page.flatten.flatten_text import flatten_text
from dateline.page.flatten.raw_block import Flattened, RawBlock
from dateline.page.roles.assign_roles import RoleChoice, assign_roles
from dateline.page.wording.eras import copyright_era, dated_era
from dateline.schema.outcomes import LAYERS, READ_ROLES, TEXT_ROLES

YEAR = (date(2005, 1, 1), date(2005, 12, 31))


def layered(*roles_and_texts):
    blocks = tuple(RawBlock(text) for _, text in roles_and_texts)
    choices = [RoleChoice(role, 0.9 if role in TEXT_ROLES else 0.1, "given") for role, _ in roles_and_texts]
    return assign_layers(Flattened(blocks, is_html=False), choices)


def read_dump():
    flattened = flatten_text(dump(*PARAGRAPHS))
    return assign_layers(flattened, assign_roles(flattened))


def test_rail_and_shell_take_the_era_of_the_footer():
    blocks = {block.text: block for block in read_dump()}
    rail = blocks["Council votes on new bridge"]
    assert (rail.layer, rail.era_from, rail.era_to) == ("rail", *YEAR)
    footer = blocks["© 2005 Harbour Daily. All rights reserved."]
    assert (footer.layer, footer.era_from, footer.era_to) == ("shell", *YEAR)
    assert "© 2005" in footer.reason


def test_article_blocks_have_no_era_and_stand_in_the_text_where_they_say():
    blocks = read_dump()
    text = join_text(blocks)
    assert text == "\n\n".join(PARAGRAPHS)
    for block in blocks:
        if block.text_start is not None:
            assert text[block.text_start : block.text_end] == block.text
            assert block.layer == "article"
            assert block.era_from is None
        assert block.layer in LAYERS
        assert block.kept == (block.layer == "article" and block.role in READ_ROLES)


def test_a_strip_of_running_news_is_not_dated_by_the_footer():
    blocks = layered(
        ("boilerplate", "Police arrested a man in the robbery of a bank in the capital this month, authorities say."),
        ("headline", "River floods town"),
        ("body", PARAGRAPHS[0]),
        ("boilerplate", "© 2005 Harbour Daily"),
    )
    assert blocks[0].layer == "shell"
    assert blocks[0].era_from is None
    assert blocks[3].era_from == date(2005, 1, 1)


def test_a_dated_string_of_the_shell_speaks_for_itself():
    blocks = layered(
        ("navigation", "Updated: June 17, 2005"),
        ("headline", "River"),
        ("body", PARAGRAPHS[0]),
        ("boilerplate", "© 2006 Daily"),
    )
    assert (blocks[0].era_from, blocks[0].era_to) == (date(2005, 6, 17), date(2005, 6, 17))


def test_an_archives_toolbar_is_a_layer_of_its_own():
    blocks = layered(
        ("navigation", "The Wayback Machine - https://web.archive.org/web/2009/"),
        ("headline", "River"),
        ("body", PARAGRAPHS[0]),
    )
    assert blocks[0].layer == "archive_tool"


def test_captions_far_from_the_text_are_not_the_articles():
    filler = [("navigation", f"Menu {n}") for n in range(10)]
    blocks = layered(("headline", "River"), ("body", PARAGRAPHS[0]), *filler, ("caption", "Another story's picture"))
    assert blocks[-1].layer != "article"
    assert not blocks[-1].kept


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("© 2005 Cable Harbour LP.", 2005),
        ("Copyright 1998-2006 Harbour Daily", 2006),
        ("(c) Harbour Daily 2011", 2011),
        ("2004 Harbour Daily, all rights reserved", 2004),
    ],
)
def test_copyright_years(text, year):
    era = copyright_era(text)
    assert (era.first, era.last) == (date(year, 1, 1), date(year, 12, 31))


def test_impossible_dates_are_no_era():
    assert dated_era("Updated February 31, 2005") is None
    assert copyright_era("The right to copy was granted in 2005.") is None
