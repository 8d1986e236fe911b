"""Articles as nodes: what has to be known of each to find its copies, as ids and hashes without any of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from ..identity import content_id, fold
from ..schema import Column, Table
from ..schema.column import COUNT, DAY, INSTANT, TEXT
from ..schema.common import OWNER
from .shingles import Signature

PUBLISHED, INGESTED = "published", "ingested"

LONGEST_INTERVAL = 31
"""Days: a page dated to the month is compared by the month's first day, one dated to a year is not."""

Key = tuple[str, int]
"""(capture_id, part_no)."""

NODES = Table(
    "story_nodes",
    "one latest article and the signature of its text",
    (
        *OWNER,
        Column("article_id", TEXT, "As in articles.", required=True),
        Column("title_key", TEXT, "Hash of the folded title; empty where there is none.", required=True),
        Column("published_at", INSTANT, "As in articles."),
        Column("text_sha256", TEXT, "As in articles.", required=True),
        Column("compared_day", DAY, "As in stories.", required=True),
        Column("compared_by", TEXT, "As in stories.", required=True),
        Column("text_key", TEXT, "Hash of the words.", required=True),
        Column("n_words", COUNT, "Words of the text.", required=True),
        Column("bands", pa.list_(pa.uint64()), "MinHash bands; empty where the text is too short.", required=True),
    ),
    key=("capture_id", "part_no"),
    order=("compared_day", "capture_id", "part_no"),
)


@dataclass(frozen=True, slots=True)
class Node:
    """One latest article; two nodes are equal where nothing changed that a story depends on."""

    ingest_date: date
    source_id: str
    capture_id: str
    part_no: int
    article_id: str
    title_key: str
    published_at: datetime | None
    text_sha256: str
    compared_day: date
    compared_by: str
    signature: Signature

    @property
    def key(self) -> Key:
        """(capture_id, part_no)."""
        return self.capture_id, self.part_no

    @property
    def order(self) -> tuple[date, str, int]:
        """Place in the order of comparison: each node looks back at those before it."""
        return self.compared_day, self.capture_id, self.part_no

    @property
    def rank(self) -> tuple[Any, ...]:
        """Place among the copies of a story, the earliest first: by publication, then by ids."""
        at = self.published_at.isoformat() if self.published_at else "~"
        dated = self.compared_by != PUBLISHED
        return dated, self.compared_day, at, self.article_id, self.capture_id, self.part_no


def table_of(nodes: Sequence[Node]) -> pa.Table:
    """Nodes as rows of NODES."""
    names = [name for name in NODES.names if name not in ("text_key", "n_words", "bands")]
    columns = {name: [getattr(node, name) for node in nodes] for name in names}
    columns["text_key"] = [node.signature.text_key for node in nodes]
    columns["n_words"] = [node.signature.n_words for node in nodes]
    columns["bands"] = [node.signature.bands for node in nodes]
    return pa.Table.from_pydict(columns, schema=NODES.schema())


def nodes_from(rows: pa.Table) -> list[Node]:
    """Back from `table_of`."""
    bands = rows["bands"].combine_chunks()
    bands = bands.chunk(0) if isinstance(bands, pa.ChunkedArray) else bands
    values = bands.values.to_numpy(zero_copy_only=False)
    ends = bands.offsets.to_numpy()
    found = []
    for number, row in enumerate(rows.drop_columns(["bands"]).to_pylist()):
        own = values[ends[number] : ends[number + 1]]
        found.append(Node(signature=Signature(row.pop("text_key"), row.pop("n_words"), own), **row))
    return found


def node_of(article: dict[str, Any], signature: Signature) -> Node:
    """A node from a row of sql/corpus/articles.sql and the signature of its text."""
    day, by = compared_day(article)
    names = ("ingest_date", "source_id", "capture_id", "part_no", "article_id", "published_at", "text_sha256")
    stated = {name: article[name] for name in names}
    title = fold(article["title"])
    key = content_id("title", title) if title else ""
    return Node(**stated, title_key=key, compared_day=day, compared_by=by, signature=signature)


def compared_day(article: dict[str, Any]) -> tuple[date, str]:
    """The day that decides which other articles an article is compared with, and what that day is.

    >>> month = {"published_day": None, "published_from": date(2026, 3, 1), "published_to": date(2026, 3, 31)}
    >>> compared_day({**month, "ingest_date": date(2026, 5, 1)})
    (datetime.date(2026, 3, 1), 'published')
    """
    first, last = article["published_from"], article["published_to"]
    if article["published_day"]:
        return article["published_day"], PUBLISHED
    if first and last and (last - first).days < LONGEST_INTERVAL:
        return first, PUBLISHED
    return article["ingest_date"], INGESTED
