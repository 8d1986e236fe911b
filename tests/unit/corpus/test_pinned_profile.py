"""From pages to a profile to another reading of them, and what the command line shows of it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console
from unit.corpus.printed import FIRST, ask, clock, text_of

from dateline import pipeline
from dateline.cli.profiles import print_profiles
from dateline.config import SettingsError, load_settings
from dateline.doctor import examine
from dateline.schema.derived import SITE_PROFILES

LINES = [
    "Share this story with your neighbours",
    "Our offices are closed on Sunday.",
    "Members can listen to it",
    "The Gazette lives on its readers, so join our members.",
    "Read on: why the canal froze",
    "Have you seen something? Write to the newsroom at the lock house.",
]
LINKED = ("Share this story", "offices", "Members can listen", "join our members", "why the canal froze", "Write to")
"""Words of each line that are a link: the more of them, the less it looks like a paragraph."""
WHO = ("Petra Hallam", "Tom Wick", "Ann Doe", "Sam Orr", "Lena Marsh", "Jon Pell", "Ida Frost", "Max Reed")
WHAT = ("weir", "lock", "bridge", "mill", "ferry", "school", "market", "barge")


def page(number: int) -> str:
    """One of a site's stories, with the site's own lines set among the paragraphs as if they were some."""
    who, what = WHO[number], WHAT[number]
    sentences = [
        f"The {what} of {text_of(100 * number + k, 6)} was measured by {who}, who had found "
        f"{text_of(7000 + 100 * number + k, 9)} there and will mend it for {number * 7 + k} crowns."
        for k in range(8)
    ]
    paragraphs = [f"<p>{text}</p>" for text in sentences]
    for place, (line, link) in enumerate(zip(LINES, LINKED, strict=True)):
        paragraphs.insert(3 + 2 * place, f"<p>{line.replace(link, f'<a href=/{place}>{link}</a>')}</p>")
    title = f"{who} mends the {what}"
    return (
        f'<html><head><title>{title}</title><link rel="canonical" href="https://canal.example/news/{what}-is-mended">'
        f"</head><body><h1>{title}</h1><div>{''.join(paragraphs)}</div></body></html>"
    )


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("profiles")
    pages = folder / "inbox" / "gazette"
    pages.mkdir(parents=True)
    for number in range(8):
        (pages / f"{number}.html").write_text(page(number))
    found = load_settings({}, folder)
    pipeline.load(found, [pages], clock=clock, captured_on=FIRST)
    pipeline.derive_tables(found, clock=clock)
    return found


def shown(settings, site=None, **options) -> str:
    text = StringIO()
    print_profiles(settings, site, everything=False, console=Console(file=text, width=120, **options))
    return text.getvalue()


def test_a_pinned_profile_takes_the_site_out_of_the_texts_and_stays_the_same_when_learnt_again(settings, monkeypatch):
    # How far a profile goes is tested beside it; here it goes far, whatever the reader makes of these pages.
    monkeypatch.setattr("dateline.page.roles.profile.MOST_AGAINST", 9.0)
    monkeypatch.setattr("dateline.page.roles.profile.log2", float)

    def count() -> list[tuple]:
        return ask(
            settings.lake, "SELECT count(*) FROM blocks WHERE kept AND text IN (SELECT unnest(?::VARCHAR[]))", LINES
        )

    query = "SELECT * EXCLUDE (proofs) FROM site_profiles WHERE kind = 'line' ORDER BY ALL"
    before, learnt = count(), ask(settings.lake, query)
    pinned = replace(settings, profiles=1)
    pipeline.load(pinned, [settings.inbox / "gazette"], clock=clock, captured_on=FIRST)
    pipeline.derive_tables(pinned, clock=clock)
    assert count() < before
    reasons = "SELECT DISTINCT reason FROM blocks WHERE starts_with(reason, 'site profile: ')"
    assert all("stands on at least 7 other pages of the site (" in reason for (reason,) in ask(settings.lake, reasons))
    assert ask(settings.lake, reasons)
    assert ask(settings.lake, query) == learnt


def test_the_command_lists_sites_and_shows_one_with_words_and_proof(settings):
    sites = shown(settings)
    assert sites.startswith("Snapshot 000")
    assert "reading heeds none: set `profiles` to pin one." in sites
    assert "canal.example" in sites
    one = shown(replace(settings, profiles=1), "canal.example")
    assert "reading heeds 0001" in one
    for line in LINES:
        assert line in one
    assert "8/8" in one
    with pytest.raises(SettingsError, match=r"no profile of 'weir.example'"):
        shown(settings, "weir.example")


def examined(settings) -> list[tuple[str, str]]:
    """What the doctor says of the pinned profiles."""
    return [(found.level, found.text) for found in examine(settings) if found.subject == "site profiles"]


def test_the_doctor_looks_at_the_snapshot_that_is_pinned_and_at_none_where_none_is(settings):
    assert examined(settings) == []
    ((level, text),) = examined(replace(settings, profiles=1))
    assert level == "ok" and "/0001-" in text and ", 1 site  " in text


def test_the_doctor_says_what_to_do_about_a_snapshot_that_is_not_as_pinned(settings, tmp_path):
    other, empty = tmp_path / "other.parquet", tmp_path / "empty.parquet"
    other.write_bytes(b"something else")
    columns = {name: [] for name in SITE_PROFILES.names}
    pq.write_table(pa.table({**columns, "n_pages": ["three"], **{n: [None] for n in columns if n != "n_pages"}}), empty)
    wrong = {
        77: r"has no snapshot 0077; it has 0001",
        tmp_path / "gone.parquet": r"can't be read \(.*\); name a snapshot that is there",
        tmp_path: r"can't be read \(.*\); name a snapshot that is there",
        other: r"holds no site profiles that this version reads \(.*\): pin a snapshot",
        empty: r"holds no site profiles that this version reads \(.*\): pin a snapshot",
    }
    for pinned, words in wrong.items():
        ((level, text),) = examined(replace(settings, profiles=pinned))
        assert level == "problem" and re.search(words, text) and "\n" not in text, text
