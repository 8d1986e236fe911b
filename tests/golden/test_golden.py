from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from expectations import differences
from generated import GENERATORS

from dateline.config import load_settings
from dateline.model import Capture, PartReading, Reading
from dateline.read import read_capture
from dateline.snapshot import Snapshot, take_snapshot
from dateline.sources.files import collect

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/expected.json"))
SAMPLES = HERE.parents[1] / "include" / "samples"
OUTLET_ROW = re.compile(r"^\| ([a-z]+-) \| (?:The )?([^,|]+), ", re.MULTILINE)
SAMPLE_ROW = re.compile(r"^\| (\d{4}-\d\d-\d\d/\S+) \| ([^|]*) \| [^|]* \| ([^|]*) \|$", re.MULTILINE)
FRAME_WORDS = [
    *("Advertisement", "Read more:", "ALSO READ", "SEE ALSO", "Story Tools", "Top Stories", "Share this", "Sign up"),
    *("E-mail", "Printer-friendly", "Copyright", "©", "All rights reserved", "Posted in", "must be logged in"),
    *("Photo:", "MW Photo", "/The Harbour Post", "/Valley Courier", "Wayback", "Subscribe", "cookies", "Other stories"),
]
"""Words of the frames of the sample's outlets; none of its stories uses them."""


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    return take_snapshot(load_settings({}, HERE))


def read(path: Path, day: date, snapshot: Snapshot) -> Reading:
    kind = "text" if path.suffix == ".txt" else "file"
    capture = Capture(path.stem, day, "golden", kind, path.name)
    return read_capture(capture, path.read_bytes(), snapshot)


def read_generated(generator: str, folder: Path, snapshot: Snapshot) -> list[Reading]:
    """Readings of all captures in a generated file, loaded as a user would load it."""
    name, content = GENERATORS[generator]()
    (folder / name).write_bytes(content)
    found = collect(folder / name, registered_on=date(2026, 3, 20))
    return [read_capture(capture, payload, snapshot) for capture, payload in found]


def tell(page: str, found: list[str]) -> None:
    if found:
        pytest.fail("\n  ".join([f"{page}: {len(found)} differences", *found]), pytrace=False)


def sample_rows() -> list[tuple[str, str, str]]:
    return SAMPLE_ROW.findall((SAMPLES / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_page_is_read_as_expected(case: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    facts = json.loads((case / "expected.json").read_text("utf-8"))
    if "generator" in facts:
        readings = read_generated(facts.pop("generator"), tmp_path, snapshot)
        assert [reading.outcome for reading in readings] == facts.pop("outcomes")
        reading = readings[-1]
    else:
        (page,) = case.glob("page.*")
        reading = read(page, date(2026, 3, 20), snapshot)
    found = [*differences(reading, facts), *broken_spans(reading)]
    tell(case.name, found)


@pytest.mark.parametrize(("page", "title", "expected"), sample_rows(), ids=[row[0] for row in sample_rows()])
def test_sample_page_is_read_as_its_readme_tells(page: str, title: str, expected: str, snapshot: Snapshot) -> None:
    reading = read(SAMPLES / "inbox" / page, date.fromisoformat(page[:10]), snapshot)
    tell(page, [*sample_differences(reading, page[11:], title, expected), *broken_spans(reading)])


def test_every_sample_page_is_in_the_readme() -> None:
    pages = {path.relative_to(SAMPLES / "inbox").as_posix() for path in SAMPLES.glob("inbox/*/*")}
    assert pages == {page for page, _, _ in sample_rows()}
    assert len(pages) >= 40


def test_every_case_has_page_facts_and_reason() -> None:
    folders = {path for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert folders == set(CASES)
    for case in CASES:
        is_generated = "generator" in json.loads((case / "expected.json").read_text("utf-8"))
        assert len(list(case.glob("page.*"))) == (0 if is_generated else 1), case.name
        assert len((case / "why.md").read_text("utf-8").split()) >= 10, case.name


def sample_differences(reading: Reading, name: str, title: str, expected: str) -> list[str]:
    """What of a row of the sample's README (outcome, outlet, headline, publication day) the reading misses."""
    if expected.startswith("rejected: "):
        return differences(reading, {"outcome": expected.removeprefix("rejected: ")})
    outlet = dict(OUTLET_ROW.findall((SAMPLES / "README.md").read_text("utf-8")))[name.partition("-")[0] + "-"]
    found = differences(reading, {"outcome": "article", "outlet": outlet, "title": title, "not_in_body": FRAME_WORDS})
    if reading.outcome != "article":
        return found
    (part, *_) = reading.parts
    day = part.publication.day.isoformat() if part.publication.day else None
    if expected.startswith("not stated"):
        # Facts of the outside world may date such a page; the years of its frame and capture may not.
        fits = day is None or day.startswith(tuple(re.findall(r"\d{4}[-\d]*", expected)))
    else:
        fits = day == expected[:10]
    return found if fits else [*found, f"published: expected {expected}, found {day} ({part.publication.method})"]


def broken_spans(reading: Reading) -> list[str]:
    """Spans that do not name the characters that they claim, over all that was found in the page."""
    blocks = {block.block_no: block for block in reading.page.blocks} if reading.page else {}
    found = []
    for part in reading.parts:
        for block in blocks.values():
            if block.part_no == part.article.part_no and block.text_start is not None:
                inside = part.article.text[block.text_start : block.text_end]
                found += [] if inside == block.text else [f"block {block.block_no} is not at its place in the text"]
        for start, end, block_no, text in spans_of(part):
            inside = blocks[block_no].text[start:end]
            found += [] if inside == text else [f"block {block_no}: {text!r} claimed, {inside!r} there"]
    return found


def spans_of(part: PartReading) -> list[tuple[int, int, int, str]]:
    items = [*part.dates, *part.names, *(speaker for quote in part.quotes for speaker in quote.speakers)]
    return [(item.start_char, item.end_char, item.block_no, item.text) for item in items]
