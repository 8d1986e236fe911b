import pytest

from dateline.model import Block, Statement
from dateline.page.facts._agency import find_agency
from dateline.page.facts._language import find_language
from dateline.page.facts._title import find_title
from dateline.page.facts.gather_facts import gather_facts
from dateline.page.wording.dateline import find_dateline
from dateline.page.wording.lists import read_list
from dateline.page.wording.persons import agency_of, find_persons, find_roles

LISTS = (
    "agencies",
    "outlets",
    "boilerplate",
    "walls",
    "consent_words",
    "paper_words",
    "class_words",
    "stop_words",
    "not_names",
    "role_labels",
)
TEXT = "The river rose in the night and the people of the town carried their goods to the upper floors."


def article(*extra, statements=(), url=None):
    blocks = [Block(0, "River floods town", "headline", "article", kept=True), *extra]
    no = len(blocks)
    blocks.append(Block(no, TEXT, "body", "article", kept=True, text_start=0, text_end=len(TEXT)))
    return gather_facts(blocks, tuple(statements), url, "article")


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("River floods town | Harbour Daily", "River floods town"),
        ("River floods town - World - Harbour Daily", "River floods town"),
        ("Harbour Daily: River floods town", "River floods town"),
        ("Mayor: River floods town", "Mayor: River floods town"),
        ("Harbour Daily - Westland", "River floods town"),
        ("River in town hall: floods - what we know", "River in town hall: floods - what we know"),
    ],
)
def test_titles_lose_the_site_and_nothing_else(stated, title):
    statements = [Statement("meta", "og:title", stated), Statement("meta", "og:site_name", "Harbour Daily")]
    assert article(statements=statements).title == title


def test_in_a_dump_the_headline_is_the_title():
    assert article().title == "River floods town"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Doe", ("Ann Doe",)),
        ("By ANN DOE and BOB ROE", ("Ann Doe", "Bob Roe")),
        ("By Ann Doe, Harbour Daily Staff Writer", ("Ann Doe",)),
        ("By Bob van der Roe in Rivermouth", ("Bob van der Roe",)),
        ("By Associated Press", ()),
        ("By Ann Doe ann@harbour.example", ("Ann Doe",)),
        ("Editor:Bob Roe", ()),
    ],
)
def test_bylines_give_persons_only(byline, names):
    assert article(Block(1, byline, "byline", "article")).authors == names


def test_a_name_on_the_line_below_by_counts():
    extra = (Block(1, "By", "navigation", "shell"), Block(2, "Ann Doe", "navigation", "shell"))
    assert article(*extra).authors == ("Ann Doe",)


def test_stated_authors_go_before_printed_ones_and_organisations_stay_out():
    statements = [
        Statement("json_ld", "author.Person", "Ann Doe"),
        Statement("json_ld", "author.Person", "Harbour Daily"),
        Statement("json_ld", "author.Person", "https://harbour.example/ann"),
        Statement("json_ld", "publisher.name", "Harbour Daily"),
    ]
    assert article(Block(1, "By Bob Roe", "byline", "article"), statements=statements).authors == ("Ann Doe",)


def test_editors_photographers_and_agencies_have_their_role():
    found = article(Block(1, "Editor:Ann Doe", "byline", "article"), Block(2, "Source: Xinhua", "byline", "article"))
    assert found.author_roles == (("Ann Doe", "editor"), ("Xinhua", "agency"))
    assert find_roles("Photographs by Bob Roe") == [("Bob Roe", "photographer")]
    assert article(Block(1, "Reuters", "byline", "article")).agency == "Reuters"


def test_an_agency_is_told_by_dateline_author_or_credit_and_needs_that_context():
    assert article(statements=[Statement("json_ld", "author.Organization", "Reuters")]).agency == "Reuters"
    assert (
        article(statements=[Statement("meta", "article:author", "Associated Press in Quay")]).agency
        == "Associated Press"
    )
    assert article(Block(1, "Reuters", "navigation", "shell")).agency == "Reuters"
    assert article(Block(1, "Editor: Petra Doe", "byline", "article")).agency is None
    assert article(Block(1, "Photo: Ann Doe/AP", "credit", "article")).agency is None
    assert article(Block(1, "AA", "navigation", "shell")).agency is None


