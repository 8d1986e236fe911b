"""A story explained: who tells it, why each belongs to it, which stands for all, and over which pages it is printed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from rich.console import Console
from unit.corpus.printed import FIRST, Printed, ask, changed, clock, cut, later, publish, text_of

from dateline import corpus
from dateline.cli import main
from dateline.cli.explain import print_story
from dateline.config import load_settings
from dateline.web import render_story_page
from dateline.why import WhyError, explain_story
from dateline.why.story import tell_members

WIRE = text_of(1, 300)
SITE = "https://canal.example/"
EVIL = "<script>alert('x')</script>\x1b[31m"


def derive(folder):
    corpus.derive_stories(folder, clock=clock)
    corpus.derive_others(folder, clock=clock)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A lake with one story told by four articles, one of which goes on over two pages; no test changes it."""
    settings = load_settings({}, tmp_path_factory.mktemp("why"))
    pages = [
        Printed("wire", WIRE, title="Lock gate repaired", published_day=later(0)),
        Printed(
            "first",
            cut(WIRE, 100),
            title=EVIL,
            published_day=later(1),
            url=SITE + "the-lock-is-whole?page=1",
            lines=("Page 1 of 2",),
        ),
        Printed(
            "second",
            text_of(4, 90),
            title=EVIL,
            published_day=later(1),
            url=SITE + "the-lock-is-whole?page=2",
            lines=("Page 2 of 2",),
        ),
        Printed("changed", changed(WIRE, 12), title="Gate mended", published_day=later(2)),
        Printed("equal", WIRE.upper(), title="Gate whole again", published_day=later(3)),
        Printed("other", text_of(2, 300)),
    ]
    publish(settings.lake, FIRST, pages)
    derive(settings.lake)
    return settings


def why_of(story):
    return {row["capture_id"]: row["why"] for row in story.members}


def test_a_story_says_why_each_of_its_articles_belongs_to_it(settings):
    story = explain_story(settings, "equal")
    assert [row["capture_id"] for row in story.members] == ["wire", "first", "changed", "equal"]
    assert [row["title"] for row in story.members[::2]] == ["Lock gate repaired", "Gate mended"]
    assert why_of(story) == {
        "wire": "It represents the story as its earliest copy: 2026-03-02 (published); the next is of 2026-03-03.",
        "first": "It is a near copy of the head: 100% of those of the shorter are in the other (at least 70%).",
        "changed": "It is a near copy of the head: of all word 5-grams of the two, 42% are in both (at least 40%).",
        "equal": "Its words are those of the head.",
    }
    found = ask(settings.lake, "SELECT similarity FROM stories WHERE capture_id = 'changed'")
    assert f"{found[0][0]:.0%}" == "42%"


def test_a_story_tells_the_pages_that_one_of_its_articles_is_printed_over(settings):
    story = explain_story(settings, "wire/0")
    assert [(row["page_no"], row["capture_id"], row["how"]) for row in story.pages] == [
        (1, "first", "address"),
        (2, "second", "page_line"),
    ]
    assert "a line says page 2 of 2" in story.pages[1]["evidence"]


@pytest.mark.parametrize("length", [64, 12])
def test_the_id_of_a_story_may_be_cut_short(settings, length):
    ((story_id,),) = ask(settings.lake, "SELECT DISTINCT story_id FROM stories WHERE n_articles = 4")
    assert explain_story(settings, story_id[:length]).story_id == story_id


@pytest.mark.parametrize(
    ("key", "words"),
    [("nothing", "no story and no article has an id"), ("wire/7", "no part 7 of 'wire'"),
     ("wire/x", "is no number; KEY of stories is"),
     ("", "is no id"), ("%", "is no id")],
)  # fmt: skip
def test_a_key_that_names_no_story_says_what_to_write(settings, key, words):
    with pytest.raises(WhyError, match=words):
        explain_story(settings, key)


def test_an_article_without_a_story_says_why(tmp_path):
    settings = load_settings({}, tmp_path)
    older = Printed("older", text_of(1), article="page", captured_at=clock() - timedelta(days=1))
    publish(settings.lake, FIRST, [older, Printed("newer", text_of(1), article="page", captured_at=clock())])
    with pytest.raises(WhyError, match="'newer' is an article that no story has yet: `dateline corpus`"):
        explain_story(settings, "newer")
    derive(settings.lake)
    assert explain_story(settings, "newer").story_id
    with pytest.raises(WhyError, match="'older' has no story: its page was captured again"):
        explain_story(settings, "older")


