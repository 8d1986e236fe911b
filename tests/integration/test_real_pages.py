"""Five hundred real pages in every form: none is lost, most are articles, dates are rarely wrong, offsets hold.

The pages are not part of the repository; without them these tests are skipped. What came in and what stands at
an offset is counted with other tools than Dateline's own readers.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.cli import main
from dateline.config import load_settings
from dateline.dates import decide_publication
from dateline.lake import open_lake
from dateline.model import Capture, Page
from dateline.page import read_page
from dateline.page.facts.outlets import outlet_zone
from dateline.schema.outcomes import ARTICLE, OUTCOMES

ARTICLES = load_settings({}).shared / "eval" / "articles"
RENDERERS = ("bs4", "html2text", "inscriptis", "lynx", "resiliparse", "w3m")
HIDDEN = "[hidden], [aria-hidden=true], [style*='display:none'], [style*='display: none']"
CRAWLED = datetime(2026, 1, 1, tzinfo=UTC)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no evaluation pages at {ARTICLES}"),
]


@dataclass
class Tally:
    """What was seen of one form of the pages."""

    outcomes: Counter[str] = field(default_factory=Counter)
    dated: int = 0
    right: int = 0
    with_gold_date: int = 0
    characters: int = 0
    unplaced: int = 0

    def check(self, n_pages: int) -> None:
        assert sum(self.outcomes.values()) == n_pages
        assert set(self.outcomes) <= set(OUTCOMES)
        assert self.outcomes[ARTICLE] >= 0.95 * n_pages, self.outcomes
        assert self.dated >= 0.60 * self.with_gold_date, self
        assert self.right >= 0.80 * self.dated, self
        assert self.unplaced <= 0.005 * self.characters, self


@pytest.fixture(scope="module")
def gold():
    records = [json.loads(line) for line in (ARTICLES / "gold.jsonl").read_text("utf-8").split("\n") if line]
    return {record["id"]: record for record in records}


def html_pages():
    for path in sorted((ARTICLES / "html").glob("*.html.gz")):
        yield path.name.removesuffix(".html.gz"), gzip.decompress(path.read_bytes()), "text/html; charset=utf-8"


def dumps_of(renderer):
    with gzip.open(ARTICLES / "flat" / f"{renderer}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], record["text"].encode("utf-8", "replace"), "text/plain; charset=utf-8"


def capture_of(page_id, payload, media_type):
    sha256 = hashlib.sha256(payload).hexdigest()
    return Capture(page_id, CRAWLED.date(), "real", "file", page_id, media_type=media_type, payload_sha256=sha256)


def count(tally: Tally, page: Page, capture: Capture, record) -> None:
    """Add one page to the tally, as `process` would read it but for names and quotations."""
    tally.outcomes[page.rejection.outcome if page.rejection else ARTICLE] += 1
    assert bool(page.articles) != bool(page.rejection)
    check_offsets(tally, page)
    if not record.get("published"):
        return
    tally.with_gold_date += 1
    if page.articles:
        answer = decide_publication(page, 0, capture, outlet_zone(page.articles[0].outlet))
        tally.dated += answer.day is not None
        tally.right += answer.day is not None and answer.day in days_of(record["published"])


def days_of(stated: str) -> set[date]:
    """The day as written, and the UTC day where an offset is given: gold counts either."""
    instant = datetime.fromisoformat(stated)
    return {instant.date(), instant.astimezone(UTC).date()} if instant.tzinfo else {instant.date()}


def check_offsets(tally: Tally, page: Page) -> None:
    for block in page.blocks:
        if not block.kept:
            continue
        tally.characters += len(block.text)
        if block.raw_start is None:
            tally.unplaced += len(block.text)
            assert block.raw_reason
        else:
            found = page.raw[block.raw_start : block.raw_end]
            if page.media_type == "text/html" or block.dom_path is not None:
                found = text_without_markup(found)
            assert solid(found) == solid(block.text), (block.block_no, found[:200], block.text[:200])


def text_without_markup(markup: str) -> str:
    soup = BeautifulSoup(f"<div>{markup}</div>", "html.parser")
    for hidden in [*soup(["script", "style", "noscript", "template"]), *soup.select(HIDDEN)]:
        hidden.decompose()
    return soup.get_text()


def solid(text: str) -> str:
    """Text without white space and invisible characters, which folding may drop."""
    return re.sub(r"[\s\x00-\x1f\u200b\ufeff\u00ad]+", "", unescape(text))


def test_as_html(gold):
    tally, n_pages = Tally(), 0
    for page_id, payload, media_type in html_pages():
        n_pages += 1
        capture = capture_of(page_id, payload, media_type)
        count(tally, read_page(capture, payload, max_bytes=20_000_000), capture, gold[page_id])
    assert n_pages == len(gold)
    tally.check(n_pages)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_as_a_plain_text_dump(gold, renderer):
    tally, n_pages = Tally(), 0
    for page_id, payload, media_type in dumps_of(renderer):
        n_pages += 1
        capture = capture_of(page_id, payload, media_type)
        count(tally, read_page(capture, payload, max_bytes=20_000_000), capture, gold[page_id])
    assert n_pages == len(gold)
    tally.check(n_pages)


@pytest.fixture
def archive(tmp_path, gold):
    """One WARC of all pages, with the headers that a crawler would have stored."""
    path = tmp_path / "pages.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for page_id, payload, media_type in html_pages():
            headers = StatusAndHeaders("200 OK", [("Content-Type", media_type)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                gold[page_id]["url"],
                "response",
                payload=io.BytesIO(payload),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": CRAWLED.strftime("%Y-%m-%dT%H:%M:%SZ")},
            )
            writer.write_record(record)
    return path


# warcio leaves the temporary files of its writer to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_as_one_web_archive_through_the_lake(tmp_path, monkeypatch, gold, archive):
    monkeypatch.chdir(tmp_path)
    for name in ("LAKE", "RAW"):
        monkeypatch.setenv(f"DATELINE_{name}", str(tmp_path / name.lower()))
    with archive.open("rb") as stream:
        n_records = sum(record.rec_type == "response" for record in ArchiveIterator(stream))
    assert n_records == len(gold)
    done = CliRunner().invoke(main, ["load", str(archive), "--workers", "2", "--shards", "8"])
    assert done.exit_code == 0, done.stderr
    with open_lake(tmp_path / "lake") as connection:
        outcomes = dict(connection.execute("SELECT outcome, count(*) FROM captures GROUP BY ALL").fetchall())
        urls = connection.execute("SELECT count(DISTINCT url), count(DISTINCT warc_record_id) FROM captures").fetchall()
        ledger = connection.execute("SELECT expected, collected, articles, rejected FROM ledger").fetchall()
        days = dict(connection.execute("SELECT url, published_day FROM articles WHERE part_no = 0").fetchall())
    assert sum(outcomes.values()) == n_records
    assert outcomes[ARTICLE] >= 0.95 * n_records, outcomes
    assert urls == [(len({record["url"] for record in gold.values()}), n_records)]
    assert ledger == [(n_records, n_records, outcomes[ARTICLE], n_records - outcomes[ARTICLE])]
    dated = [
        (day, days[record["url"]])
        for record in gold.values()
        if (day := record.get("published")) and record["url"] in days
    ]
    answered = [(stated, found) for stated, found in dated if found is not None]
    assert len(answered) >= 0.60 * len(dated)
    assert sum(found in days_of(stated) for stated, found in answered) >= 0.80 * len(answered)
