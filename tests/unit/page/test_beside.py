"""What stands around and between the paragraphs of a page and is none."""

from __future__ import annotations

import pytest

from dateline.page.arrange.layers import assign_layers
from dateline.page.flatten.flatten_html import flatten_html
from dateline.page.flatten.raw_block import RawBlock
from dateline.page.roles._repeats import find_repeats
from dateline.page.roles.assign_roles import assign_roles
from dateline.page.roles.beside import is_frame, is_linked_label, is_under_label
from dateline.page.wording.lexicon import _SHAPES, FRAME_WORDS, KINDS, phrase_kind
from dateline.page.wording.lists import read_list

PARAGRAPHS = (
    "The lighthouse on Tern Rock was lit again on Friday for the first time since the keeper left in 1987.",
    "Forty boats had come out to see it, said the harbour master, Ivo Lindqvist-Adeyemi, and none of them was lost.",
    "The lamp is the old one. It was found in a barn near Hestan, under a cover of hay and a sleeping dog.",
    "The county will pay for the current until spring, and then the boats will have to, a spokeswoman said.",
)


def read(html: str) -> dict[str, tuple[str, str]]:
    flattened = flatten_html(html)
    return {b.text: (b.role, b.layer) for b in assign_layers(flattened, assign_roles(flattened))}


def page(*, inside: str = "", below: str = "") -> str:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"<main><h1>Lamp of Tern Rock shines again</h1>{first}{inside}{''.join(rest)}</main>{below}"


@pytest.mark.parametrize(
    "words",
    [
        "ALSO READ: Ferry finds its way home",
        "Printer-friendly version",
        "E-mail this story | Print this story",
        "© 2004 The Hestan Beacon",
        "This story has been published from a wire agency feed without modifications to the text.",
        "14 comments",
        '2 thoughts on "Lamp of Tern Rock shines again"',
        "We and our partners store cookies on your device to measure audiences and to show advertising.",
    ],
)
def test_the_words_of_the_frame_are_no_text_between_paragraphs(words):
    found = read(page(inside=f"<p>{words}</p>"))
    assert found[words][0] not in ("body", "heading", "list", "table", "quote")
    assert all(found[paragraph] == ("body", "article") for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "He also read the letter to the town, which took an hour.",
        "The printer, Ada Fairweather, said that the version of 1904 was lost.",
        "Comment is free, she said, but the room costs forty pounds an evening, and the heating is extra in winter.",
        "1999 was a good year for copyright lawyers.",
        "<<Why not?>> asked the harbour master",
    ],
)
def test_sentences_with_such_words_are_not_of_the_frame(text):
    assert not is_frame(text)


def test_a_picture_and_its_words_between_paragraphs_are_caption_and_credit():
    words = "<span>Boats wait off Tern Rock.</span><br><i>Ada Fell/Hestan Beacon</i>"
    found = read(page(inside=f"<div><img src=/1.jpg><br>{words}</div>"))
    assert found["Boats wait off Tern Rock."] == ("caption", "article")
    assert found["Ada Fell/Hestan Beacon"] == ("credit", "article")


def test_a_dated_item_of_a_box_is_another_story_and_no_byline():
    found = read(
        page(below="<aside><h2>Latest</h2><ul><li><a href=/2>Goat show opens, 2 May 2011</a></li></ul></aside>")
    )
    assert found["Goat show opens, 2 May 2011"] == ("related", "rail")


def test_a_writers_job_below_the_name_belongs_to_the_byline():
    html = page().replace("</h1>", "</h1><div>By Ada Fell</div><div>Hestan Beacon staff writer</div>")
    assert read(html)["Hestan Beacon staff writer"][0] == "byline"


def test_an_article_printed_twice_is_read_once_and_a_refrain_each_time():
    blocks = [RawBlock(text) for text in (*PARAGRAPHS, *PARAGRAPHS)]
    assert find_repeats(blocks, [True] * 8) == [4, 5, 6, 7]
    refrain = [RawBlock(PARAGRAPHS[i % 4] if i % 4 == 0 else f"Answer {i}.") for i in range(9)]
    assert find_repeats(refrain, [True] * 9) == []


def test_text_stated_for_machines_tells_paragraphs_from_promotion():
    blocks = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    offer = "<p>More than 10,000 readers read our letter.</p>"
    body = " ".join(PARAGRAPHS) * 2
    stated = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    plain, told = read(f"<h1>Lamp</h1>{blocks}{offer}"), read(f"{stated}<h1>Lamp</h1>{blocks}{offer}")
    text = offer[3:-4]
    assert (plain[text][0], told[text][0]) == ("body", "boilerplate")
    assert [told[paragraph][0] for paragraph in PARAGRAPHS] == ["body"] * 4


def test_linked_labels_and_lists_under_labels():
    assert is_linked_label(RawBlock("Rugby news", tag="li", link_chars=10), 0.9)
    assert not is_linked_label(RawBlock("Rugby news", tag="p", link_chars=10), 0.9)
    assert not is_linked_label(RawBlock("Rugby news", tag="li", link_chars=5), 0.9)
    bullets = [RawBlock("Story tools"), *(RawBlock(f"Item {n}", is_bullet=True) for n in range(12))]
    assert is_under_label(3, bullets)
    assert not is_under_label(12, bullets)


def test_wording_is_listed_once_under_a_known_kind():
    rows = list(read_list("boilerplate"))
    assert {row["kind"] for row in rows} == set(KINDS)
    assert set(FRAME_WORDS) <= set(KINDS)
    assert {row["match"] for row in rows} <= {"whole", *(name for name, _ in _SHAPES)}
    pairs = [(row["phrase"], row["match"]) for row in rows]
    assert len(pairs) == len(set(pairs))
    assert all(row["source"] and row["phrase"] == row["phrase"].casefold() for row in rows)


def test_every_listed_phrase_is_found():
    for row in read_list("boilerplate"):
        text = f"12 {row['phrase']}" if row["match"] == "count" else row["phrase"]
        assert phrase_kind(text) is not None, row
