"""What is measured: each task runs Dateline on one kind of gold and returns figures with their anchors' names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from . import intervals, mapping
from .run_dateline import Record, annotate, extract, read_jsonl, score, unpack, write_jsonl

Figures = Iterator["Figure"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number: `key` joins it with its anchor; `spread` is a bootstrap standard deviation or None."""

    key: str
    value: float
    n: int
    spread: float | None = None


def articles(shared: Path, work: Path) -> Figures:
    """Body (cross-validated), title, authors and day on HTML pages, by source."""
    gold = shared / "articles" / "gold.jsonl"
    lines = extract(shared / "articles" / "html", work / "html.jsonl")
    predicted = write_jsonl(work / "html.pred.jsonl", map(mapping.as_article, lines))
    yield Figure("articles.outcome_article", mean(line["outcome"] == "article" for line in lines), len(lines))
    for source in ("zyte", "fundus", "wcxb"):
        arguments = (predicted, gold, "--only", f"source={source}", "--bootstrap", "300")
        found = score(shared / "articles" / "score_articles.py", *arguments)["all"]
        yield from _article_figures(f"articles.{source}", found)
    yield from _bodies(shared, work, "articles.")


def _article_figures(key: str, found: Record) -> Figures:
    for part, name in (("title", "norm"), ("author", "F1"), ("date", "acc"), ("date", "prec")):
        if part in found:
            yield Figure(f"{key}.{part}_{name.lower()}", found[part][name], found[part]["n"])


def _bodies(shared: Path, work: Path, prefix: str) -> Figures:
    """Figures of bodies under keys with a prefix, of weights that saw neither site nor renderer."""
    # Fitting needs scikit-learn, which is slow to import.
    from .cross_validate import body_figures

    for key, row in sorted(body_figures(shared, work).items()):
        if key.startswith(prefix):
            yield Figure(key, row["value"], row["n"], row["spread"])


def flattened(shared: Path, work: Path) -> Figures:
    """Body F1 on the same pages as plain-text dumps of six renderers, English Zyte and Fundus."""
    yield from _bodies(shared, work, "flat.")


def legacy(shared: Path, work: Path) -> Figures:
    """Body F1 on pages without class names, and in table markup."""
    yield from _bodies(shared, work, "legacy.")


def publication_dates(shared: Path, work: Path) -> Figures:
    """Exact day of publication on raw pages."""
    folder = work / "pubdate"
    for archive in sorted((shared / "dates").glob("pubdate_dev_*.tar.xz")):
        unpack(archive, folder)
    gold = read_jsonl(shared / "dates" / "pubdate_dev.jsonl")
    full_id = {str(Path(record["id"]).with_suffix("")): record["id"] for record in gold}
    lines = extract(folder, work / "pubdate.jsonl")
    predicted = [mapping.as_publication({**line, "id": full_id.get(line["id"], line["id"])}) for line in lines]
    path = write_jsonl(work / "pubdate.pred.jsonl", predicted)
    for name in ("htmldate", "fundus"):
        part = write_jsonl(work / f"pubdate.{name}.gold.jsonl", (r for r in gold if r["set"].startswith(name)))
        found = score(shared / "dates" / "score_pubdate.py", part, path)
        answered = found["correct"] + found["wrong"]
        yield _share(f"pubdate.{name}.accuracy", found["accuracy"], found["pages"])
        yield _share(f"pubdate.{name}.precision", found["precision"], answered)
        yield Figure(f"pubdate.{name}.abstain", found["abstain"], found["pages"])


def date_mentions(shared: Path, work: Path) -> Figures:
    """TIMEX3 spans and values."""
    for name in ("tbaq", "wikiwars"):
        gold = shared / "dates" / f"timex_dev_{name}.jsonl"
        records = [{"id": r["doc_id"], "text": r["text"], "reference_date": r["dct"]} for r in read_jsonl(gold)]
        lines = annotate(records, work / f"timex.{name}.jsonl")
        predicted = write_jsonl(work / f"timex.{name}.pred.jsonl", map(mapping.as_timexes, lines))
        scorer = shared / "dates" / "score_timex.py"
        found = score(scorer, gold, predicted)
        picks = {figure: _timex_f1(figure) for figure in ("strict", "relaxed", "type", "value")}
        module = intervals.scorer_module(scorer)
        spread = intervals.of_documents(module.score, module.load(str(gold)), module.load(str(predicted)), picks)
        for figure, pick in picks.items():
            yield Figure(f"timex.{name}.{figure}_f1", pick(found), found["gold"], spread[figure])


def _timex_f1(figure: str) -> Callable[[Mapping[str, Any]], float]:
    return lambda found: found[figure]["F1"] / 100


def _share(key: str, share: float, n: int) -> Figure:
    return Figure(key, share, n, intervals.of_share(share, n))


def names_and_quotes(shared: Path, work: Path) -> Figures:
    """Names recognised, clustered and placed; quotations with speakers."""
    folder = shared / "entities"
    for name in ("wikigold", "crossner_politics"):
        yield from _entity_figures(
            folder / f"{name}.dev.jsonl",
            work,
            False,
            "ner",
            {f"names.{name}.core3_f1": lambda found: found["strict"]["f1"]},
        )
    gum = folder / "gum_news.dev.jsonl"
    yield from _entity_figures(
        gum, work, True, "coref", {"names.gum_news.b_cubed_f1": lambda found: found["b_cubed"]["f1"]}
    )
    for name in ("lgl", "geovirus"):
        picks = {f"places.{name}.accuracy_161km": lambda found: found["acc@161_of_all"]}
        yield from _entity_figures(folder / f"{name}.dev.jsonl", work, True, "topo", picks)
    for kind in ("direct", "all"):
        picks = {
            f"quotes.gum_news.{kind}_f1": lambda found: found["match@0.3"]["f1"],
            f"quotes.gum_news.{kind}_speaker": lambda found: found["speaker_accuracy"] or 0.0,
        }
        yield from _entity_figures(gum, work, False, "quotes", picks, kind=kind)


def _entity_figures(
    gold: Path,
    work: Path,
    spans: bool,
    measure: str,
    picks: Mapping[str, Callable[[Mapping[str, Any]], float]],
    **options: str,
) -> Figures:
    """Figures of one measure of score_entities.py with their deviations; `spans` gives Dateline the gold mentions."""
    module = intervals.scorer_module(gold.parent / "score_entities.py")
    measured = partial(getattr(module, f"score_{measure}"), **options)
    truth, found = module.load(str(gold)), module.load(str(_annotated(gold, work, spans=spans)))
    score_all = measured(truth, found)
    spread = intervals.of_documents(measured, truth, found, picks)
    for key, pick in picks.items():
        yield Figure(key, pick(score_all) or 0.0, len(truth), spread[key])


def _annotated(gold: Path, work: Path, *, spans: bool) -> Path:
    records = []
    for record in read_jsonl(gold):
        given = {"id": record["id"], "text": record["text"], "reference_date": record.get("date")}
        if spans:
            given["spans"] = [{k: e.get(k) for k in ("start", "end", "label")} for e in record["entities"]]
        records.append(given)
    name = gold.name.removesuffix(".dev.jsonl") + (".given" if spans else ".own")
    return write_jsonl(work / f"{name}.pred.jsonl", map(mapping.as_entities, annotate(records, work / f"{name}.jsonl")))


TASKS: dict[str, Callable[[Path, Path], Figures]] = {
    "articles": articles,
    "flattened": flattened,
    "legacy": legacy,
    "publication_dates": publication_dates,
    "date_mentions": date_mentions,
    "names_and_quotes": names_and_quotes,
}
