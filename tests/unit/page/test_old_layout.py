"""Pages laid out by tables: the story's cell is the text, and not what stands in it, beside it and around it."""

from datetime import date

import pytest

from dateline.model import Capture
from dateline.page import read_page
from dateline.page.arrange._edges import leave_edges
from dateline.page.arrange._layout_cells import leave_cells
from dateline.page.arrange._pull_quotes import leave_pull_quotes
from dateline.page.arrange._reader_comments import leave_reader_comments
from dateline.page.flatten.raw_block import RawBlock
from dateline.page.roles.assign_roles import RoleChoice

HEAD = "Lamp room of Skerry light to become a library"
STORY = (
    "The keepers of Skerry light carried the last of the old lenses down the stairs on Tuesday, and the first boxes of "
    "books went up the same way an hour later.",
    'Edda Mor, who has kept the harbour accounts since 1981, said that she had asked for the room every spring. "They '
    'always told me that the lamp needed it," she said.',
    "The lamp has been a small grey box on the railing since last autumn. It needs no room, no stairs and no keeper.",
    "Readers may come up on Wednesdays when the wind is below force six, the council decided by five votes to two.",
    "The catalogue holds 812 titles so far, most of them about fish.",
)
MENU = "<td width=120><a href=/n>News</a><br><a href=/s>Sport</a><br><a href=/t>Tides</a><br><a href=/c>Classifieds</a>"
FOOT = "<center><font size=1>Hestan Beacon, 2 Quay Street</font></center>"


def cell(*parts, width=460, above="", head=HEAD):
    opening = f"<font size=5><b>{head}</b></font><br>{above}<br>"
    return f"<td width={width} valign=top>{opening}<font size=2>{'<br><br>'.join(parts)}</font>"


def page_of(*cells, title=HEAD, top=""):
    return (
        f"<html><head><title>{title}</title></head><body bgcolor=white>{top}"
        f"<table width=760><tr>{MENU}{'</td>'.join(cells)}</td></tr></table>{FOOT}</body></html>"
    )


def read(html):
    page = read_page(Capture("c", date(2020, 1, 1), "s", "file", "page.html"), html.encode(), max_bytes=10**6)
    return page, page.articles[0].text.split("\n\n")


def roles(html):
    return {block.text: block.role for block in read(html)[0].blocks}


def test_words_of_other_cells_are_not_of_the_text():
    rail = (
        "<td width=160><font size=1><b>TODAY ON THE QUAY</b><br>Herring from four florins a box, and no questions.<br>"
        "<br><b>PATRONS</b><br>Ropes, lamps, oilskins. Ask for Ove.<br><a href=/o>Look inside</a><br>9:40 p.m.</font>"
    )
    assert read(page_of(cell(*STORY), rail))[1] == list(STORY)


def test_a_story_that_goes_on_in_the_next_cell_is_whole():
    assert read(page_of(cell(*STORY[:3]), f"<td width=200>{STORY[3]}<br><br>{STORY[4]}"))[1] == list(STORY)


def test_a_last_paragraph_in_a_row_of_its_own_is_of_the_text():
    row = f"<tr><td></td><td>{STORY[1]}</td></tr></table>"
    html = page_of(cell(STORY[0], *STORY[2:])).replace("</table>", row)
    assert read(html)[1] == [STORY[0], *STORY[2:], STORY[1]]


