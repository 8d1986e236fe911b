"""Site profiles: what is learnt, what isn't, the numbered snapshots, and how a build pins one."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from unit.corpus.printed import FIRST, Printed, ask, changed, clock, later, publish, text_of

from dateline import corpus
from dateline.config import SettingsError, load_settings
from dateline.lake.derived import read_derived
from dateline.page.roles.profile import line_key
from dateline.profiles import ProfilesError, load_profiles, parse_profiles
from dateline.snapshot import take_snapshot

LETTER = "Get our letter from the lock house"


def page(seed: int, *lines: str, site: str = "canal.example", folder: str = "news", **options) -> Printed:
    name = f"{site}-{folder}-{seed}"
    text = options.pop("text", text_of(seed, 80))
    return Printed(
        name, text, title=f"Title {seed}", url=f"https://{site}/{folder}/a-story-{seed}", lines=lines, **options
    )


def derive(folder, **options):
    corpus.derive_stories(folder, clock=clock)
    return corpus.derive_others(folder, clock=clock, **options)


def learnt(folder, *pages: Printed) -> list[tuple]:
    """Keys of the lines that were learnt, with pages and those looked at."""
    publish(folder, FIRST, pages)
    derive(folder)
    return ask(folder, "SELECT line_key, n_pages, n_looked_at FROM site_profiles WHERE kind = 'line' ORDER BY 1")


def snapshot_of(folder) -> str:
    (path,) = read_derived(folder).tables["site_profiles"].files.values()
    return path


def settings_of(folder, profiles=None):
    return replace(load_settings({}, folder), lake=folder, profiles=profiles)


def test_a_line_on_three_pages_is_learnt_with_its_proof(tmp_path):
    pages = [page(1, LETTER, "Sport"), page(2, "Sport", LETTER), page(3, LETTER.upper(), LETTER), page(4)]
    assert learnt(tmp_path, *pages) == [(line_key(LETTER), 3, 4)]
    ((proofs, kept, first, last),) = ask(
        tmp_path, "SELECT proofs, n_kept, first_seen, last_seen FROM site_profiles WHERE kind = 'line'"
    )
    assert proofs == [
        {"capture_id": "canal.example-news-1", "block_no": 1},
        {"capture_id": "canal.example-news-2", "block_no": 2},
        {"capture_id": "canal.example-news-3", "block_no": 2},
    ]
    assert (kept, first, last) == (0, FIRST, FIRST)


def test_of_many_pages_five_are_named(tmp_path):
    assert learnt(tmp_path, *(page(seed, LETTER) for seed in range(9))) == [(line_key(LETTER), 9, 9)]
    assert ask(tmp_path, "SELECT len(proofs) FROM site_profiles WHERE kind = 'line'") == [(5,)]


def test_copies_versions_and_other_sites_do_not_count(tmp_path):
    same = text_of(1, 200)
    copies = [page(n, LETTER, text=text) for n, text in enumerate((same, changed(same, 30), same.upper()))]
    assert learnt(tmp_path / "copies", *copies, page(8), page(9, LETTER)) == []
    version = {"article": "a"}
    publish(tmp_path / "versions", FIRST, [page(1, LETTER, **version), page(2, LETTER), page(3)])
    assert learnt_later(tmp_path / "versions", page(4, LETTER, **version)) == []
    apart = [page(seed, LETTER, site=f"{name}.example") for seed, name in enumerate("abc")]
    assert learnt(tmp_path / "sites", *apart) == []
    nowhere = [replace(page(seed, LETTER), url=None) for seed in range(4)]
    assert learnt(tmp_path / "nowhere", *nowhere) == []


def learnt_later(folder, *pages):
    publish(folder, later(1), pages)
    derive(folder)
    return ask(folder, "SELECT line_key FROM site_profiles WHERE kind = 'line'")


def test_paths_say_where_text_stands_by_site_and_section(tmp_path):
    learnt(
        tmp_path,
        *(page(seed, LETTER) for seed in range(3)),
        *(page(seed, LETTER, folder="golf") for seed in range(3, 6)),
        page(7, folder="chess"),
    )
    query = "SELECT section, dom_path, n_pages, n_kept, n_looked_at FROM site_profiles WHERE kind = 'path' ORDER BY ALL"
    assert ask(tmp_path, query) == [
        ("*", "body/footer/p", 6, 0, 7),
        ("*", "body/main/p", 7, 7, 7),
        ("canal.example/golf", "body/footer/p", 3, 0, 3),
        ("canal.example/golf", "body/main/p", 3, 3, 3),
        ("canal.example/news", "body/footer/p", 3, 0, 3),
        ("canal.example/news", "body/main/p", 3, 3, 3),
    ]


def test_profiles_hold_no_words_of_a_page(tmp_path):
    learnt(tmp_path, *(page(seed, LETTER) for seed in range(4)))
    told = str(pq.read_table(tmp_path / snapshot_of(tmp_path)).to_pylist())
    assert not [word for word in (*LETTER.split(), *text_of(1).split()) if word in told.split()]


def test_snapshots_are_numbered_and_what_is_equal_is_not_written_again(tmp_path):
    publish(tmp_path, FIRST, [page(seed, LETTER) for seed in range(3)])
    assert derive(tmp_path) == corpus.OthersResult(True, 1, n_sites=1, n_lines=1, n_paths=2)
    first = snapshot_of(tmp_path)
    publish(tmp_path, later(1), [Printed("elsewhere", text_of(50), url="https://weir.example/a")])
    assert not derive(tmp_path).changed
    assert derive(tmp_path) == corpus.OthersResult(False, 1)
    assert snapshot_of(tmp_path) == first
    publish(tmp_path, later(2), [page(9, LETTER)])
    assert derive(tmp_path).profiles == 2
    assert sorted(path.name[:4] for path in (tmp_path / "_derived/profiles").iterdir()) == ["0001", "0002"]
    again = derive(tmp_path, from_scratch=True)
    assert (again.changed, again.profiles, again.n_lines) == (False, 2, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_however_the_lake_came_about_its_profiles_are_the_same(tmp_path, seed):
    dice = random.Random(seed)
    days = [
        (later(n), [page(10 * n + k, *dice.sample((LETTER, "Sport", "Home"), 2)) for k in range(3)]) for n in range(3)
    ]
    for name, order in (("one", days), ("two", days[::-1]), ("three", dice.sample(days, 3))):
        for day, pages in order:
            publish(tmp_path / name, day, dice.sample(pages, 3))
            if name != "three":
                derive(tmp_path / name)
        derive(tmp_path / name)
    (one, two, three) = (tables_of(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two == three
    shutil.rmtree(tmp_path / "one" / "_derived")
    derive(tmp_path / "one")
    assert tables_of(tmp_path / "one") == three


def tables_of(folder) -> dict[str, list[str]]:
    """Hashes in the names of the files, which are those of their content."""
    tables = read_derived(folder).tables
    return {
        name: sorted(path[-20:] for path in tables[name].files.values()) for name in ("site_profiles", "story_pages")
    }


def test_what_a_profile_decided_teaches_nothing(tmp_path):
    pages = [page(seed, LETTER) for seed in range(4)]
    plain = learnt(tmp_path / "plain", *pages)
    reason = "site profile: stands on at least 3 other pages of the site"
    publish(tmp_path / "applied", FIRST, [replace(page, line_reason=reason) for page in pages])
    derive(tmp_path / "applied")
    query = "SELECT line_key, n_pages, n_looked_at FROM site_profiles WHERE kind = 'line'"
    assert ask(tmp_path / "applied", query) == plain
    # The page itself had kept the line, and the profile is no witness of where text stands.
    kept = "SELECT kind, dom_path, n_kept FROM site_profiles ORDER BY ALL"
    assert ask(tmp_path / "applied", kept) == [("line", None, 4), ("path", "body/main/p", 4)]


def test_a_pinned_snapshot_is_part_of_the_build(tmp_path):
    learnt(tmp_path, *(page(seed, LETTER) for seed in range(5)))
    none, first = (take_snapshot(settings_of(tmp_path, pinned)) for pinned in (None, 1))
    by_path = take_snapshot(settings_of(tmp_path, tmp_path / snapshot_of(tmp_path)))
    assert none.build_id != first.build_id == by_path.build_id
    assert load_profiles(none).of("https://canal.example/news/x") is None
    profile = load_profiles(first).of("https://canal.example/news/x")
    assert profile.lines[line_key(LETTER)].n_pages == 5
    assert profile.paths["body/main/p"].n_kept == 5


def test_a_pin_that_leads_nowhere_says_what_is_there(tmp_path):
    with pytest.raises(SettingsError, match="has no snapshot 0003; it has none yet: run `dateline corpus`"):
        take_snapshot(settings_of(tmp_path, 3))
    learnt(tmp_path, *(page(seed, LETTER) for seed in range(3)))
    with pytest.raises(SettingsError, match="has no snapshot 0003; it has 0001"):
        take_snapshot(settings_of(tmp_path, 3))
    with pytest.raises(SettingsError, match="can't be read"):
        take_snapshot(settings_of(tmp_path, tmp_path / "nothing"))
    file = tmp_path / snapshot_of(tmp_path)
    pinned = take_snapshot(settings_of(tmp_path, 1))
    file.chmod(0o644)
    file.write_bytes(b"something else")
    with pytest.raises(SettingsError, match="is not what its name says"):
        take_snapshot(settings_of(tmp_path, 1))
    with pytest.raises(ProfilesError, match="was altered since it was pinned"):
        load_profiles(pinned)
    with pytest.raises(ProfilesError, match="holds no site profiles"):
        parse_profiles(b"something else", "it")


@pytest.mark.parametrize(
    ("stated", "pinned"), [("7", 7), (" 0007 ", 7), ("p/a.parquet", "/here/p/a.parquet"), ("", None)]
)
def test_the_setting_is_a_number_or_a_path(tmp_path, stated, pinned):
    from pathlib import Path

    found = load_settings({"DATELINE_PROFILES": stated}, Path("/here")).profiles
    assert (str(found) if isinstance(found, Path) else found) == pinned


@pytest.mark.slow
def test_old_snapshots_go_and_the_pinned_and_the_last_stay(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.corpus.profiles.KEPT_LAST", 2)
    for number in range(5):
        publish(tmp_path, later(number), [page(10 * number + k, LETTER) for k in range(3)])
        assert derive(tmp_path).profiles == number + 1
    for path in (tmp_path / "_derived/profiles").iterdir():
        os.utime(path, (clock().timestamp(), clock().timestamp()))

    def late():
        return clock() + timedelta(days=2)

    corpus.collect_garbage(tmp_path, clock=late)
    assert corpus.collect_snapshots(tmp_path, 2, clock=clock) == []
    gone = corpus.collect_snapshots(tmp_path, 2, clock=late)
    assert [path.name[:4] for path in gone] == ["0001", "0003"]
    assert derive(tmp_path, from_scratch=True).profiles == 5
