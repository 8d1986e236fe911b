from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import duckdb
import pyarrow as pa
import pytest
from selectolax.lexbor import LexborHTMLParser
from unit.sql_lake import DAY, OWNER, SQL, article, capture, query_of, sql_files, table_of

from dateline.lake.catalog import BUILDS, LAKE_FILES
from dateline.schema import TABLES
from dateline.schema.outcomes import OUTCOMES
from dateline.web.newsroom import (
    RunFacts,
    View,
    read_view,
    render_empty,
    render_newsroom,
    render_run,
    render_run_of_empty,
    render_trouble,
)

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'}}"
RUN = "dateline_ingest/backfill__2026-03-04T00:00:00+00:00"


def newsroom_lake(rows: dict, notes: dict | None = None):
    """A lake with what the catalog adds, made from the captures; `notes` gives the run of an ingest day."""
    rows = {**rows, "ledger": [ledger_of(*entry, rows) for entry in entries_of(rows)]}
    connection = duckdb.connect()
    for name in TABLES:
        connection.register(name, table_of(name, rows.get(name, [])))
    connection.execute(query_of(SQL / "views" / "10_latest_articles.sql"))
    notes = notes or {}
    builds = [
        {
            "ingest_date": day,
            "source_id": source,
            "build_id": "b1",
            "snapshot_hash": "s1",
            "committed_at": NOW - timedelta(hours=3),
            "run_note": notes.get(day, "load"),
        }
        for day, source in entries_of(rows)
    ]
    days = [row["published_day"] for row in rows.get("articles", []) if row.get("published_day")]
    files = [{"table_name": "articles", "published_from": min(days), "published_to": max(days)}] if days else []
    connection.register("builds", pa.Table.from_pylist(builds, schema=BUILDS))
    connection.register("lake_files", pa.Table.from_pylist(files, schema=LAKE_FILES))
    return connection


def entries_of(rows: dict) -> list[tuple[date, str]]:
    return sorted({(row["ingest_date"], row["source_id"]) for row in rows.get("captures", [])})


def ledger_of(day: date, source: str, rows: dict) -> dict:
    def of(table: str) -> list[dict]:
        return [row for row in rows.get(table, []) if (row["ingest_date"], row["source_id"]) == (day, source)]

    outcomes = [row["outcome"] for row in of("captures")]
    return {
        "ingest_date": day,
        "source_id": source,
        "expected": len(outcomes),
        "collected": len(outcomes),
        "articles": outcomes.count("article"),
        "rejected": len(of("rejected")),
        "undated": sum(row.get("published_day") is None for row in of("articles")),
        "mean_words": 4.5,
    }


def rejection(name: str, day: date, outcome: str, **values) -> tuple[dict, dict]:
    row = {**OWNER, "ingest_date": day, "capture_id": name, "outcome": outcome, "stage": "kind"}
    return capture(name, day, outcome=outcome), {**row, "reason": "asks for proof", **values}


WALL = rejection("wall", DAY, "bot_wall", requeue_hint="fetch_again")
FRONT = rejection("front", DAY, "not_article", reason=HOSTILE, requeue_hint="none")
ROWS = {
    "captures": [
        capture("dated", DAY, captured_at=NOW - timedelta(hours=30)),
        capture("second", DAY),
        capture("undated", date(2026, 3, 3)),
        capture("other", DAY, source_id=HOSTILE),
        WALL[0],
        FRONT[0],
    ],
    "articles": [
        article("dated", DAY, article_id="a1", title="Ferry sails", published_day=date(2026, 3, 2))
        | {"published_at": datetime(2026, 3, 2, 8, 15, tzinfo=UTC), "published_precision": "minute"}
        | {"published_method": "json_ld"},
        article("second", DAY, article_id="a2", title=HOSTILE, outlet=HOSTILE, published_day=date(2026, 3, 1)),
        article("undated", date(2026, 3, 3), article_id="a3", title="Ice", published_method="undated: nothing agrees")
        | {"published_from": date(2026, 1, 1), "published_to": date(2026, 2, 2)},
        article("other", DAY, source_id=HOSTILE, article_id="a4", published_day=date(2025, 12, 30)),
    ],
    "rejected": [WALL[1], FRONT[1]],
}


@pytest.fixture(scope="module")
def lake():
    return newsroom_lake(ROWS, {DAY: RUN})


def tree_of(page) -> LexborHTMLParser:
    return LexborHTMLParser(page.html)


def words_of(node) -> str:
    return " ".join(node.text(separator=" ").split())


def panel(tree, heading: str):
    return next(node for node in tree.css(".panel") if heading in node.css_first("h2").text())


def bars_of(tree) -> dict[str, str]:
    titles = [node.text() for node in tree.css("svg.bars g title")]
    return dict(title.split(": ", 1) for title in titles)