@pytest.mark.parametrize(
    ("bracketed", "byline", "outlet", "agency"),
    [
        ("HW", "Harbour Wire", "Valley Daily", "Harbour Wire"),
        ("Harbour Wire", "By Ann Doe", "Valley Daily", "Harbour Wire"),
        ("HW", "By Ann Doe", "Valley Daily", "HW"),
        ("VD", "By Ann Doe", "Valley Daily", None),
        ("Reuters", "By Ann Doe", "Reuters", None),
        ("population 300", "By Ann Doe", "Valley Daily", None),
    ],
)
def test_unlisted_agencies_are_spelled_out_and_the_outlet_is_none(bracketed, byline, outlet, agency):
    assert find_agency([Block(0, byline, "byline", "article")], (), bracketed, outlet) == agency


def test_authors_of_pictures_and_of_linked_stories_are_not_the_articles():
    statements = [
        Statement("json_ld", "@type", "NewsArticle", 0),
        Statement("json_ld", "author.Person", "Ann Doe", 0),
        Statement("json_ld", "@type", "ImageObject", 1),
        Statement("json_ld", "author.Person", "Bob Roe", 1),
    ]
    assert article(statements=statements).authors == ("Ann Doe",)
    one = [Statement("html_attribute", "rel=author", "Ann Doe")] * 2
    assert article(statements=one).authors == ("Ann Doe",)
    assert article(statements=[*one, Statement("html_attribute", "rel=author", "Bob Roe")]).authors == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Doe", ("Ann Doe",)),
        ("Ann Doe | May 22, 2025", ("Ann Doe",)),
        ("By Ann Doe April 12, 2024", ("Ann Doe",)),
        ("In World News, May 3", ()),
        ("Posted on May 3, 2025 by Ann Doe", ("Ann Doe",)),
        ("Von Ann Doe, Innsbruck", ("Ann Doe",)),
    ],
)
def test_a_name_alone_between_headline_and_text_is_the_writer(line, names):
    assert article(Block(1, line, "byline", "article")).authors == names


def test_a_name_beside_the_line_of_the_date_is_the_writer():
    date_line = Block(2, "May 22, 2025", "byline", "article")
    assert article(Block(1, "Ann Doe", "navigation", "shell"), date_line).authors == ("Ann Doe",)
    assert article(Block(1, "Ann Doe", "navigation", "shell")).authors == ()


@pytest.mark.parametrize(
    ("extra", "url", "outlet"),
    [
        ((), "https://www.cnn.com/2003/WORLD/river.html", "CNN"),
        ((), "http://news.bbc.co.uk/2/hi/1.stm", "BBC"),
        ((Block(1, "© 2005 Cable News Network LP, LLLP.", "boilerplate", "shell"),), None, "CNN"),
        ((Block(1, "Source: NHK World | 09-11-2012 18:05", "byline", "article"),), None, "NHK"),
        ((Block(1, "© The Guardian 2005", "navigation", "shell"),), None, "The Guardian"),
        ((Block(1, "© 2005 Harbour Daily. All rights reserved.", "boilerplate", "shell"),), None, "Harbour Daily"),
        ((), None, None),
    ],
)
def test_outlets(extra, url, outlet):
    assert article(*extra, url=url).outlet == outlet


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("MOSCOW, Russia -- The river rose.", "Moscow", None),
        ("NEW YORK (Reuters) - The river rose.", "New York", "Reuters"),
        ("Rivermouth, March 3 (Xinhua) -- The river rose.", "Rivermouth", "Xinhua"),
        ("PARIS — The river rose.", "Paris", None),
        ("BREAKING: The river rose.", None, None),
        ("The Westland Council’s (WC) top court met.", None, None),
        ("Port Ann (1-0): Doe 25 points.", None, None),
        ("DOE: The river rose.", None, None),
        ("The river -- and the harbour -- rose.", None, None),
    ],
)
def test_datelines(text, place, agency):
    found = find_dateline(text)
    assert (found.place if found else None) == place
    assert (found.agency if found else None) == agency
    assert found is None or text.startswith(found.text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("Der Fluss ist in der Nacht gestiegen und die Menschen haben ihre Sachen nach oben getragen.", "de"),
        ("La rivière est montée dans la nuit et les habitants ont porté leurs biens à l'étage de la maison.", "fr"),
        ("El río subió en la noche y los vecinos de la ciudad llevaron sus cosas a los pisos de arriba.", "es"),
        ("Ночью река поднялась, и жители города вынесли свои вещи на верхние этажи, как это было и раньше.", "ru"),
        ("夜里河水上涨，市民把物品搬到楼上。", "zh"),
        ("12 34 56", None),
    ],
)
def test_languages(text, language):
    assert find_language(text, ()) == language


