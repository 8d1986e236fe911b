"""Body F1 of pages whose site, and of dumps whose renderer, the weights of roles never saw.

    python -m bench.cross_validate      writes docs/roles_cv.json; some minutes on two cores

The shipped weights were fitted on the pages that the scorecard measures. So the scorecard shows other figures: sites
are dealt into five folds; weights fitted without a fold, and without three of the six renderers, read
its pages, and its dumps by those three. Reading is the package's own from blocks to text and page kind.
"""

from __future__ import annotations

import ast
import json
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from statistics import mean

from dateline.config import load_settings
from dateline.page.arrange.arrange import arrange
from dateline.page.arrange.layers import join_text
from dateline.page.flatten.stated import stated_values
from dateline.page.roles.assign_roles import assign_roles

from .role_views import RENDERERS, draw_renderers, load_views
from .run_dateline import Record, read_jsonl, score, write_jsonl
from .train_roles import WEIGHTS, fit_stages, fold_of

ROOT = Path(__file__).parents[1]
STORED = ROOT / "docs" / "roles_cv.json"
FOLDS = 5
INNER_FOLDS = 2
GROUPS = (RENDERERS[::2], RENDERERS[1::2])
"""Renderers that are left out together."""
MARKUP = {GROUPS[0]: ("html",), GROUPS[1]: ("nosem", "table")}
"""Markup that the weights of each group read: every rendering is read once."""
FIELDS = {
    "articles": {"body_f1": "F1", "body_p": "P", "body_r": "R", "bad_pages": "F1<.8"},
    "flat": {"body_f1": "F1"},
    "legacy": {"body_f1": "F1", "bad_pages": "F1<.8"},
}
"""Names of figures and what the scorer calls them, by kind of page."""
SOURCES = ("zyte", "fundus", "wcxb")
READER_ROOMS = ("flatten", "wording", "roles", "arrange")
"""Rooms of the reader between a page's characters and its body."""
READER_LISTS = ("boilerplate", "class_words", "closings", "stop_words", "walls")
_VIEWS: list = []
"""All renderings of all pages, read before the processes that fit part from this one."""


def body_figures(shared: Path, work: Path) -> Record:
    """Figures by key; the stored ones where pages, weights and reader are those that they were made of."""
    keys = _fingerprints(shared / "articles" / "gold.jsonl")
    stored = json.loads(STORED.read_text("utf-8")) if STORED.is_file() else {}
    if {name: stored.get(name) for name in keys} == keys:
        print(f"cross-validated figures of bodies are those stored in {STORED.relative_to(ROOT)}", flush=True)
        return stored["figures"]
    print("cross-validating the weights of roles: some minutes", flush=True)
    figures = measure(shared / "articles", work / "cv")
    STORED.write_text(json.dumps({**keys, "figures": figures}, indent=1, sort_keys=True) + "\n", "utf-8")
    return figures


def _fingerprints(gold: Path) -> Record:
    """Hashes of the weights, of the folds' pages, and of the code and lists between block and body."""
    package = WEIGHTS.parents[1]
    lists = [WEIGHTS.with_name(f"{name}.csv") for name in READER_LISTS]
    texts = [path.read_text("utf-8") for path in lists]
    code = [path for room in READER_ROOMS for path in sorted((package / "page" / room).glob("*.py"))]
    bench = [Path(__file__), Path(__file__).with_name("train_roles.py"), Path(__file__).with_name("role_views.py")]
    folds = sorted(f"{g['id']} {fold_of(g.get('site') or g['id'], FOLDS)}" for g in read_jsonl(gold))
    return {
        "weights_sha256": sha256(WEIGHTS.read_bytes()).hexdigest(),
        "folds_sha256": sha256("\n".join(folds).encode()).hexdigest(),
        "reader_sha256": sha256("\n".join((*texts, *map(_code_of, (*code, *bench)))).encode()).hexdigest(),
    }


def _code_of(path: Path) -> str:
    """A module without what doesn't run: comments, docstrings, layout."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return ast.dump(tree)


def measure(folder: Path, work: Path) -> Record:
    """Fit and read all folds, two processes at a time, and score what was read."""
    _VIEWS[:] = load_views(folder, None, True)
    jobs = [(part, group) for part in range(FOLDS) for group in GROUPS]
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        read = [row for rows in pool.map(_read_fold, jobs) for row in rows]
    golds = read_jsonl(folder / "gold.jsonl")
    english = {g["id"] for g in golds if g["source"] in ("zyte", "fundus") and g["lang"] == "en"}
    wanted = [(f"articles.{source}", "html", {g["id"] for g in golds if g["source"] == source}) for source in SOURCES]
    wanted += [(f"flat.{renderer}", renderer, english) for renderer in RENDERERS]
    legacy = {kind: {row["id"] for row in read if row["kind"] == kind} for kind in ("nosem", "table")}
    wanted += [(f"legacy.{kind}", kind, ids) for kind, ids in legacy.items()]
    figures = {}
    for key, kind, ids in wanted:
        rows = write_jsonl(work / f"{key}.pred.jsonl", (r for r in read if r["kind"] == kind and r["id"] in ids))
        gold = write_jsonl(work / f"{key}.gold.jsonl", (g for g in golds if g["id"] in ids))
        found = score(folder / "score_articles.py", rows, gold, "--bootstrap", "300")["all"]
        for name, field in FIELDS[key.split(".")[0]].items():
            spread = round(found["body"]["F1_sd"], 4) if name == "body_f1" else None
            figures[f"{key}.{name}"] = {"value": round(found["body"][field], 4), "n": found["pages"], "spread": spread}
    flats = [figures[f"flat.{renderer}.body_f1"]["value"] for renderer in RENDERERS]
    figures["flat.mean.body_f1"] = {"value": mean(flats), "n": len(english) * len(RENDERERS), "spread": None}
    return figures


def _read_fold(job: tuple[int, tuple[str, ...]]) -> list[Record]:
    """Texts of one fold's pages, and of their dumps by `left_out`, read with weights that saw neither."""
    part, left_out = job
    rest = [renderer for renderer in RENDERERS if renderer not in left_out]
    weights = fit_stages([v for v in _VIEWS if fold_of(v.site, FOLDS) != part and _is_drawn(v, rest)], INNER_FOLDS)
    mine = [v for v in _VIEWS if fold_of(v.site, FOLDS) == part and v.kind in (*left_out, *MARKUP[left_out])]
    return [
        {"id": v.page, "kind": v.kind, "text": _read_body(v.flattened, weights, v.kind not in RENDERERS)} for v in mine
    ]


def _is_drawn(view, renderers: list[str]) -> bool:
    return view.kind not in RENDERERS or view.kind in draw_renderers(view.page, renderers)


def _read_body(flattened, weights, is_html: bool) -> str:
    url = next(iter(stated_values(flattened.statements, "canonical", source="link")), None)
    made = arrange(flattened, assign_roles(flattened, weights), url, is_html=is_html)
    if made.kind.page_kind is None:
        return ""
    return join_text([block for block in made.blocks if block.part_no == 0])


if __name__ == "__main__":
    for name, row in body_figures(load_settings().shared / "eval", ROOT / "build" / "eval").items():
        print(f"{name:<32} {row['value']:.4f}  n={row['n']}")
