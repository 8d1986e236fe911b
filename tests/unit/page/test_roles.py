import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_stories import FOOT, MENU, PARAGRAPHS, dump

from dateline.page.flatten.flatten_html import flatten_html
from dateline.page.flatten.flatten_text import flatten_text
from dateline.page.flatten.raw_block import Flattened, RawBlock
from dateline.page.roles.assign_roles import assign_roles
from dateline.schema.outcomes import ROLES


def roles_of(raw, flatten=flatten_text):
    flattened = flatten(raw)
    return {block.text: choice.role for block, choice in zip(flattened.blocks, assign_roles(flattened), strict=True)}


def test_a_dump_is_told_into_menu_headline_text_and_rail():
    roles = roles_of(dump(*PARAGRAPHS))
    assert all(roles[text] == "body" for text in PARAGRAPHS)
    assert roles["River floods Rivermouth town hall"] == "headline"
    assert roles["Skip to main content"] == "navigation"
    assert roles["Council votes on new bridge"] == "related"
    assert roles[FOOT[-1]] == "boilerplate"


def test_markup_and_its_dump_give_the_same_text():
    page = (
        "<html><head><title>River floods Rivermouth town hall - Harbour Daily</title></head><body>"
        + "<ul>"
        + "".join(f"<li><a href='/{m}'>{m}</a></li>" for m in MENU)
        + "</ul><h1>River floods Rivermouth town hall</h1><div>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</div><div>"
        + "".join(f"<p><a href='/{i}'>{f}</a></p>" for i, f in enumerate(FOOT))
        + "</div></body></html>"
    )
    roles = roles_of(page, flatten_html)
    assert [text for text, role in roles.items() if role == "body"] == list(PARAGRAPHS)
    assert roles["River floods Rivermouth town hall"] == "headline"


@pytest.mark.parametrize(
    "line",
    [
        "Editor:Bob Roe",
        "Source: Harbour Daily | 07-03-2007 09:48",
        "By Bob Roe and Ann Doe",
        "Published: 3 March 2011, 10:15",
    ],
)
def test_lines_about_the_making_are_bylines_wherever_they_stand(line):
    assert roles_of(dump(line, *PARAGRAPHS))[line] == "byline"
    assert roles_of(dump(*PARAGRAPHS, line))[line] == "byline"


@pytest.mark.parametrize(
    "caption",
    [
        "Mayor Ann Doe (L) and engineer Bob Roe look at the river from the roof on March 2. (AP Photo/Jo Poe)",
        "The town hall of Rivermouth stands in the water on Thursday. (Xinhua/Reuters Photo)",
        "In this photo, people carry sand to the doors of the town hall, which was built 90 years ago",
    ],
)
def test_a_paragraph_about_a_picture_is_a_caption(caption):
    assert roles_of(dump(caption, *PARAGRAPHS))[caption] == "caption"


def test_a_sentence_printed_twice_in_a_row_is_alternative_text_and_caption():
    caption = "The mayor was in the capital earlier this week to ask for help."
    roles = roles_of(dump(*PARAGRAPHS[:3], f"{caption}\n{caption}", *PARAGRAPHS[3:]))
    assert roles[caption] == "caption"
    assert roles[PARAGRAPHS[3]] == "body"


def test_a_sentence_under_a_pictures_label_is_a_caption():
    caption = "Ann Doe and Bob Roe spoke by telephone."
    assert roles_of(dump(f"Doe Roe\n{caption}", *PARAGRAPHS))[caption] == "caption"


def test_a_list_under_story_tools_is_not_text():
    roles = roles_of(dump("Story Tools\n\n•  Maps: Harbour | Town\n•  Boats: 3D Models", *PARAGRAPHS))
    assert roles["Story Tools"] == "boilerplate"
    assert not {role for text, role in roles.items() if "Boats" in text or "Maps" in text} & {"body", "list", "heading"}


def test_a_paragraph_printed_again_below_is_dropped_once():
    roles = assign_roles(flatten_text(dump(*PARAGRAPHS, *PARAGRAPHS)))
    assert sum(choice.role == "body" for choice in roles) == len(PARAGRAPHS)


def test_a_news_strip_above_the_headline_is_not_text():
    strip = "Police arrested a man in the robbery of a bank in the capital this month, authorities say."
    roles = roles_of("Home\nWorld\n" + strip + "\n" + dump(*PARAGRAPHS))
    assert roles[strip] not in ("body", "headline")


def test_figures_and_quotations_are_named_by_their_tags():
    page = (
        f"<h1>River floods Rivermouth</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
        "<figure><img src=a.jpg><figcaption>The hall on Thursday</figcaption></figure>"
        f"<p>{PARAGRAPHS[3]}</p><blockquote><p>{PARAGRAPHS[2]}</p></blockquote><p>{PARAGRAPHS[4]}</p>"
    )
    roles = roles_of(page, flatten_html)
    assert roles["The hall on Thursday"] == "caption"
    assert roles[PARAGRAPHS[2]] == "quote"


def test_every_block_gets_a_role_of_the_closed_list_and_a_reason():
    choices = assign_roles(flatten_text(dump(*PARAGRAPHS)))
    assert all(choice.role in ROLES and choice.reason and 0 <= choice.score <= 1 for choice in choices)


def test_no_blocks_give_no_roles():
    assert assign_roles(Flattened(())) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool), max_size=30), st.booleans())
def test_any_texts_are_judged_without_an_error(texts, is_html):
    blocks = tuple(RawBlock(" ".join(text.split()) or "x", tag="p" if is_html else None) for text in texts)
    assert len(assign_roles(Flattened(blocks, is_html=is_html))) == len(blocks)