def test_bars_count_dated_undated_and_rejected_by_ingest_day(lake):
    bars = bars_of(tree_of(render_newsroom(lake, NOW, View())))
    assert len(bars) == 30
    assert bars["4 March 2026"] == "3 dated, 2 rejected"
    assert bars["3 March 2026"] == "1 undated"
    assert bars["5 March 2026"] == "nothing", "a day without captures shows its gap"


def test_bars_are_as_tall_as_their_numbers(lake):
    tree = tree_of(render_newsroom(lake, NOW, View()))
    (bar,) = [node for node in tree.css("svg.bars g") if "4 March" in node.css_first("title").text()]
    tall = {node.attributes["class"]: node.attributes for node in bar.css("rect")}
    top = int(tree.css_first(".ticks span").text())
    assert top == 6
    assert tall["dated"]["height"] == "50%" and tall["dated"]["y"] == "50%"
    assert tall["rejected"]["height"] == "33.333%" and tall["rejected"]["y"] == "16.667%"


def test_by_publication_day_undated_articles_are_counted_beside_the_bars(lake):
    tree = tree_of(render_newsroom(lake, NOW, View("1y", "publication")))
    bars = {name: words for name, words in bars_of(tree).items() if words != "nothing"}
    assert bars == {"week of 29 December 2025": "1 dated", "week of 23 February 2026": "1 dated"} | {
        "week of 2 March 2026": "1 dated"
    }
    assert "1 undated articles have no place here" in words_of(tree.body)


def test_the_table_says_what_the_bars_say(lake):
    tree = tree_of(render_newsroom(lake, NOW, View()))
    rows = [words_of(row) for row in tree.css(".numbers tbody tr")]
    assert rows == ["3 March 2026 0 1 0", "4 March 2026 3 0 2"]
    picture = tree.css_first("svg.bars")
    named = {node.attributes["id"] for node in picture.css("title[id], desc[id]")}
    assert set(picture.attributes["aria-labelledby"].split()) == named
    assert "3 articles with a publication day, 1 without, 2 rejected" in picture.css_first("desc").text()


def test_articles_say_when_they_were_published_and_how_that_is_known(lake):
    rows = [words_of(row) for row in panel(tree_of(render_newsroom(lake, NOW, View())), "Latest").css("tbody tr")]
    assert any("Ferry sails" in row and "2026-03-02 08:15 UTC json_ld, to the minute" in row for row in rows)
    assert any("Ice" in row and "2026-01-01 to 2026-02-02 undated nothing agrees" in row for row in rows)
    assert "(no title)" in " ".join(rows)


def test_every_link_leads_to_a_page_that_there_is(lake):
    page = render_newsroom(lake, NOW, View("1y", "publication"))
    links = [node.attributes["href"] for node in tree_of(page).css("a")]
    known = {row["capture_id"] for row in ROWS["captures"]}
    for link in links:
        if link.startswith("?"):
            given = dict(item.split("=") for item in link[1:].split("&"))
            assert read_view(given["range"], given["by"]) == View(given["range"], given["by"])
        else:
            assert re.fullmatch(r"why/(articles|rejected)/(\w+)(/\d+)?", link)[2] in known
    assert sum(link.startswith("why/articles/") for link in links) == 3


def test_outcomes_and_rejections_come_with_words(lake):
    tree = tree_of(render_newsroom(lake, NOW, View()))
    outcomes = words_of(panel(tree, "What became"))
    assert f"article {OUTCOMES['article']} 4 66.7 %" in outcomes.replace("  ", " ") or "66.7 %" in outcomes
    assert OUTCOMES["bot_wall"] in outcomes
    rejected = words_of(panel(tree, "Rejected"))
    assert "asks for proof" in rejected and "with a browser" in rejected
    assert "nothing: no article to be had" in rejected


def test_sources_tell_how_fresh_they_are(lake):
    rows = panel(tree_of(render_newsroom(lake, NOW, View())), "Sources").css("tbody tr")
    inbox = next(row for row in rows if words_of(row).startswith("inbox"))
    assert "30 hours ago" in words_of(inbox) and "yesterday" in words_of(inbox)
    spark = inbox.css_first("svg.spark")
    assert spark.attributes["aria-label"] == "3 articles in the 14 days to 2026-03-05"
    assert len(spark.css("rect")) == 2


@pytest.mark.parametrize("view", [View(), View("1y", "publication")])
def test_words_of_pages_never_become_markup(lake, view):
    page = render_newsroom(lake, NOW, view)
    tree = tree_of(page)
    assert len(tree.css("script")) == 1 and not tree.css("img, iframe, object, embed, base, form, link")
    attributes = [name for node in tree.css("*") for name in node.attributes]
    assert not [name for name in attributes if name.startswith("on") or name in ("style", "src")]
    assert HOSTILE in " ".join(node.text() for node in tree.css("td"))


