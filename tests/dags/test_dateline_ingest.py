"""The daily DAG, run to its end by Airflow on invented pages: one day, that day only, and the same lake as a load."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dateline import lake, raw

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.xdist_group("airflow"),
    # Airflow's own deprecations are not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

REPO = Path(__file__).parents[2]
DAYS = ("2026-03-02", "2026-03-03", "2026-03-05")
PAGE = """<html><head><title>Bridge at {town} closed | The Harbour Post</title>
<meta property="article:published_time" content="{day}T08:15:00+00:00"></head><body>
<h1>Bridge at {town} closed</h1>
<p>{town}, Scotland - The council closed the old bridge at {town} on Monday after divers found cracks in two of its
piers, and sent drivers on a detour of forty minutes along the loch until engineers have looked at the stones.</p>
<p>"We would rather be late than sorry," council engineer Morag Sinclair told reporters in {town}. She said that the
repairs would cost more than the town had put aside for the whole year, and that she had asked for help.</p>
</body></html>"""


@pytest.fixture
def bag(airflow_home):
    """DAGs parsed anew for each test: a tested DAG keeps the parameters of its last run."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(REPO / "dags"))


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """An inbox of three days, and a lake of the test's own."""
    for day in DAYS:
        folder = tmp_path / "inbox" / day
        folder.mkdir(parents=True)
        for town in ("Oban", "Mallaig"):
            (folder / f"{town}.html").write_text(PAGE.format(day=day, town=town))
    for name in ("lake", "raw", "inbox"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", str(tmp_path / name))
    return tmp_path


def ingest(bag, **conf):
    return bag.dags["dateline_ingest"].test(run_conf=conf)


def note_of(run):
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        return session.scalars(select(DagRun).where(DagRun.run_id == run.run_id)).one().note


def states(run):
    return {ti.task_id: str(ti.state) for ti in run.get_task_instances()}


def days_in_lake(folder):
    manifest = lake.current(folder / "lake")
    return [day.isoformat() for day, _ in manifest.entries] if manifest else []


def load_whole_inbox(folder, name):
    """The lake hash that the command line's load gives, in a lake of its own."""
    from dateline.config import load_settings
    from dateline.pipeline import load

    environ = {"DATELINE_LAKE": str(folder / name / "lake"), "DATELINE_RAW": str(folder / name / "raw")}
    done = load(load_settings(environ, folder), [folder / "inbox"], clock=lambda: datetime.now(UTC))
    return done.published.lake_hash


def test_each_run_publishes_its_day_alone_and_all_days_give_the_lake_of_a_load(bag, workplace):
    first = ingest(bag, day="2026-03-03")
    assert first.state == "success"
    assert days_in_lake(workplace) == ["2026-03-03"]
    assert "2026-03-03: 2 new captures, 0 known, 0 withdrawn" in note_of(first)
    assert "2026-03-03: 2 articles, 0 rejected, 0 withdrawn (manifest 1" in note_of(first)
    (published,) = [ti for ti in first.get_task_instances() if ti.task_id == "publish"]
    assert published.rendered_map_index == "2026-03-03: 2 articles, 0 rejected, 0 withdrawn"
    for day in ("2026-03-05", "2026-03-02"):
        assert ingest(bag, day=day, shards=1).state == "success"
    assert days_in_lake(workplace) == list(DAYS)
    whole = lake.lake_hash(workplace / "lake")
    assert whole == load_whole_inbox(workplace, "other")
    again = ingest(bag, day="2026-03-03", again=True)
    assert again.state == "success" and "nothing changed" in note_of(again)
    assert lake.lake_hash(workplace / "lake") == whole


def test_page_taken_out_of_the_inbox_leaves_the_tables_and_stays_in_raw(bag, workplace):
    for day in DAYS[:2]:
        ingest(bag, day=day)
    before = lake.lake_hash(workplace / "lake")
    page = workplace / "inbox" / "2026-03-02" / "Oban.html"
    kept = page.read_bytes()
    page.unlink()
    shutil.rmtree(workplace / "inbox" / "2026-03-03")
    assert "1 withdrawn" in note_of(ingest(bag, day="2026-03-02"))
    # Only the run's own day was looked at.
    counts = {day.isoformat(): entry.counts for (day, _), entry in lake.current(workplace / "lake").entries.items()}
    assert counts["2026-03-02"]["articles"] == 1 and counts["2026-03-02"]["withdrawn"] == 1
    assert counts["2026-03-03"]["articles"] == 2
    stored = raw.read_entry(workplace / "raw", date(2026, 3, 2), "inbox")
    assert len(stored.captures) == 2
    page.write_bytes(kept)
    ingest(bag, day="2026-03-02")
    assert lake.lake_hash(workplace / "lake") == before


def test_run_without_a_day_is_refused_with_the_words_to_type(bag, workplace):
    refused = ingest(bag)
    assert refused.state == "failed"
    (collect,) = [ti for ti in refused.get_task_instances() if ti.task_id == "collect"]
    assert collect.state == "failed" and collect.try_number == 1
    assert '{"day": "2026-03-02"} as its configuration' in note_of(refused)
    assert not (workplace / "raw").exists()


def test_empty_day_says_so_and_names_the_nearest_days(bag, workplace):
    empty = ingest(bag, day="2026-03-04")
    assert empty.state == "success"
    assert set(states(empty).values()) == {"skipped"}
    assert "2026-03-04: no pages in " in note_of(empty)
    assert note_of(empty).endswith("nearest days with captures: 2026-03-02, 2026-03-03, 2026-03-05")
    assert lake.current(workplace / "lake") is None


def test_unknown_source_is_refused_and_the_known_ones_named(bag, workplace):
    assert ingest(bag, day="2026-03-02", source="inbox").state == "success"
    refused = ingest(bag, day="2026-03-02", source="nobody")
    assert refused.state == "failed"
    assert "no captures from source 'nobody'; its sources are inbox" in note_of(refused)


def test_backfill_has_a_key_for_every_day_both_ends_included(bag):
    timetable = bag.dags["dateline_ingest"].timetable
    from airflow.serialization.encoders import coerce_to_core_timetable

    core = coerce_to_core_timetable(timetable)
    ends = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 6, tzinfo=UTC)
    keys = [info.partition_key for info in core.iter_partition_dagrun_infos(earliest=ends[0], latest=ends[1])]
    assert keys == [(ends[0] + timedelta(days=n)).date().isoformat() for n in range(5)]


def test_dag_catches_up_on_nothing_and_maps_what_it_reads(bag):
    dag = bag.dags["dateline_ingest"]
    assert not dag.catchup
    assert set(dag.task_ids) == {"collect", "plan", "extract", "publish", "announce"}
    assert dag.get_task("publish").pool == "lake_write"
    assert dag.get_task("publish").upstream_task_ids >= {"extract", "plan"}


@pytest.mark.parametrize("name", ["dateline_ingest", "dateline_load"])
def test_dag_file_is_short_and_imports_quickly_without_readers(name):
    code = (
        f"import sys, time, airflow.sdk; start = time.process_time(); import {name}\n"
        "heavy = {'spacy', 'pyarrow', 'duckdb', 'selectolax'} & set(sys.modules)\n"
        "print(time.process_time() - start, sorted(heavy))"
    )
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPO / "dags", timeout=120)
    seconds, heavy = done.stdout.strip().splitlines()[-1].split(maxsplit=1)
    assert heavy.strip() == "[]"
    assert float(seconds) < 1
    assert len((REPO / "dags" / f"{name}.py").read_text().splitlines()) < 120
