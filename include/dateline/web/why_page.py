"""One capture as one HTML file: the raw page beside the clean article, and the evidence for its date.

The file needs nothing else: no script, style or picture of another place. It opens without JavaScript; the few
lines that it has only follow a click on a paragraph to the raw page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..schema import TABLES
from ..schema.outcomes import ARTICLE, LAYERS, OUTCOMES
from ._cells import cell, hex_lines, shorten
from ._clean_pane import show_parts
from ._evidence import describe_publication
from ._raw_pane import show_raw
from ._telling import tell_remedy
from ._templates import find_template, hash_source, source_of
from .anchors import find_anchor
from .evidence_places import place_evidence

Row = dict[str, Any]

MOST_ROWS = 1_000
"""Rows of a table in the file; a hostile page may have a hundred thousand blocks."""

TABLES_SHOWN: dict[str, tuple[str, ...]] = {
    "entities": ("cluster_no", "name", "label", "kb_id", "country", "n_mentions", "n_body_mentions", "salience"),
    "mentions": ("block_no", "text", "label", "cluster_no", "role_title", "is_metonym", "score"),
    "dates": ("block_no", "text", "type", "value", "value_from", "value_to", "precision", "anchor", "rule"),
    "quotes": ("quote_no", "block_no", "text", "kind", "cue", "speaker_text", "is_anonymous"),
    "quote_sources": ("quote_no", "hop", "text", "cluster_no", "cue"),
    "blocks": ("block_no", "role", "layer", "kept", "era_from", "era_to", "raw_start", "raw_end", "text", "reason"),
}
"""Columns of the tables below the page; the lake has the others."""

CAPTURE_FACTS = (
    "capture_id", "source_id", "source_ref", "ingest_date", "captured_at", "url", "url_final", "http_status",
    "media_type", "charset", "charset_source", "n_bytes", "payload_sha256", "warc_record_id", "outcome", "reason",
)  # fmt: skip
ARTICLE_FACTS = (
    "article_id", "page_kind", "outlet", "url", "language", "section", "genre", "authors", "author_roles", "agency",
    "dateline_text", "dateline_place", "is_free", "n_words", "text_sha256",
)  # fmt: skip
BUILD_FACTS = ("build_id", "snapshot_hash", "committed_at", "run_note")


@dataclass(frozen=True, slots=True)
class PageRows:
    """What the page is made of: rows of the lake, keyed by column, and the decoded raw page.

    `rows` holds the rows of one capture by table; missing tables are empty. `raw` is empty where nothing could be
    decoded; `head` has the first bytes of the payload for that case. `chosen` is the row that was asked for.
    """

    capture: Row
    build: Row
    raw: str
    head: bytes = b""
    is_html: bool = True
    rows: dict[str, list[Row]] = field(default_factory=dict)
    chosen: tuple[str, Row] | None = None

    def of(self, table: str) -> list[Row]:
        """Rows of a table, in the order of their key."""
        return self.rows.get(table, [])


def render_why_page(page: PageRows) -> str:
    """The whole file as text; every word of the page is escaped in it."""
    template = find_template("why.html")
    script = source_of("why.js")
    evidence = place_evidence(page.raw, page.of("blocks"), page.of("date_candidates"))
    anchor, hint = find_anchor(page.chosen, page.rows)
    html: str = template.render(
        title=shorten(_title(page), 120),
        page=page,
        is_article=page.capture["outcome"] == ARTICLE,
        tell_remedy=tell_remedy,
        outcome_meaning=OUTCOMES.get(page.capture["outcome"], ""),
        script=script,
        script_source=hash_source(script),
        layers=LAYERS,
        chosen_anchor=anchor,
        chosen_hint=hint,
        raw=show_raw(page.raw, page.of("blocks"), evidence, is_html=page.is_html),
        n_raw=len(page.raw),
        hex_lines=hex_lines(page.head),
        parts=show_parts(page.rows, anchor),
        publications=[describe_publication(row, evidence) for row in page.of("articles")],
        capture_facts=_facts(page.capture, CAPTURE_FACTS),
        article_facts=[_facts(row, ARTICLE_FACTS) for row in page.of("articles")],
        build_facts=_facts(page.build, BUILD_FACTS),
        tables=[_table(name, page.of(name)) for name in TABLES_SHOWN if page.of(name)],
    )
    return html


def _title(page: PageRows) -> str:
    titles = [row["title"] for row in page.of("articles") if row["title"]]
    return str(titles[0] if titles else page.capture["url"] or page.capture["source_ref"])


def _facts(row: Row, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, cell(row[name])) for name in names if row.get(name) is not None]


def _table(name: str, rows: list[Row]) -> dict[str, Any]:
    shown = rows[:MOST_ROWS]
    columns = [column for column in TABLES_SHOWN[name] if any(row.get(column) is not None for row in shown)]
    lines = [[shorten(cell(row.get(column)), 300) for column in columns] for row in shown]
    blocks = [row.get("block_no") for row in shown]
    return {
        "name": name,
        "about": TABLES[name].row,
        "columns": columns,
        "lines": list(zip(lines, blocks, strict=True)),
        "n_rows": len(rows),
        "n_more": len(rows) - len(shown),
    }
