from datetime import date

import pytest
from page_stories import PARAGRAPHS

from dateline.config import load_settings
from dateline.lines import object_of
from dateline.model import Capture
from dateline.page import read_page
from dateline.page.arrange._copies import drop_copies
from dateline.page.arrange.parts import MOST_PARTS, divide
from dateline.page.flatten.raw_block import Flattened, RawBlock
from dateline.page.roles.assign_roles import RoleChoice
from dateline.read import read_capture
from dateline.rows import rows_of
from dateline.snapshot import take_snapshot

FERRY = (
    "The morning ferry to Skerry Point ran aground on a bank of sand that no chart shows, and two hundred passengers "
    "waited on deck until the tide lifted her in the afternoon.",
    'Captain Ivar Lund said that the bank had not been there on Friday. "Sand goes where it likes," he told a reporter '
    "from the wheelhouse, and asked for a new chart.",
    "The harbour office promised soundings before the end of the month, as soon as its boat is back in the water.",
)
BRIDGE = (
    "The second bridge over the Wend will have a footpath on both sides, the council decided by nine votes to four "
    "after a debate that lasted until midnight.",
    "Builders had asked for a wider road instead. Councillor Edda Mor said that nobody who had ever pushed a pram "
    "across the old bridge would understand the question.",
    "Work is to begin in spring, if the steel arrives and the river stays in its bed.",
)
MENU = "<nav><a href=/>Home</a> <a href=/world>World</a> <a href=/sport>Sport</a></nav>"


def read(html, ref="page.html", url=None):
    return read_page(Capture("c", date(2020, 1, 1), "s", "file", ref, url=url), html.encode(), max_bytes=10**6)


def paragraphs(texts, tag="p"):
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def story(title, line, texts, tag="h2"):
    return f"<{tag}>{title}</{tag}><p class=meta>{line}</p>{paragraphs(texts)}"


def page_of(*stories, title="Harbour Daily"):
    return f"<html><head><title>{title}</title></head><body>{MENU}{''.join(stories)}<p>© 2005 Harbour Daily</p></body>"


FERRY_STORY = story("Ferry runs aground off Skerry Point", "By Ann Doe, May 3, 2005", FERRY)
BRIDGE_STORY = story("Council votes for two footpaths", "By Bob Roe, May 2, 2005", BRIDGE)


def titles(page):
    return [article.title for article in page.articles]


def test_two_stories_with_a_byline_each_are_two_parts():
    page = read(page_of(FERRY_STORY, BRIDGE_STORY))
    assert titles(page) == ["Ferry runs aground off Skerry Point", "Council votes for two footpaths"]
    assert [article.part_no for article in page.articles] == [0, 1]
    assert [article.text.split("\n\n") for article in page.articles] == [list(FERRY), list(BRIDGE)]
    assert [article.authors for article in page.articles] == [("Ann Doe",), ("Bob Roe",)]


def test_every_block_of_a_part_has_its_number_and_its_place_in_the_text_of_that_part():
    page = read(page_of(FERRY_STORY, BRIDGE_STORY))
    by_text = {block.text: block for block in page.blocks}
    assert {by_text[text].part_no for text in ("Council votes for two footpaths", "By Bob Roe, May 2, 2005")} == {1}
    assert by_text[FERRY[0]].text_start == by_text[BRIDGE[0]].text_start == 0
    for block in page.blocks:
        if block.text_start is not None:
            assert page.articles[block.part_no].text[block.text_start : block.text_end] == block.text
    assert [block.block_no for block in page.blocks] == list(range(len(page.blocks)))


@pytest.mark.parametrize(
    ("title", "url"),
    [("Council votes for two footpaths | Harbour Daily", None), ("News", "https://a.example/council-votes-footpaths")],
)
def test_the_part_that_title_or_address_speak_of_is_the_first(title, url):
    page = read(page_of(FERRY_STORY, BRIDGE_STORY, title=title), url=url)
    assert titles(page) == ["Council votes for two footpaths", "Ferry runs aground off Skerry Point"]
    order = [block.part_no for block in page.blocks if block.role == "headline"]
    assert order == [1, 0]


