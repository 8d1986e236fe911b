"""Measures Dateline and its peers on the old pages: `python -m bench.old_pages [--peers PYTHON] [--out FILE]`.

The 30 pages of `bench/old_pages` were written for this project in the manner of 1998 to 2006. PYTHON is an
interpreter that has the peers, most of which the project doesn't lock; a peer that it hasn't got is left out.
docs/old_pages.md is written with all of them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from . import mapping
from .old_pages_peers import MISSING, PEERS
from .old_pages_report import OURS, render
from .old_pages_score import score_page
from .run_dateline import Record, extract, read_jsonl, write_jsonl

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "bench" / "old_pages"
WORK = ROOT / "build" / "eval" / "old_pages"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the pages with Dateline and every peer that can be had, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--peers", default=sys.executable, help="interpreter that has the peers installed")
    parser.add_argument("--out", type=Path, help="where the table is written beside being printed")
    given = parser.parse_args(arguments)
    gold = load_gold()
    predictions = {OURS: _read_with_dateline(gold)}
    pages = write_jsonl(WORK / "pages.jsonl", ({"id": row["id"], "html": decoded(row)} for row in gold))
    for peer in PEERS:
        found = _read_with_peer(peer, given.peers, pages)
        if found is not None:
            version, rows = found
            predictions[f"{peer} {version}"] = rows
    scores = {
        reader: {row["id"]: score_page(row, found.get(row["id"], {})) for row in gold}
        for reader, found in predictions.items()
    }
    fields = {reader: {key for row in found.values() for key in row} for reader, found in predictions.items()}
    table = render(gold, scores, fields)
    print(table)
    if given.out:
        given.out.write_text(table, "utf-8")
    return 0


def _read_with_peer(peer: str, python: str, pages: Path) -> tuple[str, dict[str, Record]] | None:
    """Version of a peer and what it makes of each page; None where the interpreter hasn't got it."""
    script = str(ROOT / "bench" / "old_pages_peers.py")
    done = subprocess.run([python, script, str(pages), peer], capture_output=True, text=True, check=False)
    if done.returncode == MISSING:
        print(f"{peer} is not installed in {python}: left out", file=sys.stderr)
        return None
    if done.returncode:
        raise RuntimeError(f"{peer}: {done.stderr[-500:]}")
    print("".join(line + "\n" for line in done.stderr.splitlines() if " failed on " in line), end="", file=sys.stderr)
    first, *rows = map(json.loads, done.stdout.splitlines())
    return first["version"], {row["id"]: row for row in rows}


def load_gold() -> list[Record]:
    """The gold rows, one a page, in the order of the pages' numbers."""
    return read_jsonl(PAGES / "gold.jsonl")


def decoded(row: Record) -> str:
    """A page as its author meant it."""
    return (PAGES / f"{row['id']}.html").read_bytes().decode(row["encoding"])


def _read_with_dateline(gold: Sequence[Record]) -> dict[str, Record]:
    folder = WORK / "html"
    folder.mkdir(parents=True, exist_ok=True)
    for row in gold:
        (folder / f"{row['id']}.html").write_bytes((PAGES / f"{row['id']}.html").read_bytes())
    return {line["id"]: mapping.as_article(line) for line in extract(folder, WORK / "dateline.jsonl", workers=1)}


if __name__ == "__main__":
    sys.exit(main())
