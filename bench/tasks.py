"""What is measured: each task runs Dateline on one kind of gold and returns figures with their anchors' names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from . import mapping
from .run_dateline import Record, annotate, extract, read_jsonl, score, unpack, write_jsonl

RENDERERS = ("bs4", "html2text", "inscriptis", "lynx", "resiliparse", "w3m")
Figures = Iterator["Figure"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number: `key` joins it with its anchor; `spread` is a bootstrap standard deviation or None."""

    key: str
    value: float
    n: int
    spread: float | None = None


def articles(shared: Path, work: Path) -> Figures:
    """Body, title, authors and day on HTML pages, by source."""
    gold = shared / "articles" / "gold.jsonl"
    lines = extract(shared / "articles" / "html", work / "html.jsonl")
    predicted = write_jsonl(work / "html.pred.jsonl", map(mapping.as_article, lines))
    yield Figure("articles.outcome_article", mean(line["outcome"] == "article" for line in lines), len(lines))
    for source in ("zyte", "fundus", "wcxb"):
        arguments = (predicted, gold, "--only", f"source={source}", "--bootstrap", "300")
        found = score(shared / "articles" / "score_articles.py", *arguments)["all"]
        yield from _article_figures(f"articles.{source}", found)


def _article_figures(key: str, found: Record) -> Figures:
    pages, body = found["pages"], found["body"]
    yield Figure(f"{key}.body_f1", body["F1"], pages, body.get("F1_sd"))
    yield Figure(f"{key}.body_p", body["P"], pages)
    yield Figure(f"{key}.body_r", body["R"], pages)
    yield Figure(f"{key}.bad_pages", body["F1<.8"], pages)
    for part, name in (("title", "norm"), ("author", "F1"), ("date", "acc"), ("date", "prec")):
        if part in found:
            yield Figure(f"{key}.{part}_{name.lower()}", found[part][name], found[part]["n"])


def flattened(shared: Path, work: Path) -> Figures:
    """Body F1 on the same pages as plain-text dumps of six renderers, English Zyte and Fundus."""
    wanted = {
        record["id"]
        for record in read_jsonl(shared / "articles" / "gold.jsonl")
        if record["source"] in ("zyte", "fundus") and record["lang"] == "en"
    }
    gold = [r for r in read_jsonl(shared / "articles" / "gold.jsonl") if r["id"] in wanted]
    gold_path = write_jsonl(work / "flat.gold.jsonl", gold)
    all_f1 = []
    for renderer in RENDERERS:
        pages = [r for r in read_jsonl(shared / "articles" / "flat" / f"{renderer}.jsonl.gz") if r["id"] in wanted]
        lines = extract(write_jsonl(work / f"flat.{renderer}.in.jsonl", pages), work / f"flat.{renderer}.jsonl")
        predicted = write_jsonl(work / f"flat.{renderer}.pred.jsonl", map(mapping.as_article, lines))
        found = score(shared / "articles" / "score_articles.py", predicted, gold_path)["all"]
        all_f1.append(found["body"]["F1"])
        yield Figure(f"flat.{renderer}.body_f1", found["body"]["F1"], found["pages"])
    yield Figure("flat.mean.body_f1", mean(all_f1), len(gold) * len(RENDERERS))


def legacy(shared: Path, work: Path) -> Figures:
    """Body F1 on pages without class names, and in table markup."""
    for variant in ("nosem", "table"):
        lines = extract(shared / "articles" / "legacy" / variant, work / f"{variant}.jsonl")
        predicted = [mapping.as_article(line) for line in lines]
        ids = {record["id"] for record in predicted}
        gold = [r for r in read_jsonl(shared / "articles" / "gold.jsonl") if r["id"] in ids]
        found = score(
            shared / "articles" / "score_articles.py",
            write_jsonl(work / f"{variant}.pred.jsonl", predicted),
            write_jsonl(work / f"{variant}.gold.jsonl", gold),
        )["all"]
        yield Figure(f"legacy.{variant}.body_f1", found["body"]["F1"], found["pages"])
        yield Figure(f"legacy.{variant}.bad_pages", found["body"]["F1<.8"], found["pages"])


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
        for figure in ("accuracy", "precision", "abstain"):
            yield Figure(f"pubdate.{name}.{figure}", found[figure], found["pages"])


def date_mentions(shared: Path, work: Path) -> Figures:
    """TIMEX3 spans and values."""
    for name in ("tbaq", "wikiwars"):
        gold = shared / "dates" / f"timex_dev_{name}.jsonl"
        records = [{"id": r["doc_id"], "text": r["text"], "reference_date": r["dct"]} for r in read_jsonl(gold)]
        lines = annotate(records, work / f"timex.{name}.jsonl")
        predicted = write_jsonl(work / f"timex.{name}.pred.jsonl", map(mapping.as_timexes, lines))
        found = score(shared / "dates" / "score_timex.py", gold, predicted)
        for figure in ("strict", "relaxed", "type", "value"):
            yield Figure(f"timex.{name}.{figure}_f1", found[figure]["F1"] / 100, found["gold"])


def names_and_quotes(shared: Path, work: Path) -> Figures:
    """Names recognised, clustered and placed; quotations with speakers."""
    folder = shared / "entities"
    scorer = folder / "score_entities.py"
    for name, types in (("wikigold", "core3"), ("crossner_politics", "core3")):
        predicted = _annotated(folder / f"{name}.dev.jsonl", work, spans=False)
        found = score(scorer, "ner", folder / f"{name}.dev.jsonl", predicted, "--types", types)
        yield Figure(f"names.{name}.{types}_f1", found["strict"]["f1"], found["strict"]["tp"] + found["strict"]["fn"])
    given = _annotated(folder / "gum_news.dev.jsonl", work, spans=True)
    found = score(scorer, "coref", folder / "gum_news.dev.jsonl", given)
    yield Figure("names.gum_news.b_cubed_f1", found["b_cubed"]["f1"], found["mentions"])
    for name in ("lgl", "geovirus"):
        given = _annotated(folder / f"{name}.dev.jsonl", work, spans=True)
        found = score(scorer, "topo", folder / f"{name}.dev.jsonl", given)
        yield Figure(f"places.{name}.accuracy_161km", found["acc@161_of_all"], found["gold"])
    own = _annotated(folder / "gum_news.dev.jsonl", work, spans=False)
    for kind in ("direct", "all"):
        found = score(scorer, "quotes", folder / "gum_news.dev.jsonl", own, "--kind", kind)
        yield Figure(f"quotes.gum_news.{kind}_f1", found["match@0.3"]["f1"], found["gold"])
        yield Figure(f"quotes.gum_news.{kind}_speaker", found["speaker_accuracy"] or 0.0, found["speakers"])


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
