"""Runs `dateline extract` and `dateline annotate` as a user would, in processes of their own."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def extract(path: Path, out: Path, workers: int = 2) -> list[Record]:
    """`dateline extract PATH`; every line of its output."""
    return _run(["extract", str(path), "--workers", str(workers)], out)


def annotate(records: Iterable[Record], out: Path) -> list[Record]:
    """`dateline annotate` over {"id", "text", ...} records."""
    given = out.with_suffix(".in.jsonl")
    given.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return _run(["annotate", str(given)], out)


def _run(arguments: list[str], out: Path) -> list[Record]:
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as stream:
        subprocess.run([sys.executable, "-m", "dateline.cli", *arguments], stdout=stream, check=True)
    return read_jsonl(out)


def read_jsonl(path: Path) -> list[Record]:
    """Records of a JSON lines file, gzip or not."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]


def write_jsonl(path: Path, records: Iterable[Record]) -> Path:
    """Write records as JSON lines and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack a tar of pages once; returns the folder."""
    marker = folder / f".{archive.name}.done"
    if not marker.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        marker.touch()
    return folder


def score(scorer: Path, *arguments: str | Path) -> Record:
    """Run one of the scorers with --json and return its answer."""
    done = subprocess.run(
        [sys.executable, str(scorer), *map(str, arguments), "--json"], capture_output=True, text=True, check=True
    )
    answer: Record = json.loads(done.stdout)
    return answer
