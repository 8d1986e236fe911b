import json

import pytest

from dateline.page.flatten._json_ld import parse_loosely, read_json_ld
from dateline.page.flatten.flatten_html import flatten_html


def stated(html, source=None):
    return [(s.key, s.value) for s in flatten_html(html).statements if source in (None, s.source)]


def test_title_language_meta_and_links():
    html = """<html lang="en-GB"><head><title> Ice breaks | Skarvik Post </title>
    <meta property="og:title" content="Ice &amp; boats"><meta name="author" content="Jane Doe">
    <meta name="DC.date.issued" content="2007-07-03"><meta itemprop="datePublished" content="2007-07-03T09:48">
    <meta name="viewport" content="width=device-width"><meta name="empty" content=" ">
    <link rel="canonical" href="https://news.example/ice"><link rel="stylesheet" href="a.css">
    <link rel=amphtml href=/amp></head><svg><title>Icon</title></svg>"""
    assert stated(html) == [
        ("title", " Ice breaks | Skarvik Post "),
        ("lang", "en-GB"),
        ("og:title", "Ice & boats"),
        ("author", "Jane Doe"),
        ("DC.date.issued", "2007-07-03"),
        ("datePublished", "2007-07-03T09:48"),
        ("canonical", "https://news.example/ice"),
        ("amphtml", "/amp"),
    ]


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ice breaks",
    "datePublished": "2007-07-03T09:48:00+02:00",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "NewsMediaOrganization", "name": "SNA"}, "John Roe"],
    "publisher": {"@type": "Organization", "name": "Skarvik Post"},
    "isAccessibleForFree": False,
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://news.example/ice"},
}
PAIRS = [
    ("@type", "NewsArticle"),
    ("headline", "Ice breaks"),
    ("datePublished", "2007-07-03T09:48:00+02:00"),
    ("isAccessibleForFree", "false"),
    ("mainEntityOfPage", "https://news.example/ice"),
    ("author.Person", "Jane Doe"),
    ("author.Organization", "SNA"),
    ("author", "John Roe"),
    ("publisher.name", "Skarvik Post"),
]


def test_json_ld_tells_people_from_organisations():
    html = f'<script type="application/ld+json">{json.dumps(ARTICLE)}</script>'
    assert stated(html, "json_ld")[: len(PAIRS)] == PAIRS


def test_items_are_numbered_over_graphs_and_scripts():
    graph = {"@graph": [ARTICLE, {"@type": "Person", "@id": "#jd", "name": "Jane Doe"}]}
    html = f'<script type="application/ld+json">{json.dumps(graph)}</script>' * 2
    items = [(s.item, s.value) for s in flatten_html(html).statements if s.key == "@type" and s.value != "WebPage"]
    assert [value for _, value in items] == ["NewsArticle", "Person"] * 2
    assert len({item for item, _ in items}) == 4


def test_an_author_given_by_id_is_looked_up():
    graph = {
        "@graph": [
            {"@type": "Article", "author": {"@id": "#jd"}},
            {"@type": "Person", "@id": "#jd", "name": "Jane Doe"},
        ]
    }
    assert ("author.Person", "Jane Doe") in read_json_ld(json.dumps(graph))[0]


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Article", "headline": "Ice", }',
        '<!-- {"@type": "Article",\n "headline": "Ice"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Ice"};\n//]]>',
        '{"@type": "Article", "headline": "Ice", "description": "two\nlines \\d and, ] more"}',
        '{"@type": "Article", "headline": "Ice"} {"@type": "Thing"}',
        '[[{"@type": ["Article"], "headline": ["Ice"],},],]',
    ],
)
def test_broken_json_is_read_as_meant(text):
    assert ("headline", "Ice") in read_json_ld(text)[0]


@pytest.mark.parametrize("text", ["", "no json", "{", '{"a": ', "[" * 50_000, '{"a":"' + '\\"' * 20_000, "null", "3"])
def test_what_is_no_json_ld_states_nothing(text):
    assert read_json_ld(text) == []


def test_mending_leaves_strings_alone():
    assert parse_loosely('{"a": "x,}  \\"y\\",]",}') == [{"a": 'x,}  "y",]'}]


def test_time_tags_and_microdata_state_with_their_block():
    html = """<h1 itemprop="headline">Ice breaks</h1>
    <div itemprop="author" itemscope itemtype="Person">By <span itemprop="name">Jane Doe</span></div>
    <p><time itemprop="datePublished" datetime="2007-07-03T09:48">3 July</time> <time class="upd">4 July</time>
    <a rel="author" href="/jd">J. D.</a></p>"""
    found = [(s.source, s.key, s.value, s.block_no) for s in flatten_html(html).statements]
    assert found == [
        ("html_attribute", "headline", "Ice breaks", 0),
        ("html_attribute", "author", "By Jane Doe", 1),
        ("html_attribute", "author.name", "Jane Doe", 1),
        ("time_tag", "datePublished", "2007-07-03T09:48", 2),
        ("time_tag", "upd", "4 July", 2),
        ("html_attribute", "rel=author", "J. D.", 2),
    ]


def test_long_values_of_microdata_are_left_to_the_blocks():
    html = f"<div itemprop=articleBody><p>{'ice ' * 200}</p></div>"
    assert stated(html) == []


def test_small_page_states_are_kept():
    assert stated('<script id="__NEXT_DATA__" type="application/json">{"a":1}</script>') == [
        ("__NEXT_DATA__", '{"a":1}')
    ]
    assert stated(f'<script id="__NEXT_DATA__" type="application/json">{"x" * 60_000}</script>') == []
