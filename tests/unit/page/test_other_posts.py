"""Posts that a weblog's software prints around the one that its page is about."""

import pytest

from dateline.page.arrange._other_posts import leave_other_posts
from dateline.page.flatten.raw_block import RawBlock
from dateline.page.roles.assign_roles import RoleChoice

PROSE = "The river rose again in the night and took the lower path with it, so that the school was reached by boat " * 2


def post(number, text=PROSE):
    return RawBlock(text, classes=(f"post-{number}",))


@pytest.mark.parametrize("stray", [[], [RawBlock("Messages of good morning")]])
def test_prose_of_the_own_post_is_text_where_only_other_posts_and_labels_were(stray):
    blocks = [post(1, "The river"), post(1), post(2), post(3), *stray]
    roles = ["headline", "boilerplate", "body", "body", *("list" for _ in stray)]
    made = leave_other_posts(blocks, [RoleChoice(role, 0.4, "") for role in roles])
    assert [choice.role for choice in made[:4]] == ["headline", "body", "related", "related"]


def test_prose_outside_of_all_posts_is_the_text_that_was_found():
    blocks = [post(1, "The river"), post(1), post(2), post(3), RawBlock(PROSE)]
    roles = ["headline", "boilerplate", "body", "body", "body"]
    made = leave_other_posts(blocks, [RoleChoice(role, 0.4, "") for role in roles])
    assert [choice.role for choice in made] == ["headline", "boilerplate", "related", "related", "body"]
