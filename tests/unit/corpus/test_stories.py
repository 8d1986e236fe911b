"""The table as a user sees it: what falls into one story, what doesn't, and what is told about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from unit.corpus.printed import FIRST, Printed, ask, changed, clock, cut, later, names_of, publish, stories, text_of

from dateline import corpus, lake
from dateline.corpus import default_limits

LIMITS = default_limits()
WIRE = text_of(1, 300)


def derive(folder, **options):
    return corpus.derive_stories(folder, clock=clock, **options)


def told(folder, *pages: Printed) -> list[set[str]]:
    publish(folder, FIRST, pages)
    derive(folder)
    return stories(folder)


def test_a_cut_a_changed_and_an_equal_copy_are_one_story(tmp_path):
    pages = [
        Printed("wire", WIRE, published_day=later(0)),
        Printed("cut", cut(WIRE, 100), published_day=later(1)),
        Printed("changed", changed(WIRE, 12), published_day=later(2)),
        Printed("equal", WIRE.upper(), published_day=later(3)),
        Printed("other", text_of(2, 300)),
    ]
    assert told(tmp_path, *pages) == [{"wire", "cut", "changed", "equal"}]
    query = "SELECT capture_id, is_representative, how, matched_capture_id, n_articles FROM stories ORDER BY capture_id"
    assert ask(tmp_path, query) == [
        ("changed", False, "near_duplicate", "wire", 4),
        ("cut", False, "near_duplicate", "wire", 4),
        ("equal", False, "same_text", "wire", 4),
        ("other", True, None, None, 1),
        ("wire", True, None, None, 4),
    ]
    sizes = dict(ask(tmp_path, "SELECT capture_id, round(similarity, 2) FROM stories"))
    assert sizes["wire"] == sizes["equal"] == sizes["other"] == 1
    assert sizes["cut"] == round(96 / 296, 2)
    assert dict(ask(tmp_path, "SELECT capture_id, containment FROM stories"))["cut"] == 1


def test_pages_that_share_a_standing_paragraph_are_not_copies(tmp_path):
    standing = text_of(7, 60)
    pages = [Printed(f"page{seed}", f"{text_of(seed, 150)} {standing}") for seed in range(4)]
    assert told(tmp_path, *pages) == []


def test_every_latest_article_has_one_row_and_versions_are_no_copies(tmp_path):
    first = Printed("monday", WIRE, article="a")
    publish(tmp_path, later(0), [first, Printed("alone", text_of(3))])
    publish(tmp_path, later(1), [Printed("tuesday", changed(WIRE, 40), article="a")])
    derive(tmp_path)
    found = ask(tmp_path, "SELECT capture_id, n_articles, is_representative FROM stories ORDER BY capture_id")
    assert found == [("alone", 1, True), ("tuesday", 1, True)]


def test_near_copies_are_looked_for_within_the_window_and_equal_ones_at_any_time(tmp_path):
    days = LIMITS.window_days
    pages = [
        Printed("wire", WIRE, published_day=later(0)),
        Printed("near", changed(WIRE, 12), published_day=later(days)),
        Printed("far", changed(WIRE, 13), published_day=later(2 * days + 1)),
        Printed("years later", WIRE, published_day=date(2031, 1, 1)),
    ]
    assert told(tmp_path, *pages) == [{"wire", "near", "years later"}]


def test_copies_are_connected_through_a_copy_between_them(tmp_path):
    days = LIMITS.window_days
    pages = [Printed(f"day{n}", changed(WIRE, 50 + n), published_day=later(n * days)) for n in range(3)]
    assert told(tmp_path, *pages) == [{"day0", "day1", "day2"}]
    assert ask(tmp_path, "SELECT matched_capture_id FROM stories WHERE capture_id = 'day2'") == [("day1",)]


def test_short_texts_need_the_same_words_and_the_same_title(tmp_path):
    short = cut(WIRE, LIMITS.least_words - 1)
    pages = [
        Printed("a", short, title="Ferry late"),
        Printed("b", short, title="Ferry late!"),
        Printed("c", short, title="Bridge closed"),
        Printed("d", cut(short, 30), title="Ferry late"),
        Printed("e", "", title="Ferry late"),
        Printed("f", "", title="Ferry late"),
        Printed("g", short, title="Ferry late", published_day=later(60)),
    ]
    assert told(tmp_path, *pages) == [{"a", "b"}]


def test_an_undated_article_is_compared_by_its_ingest_day(tmp_path):
    month = {"published_from": date(2026, 3, 1), "published_to": date(2026, 3, 31)}
    year = {"published_from": date(2020, 1, 1), "published_to": date(2020, 12, 31)}
    pages = [
        Printed("dated", WIRE),
        Printed("undated", changed(WIRE, 12), published_day=None),
        Printed("month", changed(WIRE, 13), published_day=None, **month),
        Printed("year", changed(WIRE, 14), published_day=None, **year),
    ]
    assert told(tmp_path, *pages) == [{"dated", "undated", "month", "year"}]
    found = dict(ask(tmp_path, "SELECT capture_id, compared_by || ' ' || compared_day FROM stories"))
    assert found == {
        "dated": "published 2026-03-02",
        "undated": "ingested 2026-03-02",
        "month": "published 2026-03-01",
        "year": "ingested 2026-03-02",
    }
    assert ask(tmp_path, "SELECT capture_id FROM stories WHERE is_representative") == [("month",)]


def test_a_band_that_too_many_texts_share_is_skipped(tmp_path):
    pages = [Printed(f"p{n}", changed(WIRE, 100 + n)) for n in range(6)]
    publish(tmp_path, FIRST, pages)
    derive(tmp_path, limits=replace(LIMITS, most_in_band=0))
    assert stories(tmp_path) == []
    derive(tmp_path)
    assert stories(tmp_path) == [names_of(pages)]


def test_hundreds_of_equal_texts_take_no_comparisons(tmp_path, monkeypatch):
    from dateline.corpus import pairs

    def fail(one, other):
        raise AssertionError("compared")

    monkeypatch.setattr(pairs, "compare", fail)
    assert [len(story) for story in told(tmp_path, *(Printed(f"p{n:03}", WIRE) for n in range(300)))] == [300]


def test_the_id_of_a_story_is_that_of_its_earliest_copy(tmp_path):
    pages = [Printed("b", WIRE, published_day=later(2)), Printed("a", changed(WIRE, 12), published_day=later(5))]
    told(tmp_path / "one", *pages)
    told(tmp_path / "two", *pages, Printed("c", changed(WIRE, 15), published_day=later(9)))
    one, two = (ask(tmp_path / name, "SELECT DISTINCT story_id FROM stories") for name in ("one", "two"))
    assert one == two and len(one) == 1


def test_views_tell_each_story_once(tmp_path):
    pages = [Printed("wire", WIRE, title="Wire"), Printed("cut", cut(WIRE, 100), title="Cut", published_day=later(1))]
    told(tmp_path, *pages, Printed("other", text_of(2), title="Other", published_day=later(1)))
    found = ask(tmp_path, "SELECT title, n_articles FROM distinct_stories ORDER BY title")
    assert found == [("Other", 1), ("Wire", 2)]
    for name in ("wire", "cut"):
        copies = ask(tmp_path, "SELECT capture_id, how FROM copies_of(?)", name)
        assert copies == [("wire", None), ("cut", "near_duplicate")]
    assert ask(tmp_path, "SELECT title FROM stories_of_day(?)", later(1).isoformat()) == [("Wire",), ("Other",)]


@pytest.mark.parametrize("folder", ["stories", "story_articles", "distinct_stories"])
def test_a_lake_where_nothing_was_derived_has_the_views_without_rows(tmp_path, folder):
    assert derive(tmp_path / "none") == corpus.StoriesResult(0)
    publish(tmp_path, FIRST, [Printed("wire", WIRE)])
    assert ask(tmp_path, f"SELECT * FROM {folder}") == []


def test_deriving_leaves_the_lake_as_it_was(tmp_path):
    before = publish(tmp_path, FIRST, [Printed("wire", WIRE)])
    derive(tmp_path)
    manifest = lake.current(tmp_path)
    assert (manifest.number, manifest.lake_hash) == (before.number, before.lake_hash)
