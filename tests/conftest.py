"""Shared by all tests: Airflow's own home, made before anything imports Airflow, and settings in a temporary folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

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
