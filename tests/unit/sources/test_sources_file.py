"""sources.toml is taken whole or refused in one line that says where and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.sources.sources_file import SourcesFileError, parse_sources, read_sources_file

ROOT = Path(__file__).parents[3]
FEED = '[[feed]]\nid = "harbour"\nurls = ["https://harbour.test/rss"]\n'


def test_defaults_hold_where_a_source_says_nothing():
    harbour, notices = parse_sources(
        "[defaults]\ndelay = 8\n" + FEED + '[[list]]\nid = "notices"\nurls = ["http://town.test/"]\ndelay = 20\n'
        "max_pages = 3\nenabled = false\n"
    )
    assert (harbour.kind, harbour.enabled, harbour.delay, harbour.max_pages) == ("feed", True, 8.0, 50)
    assert (notices.kind, notices.enabled, notices.delay, notices.max_pages) == ("list", False, 20.0, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[feed]\n", "not valid TOML"),
        ("[[feeds]]\n", "unknown 'feeds'"),
        ("[feed]\n", r"write \[\[feed\]\]"),
        ("[defaults]\ncolour = 1\n", "may set"),
        (FEED + "colour = 1\n", "harbour: unknown 'colour'"),
        (FEED + FEED, "two sources have the id 'harbour'"),
        ('[[feed]]\nurls = ["https://a.test/"]\n', "number 1: id must be"),
        ('[[feed]]\nid = "../up"\nurls = ["https://a.test/"]\n', "id must be"),
        ('[[feed]]\nid = "a"\n', "urls must be a list"),
        ('[[feed]]\nid = "a"\nurls = []\n', "urls must be a list"),
        ('[[feed]]\nid = "a"\nurls = ["ftp://a.test/"]\n', "no http or https"),
        ('[[feed]]\nid = "a"\nurls = ["https://me:secret@a.test/"]\n', "user name"),
        ('[[feed]]\nid = "a"\nurls = ["https://a.test:99999/"]\n', "no valid address"),
        ('[[feed]]\nid = "a"\nurls = ["https://a.test/ b"]\n', "without spaces"),
        (FEED + "delay = 0\n", "delay must be a number from 1"),
        (FEED + "delay = true\n", "delay must be a number"),
        (FEED + "delay = nan\n", "delay must be a number"),
        (FEED + "max_pages = 1.5\n", "whole number"),
        (FEED + 'enabled = "yes"\n', "true or false"),
    ],
)
def test_anything_wrong_refuses_the_file(tmp_path, text, words):
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(SourcesFileError, match=words) as caught:
        read_sources_file(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_no_file_is_no_source_and_bytes_that_are_no_text_are_told(tmp_path):
    assert read_sources_file(tmp_path / "sources.toml") == ()
    (tmp_path / "sources.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SourcesFileError, match="can't be read"):
        read_sources_file(tmp_path / "sources.toml")


def test_the_example_is_valid_and_polls_nobody():
    sources = read_sources_file(ROOT / "include" / "samples" / "sources.toml")
    assert {source.kind for source in sources} == {"feed", "list"}
    assert not any(source.enabled for source in sources)
    assert all("example.org" in url for source in sources for url in source.urls)
