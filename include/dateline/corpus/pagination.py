"""Pages of one story: articles whose addresses differ in a page number, and that say by more than that they belong.

A number in an address may be a page, an edition or another story. So pages are joined where something else agrees:
a line such as "Page 2 of 3", or the title and the day. Copies of a page are no pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from ._page_address import (
    LONGEST_LINE,
    PageAddress,
    is_story_address,
    numbered_addresses,
    read_page_line,
    title_of_story,
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paged:
    """An article that may be a page: its row of sql/corpus/paged_articles.sql, and what its lines say, (page, of)."""

    row: Row
    lines: frozenset[tuple[int, int]] = frozenset()

    @property
    def key(self) -> str:
        """The URL key."""
        return str(self.row["url_key"])

    def line_of(self, number: int) -> tuple[int, int] | None:
        """The line that gives it this number, with the highest count."""
        return max((line for line in self.lines if line[0] == number), default=None)


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    found: Paged
    how: str
    evidence: str


def read_pages(connection: duckdb.DuckDBPyConnection) -> list[Paged]:
    """Articles of the lake whose addresses may number them, with the lines of their pages that do."""
    rows = connection.sql(_query("paged_articles")).to_arrow_table().to_pylist()
    near = {base for base, found in _by_base(Paged(row) for row in rows).items() if len(found) > 1}
    rows = [row for row in rows if near & {row["url_key"], *(a.base for a in numbered_addresses(row["url_key"]))}]
    lines = _read_lines(connection, rows)
    return [Paged(row, frozenset(lines[row["capture_id"]])) for row in rows]


def join_pages(articles: Iterable[Paged]) -> list[dict[str, Any]]:
    """The rows of `story_pages`, in no order that depends on the order of the articles.

    Bases are gone through with the surest addresses first, and an article is a page of one story only.
    """
    taken: set[str] = set()
    rows: list[dict[str, Any]] = []
    bases = _by_base(articles)
    for base in sorted(bases, key=lambda base: (not any(a and a.is_named for a, _ in bases[base]), base)):
        left = [(address, paged) for address, paged in bases[base] if paged.key not in taken]
        pages = _join(left)
        if len(pages) > 1:
            taken.update(page.found.key for page in pages)
            rows += _rows(pages)
    return rows


def _by_base(articles: Iterable[Paged]) -> dict[str, list[tuple[PageAddress | None, Paged]]]:
    """Articles by each address that theirs may be a page of; None stands for the address itself."""
    found: dict[str, list[tuple[PageAddress | None, Paged]]] = defaultdict(list)
    own = {}
    for paged in articles:
        own[paged.key] = paged
        for address in numbered_addresses(paged.key):
            if is_story_address(address.base):
                found[address.base].append((address, paged))
    for base, pages in found.items():
        if base in own:
            pages.append((None, own[base]))
    return found


def _join(found: Sequence[tuple[PageAddress | None, Paged]]) -> list[_Page]:
    """The pages of one story among articles with one base, in order; the first is the head."""
    pages: list[_Page] = []
    for number, address, paged in sorted(_numbered(found), key=_place):
        is_next = bool(pages) and number == pages[-1].number + 1
        if any(page.number == number or page.found.row["story"] == paged.row["story"] for page in pages):
            continue
        if not pages:
            how = "address" if address else "first_page"
            pages.append(_Page(number, paged, how, _written(address, paged, number)))
            continue
        agreed = _agreement(pages[0].found, address, paged, number, is_next) if address else None
        if address and agreed:
            how = "page_line" if paged.line_of(number) else "address"
            pages.append(_Page(number, paged, how, f"{_written(address, paged, number)}; {agreed}"))
    return pages


def _numbered(
    found: Iterable[tuple[PageAddress | None, Paged]],
) -> Iterator[tuple[int, PageAddress | None, Paged]]:
    for address, paged in found:
        yield address.number if address else 1, address, paged


def _place(item: tuple[int, PageAddress | None, Paged]) -> tuple[int, bool, bool, str]:
    number, address, paged = item
    return number, address is not None, not (address and address.is_named), paged.key


def _agreement(head: Paged, address: PageAddress, paged: Paged, number: int, is_next: bool) -> str | None:
    """What a page shares with the first one, enough to be of its story; None where it may be another story."""
    one, other = head.row, paged.row
    if (paged.lines and not paged.line_of(number)) or _exclude_each_other(one, other):
        return None
    title = title_of_story(other["title"])
    has_title = bool(title) and title == title_of_story(one["title"])
    has_day = one["published_day"] is not None and one["published_day"] == other["published_day"]
    has_line = paged.line_of(number) is not None
    # Without a word for it, `-2` may stand for a second story with that name.
    sure = has_line or has_title if address.is_named else has_line or (has_title and has_day and is_next)
    shared = [("same title", has_title), ("same day", has_day)]
    return ", ".join(name for name, holds in shared if holds) or "nothing against it" if sure else None


def _exclude_each_other(one: Row, other: Row) -> bool:
    """Whether the days that two articles can be of have none in common."""
    if None in (one["published_from"], one["published_to"], other["published_from"], other["published_to"]):
        return False
    return bool(one["published_from"] > other["published_to"] or other["published_from"] > one["published_to"])


def _written(address: PageAddress | None, paged: Paged, number: int) -> str:
    line = paged.line_of(number)
    said = f"a line says page {line[0]} of {line[1]}" if line else ""
    return "; ".join(filter(None, (f"{address.written} in the address" if address else "the address itself", said)))


def _rows(pages: Sequence[_Page]) -> Iterator[dict[str, Any]]:
    head = pages[0].found.row
    counts = [line[1] for page in pages if (line := page.found.line_of(page.number))]
    for page in pages:
        owner = {
            name: page.found.row[name] for name in ("ingest_date", "source_id", "capture_id", "part_no", "article_id")
        }
        yield {
            **owner,
            "head_article_id": head["article_id"],
            "head_capture_id": head["capture_id"],
            "page_no": page.number,
            "n_pages": len(pages),
            "stated_pages": max(counts, default=None),
            "how": page.how,
            "evidence": page.evidence,
        }


def _read_lines(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> dict[str, set[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    connection.register("wanted", pa.table({"capture_id": pa.array([row["capture_id"] for row in rows], pa.string())}))
    try:
        given = {"ingest_dates": sorted({row["ingest_date"] for row in rows}), "longest": LONGEST_LINE}
        lines = connection.execute(_query("page_lines"), given).fetchall() if rows else []
    finally:
        connection.unregister("wanted")
    for capture_id, text in lines:
        said = read_page_line(text)
        if said:
            found[capture_id].add(said)
    return found


def _query(name: str) -> str:
    return (files("dateline") / "sql" / "corpus" / f"{name}.sql").read_text("utf-8")
