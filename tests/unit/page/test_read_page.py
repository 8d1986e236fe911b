from datetime import date
from importlib import import_module

import pytest
from page_stories import PARAGRAPHS, dump

from dateline.model import Capture
from dateline.page import read_page
from dateline.schema.outcomes import PAGE_KINDS, REJECTED_OUTCOMES


def capture(ref="story.txt", **facts):
    return Capture("c", date(2020, 1, 1), "tests", "file", ref, **facts)


def read(payload, ref="story.txt", max_bytes=1_000_000, **facts):
    return read_page(capture(ref, **facts), payload, max_bytes=max_bytes)


def test_a_dump_becomes_one_article():
    page = read(dump(*PARAGRAPHS).encode())
    assert page.rejection is None
    article = page.articles[0]
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.title == "River floods Rivermouth town hall"
    assert (article.outlet, article.language) == ("Harbour Daily", "en")
    assert (article.dateline_text, article.dateline_place) == ("RIVERMOUTH, Westland", "Rivermouth")
    assert article.page_kind in PAGE_KINDS


def test_blocks_point_into_text_and_raw_page():
    page = read(dump(*PARAGRAPHS).encode())
    assert [block.block_no for block in page.blocks] == list(range(len(page.blocks)))
    for block in page.blocks:
        assert block.reason
        if block.text_start is not None:
            assert page.articles[0].text[block.text_start : block.text_end] == block.text
        if block.raw_start is not None:
            assert " ".join(page.raw[block.raw_start : block.raw_end].split()) == block.text


def test_html_gives_statements_and_canonical_url():
    paragraphs = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    html = (
        "<!doctype html><html lang=en><head><title>River floods town</title>"
        '<link rel="canonical" href="https://harbour.example/river">'
        '<meta property="og:site_name" content="Harbour Daily"></head>'
        f"<body><h1>River floods town</h1>{paragraphs}</body></html>"
    )
    page = read(html.encode(), "story.html")
    assert page.url_canonical == "https://harbour.example/river"
    assert page.articles[0].outlet == "Harbour Daily"
    assert page.articles[0].text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("payload", "facts", "outcome"),
    [
        (b"", {}, "empty"),
        (b"  \n ", {}, "empty"),
        (b"x" * 50, {"max_bytes": 10}, "too_big"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", {"ref": "story.html"}, "unsupported"),
        (b"The river", {"truncated": "length"}, "truncated"),
        (b"<html><body><h1>404 Not Found</h1></body></html>", {"ref": "a.html"}, "error_page"),
        (b"<html><body><script>1</script></body></html>", {"ref": "a.html"}, "empty"),
        (b"Home\nWorld\nSport\nContact us\n", {}, "not_article"),
    ],
)
def test_bad_pages_are_rejected_with_an_outcome_of_the_list(payload, facts, outcome):
    page = read(payload, **facts)
    assert page.articles == ()
    assert page.rejection.outcome == outcome
    assert outcome in REJECTED_OUTCOMES
    assert page.rejection.reason
    assert page.rejection.stage in ("open", "decode", "read", "kind")


def test_an_error_in_a_reader_is_a_rejection_and_not_an_exception(monkeypatch):
    def fail(raw):
        raise RuntimeError("no")

    monkeypatch.setattr(import_module("dateline.page.read_page"), "flatten_text", fail)
    rejection = read(b"The river rose in the night.").rejection
    assert (rejection.outcome, rejection.stage, rejection.detail) == ("broken", "read", "no")


def test_reading_twice_gives_the_same():
    payload = dump(*PARAGRAPHS).encode()
    assert read(payload) == read(payload)


def test_a_rejected_page_places_no_block_in_a_text():
    notice = "We and our partners store cookies and other personal data on your device to measure our audience. " * 3
    page = read(f"<html><body><p>{notice}</p><button>Accept all</button></body></html>".encode(), ref="a.html")
    assert page.rejection.outcome == "consent_wall"
    assert page.blocks
    assert not any(b.kept or b.text_start is not None or b.text_end is not None for b in page.blocks)


def test_a_dump_has_a_standfirst_between_headline_and_byline():
    line = "Families spend a third night in the school of Rivermouth"
    text = dump(*PARAGRAPHS).replace(
        "River floods Rivermouth town hall\n", f"River floods Rivermouth town hall\n\n{line}\n", 1
    )
    article = read(text.encode()).articles[0]
    assert article.standfirst == line
    assert line not in article.text
    assert read(dump(*PARAGRAPHS).encode()).articles[0].standfirst is None


def test_a_masthead_or_the_label_of_a_picture_is_no_headline():
    top = ["The Harbour Daily: Science", "River floods Rivermouth town hall"]
    label = "Doe and Roe\nDoe and Roe met in the town hall."
    text = "\n\n".join([*top, label, *PARAGRAPHS, "Copyright 2007 Harbour Daily Media AS."])
    article = read(text.encode()).articles[0]
    assert article.title == "River floods Rivermouth town hall"
    assert article.outlet == "The Harbour Daily"
