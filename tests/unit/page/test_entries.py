"""Entries of live blogs: what the template repeats is text, and nothing else becomes it."""

from __future__ import annotations

import pytest

from dateline.page.arrange._entries import complete_entries, is_stamp
from dateline.page.flatten.raw_block import RawBlock
from dateline.page.roles.assign_roles import RoleChoice

LONG = "The keeper of the lower lock says that the gates will stay shut until the water falls below the mark."


def entry(no: int, role: str, head: str = "boilerplate", box: str = "entry-text"):
    """One entry: stamp, head, paragraph, button; as (block, role)."""
    return [
        (RawBlock(f"{no} hours ago 10:0{no} Ines Quarrell", tag="div", classes=("info",)), "boilerplate"),
        (RawBlock(f"Upper gauge falls for hour {no}", tag="h3", classes=("head",)), head),
        (RawBlock(f"{LONG} Hour {no}.", tag="p", classes=(box,)), role),
        (RawBlock("Share this entry", tag="span", classes=("share",)), "navigation"),
    ]


def roles_after(pairs) -> list[str]:
    blocks = [block for block, _ in pairs]
    return [c.role for c in complete_entries(blocks, [RoleChoice(role, 0.3, "first look") for _, role in pairs])]


def test_entries_that_were_missed_are_text_with_their_heads():
    pairs = [
        *entry(1, "body"),
        *entry(2, "boilerplate"),
        *entry(3, "body"),
        *entry(4, "boilerplate"),
        *entry(5, "body"),
    ]
    assert roles_after(pairs) == ["boilerplate", "heading", "body", "navigation"] * 5


def test_the_reason_says_why_and_keeps_the_first_look():
    pairs = [*entry(1, "body"), *entry(2, "boilerplate"), *entry(3, "body"), *entry(4, "body")]
    made = complete_entries([b for b, _ in pairs], [RoleChoice(r, 0.3, "first look") for _, r in pairs])
    assert made[6].reason == "in a box like other entries of the live blog; first look"


@pytest.mark.parametrize(
    "pairs",
    [
        [*entry(1, "body"), *entry(2, "boilerplate"), *entry(3, "body")],
        [*entry(1, "body"), *entry(2, "body"), *entry(3, "body"), *entry(4, "boilerplate", box="newsletter")],
        [pair for no in range(1, 7) for pair in entry(no, "body" if no == 1 else "boilerplate")],
    ],
    ids=["three stamps", "a box of another shape", "hardly any of the shape is text"],
)
def test_paragraphs_stay_what_they_are(pairs):
    after = roles_after(pairs)
    assert [role for role in after if role == "body"] == [role for _, role in pairs if role == "body"]


def test_a_head_without_text_below_it_is_none():
    pairs = [*entry(1, "body"), *entry(2, "body"), *entry(3, "body"), *entry(4, "boilerplate", box="poll")]
    assert roles_after(pairs)[13] == "boilerplate"


def test_what_follows_a_list_of_other_stories_is_left_alone():
    pairs = [pair for no in range(1, 5) for pair in entry(no, "body")]
    pairs += [(RawBlock("Related articles", tag="h3", classes=("box",)), "related")]
    pairs += [(RawBlock(LONG, tag="p", classes=("entry-text",)), "boilerplate")]
    assert roles_after(pairs)[-1] == "boilerplate"


def test_prose_that_names_a_time_is_no_stamp():
    assert not is_stamp(RawBlock("At 10:05 the lock was opened."))
    assert not is_stamp(RawBlock("10:05 was the hour that the whole of the town remembers to this very day."))