def test_a_statement_settles_what_a_short_text_leaves_open():
    assert find_language("River", (Statement("html_attribute", "lang", "en-GB"),)) == "en"


def test_is_free_section_and_genre_are_as_stated():
    statements = [
        Statement("json_ld", "isAccessibleForFree", "False"),
        Statement("meta", "article:section", "Opinion"),
    ]
    found = article(statements=statements)
    assert (found.is_free, found.section, found.genre) == (False, "Opinion", "opinion")
    assert article().is_free is None


def test_surname_first_is_one_person():
    assert find_persons("Doe, Ann") == ["Ann Doe"]
    assert agency_of("Harbour Daily") is None


@pytest.mark.parametrize("name", LISTS)
def test_lists_name_the_source_of_every_row(name):
    rows = list(read_list(name))
    assert rows
    assert all(row["source"] for row in rows)


def test_outlets_are_many_and_their_zones_exist():
    from zoneinfo import ZoneInfo

    rows = list(read_list("outlets"))
    assert len(rows) >= 150
    assert len({row["domain"] for row in rows}) == len(rows)
    for row in rows:
        assert not row["zone"] or ZoneInfo(row["zone"])


def titled(printed, *statements):
    blocks = [Block(0, printed, "headline", "article", kept=True)]
    made = [Statement("json_ld" if key == "headline" else "meta", key, value) for key, value in statements]
    return find_title(blocks, made, "Harbour Daily")


NEWS = ("@type", "NewsArticle")
LONG = "Mayor of Rivermouth sells the town hall clock to pay for the new bridge"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ([("og:title", "Mayor sells town hall clock to pay for new bridge"), NEWS],
         "Mayor sells town hall clock to pay for new bridge"),
        ([("og:title", "Mayor sells town hall clock to pay for new bridge"), ("headline", LONG)], LONG),
        ([("og:title", "You won't believe what the mayor did with the clock"), ("headline", LONG), NEWS], LONG),
        ([("og:title", "Mayor sells the clock"), ("headline", LONG), NEWS], LONG),
        ([("og:title", "Clock is sold"), ("title", "Clock is sold | Harbour Daily")], "Clock is sold"),
        ([("og:title", "Clock is sold"), ("title", "Town hall: the clock goes | Harbour Daily")], LONG),
        ([("title", LONG[:42] + " | Harbour Daily")], LONG),
        ([("title", LONG[:42] + "... | Harbour Daily")], LONG),
    ],
    ids=["shortened", "no newsroom", "other words", "too short", "markup agrees", "markup disagrees", "cut", "dots"],
)  # fmt: skip
def test_the_printed_headline_is_the_title_unless_the_newsroom_shortens_it(stated, title):
    assert titled(LONG, *stated) == title


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Opinion | The clock was ours", "The clock was ours"),
        ("The clock was ours | harbourdaily.example", "The clock was ours"),
        ("Watch: the clock is taken down", "Watch: the clock is taken down"),
    ],
)
def test_kickers_and_addresses_are_no_part_of_a_title(stated, title):
    assert find_title([], [Statement("meta", "og:title", stated)], None) == title


