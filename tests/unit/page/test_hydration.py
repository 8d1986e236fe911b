import json
from datetime import date

import pytest

from dateline.model import Capture
from dateline.page.flatten._page_data import read_page_data
from dateline.page.flatten.hydration import read_hydration
from dateline.page.read_page import read_page

PARAGRAPHS = [
    "The ferry of Quarrel Bay sank at its mooring on Monday, and nobody noticed before the evening.",
    "The harbour master said that it had been half under water since the spring, and that people had stopped looking.",
    "A diver is to fetch the ticket machine on Friday.",
]


def page(state, script='<script id="__NEXT_DATA__" type="application/json">%s</script>', frame="<div id=app></div>"):
    return f"<html><head><title>Bay Post</title></head><body>{frame}{script % json.dumps(state)}</body></html>"


def texts(raw):
    found = read_hydration(raw)
    return [] if found is None else [block.text for block in found.blocks]


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPHS,
        [{"type": "paragraph", "text": text} for text in PARAGRAPHS],
        [{"type": "p", "children": [{"text": text[:20]}, {"text": text[20:]}]} for text in PARAGRAPHS],
        "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
        "\n\n".join(PARAGRAPHS),
        [*({"type": "p", "text": text} for text in PARAGRAPHS), {"type": "image", "text": "A ferry, half of it."}],
    ],
    ids=["texts", "items", "parts", "markup", "lines", "with a picture"],
)
@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">%s</script>',
        "<script>window.__STATE__ = %s;</script>",
        '<script type="application/ld+json">%s</script>',
    ],
)
def test_paragraphs_are_found_however_sites_write_them(body, script):
    assert texts(page({"story": {"headline": "Ferry sinks", "body": body}}, script)) == ["Ferry sinks", *PARAGRAPHS]


def test_text_in_a_string_of_json_is_read():
    literal = json.dumps(json.dumps({"body": PARAGRAPHS}))
    assert texts(f"<html><body><script>window.state = JSON.parse({literal})</script></body></html>") == PARAGRAPHS


@pytest.mark.parametrize(
    "state",
    [
        {"comments": {"body": PARAGRAPHS}},
        {"consent": {"text": " ".join(PARAGRAPHS)}},
        {"body": [{"headline": "Ferry", "text": text, "url": "/a"} for text in PARAGRAPHS]},
        {"stories": [{"body": PARAGRAPHS}, {"body": PARAGRAPHS}]},
        {"body": ["Yes", "No", "Send"]},
        {"body": "Rain."},
    ],
    ids=["comments", "consent", "teasers", "several stories", "labels", "too short"],
)
def test_what_is_no_story_is_passed_over(state):
    assert texts(page(state)) == []


def test_blocks_stand_where_the_raw_page_has_their_words():
    raw = page({"body": [*PARAGRAPHS, 'She called it "a fish now."']})
    blocks = read_hydration(raw).blocks
    assert [raw[b.raw_start : b.raw_end] for b in blocks[:3]] == PARAGRAPHS
    assert blocks[3].raw_start is None
    assert "escaped" in blocks[3].raw_reason
    assert {b.path for b in blocks} == {"script#__NEXT_DATA__/body"}


def test_scripts_do_not_add_to_a_page_that_has_its_text():
    shown = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    state = {"body": ["This paragraph is another story's, and it stands in the data of the page alone, not on it."] * 3}
    raw = page(state, frame=f"<h1>Ferry sinks</h1>{shown}")
    found = read_page(Capture("c", date(2026, 3, 20), "s", "file", "a.html"), raw.encode(), max_bytes=10**6)
    assert found.articles[0].text == "\n\n".join(PARAGRAPHS)


def test_rows_without_line_ends_are_told_apart_by_their_length_in_bytes():
    stream = f"1:T{len('Süß'.encode()):x},Süß2:[1]\n3:oops\n4:[2]\n"
    raw = f"<script>self.__next_f.push([1,{json.dumps(stream)}])</script>"
    assert [(row.where, row.value) for row in read_page_data(raw)] == [
        ("streamed row 1", "Süß"),
        ("streamed row 2", [1]),
        ("streamed row 4", [2]),
    ]


@pytest.mark.parametrize(
    "script",
    ["[" * 5000, '{"a":' * 5000, "window.a={" * 5000, 'self.__next_f.push([1,"' * 3000, "1:Tffffff,x", '"' * 9999],
)
def test_broken_data_gives_nothing_and_raises_nothing(script):
    assert read_hydration(f'<script type="application/json">{script}</script>') is None
    assert read_hydration(f"<script>{script}</script>") is None