def test_nothing_may_run_but_what_the_page_was_made_with(lake):
    page = render_newsroom(lake, NOW, View())
    tree = tree_of(page)
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        digest = b64encode(sha256(tree.css_first(element).text().encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in page.policy
    assert page.policy.startswith("default-src 'none'") and "unsafe" not in page.policy
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_old_lake_shows_its_last_days_and_says_which(lake):
    tree = tree_of(render_newsroom(lake, datetime(2031, 1, 1, tzinfo=UTC), View()))
    assert bars_of(tree)["4 March 2026"] == "3 dated, 2 rejected"
    assert "Ingest days 2026-02-03 to 2026-03-04" in words_of(tree.body)
    assert "4 years ago" in words_of(tree.css_first("header"))


def test_a_lake_without_dates_has_no_publication_days():
    rows = {"captures": [capture("new", DAY)], "articles": [article("new", DAY)]}
    tree = tree_of(render_newsroom(newsroom_lake(rows), NOW, View("all", "publication")))
    assert "No article has a publication day yet" in words_of(tree.body)


def test_lists_are_bounded_and_say_what_they_leave_out():
    captures, rejected = zip(*[rejection(f"r{n}", DAY, "broken", reason=f"error {n}") for n in range(40)], strict=True)
    many = [capture(f"c{n}", DAY, source_id=f"warc-{n:04d}") for n in range(300)]
    articles = [article(f"c{n}", DAY, source_id=f"warc-{n:04d}", article_id=f"a{n}") for n in range(300)]
    rows = {"captures": [*captures, *many], "articles": articles, "rejected": list(rejected)}
    connection = newsroom_lake(rows, {DAY: RUN})
    tree = tree_of(render_newsroom(connection, NOW, View()))
    assert len(panel(tree, "Latest").css("tbody tr")) == 20
    assert len(panel(tree, "Sources").css("tbody tr")) == 40
    assert "261 more sources" in words_of(panel(tree, "Sources"))
    assert "25 rarer reasons" in words_of(panel(tree, "Rejected"))
    run = tree_of(render_run(connection, NOW, RunFacts("dateline_ingest", "x", RUN, "success", None, True)))
    assert len(panel(run, "301 entries").css("tbody tr")) == 200 and "101 more entries" in words_of(run.body)


def facts_of(state: str | None, changed: bool | None, key: str = RUN) -> RunFacts:
    return RunFacts("dateline_ingest", "backfill__2026", key, state, HOSTILE if state else None, changed)


def test_a_run_shows_the_entries_that_it_committed(lake):
    tree = tree_of(render_run(lake, NOW, facts_of("success", True)))
    entries = panel(tree, "2 entries of the lake, committed 3 hours ago")
    assert words_of(entries.css_first(".counts")).startswith("Articles 3 Undated 0 Rejected 2")
    assert [words_of(row).split()[0] for row in entries.css("tbody tr")] == ["2026-03-04"] * 2
    titles = words_of(panel(tree, "First articles"))
    assert "Ferry sails" in titles and "Ice" not in titles
    assert len(tree.css("script")) == 1 and HOSTILE in panel(tree, "In its own words").text()


@pytest.mark.parametrize(
    ("state", "changed", "said"),
    [
        ("success", False, "changed nothing: the lake held exactly this already"),
        ("success", True, "Later runs have replaced all"),
        ("running", None, "has not published yet"),
        ("failed", None, "did not come to publishing"),
        (None, None, "Airflow knows no such run"),
    ],
)
def test_a_run_without_entries_says_why(lake, state, changed, said):
    facts = facts_of(state, changed, key="dateline_poll/backfill__2026")
    assert said in words_of(tree_of(render_run(lake, NOW, facts)).body)
    assert said in words_of(tree_of(render_run_of_empty(facts)).body)


def test_runs_of_two_dags_with_one_id_are_told_apart(lake):
    poll = RunFacts("dateline_poll", "backfill__2026", RUN.replace("ingest", "poll"), "success", None, True)
    assert "Ferry sails" not in render_run(lake, NOW, poll).html


def test_empty_lake_says_what_to_do_next():
    page = render_newsroom(newsroom_lake({}), NOW, View())
    assert page.status == 200
    for words in ("dateline_load", "dateline_ingest", "sources.toml"):
        assert words in page.html and words in render_empty("/lake holds nothing.").html


def test_trouble_is_told_with_its_status():
    page = render_trouble("The lake can't be read", f"run `dateline repair` {HOSTILE}", 503)
    assert page.status == 503 and "dateline repair" in page.html and "<img" not in page.html


def test_each_question_says_first_what_it_answers():
    assert len(sql_files("newsroom")) > 10
    for path in sql_files("newsroom"):
        first, *rest = query_of(path).splitlines()
        assert first.startswith("-- ") and first.endswith((".", "?")) and rest, path.name
    used = " ".join(path.read_text("utf-8") for path in (SQL.parent / "web").glob("*.py"))
    for path in sql_files("newsroom"):
        stem = re.sub(r"_by_(ingest|publication)$", "_by_", path.stem)
        assert f'"{stem}' in used, path.name
