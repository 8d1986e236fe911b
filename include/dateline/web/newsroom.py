"""The Newsroom's pages: what the lake holds, what one run wrote, and what to do where there is nothing to show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb

from ..schema.outcomes import OUTCOMES, REJECTED_OUTCOMES
from ._bars import PARTS, Chart, draw_chart, draw_spark
from ._question import Row, ask
from ._span import RANGES, Axis, Span, choose_span
from ._telling import tell_age, tell_day, tell_publication, tell_remedy
from .served import ServedPage, serve_template

MOST_ARTICLES = 20
MOST_REASONS = 15
MOST_SOURCES = 40
MOST_ENTRIES = 200
"""Rows of a list; what is beyond is counted, and `dateline sql` has it."""

SPARK_DAYS = 14


@dataclass(frozen=True, slots=True)
class View:
    """What a reader chose: a range of days, and which day of an article counts."""

    range: str = "30d"
    by: Axis = "ingest"


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What Airflow knows of a run; `note_key` is the name under which its commits are kept in the lake.

    `changed` is what its publishing said: True, False, or None where it has not come to that.
    """

    dag_id: str
    run_id: str
    note_key: str
    state: str | None = None
    note: str | None = None
    changed: bool | None = None


def read_view(range_name: str | None, by: str | None) -> View:
    """What an address asks for; words that mean nothing count as the default.

    >>> read_view("1y", "publication"), read_view("<b>", None)
    (View(range='1y', by='publication'), View(range='30d', by='ingest'))
    """
    chosen = range_name if range_name in RANGES else "30d"
    return View(chosen, "publication" if by == "publication" else "ingest")


def render_newsroom(connection: duckdb.DuckDBPyConnection, now: datetime, view: View) -> ServedPage:
    """The first page: articles a day, outcomes, rejected captures, sources and the latest articles.

    `connection` sees a lake as `lake.open_lake` opens it, and gets temporary tables of its own. Every list is
    bounded, whatever the lake holds.
    """
    (edges,) = ask(connection, "edges")
    if edges["first_ingested"] is None:
        return render_empty("The lake holds no entry.")
    ask(connection, "counted_captures")
    today = now.astimezone(UTC).date()
    axis_edges = _edges(edges, view.by)
    span = choose_span(view.range, today, axis_edges) if axis_edges else None
    ingested = span if span and view.by == "ingest" else Span(edges["first_ingested"], edges["last_ingested"], "day")
    days = {"from": ingested.first, "to": ingested.last}
    chart = _chart(connection, view, span)
    return serve_template(
        "newsroom.html",
        view=view,
        ranges=RANGES,
        edges=edges,
        span=span,
        today=today,
        chart=chart,
        n_undated=ask(connection, "undated")[0]["n_articles"] if chart and view.by == "publication" else 0,
        articles=_articles(connection, view, span),
        outcomes=_outcomes(ask(connection, "outcomes", **days)),
        rejected=_rejected(connection, days),
        sources=_sources(connection, now, edges),
        n_sources=edges["n_sources"],
        committed=tell_age(edges["committed_at"], now),
        newest=tell_age(edges["last_ingested"], now),
        spark_days=SPARK_DAYS,
        parts=PARTS,
    )


def render_run(connection: duckdb.DuckDBPyConnection, now: datetime, facts: RunFacts) -> ServedPage:
    """What one run wrote: the entries of the lake that it committed, with their ledger and first articles."""
    (totals,) = ask(connection, "run_totals", run=facts.note_key)
    entries = ask(connection, "run_entries", run=facts.note_key, limit=MOST_ENTRIES)
    articles = ask(connection, "run_articles", run=facts.note_key, limit=MOST_ARTICLES)
    return serve_template(
        "newsroom_run.html",
        facts=facts,
        totals=totals,
        entries=entries,
        n_more=totals["n_entries"] - len(entries),
        articles=[_article(row) for row in articles],
        committed=tell_age(totals["committed_at"], now),
    )


def render_run_of_empty(facts: RunFacts) -> ServedPage:
    """The page of a run while nothing is published at all."""
    return serve_template("newsroom_run.html", facts=facts, totals={"n_entries": 0})


def render_empty(words: str) -> ServedPage:
    """The first page of a lake that holds nothing, with what to do next."""
    return serve_template("newsroom_empty.html", words=words)


def render_trouble(title: str, words: str, status: int) -> ServedPage:
    """A page that says in one line what is wrong and what to do."""
    return serve_template("newsroom_trouble.html", status, title=title, words=words)


def _edges(edges: Row, by: Axis) -> tuple[date, date] | None:
    """First and last day of the axis; None where no article has a publication day."""
    names = ("first_ingested", "last_ingested") if by == "ingest" else ("first_published", "last_published")
    first, last = (edges[name] for name in names)
    return (first, last) if first and last else None


def _chart(connection: duckdb.DuckDBPyConnection, view: View, span: Span | None) -> Chart | None:
    if span is None:
        return None
    values: Row = {"from": span.first, "to": span.last, "unit": span.unit}
    if view.by == "ingest":
        values["rejected"] = list(REJECTED_OUTCOMES)
    else:
        ask(connection, "published_articles")
    return draw_chart(ask(connection, f"bars_by_{view.by}", **values), span)


def _articles(connection: duckdb.DuckDBPyConnection, view: View, span: Span | None) -> list[dict[str, Any]]:
    if span is None:
        return []
    values = {"from": span.first, "to": span.last, "limit": MOST_ARTICLES}
    return [_article(row) for row in ask(connection, f"articles_by_{view.by}", **values)]


def _article(row: Row) -> dict[str, Any]:
    title = " ".join((row["title"] or "").split())
    return {**row, "title": title or "(no title)", "published": tell_publication(row)}


def _outcomes(rows: list[Row]) -> list[dict[str, Any]]:
    total = sum(row["n_captures"] for row in rows)
    return [
        {
            **row,
            "meaning": OUTCOMES.get(row["outcome"], ""),
            "share": 100 * row["n_captures"] / total,
        }
        for row in rows
    ]


def _rejected(connection: duckdb.DuckDBPyConnection, days: dict[str, date]) -> dict[str, Any]:
    rows = ask(connection, "rejected", **days, limit=MOST_REASONS)
    found = [
        {**row, "remedy": tell_remedy(row["outcome"], row["requeue_hint"]), "last": tell_day(row["last_day"])}
        for row in rows
    ]
    return {"rows": found, "n_more": rows[0]["n_reasons"] - len(rows) if rows else 0}


def _sources(connection: duckdb.DuckDBPyConnection, now: datetime, edges: Row) -> list[dict[str, Any]]:
    """Sources with the articles of their last days, which end where those of the 30 days end."""
    rows = ask(connection, "sources", limit=MOST_SOURCES)
    last = choose_span("30d", now.astimezone(UTC).date(), (edges["first_ingested"], edges["last_ingested"])).last
    days = [last - timedelta(days=back) for back in range(min(SPARK_DAYS, (last - date.min).days + 1))][::-1]
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    names = [row["source_id"] for row in rows]
    for row in ask(connection, "source_days", sources=names, **{"from": days[0], "to": days[-1]}):
        counts[row["source_id"]][row["ingest_date"]] = row["n_articles"]
    return [
        {
            **row,
            "captured": tell_age(row["last_captured_at"] or row["last_day"], now),
            "wrote": tell_age(row["last_article_day"], now) or "never",
            "spark": draw_spark(counts[row["source_id"]], days),
            "n_recent": sum(counts[row["source_id"]].values()),
            "until": days[-1],
        }
        for row in rows
    ]
