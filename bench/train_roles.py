"""Fits the weights of `data/role_weights.csv`: `python -m bench.train_roles`. `bench.cross_validate` measures them.

Needs SciPy (not a dependency of the package) and the evaluation data of the setting `shared`.
A block counts as article text where at least .6 of its 4-word shingles are in the gold text. Each page is seen as
HTML, in two of the six plain-text renderings, and in its two renderings without semantics. Golds are of
WCXB (CC BY 4.0), Zyte's article-extraction-benchmark (MIT) and Fundus (MIT).
"""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dateline.config import load_settings
from dateline.page.roles import _score

from .role_views import load_views

CATEGORIES = re.compile(r"(?:^|_)(?:end|first|wording|stamp|tag|bullet|hidden)$|^in_|^hint_")
STAGE_2 = re.compile(
    r"^p$|^p_|^words$|^end$|^wording$|^tag$|^bullet$|^link_share$|^copies|^like_|^first$|^stop_share$|^hint_|^in_|"
    r"^capital_share$|^(?:last|next)_1_|^from_headline$|^sentences$|^order$|_run$|_inside$|^caps_share$|^stamp|^frames_|^home_|^outer_|^around_"
)
SEED = 7
INNER_FOLDS = 4
"""Parts in which the second stage's training pages get first-stage answers."""
WEIGHTS = Path(__file__).resolve().parents[1] / "include/dateline/data/role_weights.csv"
STRENGTH = 0.05
"""Inverse of the penalty on squared weights, as scikit-learn counts it."""
FIRST_ROUNDS, ROUNDS = 30, 60
"""Steps of the search: the first finds the columns that matter, the second goes on from there."""
LEAST_SPREAD = 0.08
"""Standard deviation, in log odds over all blocks, of what a column must contribute to stay."""


def cuts(values, name):
    """Lower bounds of bins: every value of a category, quantiles of a number."""
    known = np.unique(values)
    if CATEGORIES.search(name) or len(known) <= 8:
        return known[1:]
    edges = np.quantile(values, np.linspace(0, 1, 13)[1:-1])
    tail = np.quantile(values[values > edges[-1]], [0.25, 0.5, 0.75]) if (values > edges[-1]).any() else []
    return np.unique(np.round(np.concatenate([edges, tail]), 4))


def matrix(views, names, bounds):
    """One-hot rows: a 1 for the bin of each column."""
    offset, rows = {}, 0
    for name in names:
        offset[name] = rows
        rows += len(bounds[name]) + 1
    total = sum(len(v.blocks) for v in views)
    picks = np.empty((total, len(names)), dtype=np.int32)
    at = 0
    for v in views:
        n = len(v.blocks)
        for j, name in enumerate(names):
            column = v.columns.get(name, np.zeros(n))
            picks[at : at + n, j] = offset[name] + np.searchsorted(bounds[name], column, side="right")
        at += n
    data = np.ones(picks.size, dtype=np.float32)
    return csr_matrix((data, picks.ravel(), np.arange(0, picks.size + 1, len(names))), shape=(total, rows)), offset


def fit(views, names, second=False, strength=STRENGTH):
    """Weights by column; columns that move the score little are dropped, and the rest is fitted again."""
    views = [v for v in views if v.blocks]
    y = np.concatenate([v.labels for v in views])
    w = np.concatenate([v.seen if second else v.weights for v in views])
    use = w > 0
    bounds = {}
    for name in names:
        values = np.concatenate([np.asarray(v.columns[name]) for v in views if name in v.columns])
        bounds[name] = cuts(values, name)
    found, start = {}, None
    for least, rounds in ((LEAST_SPREAD, FIRST_ROUNDS), (0.0, ROUNDS)):
        x, offset = matrix(views, names, bounds)
        x = x[use]
        found_weights = solve(x, y[use], w[use] / w[use].mean(), strength, rounds, start)
        if least:
            picks = x.indices.reshape(x.shape[0], len(names))
            spread = found_weights[picks].std(axis=0)
            kept = [name for name, moved in zip(names, spread, strict=True) if moved >= least]
            parts = [found_weights[offset[name] : offset[name] + len(bounds[name]) + 1] for name in kept]
            start, names = np.concatenate([*parts, found_weights[-1:]]), kept
    for name in names:
        values = found_weights[offset[name] : offset[name] + len(bounds[name]) + 1]
        found[name] = (np.asarray(bounds[name], float), np.asarray(values, float))
    found["bias"] = (np.empty(0), found_weights[-1:])
    return found


def solve(x, y, w, strength, rounds, start=None):
    """Weights of logistic regression, the constant last: L-BFGS on the weighted log loss, squared weights penalised."""
    turned = x.T.tocsr()

    def loss(theta):
        score = (x @ theta[:-1].astype(np.float32)).astype(float) + theta[-1]
        slope = w * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - y)
        penalty = theta[:-1] / strength
        total = (w * (np.logaddexp(0, score) - y * score)).sum() + 0.5 * (penalty @ theta[:-1])
        return total, np.append(turned @ slope.astype(np.float32) + penalty, slope.sum())

    start = np.zeros(x.shape[1] + 1) if start is None else start
    options = {"maxiter": rounds, "maxcor": 12, "ftol": 1e-7}
    return minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x


def fit_stages(views, folds):
    """Both stages; the second sees first-stage answers of models that did not see the page's site."""
    names = sorted({name for v in views for name in v.columns if not name.startswith("p_") and name != "p"})
    for part in range(folds):
        inner = fit([v for v in views if fold_of(v.site, folds, "inner") != part], names)
        for v in views:
            if v.blocks and fold_of(v.site, folds, "inner") == part:
                add_scores(v, inner)
    first = fit(views, names)
    for v in views:
        hopeless = np.array(v.columns["p"]) < _score.HOPELESS
        v.seen = np.where(hopeless, 0, v.weights)
    second = fit(views, [n for n in sorted({n for v in views for n in v.columns}) if STAGE_2.search(n)], second=True)
    return {"1": first, "2": second}


def add_scores(v, weights):
    scores = [_score.sigmoid(s) for s in _score.add_weights(v.columns, weights, np.arange(len(v.blocks)))]
    v.columns = {k: c for k, c in v.columns.items() if not (k.startswith("p_") or k == "p")}
    found = _score.describe_scores(scores, v.columns, v.blocks)
    v.columns |= {name: np.array(column, dtype=np.float32) for name, column in found.items()}


def fold_of(site, folds, salt="outer"):
    return random.Random(f"{salt}{site}{SEED}").randrange(folds)


def main():
    views = load_views(load_settings().shared / "eval" / "articles", None, False)
    print(len(views), "views", sum(len(v.blocks) for v in views), "blocks", flush=True)
    write(WEIGHTS, fit_stages(views, INNER_FOLDS))


def write(path, stages):
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["stage", "column", "from", "weight", "source"])
        for stage, weights in stages.items():
            for name, (bounds, values) in sorted(weights.items()):
                for low, value in zip((-1e9, *bounds), values, strict=True):
                    out.writerow([stage, name, f"{low:g}", f"{value:.3f}", "fitted by bench/train_roles.py"])


if __name__ == "__main__":
    main()
