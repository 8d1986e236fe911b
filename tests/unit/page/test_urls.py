import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.page.flatten.urls import site, url_key

SAME = [
    "https://news.example/2007/07/03/talks",
    "http://www.news.example/2007/07/03/talks/",
    "HTTPS://NEWS.EXAMPLE:443/2007/07/03/talks/index.html",
    "//m.news.example/2007/07/03/talks#comments",
    "news.example/2007/07/03/./talks/index.php?utm_source=feed&fbclid=1&PHPSESSID=3",
    "https://user:secret@www2.news.example//2007/07/x/../03/%74alks",
    "https://web.archive.org/web/20070705120000/http://www.news.example:80/2007/07/03/talks",
]


@pytest.mark.parametrize("url", SAME)
def test_spellings_of_one_address_have_one_key(url):
    assert url_key(url) == "news.example/2007/07/03/talks"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://news.example/a", "http://news.example/A"),
        ("http://news.example/a?id=1", "http://news.example/a?id=2"),
        ("http://news.example/a%2Fb", "http://news.example/a/b"),
        ("http://news.example:8080/a", "http://news.example/a"),
        ("http://world.news.example/a", "http://news.example/a"),
    ],
)
def test_what_makes_a_difference_stays(one, other):
    assert url_key(one) != url_key(other)


def test_parameters_are_sorted_and_escapes_written_one_way():
    assert url_key("http://news.example/?b=%e4&a=%7e&a=") == "news.example?a=&a=~&b=%E4"
    assert url_key("http://news.example/ä b") == url_key("http://news.example/%C3%A4b")


@pytest.mark.parametrize(
    "text", [None, "", "mailto:jane@news.example", "/path/only", "data:text/html,x", "http://[", "x"]
)
def test_what_is_no_web_address_has_no_key(text):
    assert url_key(text) is None


def test_edition_prefixes_stay_where_nothing_would_be_left():
    assert url_key("http://www.gov.uk/news") == "www.gov.uk/news"
    assert url_key("http://m.com/x") == "m.com/x"
    assert url_key("http://www.m.news.example/x") == "news.example/x"


def test_site_is_the_registrable_domain():
    assert site("http://edition.news.co.uk/x") == "news.co.uk"
    assert site("https://world.news.example") == "news.example"
    assert site("http://192.0.2.7/x") == "192.0.2.7"
    assert site("no address") is None


URLS = st.builds(
    lambda scheme, host, port, path, query, fragment: f"{scheme}{host}{port}/{path}{query}{fragment}",
    st.sampled_from(["http://", "https://", "HTTP://", "//", "", "http://web.archive.org/web/2007/http://"]),
    st.sampled_from(["news.example", "www.news.example", "amp.m.news.co.uk", "münchen.de", "192.0.2.7", "www.gov.uk"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text(string.ascii_letters + "/.%2fä;=&+~'()", max_size=20) | st.sampled_from(["index.html/index.php/", "a//.."]),
    st.just("") | st.text(string.ascii_letters + "&=%25;é+?/", max_size=20).map("?".__add__),
    st.sampled_from(["", "#top"]),
)


@given(URLS)
def test_a_key_is_its_own_key(url):
    key = url_key(url)
    assert key is None or url_key(key) == key
    assert key is None or site(key) == site(url)


def test_long_addresses_take_linear_time():
    assert url_key("http://news.example" + "/index.html" * 20_000) == "news.example"
    assert url_key("http://news.example/" + "%41/../" * 20_000) == "news.example"
