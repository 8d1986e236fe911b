"""What a site's profile may do to a page, and what it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.model import Capture
from dateline.page import read_page
from dateline.page.flatten.raw_block import RawBlock
from dateline.page.roles.assign_roles import RoleChoice
from dateline.page.roles.profile import (
    LEAST_OTHERS,
    MARK,
    NO_PROFILES,
    Profiles,
    SiteProfile,
    Standing,
    apply_profile,
    line_key,
    section_of,
)

PLEA = "The Gazette lives on its readers, so join our members and help us to report on the canal."
TEXT = [
    f"The {what} of the canal trust told the parish meeting on Monday that the weir would be rebuilt this {when}."
    for what, when in (("head", "summer"), ("clerk", "winter"), ("owner", "spring"), ("guide", "autumn"))
]
OTHERS = tuple(f"{number}0ffee{number:015}" for number in range(5))


def choice(score: float, role: str = "body") -> RoleChoice:
    return RoleChoice(role, score, f"reads like article text ({score:.2f})")


def read(lines, profile, scores=None, roles=None, capture_id="own", **place):
    blocks = [RawBlock(text, **place) for text in lines]
    scores, roles = scores or [0.99] * len(lines), roles or ["body"] * len(lines)
    choices = [choice(score, role) for score, role in zip(scores, roles, strict=True)]
    return apply_profile(blocks, choices, profile, capture_id)


def lines_of(*texts: str, n_pages: int = 20, proofs=OTHERS) -> SiteProfile:
    return SiteProfile({line_key(text): Standing(n_pages, 0, proofs) for text in texts})


def test_a_line_of_the_site_leaves_the_text_with_its_proof():
    found = read([*TEXT[:2], PLEA, TEXT[2]], lines_of(PLEA), [0.99, 0.99, 0.8, 0.99])
    assert [made.role for made in found] == ["body", "body", "boilerplate", "body"]
    assert found[2].reason == (
        "site profile: stands on at least 19 other pages of the site (00ffee00, 10ffee00, 20ffee00), 0.80 -> 0.07"
    )
    assert [made.reason for made in found if made.role == "body"] == ["reads like article text (0.99)"] * 3


def test_a_page_never_proves_itself():
    lines, scores = [*TEXT[:2], PLEA], [0.99, 0.99, 0.6]
    assert read(lines, lines_of(PLEA, n_pages=LEAST_OTHERS), scores)[2].role == "body"
    found = read(lines, lines_of(PLEA, n_pages=LEAST_OTHERS + 1), scores, capture_id=OTHERS[0])[2]
    assert found.role == "boilerplate"
    assert f"at least {LEAST_OTHERS} other pages of the site (10ffee00, 20ffee00, 30ffee00)" in found.reason


@pytest.mark.parametrize("n_pages", [4, 100, 10**9])
def test_no_number_of_pages_outweighs_what_the_page_shows_strongly(n_pages):
    found = read([*TEXT[:2], PLEA], lines_of(PLEA, n_pages=n_pages), [0.99, 0.99, 0.985])[2]
    assert found.role == "body"
    assert found.reason.endswith(f"; stands on at least {n_pages - 1} other pages of the site")


def test_headline_byline_and_first_paragraphs_stay():
    lines = ["Weir to be rebuilt", "By Petra Hallam", *TEXT]
    roles = ["headline", "byline", *["body"] * 4]
    found = read(lines, lines_of(*lines[:4], n_pages=500), [0.6] * 6, roles)
    assert [made.role for made in found] == roles


def test_a_short_label_above_the_text_leaves():
    found = read(["Members only", *TEXT], lines_of("MEMBERS ONLY!"), [0.6, *[0.99] * 4])
    assert [made.role for made in found] == ["boilerplate", *["body"] * 4]


def test_a_heading_stays_where_text_stands_below_it_and_leaves_where_none_does():
    lines, roles = [*TEXT[:3], "What next?", TEXT[3], "Read on", PLEA], ["body"] * 7
    roles[3] = roles[5] = "heading"
    found = read(lines, lines_of("What next?", "Read on", PLEA), [0.99, 0.99, 0.99, 0.7, 0.99, 0.7, 0.7], roles)
    assert [made.role for made in found[3:]] == ["heading", "body", "boilerplate", "boilerplate"]


def test_a_page_that_is_mostly_what_others_have_is_left_alone():
    found = read(TEXT, lines_of(*TEXT, n_pages=50), [0.7] * 4)
    assert {made.role for made in found} == {"body"}
    assert read([PLEA[:20]], lines_of(PLEA[:20]), [0.6])[0].role == "body"


def test_lines_outside_the_text_are_told_and_stay_what_they_are():
    found = read([*TEXT, "Sport"], lines_of("Sport"), [0.99] * 4 + [0.01], ["body"] * 4 + ["navigation"])[-1]
    assert (found.role, found.score) == ("navigation", 0.01)
    assert found.reason.endswith("stands on at least 19 other pages of the site")


PATHS = SiteProfile({}, {"body/main/p": Standing(9, 9, OTHERS), "body/aside/p": Standing(9, 2, OTHERS)})


@pytest.mark.parametrize(
    ("score", "path", "role"),
    [(0.3, "body/main/p", "body"), (0.1, "body/main/p", "boilerplate"), (0.49, "body/aside/p", "boilerplate"),
     (0.49, "body/div/p", "boilerplate")],
)  # fmt: skip
def test_a_place_that_holds_text_elsewhere_helps_an_unsure_paragraph(score, path, role):
    roles, scores = ["body", "boilerplate", "body"], [0.99, score, 0.99]
    found = read([TEXT[0], TEXT[1], TEXT[2]], PATHS, scores, roles, path=path)[1]
    assert found.role == role
    if role == "body":
        proof = "its place holds text on at least 8 of 8 other pages (00ffee00, 10ffee00, 20ffee00), 0.30 -> 0.66"
        assert found.reason == MARK + proof


@pytest.mark.parametrize("change", ["hidden", "a line", "short", "said", "few pages", "outside", "a menu"])
def test_a_place_does_not_speak_for_everything(change):
    lines = [TEXT[0], TEXT[0] if change == "said" else "Rain fell" if change == "short" else TEXT[1], TEXT[2]]
    paths = {"body/main/p": Standing(3, 3, OTHERS)} if change == "few pages" else PATHS.paths
    profile = SiteProfile(lines_of(TEXT[1]).lines if change == "a line" else {}, paths)
    role = "navigation" if change == "a menu" else "boilerplate"
    roles = [role, "body", "body"] if change == "outside" else ["body", role, "body"]
    scores = [0.45 if made == role else 0.99 for made in roles]
    found = read(lines, profile, scores, roles, path="body/main/p", is_hidden=change == "hidden")
    assert [made.role for made in found] == roles


def test_without_a_profile_nothing_changes():
    choices = tuple(choice(0.5) for _ in TEXT)
    assert apply_profile([RawBlock(text) for text in TEXT], choices, None) == choices
    assert NO_PROFILES.of("https://canal.example/a") is None


def test_a_page_gets_the_lines_of_its_site_and_the_paths_of_its_section():
    whole, golf = {"p": Standing(9, 9)}, {"p": Standing(4, 0)}
    profiles = Profiles(
        {"canal.example": {"k": Standing(5, 0)}},
        {("canal.example", "*"): whole, ("canal.example", "sport.canal.example/golf"): golf},
    )
    assert profiles.of("https://www.canal.example/a/b").paths is whole
    assert profiles.of("https://sport.canal.example/golf/open").paths is golf
    assert profiles.of("https://sport.canal.example/golf/open").lines == {"k": Standing(5, 0)}
    assert profiles.of("https://weir.example/a") is None
    assert profiles.of(None) is None


@pytest.mark.parametrize(
    ("key", "section"),
    [
        ("canal.example", "canal.example"),
        ("canal.example/a-page", "canal.example"),
        ("canal.example?page=2", "canal.example"),
        ("canal.example/news/a", "canal.example/news"),
        ("canal.example/2026/03/a", "canal.example"),
    ],
)
def test_sections_are_hosts_with_their_first_folder(key, section):
    assert section_of(key) == section


LINES = [PLEA, "Share this story with your neighbours", "Our offices are closed on Sunday.", "Members can listen to it"]


def test_reading_a_page_heeds_the_profile_and_shows_it_in_its_blocks(monkeypatch):
    # What the reader itself makes of these lines may change: here they are outweighed whatever it is.
    monkeypatch.setattr("dateline.page.roles.profile.MOST_AGAINST", 9.0)
    paragraphs = [f"<p>{text} It was the {nth} such meeting.</p>" for text in TEXT for nth in ("third", "last", "best")]
    for number, line in enumerate(LINES):
        paragraphs.insert(3 + 2 * number, f"{line}<br><br>")
    title = "Weir to be rebuilt"
    html = f"<title>{title}</title><h1>{title}</h1><div>{''.join(paragraphs)}</div>".encode()
    capture = Capture("own", date(2026, 3, 2), "s", "file", "a.html", url="https://canal.example/weir")
    profiles = Profiles({"canal.example": lines_of(*LINES, n_pages=10**6).lines})
    before = read_page(capture, html, max_bytes=10**6)
    after = read_page(capture, html, max_bytes=10**6, profiles=profiles)
    was, is_now = (set(page.articles[0].text.split("\n\n")) for page in (before, after))
    assert was - is_now and was - is_now <= set(LINES) and not is_now - was
    for block in after.blocks:
        assert ("stands on at least 999999 other pages of the site" in block.reason) == (block.text in LINES)
        if block.text in was - is_now:
            assert (block.role, block.layer, block.kept) == ("boilerplate", "shell", False)
            assert block.reason.startswith(MARK)
    elsewhere = replace(capture, url="https://weir.example/weir")
    assert read_page(elsewhere, html, max_bytes=10**6, profiles=profiles).articles[0].text == before.articles[0].text
