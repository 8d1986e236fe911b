"""What a plain-text dump needs before and after its blocks are judged."""

import textwrap
from datetime import date
from itertools import pairwise

import pytest

from dateline.model import Capture
from dateline.page import read_page
from dateline.page.arrange._joined_copies import drop_joined_copies
from dateline.page.arrange._listings import leave_listing
from dateline.page.arrange._twin_captions import mark_twin_captions
from dateline.page.flatten._fragments import is_fragmented
from dateline.page.flatten._wrapping import wrap_width
from dateline.page.flatten.flatten_text import flatten_text
from dateline.page.flatten.raw_block import RawBlock
from dateline.page.roles.assign_roles import RoleChoice

STORY = (
    "RIVERMOUTH -- The last paper mill on the Tarn will close in May, its owner said on Monday, and 212 people in the "
    "town will lose their work.",
    "The mill had made newsprint since 1911, and nobody in the town could remember a year in which it stood still.",
    '"We have looked at every way to keep it going, and there is none," said Ann Doe, who has run it since 2004.',
    "The mayor, Bob Roe, asked the county for help with the wages, and the county said that it would answer in a week.",
    "A meeting for those who work at the mill is set for Thursday evening in the hall of the school on Weir Street.",
)
HEADLINES = [
    f"{name} council votes to keep its old {thing} for another year"
    for name in ("Lorne", "Hestan", "Tresk", "Marrowby", "Corrin", "Skarvik")
    for thing in ("bridge", "market hall", "ferry landing")
]


def page_of(*lines):
    return "\n".join(lines).encode()


def read(payload):
    return read_page(Capture("c", date(2020, 1, 1), "tests", "file", "story.txt"), payload, max_bytes=1_000_000)


def text_of(payload):
    page = read(payload)
    return [block.text for block in page.blocks if block.text_start is not None]


def test_headlines_set_apart_by_blank_lines_do_not_hide_that_a_dump_was_wrapped():
    wrapped = "\n\n".join(textwrap.fill(paragraph, 79) for paragraph in STORY)
    raw = "\n\n".join([*HEADLINES, wrapped])
    assert wrap_width(raw.split("\n")) in range(75, 80)
    assert [block.text for block in flatten_text(raw).blocks] == [*HEADLINES, *STORY]


def test_headlines_one_below_the_other_were_not_wrapped():
    assert wrap_width(HEADLINES * 3) is None


def test_a_wrapped_dump_may_hold_a_few_lines_that_cannot_be_wrapped():
    wrapped = [line for paragraph in STORY * 6 for line in (*textwrap.wrap(paragraph, 79), "")]
    addresses = ["https://mill.example/" + "a" * 100] * 3
    assert wrap_width([*wrapped, *addresses]) in range(75, 80)


def test_paragraphs_broken_in_mid_sentence_are_joined_without_any_inner_mark():
    pieces = ["The owner of the mill on", "the Tarn", "said in the evening that", "May", "will be the last month."]
    assert is_fragmented(pieces + ["Home", "World"] * 40) is False
    assert [b.text for b in flatten_text("\n".join(pieces * 3)).blocks] == [" ".join(pieces)] * 3


def test_lines_of_menus_in_small_letters_are_no_pieces_of_sentences():
    assert not is_fragmented(["home", "world news", "about us", "contact the desk", "terms"] * 5)


def test_the_stamp_of_a_comment_over_several_lines_ends_before_the_comment():
    raw = "\n".join(
        line
        for name in ("Ann", "Bob", "Eve")
        for line in (name, "on", "May 2, 2010 at 9:14 am", "said:", "I do not think so,", "it rained.")
    )
    blocks = [block.text for block in flatten_text(raw).blocks]
    assert blocks.count("May 2, 2010 at 9:14 am said:") == 3
    assert blocks.count("I do not think so, it rained.") == 3


def test_speech_after_said_stays_in_its_paragraph():
    raw = "\n".join(
        ["The owner of the mill on", "the Tarn", "then rose and said:", '"It is over," and nobody spoke.'] * 3
    )
    assert len(flatten_text(raw).blocks) == 3


