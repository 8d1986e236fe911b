"""Compaction that is killed at any moment, while others read: every reader sees whole entries, and nothing is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from compaction_writer import SOURCE, compact_again
from fire_writer import FINAL, N_DAYS, publish_all
from test_under_fire import PAUSE, read_as_users_do, start

from dateline import lake
from dateline.lake.tree import tree_problems


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see how far a worker has got")
def test_kills_in_the_middle_of_compaction_tear_nothing_and_lose_nothing(tmp_path):
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    publish_all(undisturbed, SOURCE, FINAL, "begin")
    publish_all(disturbed, SOURCE, FINAL, "begin")
    compact_again(disturbed)
    reads, states, numbers = 0, set(), set()
    worker = start("compaction_writer.py", disturbed, 3, 15, 2.0)
    while worker.poll() is None:
        seen = read_as_users_do(disturbed, reads)
        assert len(seen) == 2 * N_DAYS, "an entry was lost"
        states.add(tuple(seen))
        numbers.add(lake.current(disturbed).number)
        reads += 1
        time.sleep(PAUSE)
    said, _ = worker.communicate(timeout=60)
    assert worker.returncode == 0, said
    lake.rebuild_derived(disturbed)
    manifest = lake.current(disturbed)
    assert not lake.find_damage(disturbed) and tree_problems(disturbed, manifest) == []
    assert manifest.lake_hash == lake.lake_hash(undisturbed)
    assert list(manifest.months) == ["2026-03"] and len(manifest.files("articles")) == 1
    print(f"15 kills, {reads} good reads, {len(states)} states, {len(numbers)} manifests seen")
    assert reads >= 10 and len(states) >= 3
