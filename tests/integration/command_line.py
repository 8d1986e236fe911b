"""`dateline` as a user runs it: a process of its own, in a folder of its own that holds raw and lake."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline import lake
from dateline.schema.outcomes import BYTELESS_OUTCOMES

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "include" / "samples" / "inbox"
COLLECTION = ("--collection", "news")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    stdout: str
    stderr: str

    @property
    def error(self) -> str:
        """The one line that a command failed with."""
        assert self.status == 1, self
        assert len(self.stderr.strip().splitlines()) == 1, self.stderr
        assert "Traceback" not in self.stderr
        assert self.stderr.startswith("dateline: ")
        return self.stderr


@dataclass(frozen=True)
class Home:
    """A folder with a lake and a raw store, and the settings that commands get there."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def lake(self) -> Path:
        return Path(self.environment.get("DATELINE_LAKE", self.folder / "lake"))

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    @property
    def hash(self) -> str | None:
        return lake.lake_hash(self.lake)

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """A command that runs; it has a process group of its own, so that a test can end all of it."""
        paths = [self.environment.get("PYTHONPATH"), str(ROOT / "include")]
        given = {**self.environment, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        return subprocess.Popen(
            [sys.executable, "-m", "dateline.cli", *map(str, arguments)],
            cwd=self.folder,
            env={**os.environ, **given},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: object) -> Done:
        """A command from its beginning to its end."""
        with self.start(*arguments) as process:
            stdout, stderr = process.communicate(timeout=240)
        return Done(process.returncode, stdout, stderr)

    def succeed(self, *arguments: object) -> str:
        """What a command says that does what it is asked for."""
        done = self.run(*arguments)
        assert done.status == 0, done.stderr
        return done.stdout

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows that the lake's catalog answers."""
        with lake.open_lake(self.lake) as connection:
            return connection.execute(query).fetchall()

    def copy(self, folder: Path) -> Home:
        """The same state in another folder, its catalog made for the new place."""
        for name in ("lake", "raw"):
            if (self.folder / name).is_dir():
                shutil.copytree(self.folder / name, folder / name)
        if (folder / "lake").is_dir():
            lake.rebuild_derived(folder / "lake")
        return Home(folder, dict(self.environment))


def days(*names: str) -> list[Path]:
    """The samples' folders of these days."""
    return [SAMPLES / name for name in names]


def check_whole(home: Home) -> None:
    """Nothing is damaged, and the counts add up: every capture has one outcome, in the ledger and in the tables."""
    assert not lake.find_damage(home.lake)
    byteless = ", ".join(f"'{name}'" for name in BYTELESS_OUTCOMES)
    query = f"""
        SELECT ingest_date, source_id, any_value(expected), count(*), any_value(l.articles + l.rejected + l.withdrawn),
            count(*) FILTER (outcome IN ({byteless}))
        FROM captures LEFT JOIN ledger AS l USING (ingest_date, source_id) GROUP BY ALL
    """
    for *entry, expected, found, counted, n_byteless in home.ask(query):
        assert expected == found == counted + n_byteless, entry
