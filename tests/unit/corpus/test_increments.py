"""Whatever is published in whatever order: bringing the table up to date gives what a build from nothing gives."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from unit.corpus.printed import FIRST, Printed, article_row, ask, changed, clock, cut, later, publish, stories, text_of

from dateline import corpus, lake
from dateline.corpus.build import NOTHING, build
from dateline.corpus.nodes import node_of
from dateline.corpus.shingles import sign
from dateline.lake import derived

LIMITS = corpus.default_limits()

WIRE = text_of(1, 200)


def derive(folder, **options):
    return corpus.derive_stories(folder, clock=clock, **options)


def statement(folder):
    """The pointer without what tells when and from which commit, all of it content hashes."""
    stated = json.loads((folder / "_derived" / "derived.json").read_text())["tables"]["stories"]
    return {name: value for name, value in stated.items() if name != "manifest"}


def random_page(dice: random.Random, name: str) -> Printed:
    text = text_of(dice.randrange(3), 120)
    text = dice.choice((text, changed(text, dice.choice((15, 30, 60))), cut(text, dice.choice((20, 60, 90)))))
    day = dice.choice((None, later(dice.randrange(0, 90, 6))))
    article = f"article{dice.randrange(8)}" if dice.random() < 0.4 else ""
    return Printed(name, text, title=f"Title {dice.randrange(2)}", published_day=day, article=article)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_publishes_ends_in_the_same_files(tmp_path, seed):
    dice = random.Random(seed)
    for step in range(6):
        for _ in range(dice.choice((1, 1, 2))):
            day, source = later(dice.randrange(0, 70, 14)), dice.choice(("inbox", "wire"))
            pages = [random_page(dice, f"{source}-{day}-{step}-{n}") for n in range(dice.randrange(0, 5))]
            publish(tmp_path, day, pages, source=source, run=step * 10 + dice.randrange(10))
        derive(tmp_path)
    found = statement(tmp_path)
    shutil.rmtree(tmp_path / "_derived")
    derive(tmp_path)
    assert statement(tmp_path) == found
    derive(tmp_path, from_scratch=True)
    assert statement(tmp_path) == found


def test_days_in_any_order_give_the_same_files(tmp_path):
    days = [(later(n), [Printed(f"p{n}", changed(WIRE, 40 + n), published_day=later(n))]) for n in range(4)]
    for name, order in (("one", days), ("two", days[::-1])):
        for day, pages in order:
            publish(tmp_path / name, day, pages)
            derive(tmp_path / name)
    assert statement(tmp_path / "one") == statement(tmp_path / "two")


@pytest.mark.parametrize("seed", range(8))
def test_building_on_what_was_before_equals_building_from_nothing(seed):
    """The same without a lake: nodes come, go and change, and each build begins from the one before."""
    dice = random.Random(seed)
    pages = [random_page(dice, f"p{n}") for n in range(60)]
    texts = {(page.name, 0): page.text for page in pages}
    pool = [node_of(article_row(page, FIRST, "inbox"), sign([page.text], LIMITS)[0]) for page in pages]
    before = NOTHING
    for _ in range(6):
        nodes = dice.sample(pool, dice.randrange(10, 60))
        before = build(nodes, before, lambda wanted: texts, LIMITS)
        fresh = build(sorted(nodes, key=lambda node: node.key), NOTHING, lambda wanted: texts, LIMITS)
        assert in_order(before.rows()) == in_order(fresh.rows())
        assert in_order(before.pairs) == in_order(fresh.pairs)
    assert any(row["how"] == "near_duplicate" for row in fresh.rows())


def in_order(rows):
    return sorted(map(repr, rows))


def test_only_new_texts_are_read_and_only_changed_days_named(tmp_path, monkeypatch):
    from dateline.corpus import stories as room

    read = []
    real = room.read_texts
    monkeypatch.setattr(room, "read_texts", lambda c, wanted: read.append(len(wanted)) or real(c, wanted))
    publish(tmp_path, FIRST, [Printed(f"p{n}", text_of(n)) for n in range(5)])
    assert derive(tmp_path).days == (FIRST,)
    publish(tmp_path, later(1), [Printed("new", text_of(9))])
    read.clear()
    done = derive(tmp_path)
    assert (done.days, done.n_articles, done.n_stories, done.n_with_copies) == ((later(1),), 6, 6, 0)
    assert read == [1]
    read.clear()
    assert derive(tmp_path) == corpus.StoriesResult(done.manifest)
    assert read == []


def test_a_commit_that_changes_no_article_is_told_as_none(tmp_path):
    pages = [Printed("wire", WIRE)]
    publish(tmp_path, FIRST, pages)
    derive(tmp_path)
    publish(tmp_path, later(1), [])
    done = derive(tmp_path)
    assert done.days == () and not done.changed
    assert done.manifest == lake.current(tmp_path).number
    assert derived.read_derived(tmp_path).tables["stories"].lake_hash == lake.lake_hash(tmp_path)


def test_rows_of_articles_that_are_gone_vanish(tmp_path):
    publish(tmp_path, FIRST, [Printed("wire", WIRE), Printed("copy", changed(WIRE, 30))])
    derive(tmp_path)
    publish(tmp_path, FIRST, [Printed("copy", changed(WIRE, 30))], run=2)
    assert ask(tmp_path, "SELECT count(*) FROM story_articles") == [(1,)]
    derive(tmp_path)
    assert ask(tmp_path, "SELECT capture_id, n_articles FROM stories") == [("copy", 1)]


def test_another_method_makes_all_anew(tmp_path):
    publish(tmp_path, FIRST, [Printed("wire", WIRE), Printed("cut", cut(WIRE, 60))])
    derive(tmp_path)
    assert len(stories(tmp_path)) == 1
    derive(tmp_path, limits=replace(corpus.default_limits(), least_containment=2.0))
    assert stories(tmp_path) == []


def test_a_manifest_that_is_gone_makes_all_days_count_as_changed(tmp_path):
    for n in range(2):
        publish(tmp_path, later(n), [Printed(f"p{n}", changed(WIRE, 30 + n))])
        derive(tmp_path)
    publish(tmp_path, later(1), [Printed("p1", changed(WIRE, 31)), Printed("new", text_of(5))], run=2)
    (tmp_path / "_catalog" / "000002.json").unlink()
    done = derive(tmp_path)
    assert (done.days, done.n_articles, done.n_with_copies) == ((later(0), later(1)), 3, 1)


@pytest.mark.parametrize("damage", ["pointer", "part", "folder", "working"])
def test_what_is_damaged_or_deleted_is_made_again(tmp_path, damage):
    publish(tmp_path, FIRST, [Printed("wire", WIRE), Printed("cut", cut(WIRE, 60))])
    derive(tmp_path)
    found = statement(tmp_path)
    folder = tmp_path / "_derived"
    if damage == "pointer":
        (folder / "derived.json").write_text("{")
    elif damage == "folder":
        shutil.rmtree(folder)
    else:
        name = "stories" if damage == "part" else "story_nodes"
        next(folder.glob(f"{name}/*.parquet")).unlink()
    lake.rebuild_derived(tmp_path)
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(2,)]
    assert ask(tmp_path, "SELECT count(*) FROM stories") == [(0,)]
    assert derive(tmp_path).changed
    assert statement(tmp_path) == found
    assert not lake.find_damage(tmp_path)


def test_a_run_that_dies_leaves_the_old_table(tmp_path, monkeypatch):
    from dateline.corpus import stories as room

    publish(tmp_path, FIRST, [Printed("wire", WIRE)])
    derive(tmp_path)
    publish(tmp_path, later(1), [Printed("copy", changed(WIRE, 30))])
    for name in ("write_derived", "derive"):
        with monkeypatch.context() as patched:
            patched.setattr(room, name, _die)
            with pytest.raises(KeyboardInterrupt):
                derive(tmp_path)
        assert ask(tmp_path, "SELECT capture_id FROM stories") == [("wire",)]
    derive(tmp_path)
    assert stories(tmp_path) == [{"wire", "copy"}]


def _die(*args, **options):
    raise KeyboardInterrupt


def test_a_reader_keeps_what_it_opened_until_the_grace_is_over(tmp_path):
    publish(tmp_path, FIRST, [Printed("wire", WIRE)])
    derive(tmp_path)
    with lake.open_lake(tmp_path) as reader:
        publish(tmp_path, later(1), [Printed("copy", changed(WIRE, 30))])
        derive(tmp_path)
        # As old as the file may be, it was retired just now.
        soon, late = (lambda hours=hours: clock() + timedelta(hours=hours) for hours in (23, 25))
        assert corpus.collect_garbage(tmp_path, clock=soon) == []
        assert reader.execute("SELECT capture_id FROM stories").fetchall() == [("wire",)]
    gone = corpus.collect_garbage(tmp_path, clock=late)
    assert {path.parent.name for path in gone} == {"stories", "story_nodes"}
    assert derived.read_derived(tmp_path).retired == {}
    assert stories(tmp_path) == [{"wire", "copy"}]
    assert corpus.collect_garbage(tmp_path, clock=late) == []


def test_derived_files_hold_no_words_of_a_page(tmp_path):
    publish(tmp_path, FIRST, [Printed("p1", WIRE, title="Harbourmaster resigns"), Printed("p2", changed(WIRE, 30))])
    derive(tmp_path)
    words = {*WIRE.split(), "Harbourmaster", "harbourmaster"}
    columns = 0
    for path in (tmp_path / "_derived").rglob("*.parquet"):
        for name, column in pq.ParquetFile(path).read().to_pydict().items():
            columns += 1
            held = {word for value in column if isinstance(value, str) for word in value.split()}
            assert not held & words, f"{path.parent.name}.{name}"
    assert columns > 30