@pytest.mark.parametrize("credit", ["Ann Doe/Tarn Post", "Credit: Tarn Post"])
def test_a_caption_printed_with_and_without_its_credit_is_no_text(credit):
    caption = "Workers leave the mill by the gate on Weir Street after the last shift of the week"
    payload = page_of(
        "Mill on the Tarn to close in May", "", *pairs(STORY[:3]), caption, f"{caption} {credit}", "", *pairs(STORY[3:])
    )
    assert text_of(payload) == list(STORY)


def pairs(paragraphs):
    return [line for paragraph in paragraphs for line in (paragraph, "")]


def test_the_article_once_more_in_one_piece_is_a_copy():
    assert text_of(page_of("Mill on the Tarn to close in May", "", *pairs(STORY), " ".join(STORY))) == list(STORY)


def test_a_paragraph_that_takes_up_one_other_is_no_copy():
    again = (
        STORY[1].replace("newsprint", "newsprint and envelopes") + " It did so in two wars as well, and in the flood."
    )
    assert again in text_of(page_of("Mill on the Tarn to close in May", "", *pairs(STORY), again))


WEDNESDAY, TUESDAY = "Wednesday May 5, 2010", "Tuesday May 4, 2010"
OTHERS = [
    (
        "Ferry landing to move upstream",
        WEDNESDAY,
        "The county wants the ferry to land where the river is deeper, and will dredge there all summer.",
    ),
    (
        "Why the choir of Corrin sings at noon",
        WEDNESDAY,
        "A custom of the miners is alive in a town that has had no mine for ninety years.",
    ),
    (
        "School bus late for a month",
        TUESDAY,
        "Parents have counted the minutes since the first of April, and they come to eleven hours in all.",
    ),
    (
        "A goat on the roof of the bank",
        TUESDAY,
        "Nobody knows how it got there, and the firemen would like to know before they try to fetch it.",
    ),
    (
        "Rain stops the regatta",
        TUESDAY,
        "Eight boats were on the water when the first thunder was heard over the weir on Sunday.",
    ),
]


def test_other_posts_listed_with_their_days_are_not_text():
    listed = [line for head, day, text in OTHERS for line in (head, "Eve Poe", day, text, "")]
    payload = page_of("Mill on the Tarn to close in May", "", *pairs(STORY), "More from the Tarn Post", "", *listed)
    assert text_of(payload) == list(STORY)


def test_stories_listed_above_the_headline_are_not_text():
    items = "".join(f"<li><a href='/{no}'>{head}</a> {text}</li>" for no, (head, _, text) in enumerate(OTHERS))
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    title = "<h1>Mill on the Tarn to close in May</h1>"
    capture = Capture("c", date(2020, 1, 1), "tests", "file", "story.html")
    page = read_page(capture, f"<ul>{items}</ul>{title}{story}".encode(), max_bytes=1_000_000)
    assert [block.text for block in page.blocks if block.text_start is not None] == list(STORY)


def test_a_chronology_has_each_of_its_days_once_and_stays():
    days = [line for no, (_, _, text) in enumerate(OTHERS, 1) for line in (f"May {no}, 2010", "", text, "")]
    text = text_of(page_of("Mill on the Tarn to close in May", "", *pairs(STORY), *days))
    assert all(entry in text for _, _, entry in OTHERS)


DIARY = [
    f"{start} and I wrote down in the evening what I had seen of it, before the lamp went out."
    for start in ("The ice broke on the weir", "The ice was gone", "A barge came up", "It rained", "The barge left")
]


@pytest.mark.parametrize("days", [(2, 3, 3, 5, 6), (2, 2, 2, 3, 3)])
def test_a_diary_may_have_two_entries_of_a_day(days):
    entries = [line for day, text in zip(days, DIARY, strict=True) for line in (f"May {day}, 2010", "", text, "")]
    text = text_of(page_of("A week at the weir of Rivermouth", "", *pairs(STORY), *entries))
    assert [line for line in text if line in DIARY] == DIARY


@pytest.mark.parametrize(
    "stamps",
    [
        ("2 hours ago", "1 hour ago", "1 hour ago", "1 hour ago", "2 min ago"),
        ("9:45", "9:45", "9:51", "10:02", "10:02"),
    ],
)
def test_entries_of_a_live_blog_have_times_and_stay(stamps):
    entries = [line for stamp, (head, _, text) in zip(stamps, OTHERS, strict=True) for line in (head, stamp, text)]
    blocks = [RawBlock(text) for text in (*STORY, *entries)]
    choices = tuple(RoleChoice("body", 0.9, "") for _ in blocks)
    assert leave_listing(blocks, choices) == choices


