"""Mentions of a document: blocks, shared years, histories, digits, and the columns that a row needs."""

import random
from datetime import UTC, date, datetime

import pytest

from dateline.dates import find_dates, find_dates_in_text
from dateline.model import Block

HISTORY = (
    "The canal company was founded on 3 May 1861. In September 1861 the first lock was dug. "
    "On 2 October the wall gave way. In 1862 the work went on. In January 1863 the king came. "
    "By March the second lock stood. On 10 March 1863 it was opened. The crown paid in 1870. On 11 March ships sailed."
)


def values(text: str, reference: date | None) -> list[str | None]:
    return [mention.value for mention in find_dates_in_text(text, reference)]


def test_a_history_is_read_from_its_own_years() -> None:
    found = values(HISTORY, date(2009, 12, 19))
    assert found == [
        "1861-05-03", "1861-09", "1861-10-02", "1862", "1863-01", "1863-03", "1863-03-10", "1870", "1863-03-11",
    ]  # fmt: skip


def test_a_year_that_lies_ahead_of_a_history_does_not_move_it() -> None:
    text = "The wall was built in 1861, 1862 and June 1863. It stood until February 1901. In August a tower was added."
    assert values(text, date(2009, 12, 19))[-1] == "1863-08"


def test_news_with_one_old_year_still_counts_from_publication() -> None:
    text = "The canal, dug in 1861, was closed on Thursday. It will reopen on March 7."
    assert values(text, date(2003, 3, 1)) == ["1861", "2003-02-27", "2003-03-07"]


def test_a_year_said_once_holds_for_what_it_is_joined_to() -> None:
    assert values("It rained in April and June 1955.", date(1998, 1, 1)) == ["1955-04", "1955-06"]
    assert values("From the spring to the autumn of 1955 it rained.", date(1998, 1, 1)) == ["1955-SP", "1955-FA"]


def test_the_focus_runs_from_block_to_block() -> None:
    blocks = [
        Block(block_no=4, text="The dam broke on 4 May 1921."),
        Block(block_no=9, text="The next day it was dry."),
    ]
    found = find_dates(blocks, date(2003, 3, 1))
    assert [(m.block_no, m.text, m.value) for m in found] == [
        (4, "4 May 1921", "1921-05-04"),
        (9, "The next day", "1921-05-05"),
    ]
    assert all(blocks[m.block_no == 9].text[m.start_char : m.end_char] == m.text for m in found)


@pytest.mark.parametrize(
    ("text", "reference", "found"),
    [
        ("On 3/2/2007 and 13/2/2007.", None, ["2007-02-03", "2007-02-13"]),
        ("On 3/2/2007 and 2/13/2007.", None, ["2007-03-02", "2007-02-13"]),
        ("On 3/2/2007 it rained.", None, ["2007-03-02"]),
        ("On 3/2/2007 it rained.", date(2007, 2, 20), ["2007-02-03"]),
        ("On 3/2/2007 it rained.", date(2007, 3, 20), ["2007-03-02"]),
    ],
)
def test_dates_in_digits_are_decided_together(text: str, reference: date | None, found: list[str]) -> None:
    assert values(text, reference) == found


def test_a_mention_fills_its_columns() -> None:
    (mention,) = find_dates_in_text("It shut in early May 1998.", date(1999, 1, 1))
    assert mention.text == "early May 1998"
    assert (mention.type, mention.value, mention.mod, mention.precision) == ("DATE", "1998-05", "START", "month")
    assert (mention.value_from, mention.value_to) == (date(1998, 5, 1), date(1998, 5, 31))
    assert (mention.anchor, mention.rule, mention.confidence) == ("explicit", "month_year", None)


def test_a_set_keeps_its_quantifier() -> None:
    (mention,) = find_dates_in_text("It meets every Monday.", date(1999, 1, 1))
    assert (mention.type, mention.quant, mention.value_from) == ("SET", "EVERY", None)


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("over the past two years the firm", "the past two years"),
        ("in two weeks the firm", "two weeks"),
        ("nearly two years ago the firm", "nearly two years ago"),
        ("in the middle of October the firm", "the middle of October"),
        ("about Nov. 1 the firm", "about Nov. 1"),
        ("on the night of May 13 the firm", "the night of May 13"),
    ],
)
def test_extents_take_articles_and_modifiers_but_no_prepositions(text: str, extent: str) -> None:
    assert [m.text for m in find_dates_in_text(text, date(1999, 1, 1))] == [extent]


def test_a_reference_with_clock_counts_as_its_day() -> None:
    instant = datetime(2003, 3, 1, 23, 30, tzinfo=UTC)
    assert find_dates_in_text("yesterday", instant) == find_dates_in_text("yesterday", date(2003, 3, 1))


def test_documents_do_not_influence_each_other() -> None:
    texts = [HISTORY, "It rained Thursday.", "In 1999, and the following day.", "March 7, a year earlier"]
    alone = {text: find_dates_in_text(text, date(2003, 3, 1)) for text in texts}
    random.Random(7).shuffle(texts)
    assert all(find_dates_in_text(text, date(2003, 3, 1)) == alone[text] for text in texts)


def test_no_text_gives_no_mentions() -> None:
    assert find_dates([], None) == ()
    assert find_dates([Block(block_no=0, text="")], date(2003, 3, 1)) == ()
