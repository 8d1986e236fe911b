from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from dateline.identity import ID_LENGTH, article_id, capture_id, content_id, fold

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@given(st.lists(st.one_of(st.none(), st.text()), max_size=5), st.lists(st.one_of(st.none(), st.text()), max_size=5))
def test_ids_are_equal_only_where_the_parts_are(first, second):
    assert len(content_id(*first)) == ID_LENGTH
    assert (content_id(*first) == content_id(*second)) == (first == second)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_capture_is_its_source_place_bytes_and_stated_instant():
    base = capture_id("s", "a.html", "f00", None)
    assert capture_id("t", "a.html", "f00", None) != base
    assert capture_id("s", "b.html", "f00", None) != base
    assert capture_id("s", "a.html", "f01", None) != base
    assert capture_id("s", "a.html", "f00", NOON) != base


def test_an_instant_has_one_id_in_every_zone():
    elsewhere = NOON.astimezone(timezone(timedelta(hours=8)))
    assert capture_id("s", "a", "f", elsewhere) == capture_id("s", "a", "f", NOON)


def test_versions_of_one_url_are_one_article():
    assert article_id("example.org/a", "X", "Title", "text") == article_id("example.org/a", "Y", "Other", "changed")


def test_without_a_url_the_folded_text_decides():
    assert article_id(None, "X", "A Title", "Some  text.") == article_id(None, "x", "a title", "some text")
    assert article_id(None, "X", "A Title", "Some text.") != article_id(None, "X", "A Title", "Other text.")


def test_parts_of_one_page_are_different_articles():
    ids = {article_id("example.org/a", "X", title, "t", part) for part, title in enumerate(["One", "Two", "Three"])}
    assert len(ids) == 3
