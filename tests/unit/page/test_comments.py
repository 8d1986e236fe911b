import pytest
from page_stories import PARAGRAPHS, dump

from dateline.page.flatten.flatten_text import flatten_text
from dateline.page.roles._comments import find_comments
from dateline.page.roles.assign_roles import assign_roles
from dateline.page.wording.stamps import AGO, ANSWER, DATED, NONE, SAYS, stamp_kind

REMARKS = ("I have seen the river higher than that.", "The pumps are older than I am.", "Nobody asked the fishermen.")
TIMES = ("March 2, 2011 at 4:12 pm", "March 2, 2011 at 5:40 pm", "March 3, 2011 at 8:03 am")
NAMES = ("Barnaby Ruddle", "fishwife61", "Tern Pointer")


def signed(names=NAMES, times=TIMES, remarks=REMARKS):
    return [
        line for name, time, said in zip(names, times, remarks, strict=True) for line in (f"{name} says:", time, said)
    ]


def roles_of(*lines):
    flattened = flatten_text(dump(*lines))
    return {b.text: c.role for b, c in zip(flattened.blocks, assign_roles(flattened), strict=True)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("November 19, 2019 at 6:34 am", DATED),
        ("Alex on September 17, 2018 at 6:34 am said:", SAYS),
        ("17. Mai 2011 um 18:04", DATED),
        ("2023年10月3日 18時20分", DATED),
        ("Barnaby Ruddle says:", SAYS),
        ("5 hours ago", AGO),
        ("il y a 3 heures", AGO),
        ("Log in to reply", ANSWER),
        ("Reply to Barnaby", ANSWER),
        ("The harbour board met at 9:30 am and spoke of worms", NONE),
        ("May 4, 2011", NONE),
        ("", NONE),
    ],
)
def test_lines_that_say_who_wrote_and_when(text, kind):
    assert stamp_kind(text) == kind


@pytest.mark.parametrize(
    "header", ["3 Comments", "3 Responses to this story", "Leave a Reply", "3 Kommentare", "Commentaires"]
)
def test_comments_below_a_header_are_no_text(header):
    roles = roles_of(*PARAGRAPHS, header, *signed())
    assert [roles[text] for text in PARAGRAPHS] == ["body"] * 5
    assert {roles[text] for text in REMARKS} == {"comment"}


def test_comments_without_a_header_are_told_by_their_signatures():
    assert {roles_of(*PARAGRAPHS, *signed())[text] for text in REMARKS} == {"comment"}


def test_a_count_of_comments_above_the_story_opens_no_section():
    roles = roles_of("27 Comments", "March 3, 2011 at 8:03 am", *PARAGRAPHS)
    assert [roles[text] for text in PARAGRAPHS] == ["body"] * 5


def test_an_article_on_comments_keeps_its_text():
    story = (*PARAGRAPHS[:2], "Comments", *PARAGRAPHS[2:])
    assert "comment" not in {roles_of(*story)[text] for text in PARAGRAPHS}


def test_an_interview_is_no_comment_section():
    answers = [f"{name}: {said}" for name, said in zip(NAMES, REMARKS, strict=True)]
    blocks = flatten_text("\n\n".join([*PARAGRAPHS, *answers, *answers])).blocks
    assert not find_comments(blocks)


def test_a_live_blog_is_no_comment_section():
    entries = [line for time, text in zip(TIMES, PARAGRAPHS, strict=False) for line in (time, text)]
    blocks = flatten_text("\n\n".join([*PARAGRAPHS, *entries])).blocks
    assert not find_comments(blocks)


def test_a_page_of_letters_is_no_comment_section():
    """Nothing stands above the first letter."""
    blocks = flatten_text("\n\n".join(signed())).blocks
    assert not find_comments(blocks)
