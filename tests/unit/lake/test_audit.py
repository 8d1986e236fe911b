from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest
from synthetic_lake import DAY, ask, batches_of, clock, pages_of, publish, stage

from dateline import lake
from dateline.raw import Position
from dateline.schema import TABLES

PAGES = [*pages_of("a", "b", "c", "d"), *pages_of("w", outcome="bot_wall")]


def altered(folder, table, change, run_id="bad"):
    """A candidate in which `change` was done to the rows of one table."""
    batches = batches_of(PAGES)
    rows = [row for batch in batches[table] for row in batch.to_pylist()]
    batches[table] = [pa.RecordBatch.from_pylist(change(rows), schema=TABLES[table].schema())]
    shard = lake.stage_tables(folder, run_id, 0, batches)
    names = tuple(sorted(page.name for page in PAGES))
    return lake.Candidate(DAY, "inbox", Position(("000001-a",)), names, "build", "snapshot", (shard,))


def first(**facts):
    return lambda rows: [rows[0] | facts, *rows[1:]]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A lake with one page; since every attempt on it is refused, it may be shared."""
    folder = tmp_path_factory.mktemp("lake")
    publish(folder, pages_of("before"), run_id="good")
    return folder


@pytest.mark.parametrize(
    ("check", "table", "change"),
    [
        ("captures_expected", "captures", lambda rows: rows[1:]),
        ("captures_expected", "captures", lambda rows: [*rows, rows[0] | {"capture_id": "unasked"}]),
        ("unique_captures", "captures", lambda rows: [*rows, rows[0]]),
        ("unique_mentions", "mentions", lambda rows: [*rows, rows[0]]),
        ("closed_lists", "captures", first(outcome="fine")),
        ("closed_lists", "blocks", first(role="paragraph")),
        ("closed_lists", "blocks", first(layer="top")),
        ("closed_lists", "articles", first(page_kind="story")),
        ("conservation", "articles", lambda rows: rows[1:]),
        ("conservation", "rejected", lambda rows: []),
        ("conservation", "rejected", first(outcome="empty")),
        ("conservation", "captures", lambda rows: [*rows[:-1], rows[-1] | {"outcome": "gone"}]),
        ("block_offsets", "mentions", first(end_char=10_000)),
        ("block_offsets", "mentions", first(start_char=1)),
        ("block_offsets", "mentions", first(block_no=7)),
        ("text_offsets", "mentions", first(text_end=10_000)),
        ("text_offsets", "blocks", first(text_end=None)),
        ("intervals", "articles", first(published_from=DAY.replace(day=9), published_to=DAY)),
        ("intervals", "articles", first(published_day=DAY, published_from=DAY.replace(day=9))),
        ("owners_exist", "mentions", first(cluster_no=9)),
        ("owners_exist", "entities", first(part_no=3)),
    ],
)
def test_each_check_refuses_what_it_is_for(published, request, check, table, change):
    candidate = altered(published, table, change, run_id=request.node.name)
    before = lake.current(published)
    with pytest.raises(lake.AuditError, match=rf"check {check} fails .* nothing was published"):
        lake.publish(published, [candidate], clock=clock, run_note="bad", force=True)
    assert lake.current(published) == before
    assert lake.staged_shard(published, request.node.name, 0)


def test_right_rows_pass(tmp_path):
    lake.publish(tmp_path, [altered(tmp_path, "mentions", list)], clock=clock, run_note="good")
    assert ask(tmp_path, "SELECT expected, collected, articles, rejected, undated FROM ledger") == [(5, 5, 4, 1, 0)]


def test_schema_is_compared(tmp_path):
    batch = batches_of(PAGES)["captures"][0]
    with pytest.raises(lake.AuditError, match=r"lacks columns \['outcome'\]"):
        lake.stage_tables(tmp_path, "run", 0, {"captures": [batch.drop_columns(["outcome"])]})
    wrong = batch.set_column(batch.schema.get_field_index("n_bytes"), "n_bytes", pa.array(["many"]))
    with pytest.raises(lake.AuditError, match="n_bytes is string"):
        lake.stage_tables(tmp_path, "run", 0, {"captures": [wrong]})


def test_required_columns_are_filled(tmp_path):
    loose = pa.schema([field.with_nullable(True) for field in TABLES["captures"].schema()])
    rows = batches_of(PAGES)["captures"][0].to_pylist()
    batch = pa.RecordBatch.from_pylist([rows[0] | {"outcome": None}], schema=loose)
    with pytest.raises(lake.AuditError, match=r"captures\.outcome is NULL in 1 rows"):
        lake.stage_tables(tmp_path, "run", 0, {"captures": [batch]})


def test_a_collapse_is_refused_unless_forced(tmp_path):
    pages = pages_of(*"abcdefgh")
    publish(tmp_path, pages, run_id="one")
    fewer = [*pages[:3], *(replace(page, outcome="broken") for page in pages[3:])]
    with pytest.raises(lake.AuditError, match=r"articles would fall from 8 to 3 .* publish again with force"):
        publish(tmp_path, fewer, run_id="two")
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(8,)]
    assert publish(tmp_path, fewer, run_id="two", force=True).changed
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(3,)]


def test_half_may_go_and_so_may_what_was_withdrawn(tmp_path):
    pages = pages_of(*"abcdefgh")
    publish(tmp_path, pages, run_id="one")
    publish(tmp_path, [*pages[:4], *(replace(page, outcome="broken") for page in pages[4:])], run_id="two")
    publish(tmp_path, pages, run_id="three")
    gone = [*pages[:2], *(replace(page, outcome="withdrawn") for page in pages[2:])]
    assert publish(tmp_path, gone, run_id="four").changed


def test_a_table_that_falls_silent_is_a_collapse(tmp_path):
    pages = pages_of(*"abcdefgh")
    publish(tmp_path, pages, run_id="one")
    silent = [replace(page, n_mentions=0) for page in pages]
    with pytest.raises(lake.AuditError, match="table mentions would fall from 24 rows to none"):
        publish(tmp_path, silent, run_id="two")


def test_checks_see_all_entries_of_a_commit(tmp_path):
    good = stage(tmp_path, pages_of("a"), run_id="good", source_id="good")
    bad = replace(stage(tmp_path, pages_of("b"), run_id="bad", source_id="bad"), expected=("b", "c"))
    with pytest.raises(lake.AuditError, match="source_id=bad, capture_id=c, problem=was not read"):
        lake.publish(tmp_path, [good, bad], clock=clock, run_note="both")
    assert lake.current(tmp_path) is None