def near(text, no=1, **kw):
    return Block(no, text, "navigation", "shell", dom_path=kw.get("path", "body/div/p"))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Doe", ("Ann Doe",)),
        ("Ann Doe | Senior Writer | July 2, 2025", ("Ann Doe",)),
        ("Ann Doe/Bob Roe", ("Ann Doe", "Bob Roe")),
        ("Dec 26, 2025 • Ann Doe in Harbour", ("Ann Doe",)),
        ("Town People", ()),
        ("Rivermouth, Friday", ()),
        ("Contact Us", ()),
        ("The Rivermouth Committee", ()),
    ],
)
def test_a_line_of_a_name_under_the_headline_is_the_byline_unless_the_page_uses_its_words(line, names):
    assert article(near(line)).authors == names


def test_a_name_in_a_menu_or_list_is_no_byline():
    assert article(near("Ann Doe", path="body/nav/div")).authors == ()
    assert article(near("Ann Doe", path="body/ul/li")).authors == ()


@pytest.mark.parametrize(
    ("outlet", "authors"), [("Ann Doe", ("Ann Doe",)), ("Town River", ()), ("Harbour Times", ()), ("Euronews", ())]
)
def test_an_outlet_is_an_author_only_where_it_is_called_by_the_writers_name(outlet, authors):
    statements = [Statement("meta", "og:site_name", outlet), Statement("meta", "author", outlet)]
    assert article(statements=statements).authors == authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "By Ann Doe, Master Gardener and Garden Educator | Dec 30, 2025 | Indoor Plants",
            ["Ann Doe", "Master Gardener"],
        ),
        ("Ann Doe Founder at Oakroom", ["Ann Doe"]),
        ("AFP, RIVERMOUTH", []),
        ("Center for Rain and Research", []),
        ("Human in the Loop", []),
    ],
)
def test_jobs_dates_and_institutions_are_no_names(text, names):
    assert find_persons(text) == names


def test_a_writer_in_small_letters_is_spelled_as_a_name_and_an_account_is_none():
    assert article(statements=[Statement("meta", "author", "ann doe")]).authors == ("Ann Doe",)
    assert article(statements=[Statement("meta", "author", "anndoe7")]).authors == ()
    assert article(statements=[Statement("meta", "author", "ann.doe")]).authors == ()


def test_a_sentence_that_names_the_writer_counts():
    told = Block(1, "This article was written by Ann Doe, head of the harbour archive.", "boilerplate", "shell")
    assert article(told).authors == ("Ann Doe",)


def test_a_transcript_has_no_dateline():
    blocks = [Block(0, "ANN DOE, HOST: Good evening.", "body", "article", kept=True, text_start=0, text_end=28)]
    assert gather_facts(blocks, (), None, "transcript").dateline_place is None


def test_writers_with_a_line_each_are_both_named_and_those_of_other_stories_are_not():
    lines = [Block(1, "By Ann Doe", "byline", "article"), Block(2, "By Bob Roe", "byline", "article")]
    assert article(*lines).authors == ("Ann Doe", "Bob Roe")
    gap = [Block(no, "Share", "navigation", "shell") for no in (3, 4, 5)]
    assert article(*lines, *gap, Block(6, "By Cal Moe", "byline", "rail")).authors == ("Ann Doe", "Bob Roe")


def test_two_spellings_of_a_name_are_one_writer():
    statements = [Statement("json_ld", "author.Person", name) for name in ("Jose Nunez", "José Núñez", "JOSE NUNEZ")]
    assert article(statements=statements).authors == ("José Núñez",)


def test_an_address_names_the_writer_whom_the_page_prints():
    statements = [Statement("meta", "article:author", "https://harbour.example/staff/ann-doe/")]
    assert article(near("Ann Doe", path="body/ul/li"), statements=statements).authors == ("Ann Doe",)
    assert article(statements=statements).authors == ()
