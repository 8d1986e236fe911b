"""Pages of the evaluation data as blocks with columns and labels, for fitting and testing the weights of roles."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from dateline.page.flatten.flatten_html import flatten_html
from dateline.page.flatten.flatten_text import flatten_text
from dateline.page.flatten.raw_block import Flattened
from dateline.page.flatten.stated import stated_summary, stated_title
from dateline.page.roles._features import describe_blocks

RENDERERS = ("bs4", "html2text", "inscriptis", "lynx", "resiliparse", "w3m")
TOKEN = re.compile(r"\w+")


@dataclass
class View:
    """One rendering of one page, with its columns and labels."""

    page: str
    site: str
    kind: str
    flattened: Flattened
    columns: dict
    labels: np.ndarray
    weights: np.ndarray
    seen: np.ndarray | None = None

    @property
    def blocks(self):
        return self.flattened.blocks


def shingles(tokens):
    return {tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3)} if len(tokens) > 3 else {tuple(tokens)}


def label(blocks, gold):
    """1 where a block is in the gold text, 0 where not, -1 where another accepted gold has it."""
    tokens = TOKEN.findall(gold["text"])
    want = shingles(tokens)
    other = {s for alt in gold.get("alt_texts") or () for s in shingles(TOKEN.findall(alt))} - want
    starts = defaultdict(list)
    for i, token in enumerate(tokens):
        starts[token].append(i)
    last, labels = -1, []
    for block in blocks:
        words = TOKEN.findall(block.text)
        if len(words) >= 4:
            own = shingles(words)
            share = len(own & want) / len(own)
            labels.append(1 if share >= 0.6 else -1 if len(own & other) / len(own) >= 0.6 else 0)
        else:
            at = (
                next(
                    (i for i in starts[words[0]] if last <= i < last + 40 and tokens[i : i + len(words)] == words), None
                )
                if words
                else None
            )
            labels.append(int(at is not None))
            if at is not None:
                last = at + len(words)
            continue
        if labels[-1] == 1:
            at = next((i for i in starts[words[-1]] if last <= i and tokens[max(0, i - 3) : i + 1] == words[-4:]), None)
            last = at + 1 if at is not None else last
    return np.array(labels)


def draw_renderers(page, renderers):
    """Two renderers of a page, by its id."""
    return random.Random(page).sample(renderers, 2)


def view(page, gold, kind, raw):
    flattened = flatten_text(raw) if kind in RENDERERS else flatten_html(raw)
    stated = flattened.statements
    columns = describe_blocks(flattened, stated_title(stated), stated_summary(stated))
    labels = label(flattened.blocks, gold)
    weights = np.sqrt(np.minimum(np.array(columns.get("words", [])), 150)) * (labels >= 0)
    packed = {name: np.array(column, dtype=np.float32) for name, column in columns.items()}
    return View(page, gold.get("site") or page, kind, flattened, packed, labels, weights)


def read_gzip(path):
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return handle.read()


def load_views(folder, limit, all_flats):
    """Every page in its renderings but empty ones; where not `all_flats`, two renderers a page, drawn by its id."""
    return [v for v in _load(folder, limit, all_flats) if v.blocks]


def _load(folder, limit, all_flats):
    golds = [json.loads(line) for line in (folder / "gold.jsonl").open(encoding="utf-8")][:limit]
    flats = {}
    for renderer in RENDERERS:
        with gzip.open(folder / "flat" / f"{renderer}.jsonl.gz", "rt", encoding="utf-8") as handle:
            flats[renderer] = {row["id"]: row["text"] for row in map(json.loads, handle)}
    for gold in golds:
        page = gold["id"]
        yield view(page, gold, "html", read_gzip(folder / gold["html"]))
        for kind in ("nosem", "table"):
            path = folder / "legacy" / kind / f"{page}.html.gz"
            if path.exists():
                yield view(page, gold, kind, read_gzip(path))
        # The pages of WCXB are only trained on: no rendering of theirs is measured.
        chosen = draw_renderers(page, RENDERERS)
        if all_flats:
            groups = (RENDERERS[::2], RENDERERS[1::2])
            chosen = RENDERERS if gold["source"] != "wcxb" else [r for g in groups for r in draw_renderers(page, g)]
        for renderer in chosen:
            if page in flats[renderer]:
                yield view(page, gold, renderer, flats[renderer][page])
