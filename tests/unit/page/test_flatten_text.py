import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.page.flatten._wrapping import wrap_width
from dateline.page.flatten.flatten_text import flatten_text

STORY = (
    "The ice on the harbour of Skarvik broke early on Monday, and three boats were lost to the sea.",
    "Nobody was hurt, said Jane Doe, the mayor, who had asked the owners to bring their boats ashore before the thaw.",
    "The harbour office expects the last ice to be gone by the end of the week, which would be the earliest date since "
    "records began in 1921, when the office was founded by the guild of fishermen.",
    "Divers are to look for the boats today.",
)


def texts(raw):
    return [block.text for block in flatten_text(raw).blocks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_is_a_block_whatever_ends_it(end):
    raw = end.join(["Skarvik Post", "", "Story Tools", "", "", *STORY])
    blocks = flatten_text(raw).blocks
    assert [block.text for block in blocks] == ["Skarvik Post", "Story Tools", *STORY]
    assert [block.blank_lines_before for block in blocks][:3] == [0, 1, 2]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_wrapped_paragraphs_are_joined_and_short_lines_are_not(width):
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in STORY * 3)
    raw = f"Skarvik Post\nStory Tools\nPrint this\n\n{wrapped}\n\nHome\nWorld"
    assert texts(raw) == ["Skarvik Post", "Story Tools", "Print this", *STORY * 3, "Home", "World"]


def test_wrapped_paragraphs_without_blank_lines_end_where_the_next_word_would_have_fitted():
    raw = "\n".join(textwrap.fill(paragraph, 72) for paragraph in STORY * 3)
    assert texts(raw) == list(STORY * 3)


def test_long_lines_mean_that_nothing_was_wrapped():
    assert wrap_width([*STORY * 4, "short"]) is None
    assert texts("\n".join(STORY * 4)) == list(STORY * 4)


def test_pieces_of_sentences_are_joined_where_a_dump_has_a_line_for_each_text_node():
    raw = """Skarvik Post
Home
World
Ice breaks on the harbour of Skarvik
By
Jane Doe
The mayor of the town,
Jane Doe
, told the
Skarvik Post
that the ice broke on
Monday
. Three boats were lost to the sea near the
Holm Island Lighthouse
on Sunday evening.
“Nobody was hurt,” she said.
Divers are to look for the boats
today
, she said.
Contact us"""
    assert texts(raw) == [
        "Skarvik Post",
        "Home",
        "World",
        "Ice breaks on the harbour of Skarvik",
        "By",
        "Jane Doe",
        "The mayor of the town, Jane Doe , told the Skarvik Post that the ice broke on Monday . Three boats were "
        "lost to the sea near the Holm Island Lighthouse on Sunday evening.",
        "“Nobody was hurt,” she said.",
        "Divers are to look for the boats today , she said.",
        "Contact us",
    ]


def test_bullets_are_marked_and_left_out():
    raw = "• Commanders\n* Weapons\n - Maps\n+ Tools\n  [12] Source\no Home\n•Tight\n-5 degrees\n*\n  Alone"
    blocks = flatten_text(raw).blocks
    assert [block.text for block in blocks] == [
        "Commanders", "Weapons", "Maps", "Tools", "Source", "Home", "Tight", "-5 degrees", "Alone",
    ]  # fmt: skip
    assert [block.is_bullet for block in blocks] == [True] * 7 + [False, True]


def test_a_bullet_in_wrapped_text_starts_a_block():
    items = [textwrap.fill(f"* {paragraph}", 76, subsequent_indent="  ") for paragraph in STORY * 3]
    assert texts("\n".join(items)) == list(STORY * 3)


def test_heading_marks_are_left_out():
    assert texts("## Ice breaks\n#tag stays\n") == ["Ice breaks", "#tag stays"]


def test_links_of_dumps_are_counted():
    block = flatten_text("Read [the list](http://news.example/a) or [more](<b c>).").blocks[0]
    assert (block.n_links, block.link_chars) == (2, len("the list") + len("more"))
    block = flatten_text("[3]World [4]Politics today").blocks[0]
    assert (block.n_links, block.link_chars) == (2, len("World") + len("Politics today"))
    assert flatten_text("He said [sic] it was").blocks[0].n_links == 0


def test_control_characters_are_white_space():
    assert texts("a\x00b\x01 c\n\x00\n") == ["a b c"]


def test_wide_characters_take_two_columns():
    line = "港の氷が月曜日の早朝に割れて三隻の船が海に流されたと市長が話した。"
    wrapped = [line[i : i + 30] for i in range(0, 30, 30)] * 8
    assert wrap_width(wrapped) == 60


@given(st.text(st.sampled_from("ab \n\r\t•*-[1]().#\u2028\x00é港"), max_size=80), st.integers(1, 4))
def test_blocks_are_slices_of_the_text_in_order(text, repeats):
    raw = "\n".join([text] * repeats)
    at = 0
    for block in flatten_text(raw).blocks:
        assert at <= block.raw_start < block.raw_end <= len(raw)
        at = block.raw_end
        assert "".join(raw[block.raw_start : block.raw_end].replace("\x00", " ").split()) == block.text.replace(" ", "")
        assert block.raw_reason is None


@given(st.text(st.sampled_from("ab •.,\n"), max_size=200))
def test_no_word_is_lost(text):
    kept = "".join(block.text for block in flatten_text(text).blocks)
    assert kept.count("a") == text.count("a")
    assert kept.count("b") == text.count("b")
