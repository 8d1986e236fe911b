"""Scores Dateline on the evaluation data and writes docs/scorecard.md: `python -m bench.evaluate [TASK ...]`.

Without the data it says so and exits 0. Figures of tasks that were not run are kept from docs/scorecard.json.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from dateline.config import load_settings

from . import intervals
from .run_dateline import Record, extract
from .tasks import TASKS, Figure

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FIGURES = DOCS / "scorecard.json"
TITLES = {
    "articles": "Articles from HTML",
    "flat": "Articles from plain-text dumps",
    "legacy": "Articles from markup without class names, and from tables",
    "pubdate": "Publication dates",
    "timex": "Date mentions",
    "names": "Names",
    "places": "Places",
    "quotes": "Quotations",
    "seeds": "The two seed pages",
}
LOWER_IS_BETTER = ("bad_pages", "abstain")
SHARES = ("bad_pages", "outcome_article", "title_norm", "date_acc", "date_prec")
"""Figures that are shares of pages, whose deviation follows from their value and number."""


def main(names: list[str]) -> int:
    """Run the named tasks, or all; write the figures and the scorecard."""
    shared = load_settings().shared / "eval"
    if not shared.is_dir():
        print(f"No evaluation data at {shared}: nothing was scored. Set DATELINE_SHARED to its folder.")
        return 0
    unknown = set(names) - {*TASKS, "seeds"}
    if unknown:
        print(f"unknown task {sorted(unknown)[0]!r}; known are {', '.join([*TASKS, 'seeds'])}", file=sys.stderr)
        return 2
    work = ROOT / "build" / "eval"
    figures: dict[str, Record] = json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() else {}
    for name in names or [*TASKS, "seeds"]:
        start = time.monotonic()
        found = _seeds(shared, work) if name == "seeds" else TASKS[name](shared, work)
        for figure in found:
            figures[figure.key] = {"value": round(figure.value, 4), "n": figure.n, "spread": figure.spread}
            print(f"{figure.key:<42} {figure.value:.4f}  n={figure.n}", flush=True)
        print(f"-- {name}: {time.monotonic() - start:.0f} s", flush=True)
    FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
    (DOCS / "scorecard.md").write_text(render(figures), "utf-8")
    print(f"written: {DOCS / 'scorecard.md'}")
    return 0


def _seeds(shared: Path, work: Path) -> Iterator[Figure]:
    out = work / "seeds.jsonl"
    extract(shared.parent / "pages", out, workers=1)
    for level in ("first", "full"):
        done = subprocess.run(
            [sys.executable, str(shared / "pages" / "score_pages.py"), str(out), "--level", level],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = re.search(r"seeds: (\d+) gates fail, mean of lists ([\d.]+)", done.stdout)
        if found is None:
            raise RuntimeError(f"score_pages.py gave no figure: {done.stdout[-300:]}{done.stderr[-300:]}")
        yield Figure(f"seeds.{level}.gates_failed", float(found[1]), 2)
        yield Figure(f"seeds.{level}.lists_mean", float(found[2]), 2)


def render(figures: dict[str, Record]) -> str:
    """The scorecard as Markdown: our figure beside each anchor."""
    anchors = {row["key"]: row for row in csv.DictReader((ROOT / "bench" / "anchors.csv").open(encoding="utf-8"))}
    lines = [
        "# Scorecard",
        "",
        "Written by `make eval` on development data that is not part of the repository. An anchor is the best peer",
        "measured with the same scorer; where its pages were others of the same kind, the last column says so.",
        "Figures of bodies are cross-validated (`bench/cross_validate.py`): the weights that tell text from frame were",
        "fitted without the site of the page they read and, for dumps, without its renderer.",
        "All other rules, lists and constants were made while looking at this same data, and nothing here is held out:",
        "expect less on pages that nobody has looked at.",
        "The interval is two standard deviations over pages or documents (bootstrap, or binomial for shares).",
    ]
    for prefix, title in TITLES.items():
        rows = {key: figures[key] for key in sorted(figures) if key.split(".")[0] == prefix}
        if rows:
            lines += [
                "",
                f"## {title}",
                "",
                "| figure | Dateline | n | anchor | by | measured |",
                "| --- | --- | --- | --- | --- | --- |",
            ]
            lines += [_row(key, row, _spread(key, figures), anchors.get(key)) for key, row in rows.items()]
    return "\n".join(lines) + "\n"


def _spread(key: str, figures: dict[str, Record]) -> float | None:
    """The measured deviation, that of a share, or for the mean over renderings of one set that of one of them."""
    row = figures[key]
    if row["spread"] is None and key.endswith(SHARES):
        return intervals.of_share(row["value"], row["n"])
    if key == "flat.mean.body_f1":
        # The renderings share their pages, so a mean over them is hardly surer than one.
        return mean(figures[other]["spread"] for other in figures if other.startswith("flat.") and other != key)
    return row["spread"]


def _row(key: str, row: Record, spread: float | None, anchor: dict[str, str] | None) -> str:
    value = f"{row['value']:.3f}"
    if spread:
        value += f" ± {2 * spread:.3f}"
    if anchor is None:
        return f"| {key} | {value} | {row['n']} | | | |"
    ahead = row["value"] >= float(anchor["anchor"])
    if key.endswith(LOWER_IS_BETTER):
        ahead = row["value"] <= float(anchor["anchor"])
    value = f"**{value}**" if ahead else value
    return f"| {key} | {value} | {row['n']} | {anchor['anchor']} | {anchor['system']} | {anchor['source']} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
