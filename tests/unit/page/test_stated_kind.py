import pytest

from dateline.model import Statement
from dateline.page.arrange._corrections import is_correction
from dateline.page.flatten.raw_block import Flattened, RawBlock
from dateline.page.roles.assign_roles import RoleChoice
from dateline.page.roles.stated_kind import heed_stated_kind

ARTICLE = (Statement("meta", "og:type", "article"),)
PROSE = "Az árvíz elérte a várost, és az emberek az emeletre vitték a holmijukat, mondta a polgármester."


def roles(blocks, names, statements=ARTICLE):
    choices = [RoleChoice(name, 0.1, "") for name in names]
    return [choice.role for choice in heed_stated_kind(Flattened(tuple(blocks), statements), choices)]


def test_prose_under_the_headline_is_the_text_where_the_markup_says_article():
    blocks = [RawBlock("Árvíz"), RawBlock("Megosztás"), RawBlock(PROSE), RawBlock(PROSE)]
    names = ["headline", "navigation", "boilerplate", "boilerplate"]
    assert roles(blocks, names) == ["headline", "navigation", "body", "body"]
    assert roles(blocks, names, ()) == names
    assert roles(blocks, ["boilerplate", *names[1:]]) == ["boilerplate", *names[1:]]


def test_a_standfirst_stays_one_unless_it_is_all_there_is():
    blocks = [RawBlock("Árvíz"), RawBlock(PROSE), RawBlock(2 * PROSE)]
    assert roles(blocks, ["headline", "standfirst", "boilerplate"]) == ["headline", "standfirst", "body"]
    assert roles([blocks[0], blocks[2]], ["headline", "standfirst"]) == ["headline", "body"]


@pytest.mark.parametrize(
    "block",
    [
        RawBlock(2 * PROSE, link_chars=len(PROSE) * 2),
        RawBlock(2 * PROSE, is_hidden=True),
        RawBlock(2 * PROSE, semantics=frozenset({"aside"})),
        RawBlock("We use cookies on this site to show you what we think that you may want to see today."),
    ],
    ids=["links", "hidden", "aside", "consent"],
)
def test_frames_are_no_text_whatever_the_markup_says(block):
    assert roles([RawBlock("Árvíz"), block], ["headline", "boilerplate"]) == ["headline", "boilerplate"]


def test_prose_far_below_the_headline_is_another_matter():
    blocks = [RawBlock("Árvíz"), *([RawBlock("Címke")] * 12), RawBlock(2 * PROSE)]
    names = ["headline", *(["navigation"] * 12), "boilerplate"]
    assert roles(blocks, names) == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Correction: An earlier version gave a wrong name.", True),
        ("Correction, Nov. 18, 2019: The mayor is 52, not 25.", True),
        ("CLARIFICATION — The mayor was not asked.", True),
        ("Editor's note: This story has been corrected to show that the mayor is 52.", True),
        ("• This article was amended on 5 May 2021 to give the right name of the bridge.", True),
        ("A previous version of this story misstated the length of the bridge.", True),
        ("This article was written by Ann Doe.", False),
        ("Correction of the river's course will cost nine million: that is what the board says.", False),
        ("The paper printed a correction on Monday: the mayor is 52.", False),
    ],
)
def test_notes_of_correction_are_told_from_news_about_corrections(text, expected):
    assert is_correction(text) is expected
