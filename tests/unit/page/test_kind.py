import pytest

from dateline.model import Block, Statement
from dateline.page.arrange.kind import decide_kind
from dateline.schema.outcomes import REJECT_KINDS

SENTENCE = "The river rose in the night and the people of the town carried their goods to the upper floors."


def body(n, role="body"):
    return [Block(i, SENTENCE, role, "article", kept=True) for i in range(n)]


def links(n):
    return [Block(100 + i, f"Other story number {i} of the day", "related", "rail") for i in range(n)]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("404 Not Found", "error_page"),
        ("Sorry, the page you are looking for has moved.", "error_page"),
        ("Checking your browser before accessing harbour.example", "bot_wall"),
        ("Please verify you are human", "bot_wall"),
        ("We value your privacy", "consent_wall"),
    ],
)
def test_walls_and_errors_are_told_by_their_wording(text, outcome):
    kind = decide_kind([Block(0, text)], (), None)
    assert kind.page_kind is None
    assert kind.rejection.outcome == outcome
    assert kind.rejection.requeue_hint == "fetch_again"


def test_a_wall_in_front_of_a_whole_article_does_not_hide_it():
    blocks = [Block(50, "We value your privacy", "boilerplate", "shell"), *body(20)]
    assert decide_kind(blocks, (), None).page_kind == "article"


@pytest.mark.parametrize(
    ("notice", "button"),
    [
        ("Mit Ihrer Einwilligung verarbeiten wir und unsere Partner Daten auf Ihrem Endgerät.", "Allem zustimmen"),
        ("Avec votre consentement, nos partenaires utilisent des traceurs sur ce site.", "Tout accepter"),
        ("Con su consentimiento tratamos datos personales con nuestros socios.", "Aceptar todo"),
    ],
)
def test_consent_pages_are_told_in_other_languages(notice, button):
    page = [Block(0, notice, "body", "article", kept=True), Block(1, button, "navigation", "shell")]
    assert decide_kind(page, (), None).rejection.outcome == "consent_wall"


def test_a_short_article_with_a_consent_banner_is_an_article():
    banner = [Block(50, "We value your privacy", "boilerplate", "shell")]
    button = [Block(51, "Accept all", "navigation", "shell")]
    assert decide_kind([*body(4), *banner, *button], (), None).page_kind == "article"


def test_paragraphs_filed_from_places_of_their_own_are_briefs():
    places = ("GENEVA", "LIMA, Peru", "ACCRA, Ghana", "HANOI")
    items = [Block(i, f"{place} -- {SENTENCE}", "body", "article", kept=True) for i, place in enumerate(places)]
    assert decide_kind(items, (), None).page_kind == "briefs"
    assert decide_kind([*items[:1], *body(3)], (), None).page_kind == "article"


def test_an_article_whose_canonical_address_is_the_home_page_is_an_article():
    assert decide_kind([*body(5), *links(12)], (), "https://harbour.example/").page_kind == "article"


def test_a_stored_error_status_rejects_a_short_page():
    assert decide_kind(body(2), (), None, http_status=503).rejection.outcome == "error_page"


@pytest.mark.parametrize(
    ("url", "title", "reason"),
    [
        ("https://harbour.example/search?q=river", "Search results", "search"),
        ("https://harbour.example/", "Harbour Daily", "section_front"),
        ("https://harbour.example/archive/2011", "Archive", "section_front"),
    ],
)
def test_pages_of_links_are_not_articles(url, title, reason):
    kind = decide_kind(links(20), (Statement("meta", "og:title", title),), url)
    assert kind.rejection.outcome == "not_article"
    assert kind.rejection.reason == reason
    assert reason in REJECT_KINDS


def test_teasers_each_beside_a_headline_make_a_front():
    blocks = []
    for n in range(8):
        blocks += [
            Block(2 * n, f"Headline number {n}", "related", "rail"),
            Block(2 * n + 1, SENTENCE, "body", "article", kept=True),
        ]
    assert decide_kind(blocks, (), "https://harbour.example/region").rejection.reason == "section_front"
    stated = (Statement("json_ld", "@type", "NewsArticle"),)
    assert decide_kind(blocks, stated, "https://harbour.example/region").page_kind == "article"


def test_no_text_at_all_is_empty():
    assert decide_kind([], (), None).rejection.outcome == "empty"


def test_kinds_of_articles():
    live = (Statement("json_ld", "@type", "LiveBlogPosting"),)
    assert decide_kind(body(10), live, None).page_kind == "live_blog"
    gallery = [*body(2), *[Block(10 + i, SENTENCE, "caption", "article", kept=True) for i in range(8)]]
    assert decide_kind(gallery, (), None).page_kind == "gallery"
    video = (Statement("meta", "og:type", "video.other"),)
    assert decide_kind(body(3), video, None).page_kind == "video"
    spoken = [Block(i, f"DOE: {SENTENCE}", "body", "article", kept=True) for i in range(12)]
    assert decide_kind(spoken, (), None).page_kind == "transcript"
    locked = (Statement("json_ld", "isAccessibleForFree", "False"),)
    assert decide_kind(body(4), locked, None).page_kind == "teaser"
    assert decide_kind(body(20), locked, None).page_kind == "article"