BOXES = {
    "a pull quote": "<font size=4><b>The stairs are good for readers</b></font><br><font size=1>Edda Mor, Skerry",
    "a vote": "<b>YOUR VIEW</b><br>Should lamps have libraries in them?<br>Yes, all of them<br>Only tall ones",
    "a picture": "<img src=/l.jpg><br>The stairs as they were on Tuesday, with Edda Mor and box 14 of the fish books.",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_set_into_the_story_is_not_of_the_text(box):
    table = f"<table align=right width=150 border=1><tr><td>{box}</td></tr></table>"
    assert read(page_of(cell(*STORY[:2], table + STORY[2], *STORY[3:])))[1] == list(STORY)


def test_a_table_of_figures_and_a_heading_on_a_bar_are_of_the_text():
    rows = (("Books on herring", "211 titles"), ("Books on cod", "187 titles"), ("Books on whales", "96 titles"))
    figures = "".join(f"<tr><td>{name}</td><td>{count}</td></tr>" for name, count in rows)
    bar = "<table width=440 bgcolor=navy><tr><td><b>What the shelves hold</b></td></tr></table>"
    html = page_of(cell(*STORY[:3], bar + STORY[3], f"{STORY[4]}<br><table>{figures}</table>"))
    given = read(html)[1]
    assert "What the shelves hold" in given
    found = roles(html)
    assert "box" not in "".join(b.reason for b in read(html)[0].blocks if b.text in dict(rows))
    assert found["What the shelves hold"] in ("heading", "body", "table")


def test_lines_between_headline_and_text_say_who_and_where():
    lines = "<font size=1>From BOB ROE on Skerry<br><br>HESTAN BEACON &#183; 3 May 1999 &#183; Bob Roe</font><br>"
    assert read(page_of(cell(*STORY, above=lines)))[1] == list(STORY)


def test_a_cross_heading_above_the_first_paragraph_stays():
    html = page_of(cell(f"<h3>Day one: up the stairs</h3>{STORY[0]}", *STORY[1:]))
    assert "Day one: up the stairs" in read(html)[1]


def test_the_masthead_above_the_headline_is_not_of_the_text():
    top = "<p><font size=7>The Hestan Beacon</font><br><i>Read on Skerry and the islands around it since 1874</i>"
    html = f"<title>{HEAD}</title><body>{top}<br>Wednesday, May 5, 1999<hr><p><font size=5><b>{HEAD}</b></font>"
    html += "".join(f"<p>{paragraph}" for paragraph in STORY)
    assert read(html)[1] == list(STORY)


def test_links_below_the_last_paragraph_lead_on():
    links = "<a href=/1>Next article in it</a> &#183; <a href=/2>Number before</a> &#183; <a href=/3>Bob Roe</a>"
    assert read(page_of(cell(*STORY, links)))[1] == list(STORY)


def test_a_long_notice_of_ownership_below_the_text_is_no_paragraph():
    notice = (
        "Copyright 1999 by the Hestan Beacon Printing Company, 2 Quay Street, at the foot of the stairs. Nothing on "
        "this page may be copied, read aloud on another island or used to wrap fish unless the editor was asked before."
    )
    html = f"<title>{HEAD}</title><h1>{HEAD}</h1>" + "".join(f"<p>{text}</p>" for text in (*STORY, notice))
    assert read(html)[1] == list(STORY)


GUESTS = (
    ("Cousin Lil", "Tern Rock", "We always said that the stairs were good for something, and here it is at last."),
    ("Ove", "the quay", "Is there anything on knots? I have looked for the second half of one since last winter."),
)


@pytest.mark.parametrize("label", ["Latest guestbook entries", "Viewing comments 1 - 2 of 2", "TalkBack"])
def test_a_guestbook_below_the_story_is_of_its_readers(label):
    entries = "<br><br>".join(f"<b>Name:</b> {who} <b>From:</b> {where}<br><br>{said}" for who, where, said in GUESTS)
    page, given = read(page_of(cell(*STORY, f"<hr><b>{label}</b>", entries)))
    assert given == list(STORY)
    assert {block.role for block in page.blocks if block.text in [said for *_, said in GUESTS]} <= {"comment"}


def test_a_link_to_comments_above_the_text_ends_nothing():
    above = "Talkback (2)<br>Name: the stairs<br>"
    given = read(page_of(cell(*STORY, above=above)))[1]
    assert given[-5:] == list(STORY)


def test_a_sentence_set_again_as_a_pull_quote_is_given_once():
    quote = "&quot;They always told me that the lamp needed it&quot;"
    html = f"<title>{HEAD}</title><h1>{HEAD}</h1>" + "".join(
        f"<p>{text}</p>" for text in (*STORY[:3], quote, *STORY[3:])
    )
    assert read(html)[1] == list(STORY)


def test_many_cells_boxes_and_labels_are_read():
    boxes = "<table><tr><td>Herring, two florins a box<br>Ask for Ove</td></tr></table>x<br>" * 400
    labels = "<b>Post a comment</b><br><br>" * 400
    given = read(page_of(cell(*STORY, boxes, labels), *("<td>Cheap oilskins on the quay today",) * 400))[1]
    assert set(STORY) <= set(given)


def left(leave, blocks, roles=None):
    """Roles after a rule, of blocks that are all text unless other roles are given."""
    return [
        choice.role for choice in leave(blocks, [RoleChoice(role, 0.9, "") for role in roles or ["body"] * len(blocks)])
    ]


def in_cell(text, home=2, outer=1):
    return RawBlock(text, path="body/table/tr/td", home=home, outer=outer)


LONG = [in_cell(text) for text in STORY * 2]


def test_a_paragraph_below_the_cell_stays_and_an_advertisement_goes():
    below = in_cell(
        "The stairs will be swept before the readers come, said the harbour office, which owns the broom and "
        "has not lent it since 1990.",
        5,
    )
    assert left(leave_cells, [*LONG, below, in_cell("Cheap lamps on the quay today.", 6)])[-2:] == [
        "body",
        "boilerplate",
    ]
    assert left(leave_cells, [below, *LONG])[0] == "boilerplate"


def test_a_table_of_several_cells_in_the_story_stays():
    figures = [in_cell(text, 7 + no, 2) for no, text in enumerate(["Herring books, old and new", "211 of them"])]
    assert left(leave_cells, [*LONG, *figures]) == ["body"] * 12
    assert left(leave_cells, [*LONG, figures[0], figures[1]._replace(home=7)])[-2:] == ["boilerplate"] * 2


def test_lines_that_a_class_names_and_text_above_a_late_headline_stay():
    line = RawBlock("Light of the islands", classes=("kicker",))
    roles = ["headline", "body", "body"]
    assert left(leave_edges, [RawBlock(HEAD), line, RawBlock(STORY[0])], roles)[1] == "body"
    assert left(leave_edges, [RawBlock(HEAD), line._replace(classes=()), RawBlock(STORY[0])], roles)[1] == "boilerplate"
    late = [RawBlock("Light of the islands between Skerry and the rock"), RawBlock(HEAD), RawBlock(STORY[2])]
    assert left(leave_edges, late, ["body", "headline", "body"])[0] == "body"


GUESTBOOK = [RawBlock(t) for t in ("Post a comment", "Lil, May 3, 2005", "Good stairs.", "Ove, May 4, 2005", "Knots?")]


@pytest.mark.parametrize(
    ("blocks", "is_marked"),
    [
        ([*LONG, *GUESTBOOK], True),
        (GUESTBOOK, False),
        ([LONG[0], *GUESTBOOK], False),
        ([*LONG[:2], *GUESTBOOK, *LONG], False),
        ([*LONG, *GUESTBOOK[:3]], False),
        ([*LONG, GUESTBOOK[0], *LONG[:4], *GUESTBOOK[1:]], False),
    ],
    ids=["below the text", "nothing above", "little above", "more text below", "one line", "lines far away"],
)
def test_comments_stand_below_the_text_and_right_below_their_label(blocks, is_marked):
    assert ("comment" in left(leave_reader_comments, blocks)) == is_marked


def test_a_cross_heading_with_words_of_its_paragraph_is_no_pull_quote():
    heading = "It needs no room, no stairs and no keeper"
    assert left(leave_pull_quotes, [RawBlock(heading), RawBlock(STORY[2])]) == ["body", "body"]
    assert left(leave_pull_quotes, [RawBlock(f'"{heading}"'), RawBlock(STORY[2])]) == ["boilerplate", "body"]


def test_a_paragraph_of_speech_without_spaces_is_no_line():
    speech = "「船底在沙洲上磨掉了一层漆，可是机器没有进沙，明天清晨我们照旧开船，一班也不少，请大家放心」"
    blocks = [RawBlock(text) for text in ("搁浅渡轮恢复通航", speech, "停航三天的渡轮昨天清晨恢复通航。" * 3)]
    choices = tuple(RoleChoice(role, 0.9, "") for role in ("headline", "body", "body"))
    assert leave_edges(blocks, choices) == choices
