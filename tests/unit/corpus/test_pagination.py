"""Stories printed over several pages: what is joined, what only looks as if it had to be, and how it is read."""

from __future__ import annotations

import random

import pytest
from unit.corpus.printed import FIRST, Printed, ask, clock, later, publish, text_of

from dateline import corpus
from dateline.corpus._page_address import numbered_addresses, read_page_line, title_of_story
from dateline.corpus.pagination import Paged, join_pages

SITE = "https://canal.example/"


def page(path: str, seed: int, title: str = "The long strike", line: str = "", **options) -> Printed:
    """A page at this path with words of its own."""
    lines = (line,) if line else ()
    return Printed(path, text_of(seed, 60), title=title, url=SITE + path, lines=lines, **options)


def derive(folder):
    corpus.derive_stories(folder, clock=clock)
    return corpus.derive_others(folder, clock=clock)


def joined(folder, *pages: Printed) -> list[tuple[str, int]]:
    """Names of the pages that belong to a story with several, with their numbers."""
    publish(folder, FIRST, pages)
    derive(folder)
    return ask(folder, "SELECT capture_id, page_no FROM story_pages ORDER BY head_article_id, page_no")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("the-long-strike", "the-long-strike?page=2"),
        ("the-long-strike?page=1", "the-long-strike?page=2"),
        ("2004/story.html?id=81", "2004/story.html?id=81&pagewanted=2"),
        ("the-long-strike", "the-long-strike/page/2"),
        ("the-long-strike", "the-long-strike/2"),
        ("the-long-strike.html", "the-long-strike-2.html"),
        ("news/strike.htm", "news/strike_2.htm"),
        ("news/strike.htm", "news/strike-page2.htm"),
        ("news/strike-1.html", "news/strike-2.html"),
        ("the-long-strike", "the-long-strike/index_2.html"),
    ],
)
def test_addresses_number_pages_in_many_ways(tmp_path, first, second):
    assert joined(tmp_path, page(first, 1), page(second, 2)) == [(first, 1), (second, 2)]


def test_each_row_says_what_numbers_it_and_what_it_shares(tmp_path):
    joined(
        tmp_path, page("the-long-strike", 1, line="Page 1 of 3"), page("the-long-strike?page=2", 2, line="Page 2 of 3")
    )
    assert ask(tmp_path, "SELECT page_no, n_pages, stated_pages, how, evidence FROM story_pages ORDER BY page_no") == [
        (1, 2, 3, "first_page", "the address itself; a line says page 1 of 3"),
        (2, 2, 3, "page_line", "page=2 in the address; a line says page 2 of 3; same title, same day"),
    ]
    heads = ask(tmp_path, "SELECT DISTINCT head_article_id, head_capture_id FROM story_pages")
    assert heads == [("the-long-strike", "the-long-strike")]


def test_the_view_has_the_text_in_order_and_names_the_pages(tmp_path):
    pages = [page(f"the-long-strike?page={n}", n) for n in (10, 2)] + [page("the-long-strike", 1)]
    publish(tmp_path, FIRST, [*pages, page("another-story-here", 7, "Weir")])
    derive(tmp_path)
    query = "SELECT text, n_words, n_pages, pages, missing_pages FROM joined_articles ORDER BY capture_id"
    (other, *_, ones, _, _), (text, n_words, n_pages, found, missing) = ask(tmp_path, query)
    assert (other, ones) == (text_of(7, 60), 1)
    assert text == "\n\n".join(text_of(seed, 60) for seed in (1, 2, 10))
    assert (n_words, n_pages, missing) == (180, 3, [3, 4, 5, 6, 7, 8, 9])
    assert [item["page_no"] for item in found] == [1, 2, 10]
    assert [text[item["text_start"] : item["text_end"]] for item in found] == [text_of(n, 60) for n in (1, 2, 10)]
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(4,)]