def test_an_id_that_several_stories_have_is_refused(tmp_path):
    settings = load_settings({}, tmp_path)
    publish(settings.lake, FIRST, [Printed("canal1", text_of(1)), Printed("canal2", text_of(2))])
    derive(settings.lake)
    with pytest.raises(WhyError, match="more than one story has an id that starts with 'canal'"):
        explain_story(settings, "canal")
    assert why_of(explain_story(settings, "canal2")) == {"canal2": "It stands alone: no copy of it was found."}


def test_the_head_says_what_decided(settings):
    first, second = explain_story(settings, "wire").members[:2]
    limits = corpus.default_limits()
    same_day = {**second, "compared_day": first["compared_day"]}
    assert "by its id" in tell_members([first, same_day], limits)[0]["why"]
    undated = {**second, "compared_by": "ingested"}
    assert "the earliest that is dated" in tell_members([first, undated], limits)[0]["why"]
    timed = {**first, "published_at": clock()}
    assert "it alone states a time" in tell_members([timed, same_day], limits)[0]["why"]
    later_on = {**same_day, "published_at": clock() + timedelta(hours=1)}
    assert "states the earliest time" in tell_members([timed, later_on], limits)[0]["why"]


def test_an_article_that_another_copy_connects_names_that_copy(tmp_path):
    settings = load_settings({}, tmp_path)
    days = corpus.default_limits().window_days
    chain = [
        Printed(f"day{n}", changed(WIRE, 50 + n), title=f"Day {n}", published_day=later(n * days)) for n in range(3)
    ]
    publish(settings.lake, FIRST, chain)
    derive(settings.lake)
    members = explain_story(settings, "day0").members
    assert members[2]["why"].startswith("It is a near copy of “Day 1” (day1/0): of all word 5-grams")
    assert members[2]["why"].endswith("it is close to the head, too, with 72.6% in both.")
    far = [{**row, "similarity": 0.1, "containment": 0.2} for row in members]
    told = tell_members(far, corpus.default_limits())[2]["why"]
    assert told.endswith("; with the head it shares 10.0% only, so that it belongs to the story through that copy.")


def test_an_article_that_has_gone_since_is_still_told(settings):
    wire, *others = explain_story(settings, "wire").members
    gone = {**others[-1], "matched_capture_id": "gone", "matched_part_no": 2}
    assert tell_members([wire, gone], corpus.default_limits())[1]["why"] == "Its words are those of gone/2."


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words.append(data)


def test_the_command_answers_as_text_json_and_page(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_LAKE", str(settings.lake))
    runner, file = CliRunner(), tmp_path / "story.html"
    text = runner.invoke(main, ["why", "stories", "wire"])
    assert text.exit_code == 0 and "Lock gate repaired" in text.stdout and "near copy of the head" in text.stdout
    told = json.loads(runner.invoke(main, ["why", "stories", "wire", "--format", "json"]).stdout)
    assert told["table"] == "stories" and told["members"][0]["published_day"] == "2026-03-02"
    assert told["made"]["manifest"] == told["made"]["current_manifest"] == 1
    written = runner.invoke(main, ["why", "stories", "wire", "--html", str(file)])
    assert f"wrote {file}" in written.stdout
    page = Outline()
    page.feed(file.read_text("utf-8"))
    assert "script" not in page.tags and "It represents the story as its earliest copy" in "".join(page.words)
    assert EVIL.removesuffix("\x1b[31m") in "".join(page.words)
    refused = runner.invoke(main, ["why", "stories", "nothing"])
    assert refused.exit_code != 0 and refused.stderr.count("\n") == 1 and "KEY of stories is" in refused.stderr
    both = runner.invoke(main, ["why", "stories", "wire", "--format", "json", "--html", str(file)])
    assert both.exit_code == 2 and "two forms" in both.stderr


def test_the_terminal_gets_no_control_characters_of_a_title(settings):
    stream = io.StringIO()
    print_story(explain_story(settings, "wire"), Console(file=stream, width=200, no_color=True))
    assert "\x1b" not in stream.getvalue() and "alert('x')" in stream.getvalue()
    assert "pages: 2" in stream.getvalue()


def test_a_page_of_a_huge_story_is_bounded(settings):
    story = explain_story(settings, "wire")
    many = replace(story, members=story.members * 400)
    page = render_story_page(many)
    assert page.count("<li ") == 1000 and "600 more articles are in the lake" in page