@pytest.mark.parametrize(
    "html",
    [
        page_of(story("Ferry runs aground", "By Ann Doe, May 3, 2005", FERRY),
                f"<h2>The chart</h2>{paragraphs(BRIDGE)}"),
        page_of(story("Books of the year", "By Ann Doe, May 3, 2005", FERRY, "h1"),
                *(story(f"The {word} Road", f"By {word} Marsh", BRIDGE[:1], "h3") for word in ("Salt", "Iron", "Old"))),
        page_of(story("Concerts in May", "By Ann Doe, May 1, 2005", FERRY, "h1"),
                *(story(f"Evening {n} at sea", f"May {n}, 2005", ("Doors open at eight.",), "h3") for n in (3, 4, 5))),
        page_of(story("Five ways to dry a cellar", "By Ann Doe, May 1, 2005", FERRY, "h1"),
                *(f"<h2>{n}. Open a window</h2>{paragraphs(BRIDGE)}" for n in (1, 2, 3))),
        page_of(story("The captain speaks", "By Ann Doe, May 1, 2005", FERRY, "h1"),
                *(f"<p><b>What did you do {when}?</b></p>{paragraphs(BRIDGE)}" for when in ("then", "after that"))),
        page_of(story("Ferry runs aground", "By Ann Doe, May 3, 2005", FERRY, "h1"), "<h3>2 comments</h3>",
                story("Sand again and again", "By Sailor on May 4, 2005", BRIDGE, "h4")),
        page_of(story("Ferry runs aground", "By Ann Doe, May 3, 2005", FERRY),
                story("Council votes for footpaths", "By Bob Roe, May 2, 2005", (f"{BRIDGE[0]} It also ...",))),
        page_of(FERRY_STORY, FERRY_STORY),
    ],
    ids=["cross heading", "books", "events", "numbered list", "interview", "comments", "teaser", "same story twice"],
)  # fmt: skip
def test_what_only_looks_like_a_second_story_is_not_cut(html):
    assert len(read(html).articles) == 1


def test_the_name_of_the_page_is_no_headline_where_each_story_has_one():
    page = read(page_of("<h1>Harbour Daily</h1>", FERRY_STORY, BRIDGE_STORY))
    assert titles(page) == ["Ferry runs aground off Skerry Point", "Council votes for two footpaths"]
    assert [block.text for block in page.blocks if block.role == "headline"] == titles(page)


def test_a_long_text_above_that_nothing_makes_an_article_leaves_the_page_whole():
    whole = page_of(paragraphs(FERRY), FERRY_STORY, BRIDGE_STORY)
    assert len(read(whole.replace("Ferry runs aground off Skerry Point", "Sand where no chart has any")).articles) == 1
    short = read(
        page_of("<p>Here is what happened on the river on these two days in May.</p>", FERRY_STORY, BRIDGE_STORY)
    )
    assert [article.text.split("\n\n") for article in short.articles] == [list(FERRY), list(BRIDGE)]


def test_posts_with_other_numbers_than_the_headlines_are_no_text_of_the_article():
    def post(number, *inner):
        return f"<article class='post-{number} hentry'>{''.join(inner)}</article>"

    boxes = "".join(post(n, paragraphs([text])) for n, text in zip((31, 44, 52), BRIDGE, strict=True))
    page = read(page_of(post(12, f"<h1>Ferry runs aground</h1>{paragraphs(FERRY)}", boxes), title="Ferry runs aground"))
    assert [article.text.split("\n\n") for article in page.articles] == [list(FERRY)]
    (other,) = (block for block in page.blocks if block.text == BRIDGE[0])
    assert other.role == "related" and "number 31" in other.reason


def test_a_live_blog_is_not_cut():
    entries = "".join(
        f"<p>{hour}:{minute:02d}</p>"
        + story("Tide turns at the pier again", f"By Ann Doe, May 3, 2005 {hour}:{minute:02d}", FERRY, "h3")
        for hour in (9, 10, 11)
        for minute in (5, 25, 45)
    )
    page = read(page_of(f"<h1>Ferry aground: as it happens</h1>{entries}"))
    assert [article.page_kind for article in page.articles] == ["live_blog"]


def test_stories_of_a_plain_text_dump_are_cut_where_byline_and_day_begin_one():
    lines = ["Home", "World", "Sport", "Ferry runs aground off Skerry Point", "By Ann Doe", "May 3, 2005", *FERRY]
    lines += ["Council votes for two footpaths", "By Bob Roe", "May 2, 2005", *BRIDGE, "© 2005 Harbour Daily"]
    page = read("\n\n".join(lines), "page.txt")
    assert titles(page) == ["Ferry runs aground off Skerry Point", "Council votes for two footpaths"]
    assert [article.n_words > 40 for article in page.articles] == [True, True]


def reading_of(html, ref="page.html", url="https://harbour.example/news"):
    capture = Capture("c", date(2020, 1, 1), "s", "file", ref, url=url)
    return read_capture(capture, html.encode(), take_snapshot(load_settings({})))


@pytest.fixture(scope="module")
def two_stories():
    return reading_of(page_of(FERRY_STORY, BRIDGE_STORY))