def test_a_missing_page_is_told_and_does_not_part_what_is_sure(tmp_path):
    pages = [page("the-long-strike", 1), page("the-long-strike?page=3", 3, line="Page 3 of 4")]
    assert [number for _, number in joined(tmp_path, *pages)] == [1, 3]
    assert ask(tmp_path, "SELECT missing_pages FROM joined_articles") == [([2, 4],)]


def test_without_a_word_for_it_a_number_after_a_gap_needs_a_line(tmp_path):
    bare = [page("strike-news.html", 1), page("strike-news-3.html", 3)]
    assert joined(tmp_path / "bare", *bare) == []
    said = [bare[0], page("strike-news-3.html", 3, line="(Page 3 of 3)")]
    assert [number for _, number in joined(tmp_path / "said", *said)] == [1, 3]


def test_where_the_first_page_is_missing_the_lowest_one_heads(tmp_path):
    pages = [page("the-long-strike?page=2", 2), page("the-long-strike?page=3", 3)]
    assert [number for _, number in joined(tmp_path, *pages)] == [2, 3]
    assert ask(tmp_path, "SELECT DISTINCT head_article_id FROM story_pages") == [("the-long-strike?page=2",)]


@pytest.mark.parametrize(
    "pages",
    [
        [page("weather-1.html", 1, published_day=later(0)), page("weather-2.html", 2, published_day=later(1))],
        [page("the-long-strike", 1), page("the-long-strike-again", 2)],
        [page("weekend-picks-for-you", 1, "A"), page("weekend-picks-for-you-2", 2, "B")],
        [page("strike-news.html", 1, published_day=None), page("strike-news-2.html", 2, published_day=None)],
        [page("the-long-strike", 1), page("the-long-strike?page=2", 2, "Weir to be rebuilt")],
        [page("the-long-strike", 1), page("the-long-strike?page=2", 2, published_day=later(3))],
        [page("the-long-strike", 1), page("the-long-strike?page=2", 2, line="Page 3 of 7")],
        [page("world", 1, "World news"), page("world?page=2", 2, "World news")],
        [page("", 1, "News"), page("?page=2", 2, "News")],
        [page("2026/03/01", 1), page("2026/03/2", 2)],
        [page("the-long-strike", 1), page("the-long-strike?page=2004", 2)],
        [page("the-long-strike", 1), page("the-long-strike?comment=2", 2)],
        [page("the-long-strike", 1), page("the-long-strike?page=2", 1)],
        [page("the-long-strike?page=2", 2)],
    ],
    ids=[
        "two days of one column", "two addresses", "two titles", "undated and unnamed", "another story", "another day",
        "another number", "a section front", "the home page", "days", "an id", "another parameter", "a copy", "alone",
    ],
)  # fmt: skip
def test_what_only_looks_like_pages_stays_apart(tmp_path, pages):
    assert joined(tmp_path, *pages) == []
    assert ask(tmp_path, "SELECT count(*) FROM joined_articles") == ask(
        tmp_path, "SELECT count(*) FROM latest_articles"
    )


def test_two_stories_with_one_title_keep_their_own_pages(tmp_path):
    pages = [page(f"{name}{end}", seed) for seed, (name, end) in enumerate(
        (name, end) for name in ("a-long-strike", "b-long-strike") for end in ("", "?page=2"))]  # fmt: skip
    joined(tmp_path, *pages)
    assert ask(
        tmp_path, "SELECT head_article_id, list(capture_id ORDER BY page_no) FROM story_pages GROUP BY 1 ORDER BY 1"
    ) == [
        ("a-long-strike", ["a-long-strike", "a-long-strike?page=2"]),
        ("b-long-strike", ["b-long-strike", "b-long-strike?page=2"]),
    ]


def test_another_site_has_another_story(tmp_path):
    other = Printed("other", text_of(2, 60), title="The long strike", url="https://weir.example/the-long-strike?page=2")
    assert joined(tmp_path, page("the-long-strike", 1), other) == []


