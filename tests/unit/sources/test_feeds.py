"""Feeds in both forms, and what is no feed."""

from __future__ import annotations

import pytest

from dateline.sources.feeds import LONGEST_FACT, MOST_ITEMS, parse_feed

BASE = "https://harbour.test/news/feed.xml"

RSS = """<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><title>Harbour</title>
<item><title>Caf\u00e9 reopens</title><link>https://harbour.test/cafe?a=1#top</link><guid isPermaLink="false">h-1</guid>
<pubDate>Mon, 02 Mar 2026 08:15:00 GMT</pubDate><author>ida@harbour.test (Ida Novak)</author></item>
<item><title>Relative</title><link>/news/2</link></item>
<item><title>Same page again</title><link>https://harbour.test/cafe?a=1</link></item>
<item><title>No page</title></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
<item><title>File</title><link>file:///etc/passwd</link></item></channel></rss>""".encode("windows-1252")

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><id>tag:harbour.test,2026:1</id>
<title>Berth</title><link rel="self" href="https://harbour.test/api/1"/><link href="../1"/>
<updated>2026-03-02T09:00:00Z</updated></entry></feed>"""


def test_rss_items_with_their_facts_in_the_words_of_the_feed():
    feed = parse_feed(RSS, BASE, "application/rss+xml")
    assert feed.problem is None
    assert [item.url for item in feed.items] == ["https://harbour.test/cafe?a=1", "https://harbour.test/news/2"]
    facts = dict(feed.items[0].facts)
    assert facts["feed"] == BASE and facts["guid"] == feed.items[0].guid == "h-1"
    assert facts["title"] == "Caf\u00e9 reopens" and facts["published"] == "Mon, 02 Mar 2026 08:15:00 GMT"
    assert "Ida Novak" in facts["author"]
    assert "updated" not in facts and feed.items[0].updated is None
    assert feed.items[1].guid == "https://harbour.test/news/2"


def test_atom_updated_is_no_date_of_publication():
    (item,) = parse_feed(ATOM, BASE).items
    assert item.url == "https://harbour.test/1"
    assert item.updated == "2026-03-02T09:00:00Z"
    assert "published" not in dict(item.facts)


@pytest.mark.parametrize(
    "payload",
    [b"", b"<html><body>Not here</body></html>", b"{}", b"\x00\xff" * 50, b"/etc/hostname", b"<rss", b"feed.xml"],
)
def test_what_is_no_feed_says_so(payload):
    feed = parse_feed(payload, BASE)
    assert not feed.is_feed and feed.items == () and feed.problem


def test_an_empty_feed_is_a_feed():
    feed = parse_feed(b'<rss version="2.0"><channel><title>x</title></channel></rss>', BASE)
    assert feed.is_feed and feed.items == ()


def test_a_feed_that_breaks_off_gives_what_came_before():
    feed = parse_feed(RSS[: RSS.index(b"<item><title>No page")], BASE)
    assert len(feed.items) == 2 and feed.is_feed


def test_entities_are_neither_fetched_nor_multiplied():
    bomb = b"""<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY c "&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
    <rss version="2.0"><channel><item><title>&c;&f;</title>
    <link>https://harbour.test/1</link></item></channel></rss>"""
    for item in parse_feed(bomb, BASE).items:
        assert "root:" not in dict(item.facts).get("title", "") and len(dict(item.facts).get("title", "")) < 1000


def test_many_items_and_long_facts_are_cut():
    items = "".join(f"<item><link>https://harbour.test/{n}</link></item>" for n in range(MOST_ITEMS + 5))
    long = f"<item><link>https://harbour.test/x</link><title>{'x' * 5000}</title></item>"
    feed = parse_feed(f'<rss version="2.0"><channel>{long}{items}</channel></rss>'.encode(), BASE)
    assert len(feed.items) == MOST_ITEMS
    assert len(dict(feed.items[0].facts)["title"]) == LONGEST_FACT