def test_each_part_has_the_day_of_its_own_line(two_stories):
    assert [part.publication.day for part in two_stories.parts] == [date(2005, 5, 3), date(2005, 5, 2)]
    second = two_stories.parts[1].publication
    assert {e.block_no for e in second.evidence if e.block_no is not None and e.value} <= {
        block.block_no for block in two_stories.page.blocks if block.part_no == 1
    }


def test_a_further_part_without_a_line_of_its_own_is_not_dated_by_the_first():
    undated = (
        f"<h2>Council votes for two footpaths</h2><p>By Bob Roe | <a href=/c>3 comments</a></p>{paragraphs(BRIDGE)}"
    )
    first = story("Ferry runs aground", "By Ann Doe, May 3, 2005 | <a href=/d>2 comments</a>", FERRY)
    reading = reading_of(page_of(first, undated))
    assert [part.publication.day for part in reading.parts] == [date(2005, 5, 3), None]


def test_names_quotes_and_ids_are_of_their_part(two_stories):
    people = [{name.text for name in part.names if name.label == "PERSON"} for part in two_stories.parts]
    assert "Ivar Lund" in people[0] and "Ivar Lund" not in people[1]
    said = [" ".join(quote.text for quote in part.quotes) for part in two_stories.parts]
    assert "Sand goes where it likes" in said[0]
    assert said[1] and "Sand" not in said[1]
    rows = list(rows_of(two_stories))
    ids = [row["article_id"] for table, row in rows if table == "articles"]
    assert len(set(ids)) == 2
    texts = {row["part_no"]: row["text"] for table, row in rows if table == "articles"}
    for table, row in rows:
        if table in ("mentions", "dates") and row["text_start"] is not None:
            assert texts[row["part_no"]][row["text_start"] : row["text_end"]] == row["text"]


def test_a_line_of_extract_has_further_articles_under_parts(two_stories):
    line = object_of(two_stories, "page")
    assert line["title"] == "Ferry runs aground off Skerry Point"
    assert [(part["part_no"], part["title"]) for part in line["parts"]] == [(1, "Council votes for two footpaths")]
    assert line["parts"][0]["published"] == "2005-05-02"


def test_ids_of_briefs_under_one_title_differ_and_do_not_hang_on_their_order():
    places = ("OSLO", "RIGA", "BERN")
    items = {place: f"<p>{place} -- {text}</p>" for place, text in zip(places, FERRY, strict=True)}

    def ids(order):
        page = page_of("<h1>World briefs</h1>", *(items[place] for place in order))
        return {
            row["dateline_place"]: row["article_id"] for table, row in rows_of(reading_of(page)) if table == "articles"
        }

    one, other = ids(places), ids(("OSLO", "BERN", "RIGA"))
    assert len(set(one.values())) == 3
    assert one == other


def test_a_page_of_very_many_items_is_a_list():
    briefs = tuple(
        RawBlock(f"{('OSLO', 'RIGA')[n % 2]} -- Item {n} of the list says that it rained.") for n in range(400)
    )
    choices = [RoleChoice("body", 0.9, "")] * len(briefs)
    assert divide(Flattened(briefs), choices, None) is None
    few = divide(Flattened(briefs[:MOST_PARTS]), choices[:MOST_PARTS], None)
    assert few is not None and len(few.parts) == MOST_PARTS


def drop(texts):
    made = drop_copies([RawBlock(text) for text in texts], [RoleChoice("body", 0.9, "")] * len(texts))
    return [no for no, choice in enumerate(made) if choice.role != "body"]


def test_a_second_printing_with_other_words_here_and_there_is_dropped_with_its_cross_heading():
    copy = [text.replace("that", "which", 1) for text in PARAGRAPHS]
    texts = [*PARAGRAPHS[:2], "Pumps at work", *PARAGRAPHS[2:], *copy[:2], "Pumps at work", *copy[2:]]
    assert drop(texts) == list(range(6, 12))


def test_a_beginning_that_breaks_off_is_dropped_above_and_below_the_whole():
    cut = PARAGRAPHS[0][:120] + "..."
    assert drop([cut, *PARAGRAPHS]) == [0]
    assert drop([*PARAGRAPHS, cut]) == [len(PARAGRAPHS)]


def test_what_repeats_from_the_middle_is_the_writers_own():
    training = "Run for {} minutes at the pace at which you can still talk, then walk until your breath is calm again."
    days = [training.format(minutes) for minutes in (20, 25, 30, 35)]
    assert drop([*PARAGRAPHS[:2], *days]) == []
    assert drop([*PARAGRAPHS[:3], PARAGRAPHS[0]]) == []