def test_a_page_of_a_later_day_is_joined_when_it_comes_and_goes_when_it_goes(tmp_path):
    publish(tmp_path, FIRST, [page("the-long-strike", 1)])
    derive(tmp_path)
    publish(tmp_path, later(40), [page("the-long-strike?page=2", 2)])
    assert derive(tmp_path).changed
    assert ask(tmp_path, "SELECT n_pages FROM joined_articles") == [(2,)]
    assert not derive(tmp_path).changed
    publish(tmp_path, FIRST, [], run=2)
    # Until tables are brought up to date, what is left stands for itself.
    assert ask(tmp_path, "SELECT capture_id, n_pages FROM joined_articles") == [("the-long-strike?page=2", 1)]
    assert derive(tmp_path).changed
    assert ask(tmp_path, "SELECT * FROM story_pages") == []


def test_the_order_of_the_articles_changes_nothing():
    dice = random.Random(5)
    paths = [f"canal.example/{name}{end}" for name in ("long-strike-ends", "strike-news.html", "x")
             for end in ("", "?page=2", "/2", "/page/2", "/page/3", "-2", "_3.html", "/2?page=2")]  # fmt: skip
    known = {"title": "Strike", "part_no": 0, "ingest_date": FIRST, "source_id": "s"}
    known |= dict.fromkeys(("published_day", "published_from", "published_to"), FIRST)
    names = ("url_key", "article_id", "capture_id", "story")
    articles = [Paged({**dict.fromkeys(names, path), **known}) for path in paths]
    expected = in_order(join_pages(articles))
    assert len(expected) > 8 and len({row["capture_id"] for row in join_pages(articles)}) == len(expected)
    for _ in range(5):
        dice.shuffle(articles)
        assert in_order(join_pages(articles)) == expected


def in_order(rows):
    return sorted(map(repr, rows))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Page 2 of 3", (2, 3)),
        ("- PAGE 1 OF 12 -", (1, 12)),
        ("Seite 2 von 4", (2, 4)),
        ("Página 2 de 3", (2, 3)),
        ("第 2 页 共 5 页", (2, 5)),
        ("Страница 1 из 2", (1, 2)),
        ("Page 1 of 1", None),
        ("Page 0 of 3", None),
        ("Page 4 of 3", None),
        ("2 of 3", None),
        ("See page 2 of 3", None),
        ("Page 2 of 300", None),
        ("Page two of three", None),
    ],
)
def test_lines_that_say_which_page_it_is(line, said):
    assert read_page_line(line) == said


def test_titles_lose_what_pages_add_and_nothing_else():
    story = title_of_story("Strike: day 40")
    assert {
        title_of_story(f"Strike: day 40{tail}") for tail in (" (Page 2)", ", continued", " - Seite 3", " (2 of 3)")
    } == {story}
    assert title_of_story("Page 2") == "page 2"
    assert story == "strike day 40"


def test_hostile_addresses_take_linear_time():
    for long in ("-1" * 50_000, "/page" * 50_000 + "/2", "?" + "page=2&" * 20_000, "_" * 100_000 + "2"):
        assert len(numbered_addresses("canal.example/" + long)) <= 2
    assert read_page_line("page 1 of " * 50_000) is None


def test_a_run_says_how_many_pages_of_how_many_stories_it_joined(tmp_path):
    pages = [page("the-long-strike", 1), page("the-long-strike?page=2", 2), page("the-long-strike?page=3", 3)]
    dredging = [page("the-dredging-again", 4, "Dredging"), page("the-dredging-again?page=2", 5, "Dredging")]
    publish(tmp_path, FIRST, [*pages, *dredging, page("another-story-here", 7, "Weir")])
    found = derive(tmp_path)
    assert (found.n_paged_stories, found.n_pages) == (2, 5)
    assert derive(tmp_path).n_pages == 0
