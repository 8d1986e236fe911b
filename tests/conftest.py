"""Shared by all tests: Airflow's own home, made before anything imports Airflow, and settings in a temporary folder."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).parents[1]

# Airflow reads its home when it is first imported; a test must never meet the user's own runs.
AIRFLOW_HOME = Path(tempfile.mkdtemp(prefix="dateline-airflow-"))
os.environ.update(
    {
        "AIRFLOW_HOME": str(AIRFLOW_HOME),
        "AIRFLOW__CORE__DAGS_FOLDER": str(REPO / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPO / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{AIRFLOW_HOME}/airflow.db",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(AIRFLOW_HOME / "logs"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
)
for name in [name for name in os.environ if name.startswith("DATELINE_")]:
    del os.environ[name]


GROUP = re.compile(r'xdist_group\("(\w+)"\)')


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests of a file that names a group run one after the other in one process.

    pytest-xdist 3.8 hands groups on in the ids of tests, which pytest no longer lets it change.
    """
    from xdist.scheduler import LoadScopeScheduling

    files = {path.relative_to(REPO).as_posix(): path.read_text("utf-8") for path in REPO.glob("tests/**/test_*.py")}
    groups = {name: found[1] for name, text in files.items() if (found := GROUP.search(text))}

    class GroupScheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return groups.get(nodeid.partition("::")[0], nodeid)

    return GroupScheduling(config, log)


def pytest_sessionfinish() -> None:
    shutil.rmtree(AIRFLOW_HOME, ignore_errors=True)


@pytest.fixture
def settings(tmp_path: Path):
    """Settings whose lake, raw store and inbox lie in the test's own folder."""
    from dateline.config import load_settings

    return load_settings({}, tmp_path)


@pytest.fixture
def clock():
    """A clock that stands still."""
    return lambda: datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def airflow_home() -> Iterator[Path]:
    """Airflow's home with a migrated database, made once a run."""
    import subprocess
    import sys

    migrate = [sys.executable, "-m", "airflow", "db", "migrate"]
    done = subprocess.run(migrate, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    yield AIRFLOW_HOME
