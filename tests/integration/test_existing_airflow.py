"""Dateline in an Airflow that is already there: the wheel, copied DAGs and plugins, and settings from one file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_line import SAMPLES, Home, check_whole

REPO = Path(__file__).parents[2]
DAY = "2026-03-02"
OTHER_DAG = """
from airflow.sdk import dag, task

@dag(schedule=None)
def accounts():
    @task
    def balance():
        return 1

    balance()

accounts()
"""
LOCAL_BUNDLE = "airflow.dag_processing.bundles.local.LocalDagBundle"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("airflow"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A folder in which the package is installed from its wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(REPO / "include", source / "include", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPO / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder / "dist", source], folder)
    (wheel,) = (folder / "dist").glob("dateline-*.whl")
    run([*pip, "install", "--no-deps", "--target", folder / "site", wheel], folder)
    return folder / "site"


@dataclass(frozen=True)
class ExistingAirflow:
    """Somebody's Airflow, with a DAG of theirs, a place for news, and a folder that its processes happen to run in."""

    folder: Path
    site: Path

    @property
    def home(self) -> Path:
        return self.folder / "airflow"

    @property
    def news(self) -> Path:
        return self.folder / "news"

    @property
    def elsewhere(self) -> Path:
        return self.folder / "elsewhere"

    def run(self, *command: str, **settings: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "DATELINE_"))}
        own = {
            "AIRFLOW_HOME": str(self.home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "DATELINE_CONFIG": str(self.news / "dateline.toml"),
            "PYTHONPATH": str(self.site),
        }
        return run([sys.executable, "-m", *command], self.elsewhere, kept | own | settings)

    def listed(self, **settings: str) -> dict[str, str]:
        """Every DAG that this Airflow knows, with the bundle it comes from."""
        self.run("airflow", "dags", "reserialize", **settings)
        said = self.run("airflow", "dags", "list", "--columns", "dag_id,bundle_name", "--output", "json", **settings)
        return {dag["dag_id"]: dag["bundle_name"] for dag in json.loads(said[said.index("[{") :])}


@pytest.fixture(scope="module")
def database(tmp_path_factory, site) -> Path:
    """Airflow's database, migrated once for all tests."""
    made = ExistingAirflow(tmp_path_factory.mktemp("database"), site)
    made.elsewhere.mkdir()
    made.run("airflow", "db", "migrate")
    return made.home / "airflow.db"


@pytest.fixture
def existing(tmp_path, site, database) -> ExistingAirflow:
    made = ExistingAirflow(tmp_path, site)
    for folder in (made.home / "dags", made.news / "pages", made.elsewhere):
        folder.mkdir(parents=True)
    (made.home / "dags" / "accounts.py").write_text(OTHER_DAG)
    (made.news / "dateline.toml").write_text('lake = "lake"\nraw = "raw"\nallowed_roots = ["pages"]\n')
    shutil.copytree(SAMPLES / DAY, made.news / "pages" / DAY)
    shutil.copy(database, made.home)
    return made


def run(command: list, folder: Path, environ: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
    return done.stdout


def test_copied_dags_load_pages_into_the_folder_that_the_settings_name(existing):
    shutil.copytree(REPO / "dags", existing.home / "dags" / "dateline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REPO / "plugins", existing.home / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    package = existing.run("inspect", "dateline", "--details")
    assert str(existing.site) in package
    existing.run("airflow", "pools", "set", "fetch", "9", "requests of the other team")
    existing.run("dateline.airflow_edge", "import-pools", "--keep")
    said = existing.run("airflow", "pools", "list", "--output", "json")
    pools = {pool["pool"]: int(pool["slots"]) for pool in json.loads(said[said.index("[{") :])}
    assert pools["fetch"] == 9 and pools["lake_write"] == 1 and "extract" in pools
    assert {"accounts", "dateline_ingest", "dateline_load"} <= set(existing.listed())

    conf = json.dumps({"path": str(existing.news / "pages"), "shards": 1})
    existing.run("airflow", "dags", "test", "dateline_load", "--conf", conf)

    lake = Home(existing.news)
    assert lake.ask("SELECT count(*) FROM articles") == [(3,)]
    check_whole(lake)
    reference = Home(existing.folder)
    reference.succeed("load", existing.news / "pages")
    assert lake.hash == reference.hash
    assert list(existing.elsewhere.iterdir()) == []
    assert not [path for path in existing.home.rglob("*") if path.name in (".airflow", "lake", "raw", "inbox")]


def test_dags_are_read_from_a_checkout_as_a_bundle_beside_those_that_are_there(existing):
    checkout = {"path": str(REPO / "dags")}
    bundles = [
        {"name": "dags-folder", "classpath": LOCAL_BUNDLE, "kwargs": {}},
        {"name": "dateline", "classpath": LOCAL_BUNDLE, "kwargs": checkout},
    ]
    listed = existing.listed(AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST=json.dumps(bundles))
    assert listed["accounts"] == "dags-folder"
    assert listed["dateline_ingest"] == listed["dateline_load"] == "dateline"