def test_paragraphs_below_a_list_of_other_posts_are_the_article_again():
    listed = [line for head, day, text in OTHERS for line in (head, "Eve Poe", day, text, "")]
    last = "The hall of the school holds three hundred people, and the mayor hopes that all of them will come."
    end = pairs((last, last[:-1] + " too."))
    assert text_of(page_of("Mill on the Tarn to close in May", "", *pairs(STORY), *listed, *end))[-1] == end[-2]


def test_a_report_filed_elsewhere_below_the_article_does_not_take_its_place():
    filed = ("LORNE (AP) -- A goat ran aground on a roof.", "It is well and eats.", "It rained.")
    report = ("Friday, May 5, 2010", "", *pairs(filed))
    assert text_of(page_of("Mill on the Tarn to close in May", "", *pairs(STORY), *report))[: len(STORY)] == list(STORY)


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("The council was not amused", "The council was not amused by the report of its own engineer, it said."),
        ("Mayor resigns over the weir", "Mayor resigns over the weir, the council says on Monday."),
    ],
)
def test_a_cross_heading_whose_words_open_the_paragraph_is_no_caption(head, first):
    page = page_of("Mill on the Tarn to close in May", "", *pairs(STORY[:3]), head, "", first, "", *pairs(STORY[3:]))
    assert first in text_of(page)


def roles_after(step, *texts):
    """Roles of texts that were all taken for body, after a step."""
    return [c.role for c in step([RawBlock(text) for text in texts], [RoleChoice("body", 0.9, "")] * len(texts))]


CAPTION = "The old mill at dawn"


@pytest.mark.parametrize(
    ("between", "end", "role"),
    [
        ([], " Ann Doe/Tarn Post", "caption"),
        (["Image"], " Ann Doe/Tarn Post", "caption"),
        (["Image", "Enlarge"], " Ann Doe/Tarn Post", "body"),
        ([], " Ann Doe, who took this picture in the spring of the year, said no", "body"),
    ],
)
def test_a_twin_of_a_caption_stands_near_and_adds_a_credit_alone(between, end, role):
    assert roles_after(mark_twin_captions, CAPTION, *between, CAPTION + end)[-1] == role


def test_a_second_printing_in_one_piece_is_of_several_paragraphs_and_long():
    first, second = STORY[0], STORY[1]
    assert roles_after(drop_joined_copies, first, second, f"{first} {second}")[-1] == "boilerplate"
    assert roles_after(drop_joined_copies, first + " " + second, f"{first} {second} It is so.")[-1] == "body"
    short = (
        "It rained on the whole town today and the weir ran over",
        "Nobody went out to the harbour but the man who feeds the gulls",
    )
    assert roles_after(drop_joined_copies, *short, " ".join(short))[-1] == "body"


def test_a_list_of_days_without_prose_or_above_the_text_is_no_list_of_posts():
    days = [line for head, day, _ in OTHERS for line in (head, day)]
    assert "related" not in roles_after(leave_listing, *STORY, *days)
    posts = [line for head, day, text in OTHERS for line in (head, day, text)]
    assert "related" not in roles_after(leave_listing, "A few words of " * 4 + "prose that end here.", *posts)


def test_an_agency_in_the_dateline_is_no_credit_of_a_picture():
    first = "RIVERMOUTH (Reuters) - " + STORY[0].removeprefix("RIVERMOUTH -- ")
    assert text_of(page_of("Mill on the Tarn to close in May", "", *pairs((first, *STORY[1:]))))[0] == first


def test_hostile_lists_of_days_and_datelines_are_read_to_the_end():
    days = "May 5, 2010\n" * 4000
    reports = "RIVERMOUTH (AP) -- A ferry ran aground at the north bank of the river on Monday.\n" * 2000
    assert read((days + reports).encode()).blocks


def test_order_of_blocks_is_that_of_the_page():
    page = read(page_of("Mill on the Tarn to close in May", "", *pairs(STORY)))
    assert all(a.raw_start < b.raw_start for a, b in pairwise(page.blocks))
