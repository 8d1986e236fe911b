"""Lines that come again in the article's own text, and second printings of it."""

from datetime import date

import pytest

from dateline.model import Capture
from dateline.page import read_page
from dateline.page.flatten.raw_block import RawBlock
from dateline.page.roles._repeats import find_repeats

DISHES = (
    "Barley soup with leeks, a spoon of cream and the end of the smoked eel from the harbour shop.",
    "Two herrings fried in oatmeal, potatoes in their skins, beetroot that was pickled in autumn.",
    "An omelette of three eggs with sorrel, eaten at the stove, since the table is full of nets.",
    "Cabbage pie, warmed up from the day before, and an apple that somebody else had bought.",
    "Mussels in cider with yesterday's bread, and whatever is left of the cider, in a glass.",
    "Porridge again, with the first rhubarb of the year and more sugar than was meant.",
    "Cod cheeks on toast for everybody who helped with the boat, and pears for the children.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SERVED = "Serves four, or two who rowed."
WHEN = "Eat within an hour of the tide"


def read(blocks):
    body = "".join(f"<p>{text}</p>" for text in blocks)
    html = f"<title>A week of suppers on Skerry</title><body><h1>A week of suppers on Skerry</h1>{body}</body>"
    page = read_page(Capture("c", date(2020, 1, 1), "s", "file", "page.html"), html.encode(), max_bytes=10**6)
    return page.articles[0].text.split("\n\n")


def markup(texts):
    return [RawBlock(text, path="body/p") for text in texts]


def test_labels_of_a_meal_plan_come_with_each_day():
    plan = [line for day, dish in zip(DAYS, DISHES, strict=True) for line in (day, WHEN, dish, SERVED)]
    assert find_repeats(markup(plan), [True] * len(plan)) == []
    given = read(plan)
    assert given.count(SERVED) == given.count(WHEN) == 7


def test_stops_of_a_timetable_come_with_each_boat():
    boats = [
        line
        for n in range(6)
        for line in (
            f"The boat of {7 + 2 * n} o'clock takes letters, goats and up to {20 + n} passengers with small bags.",
            "Calls at Tern Rock on request",
            "No service in a north wind",
        )
    ]
    assert find_repeats(markup(boats), [True] * len(boats)) == []


def test_short_answers_and_questions_of_an_interview_stay():
    asked = "Would you climb the stairs again?"
    talk = [line for dish in DISHES[:5] for line in (f"And in the week of this? {dish}", "No.", asked, f"Yes. {dish}")]
    given = find_repeats(markup(talk), [True] * len(talk))
    assert given == []


@pytest.mark.parametrize("between", [[], ["Printed from the Hestan Beacon"]])
def test_a_page_printed_twice_is_read_once(between):
    texts = [*DISHES, *between, *DISHES]
    second = list(range(len(DISHES) + len(between), len(texts)))
    assert find_repeats(markup(texts), [True] * len(texts)) == second
    assert [text for text in read(texts) if text in DISHES] == list(DISHES)


def test_a_refrain_far_above_the_second_printing_is_no_part_of_it():
    texts = [SERVED, *DISHES[:3], SERVED, *DISHES[3:], *DISHES]
    given = read(texts)
    assert given == texts[: len(given)]
    assert len(given) == 9


def test_a_paragraph_set_again_right_below_is_a_copy():
    texts = [DISHES[0], DISHES[1], DISHES[0], *DISHES[2:]]
    assert find_repeats(markup(texts), [True] * len(texts)) == [2]


def test_captions_of_a_dump_that_recur_are_copies_as_before():
    caption = "Edda Mor and Bob Roe carry fish books up the stairs of Skerry light on Tuesday"
    texts = [line for dish in DISHES for line in (dish, caption)]
    dump = [RawBlock(text) for text in texts]
    assert find_repeats(dump, [True] * len(texts)) == list(range(3, 14, 2))
    assert find_repeats(markup(texts), [True] * len(texts)) == []
