"""One capture read from its bytes to everything found in it: a pure function of page, code and snapshot."""

from __future__ import annotations

from datetime import date

from .dates import decide_publication, find_dates
from .model import Block, Capture, Page, PartReading, Publication, Reading, Rejection
from .names import find_names
from .page import read_page
from .page.facts.outlets import outlet_zone
from .page.roles.profile import Profiles
from .profiles import load_profiles
from .schema.outcomes import ARTICLE, REJECTED_OUTCOMES
from .snapshot import Snapshot
from .speech import find_quotes


def read_capture(capture: Capture, payload: bytes | None, snapshot: Snapshot) -> Reading:
    """Read one capture; a page that can't be read comes back rejected with a reason, never as an exception.

    A capture whose outcome was decided before reading (no bytes came, or withdrawn) keeps that outcome. Raises
    `profiles.ProfilesError` where the pinned site profiles are gone: that is no fault of a page.
    """
    if capture.outcome is not None:
        return _decided_before(capture)
    if payload is None:
        return _reject(capture, None, Rejection("broken", "payload_missing", "open", "the log names no bytes"))
    profiles = load_profiles(snapshot)
    try:
        return _read(capture, payload, snapshot, profiles)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:500]
        return _reject(capture, None, Rejection("broken", "reader_failed", "read", detail))


def _decided_before(capture: Capture) -> Reading:
    outcome = capture.outcome or "broken"
    if outcome in REJECTED_OUTCOMES:
        return _reject(capture, None, Rejection(outcome, capture.reason or outcome, "open"))
    return Reading(capture, None, outcome, capture.reason)


def _reject(capture: Capture, page: Page | None, rejection: Rejection) -> Reading:
    return Reading(capture, page, rejection.outcome, rejection.reason, rejection)


def _read(capture: Capture, payload: bytes, snapshot: Snapshot, profiles: Profiles) -> Reading:
    page = read_page(capture, payload, max_bytes=snapshot.max_bytes, profiles=profiles)
    if page.rejection is not None:
        # What the source found odd about the bytes is told beside why they hold no article.
        reason = "; ".join(filter(None, (page.rejection.reason, capture.reason)))
        return Reading(capture, page, page.rejection.outcome, reason, page.rejection)
    parts = tuple(_read_part(capture, page, index, snapshot) for index in range(len(page.articles)))
    return Reading(capture, page, ARTICLE, capture.reason, None, parts)


def _read_part(capture: Capture, page: Page, index: int, snapshot: Snapshot) -> PartReading:
    article = page.articles[index]
    publication = decide_publication(page, article.part_no, capture, outlet_zone(article.outlet))
    blocks = read_blocks(page.blocks, article.part_no)
    dates = find_dates(blocks, reference_of(publication))
    names, entities = find_names(blocks, snapshot.model)
    quotes = find_quotes(blocks, names, entities, article.outlet)
    return PartReading(article, publication, dates, names, entities, quotes)


def read_blocks(blocks: tuple[Block, ...], part_no: int) -> tuple[Block, ...]:
    """The blocks of one article in which names, dates and quotations are looked for."""
    return tuple(block for block in blocks if block.kept and block.part_no == part_no)


def reference_of(publication: Publication) -> date | None:
    """The day or local time that relative expressions count from; None where the article is undated."""
    return publication.local or publication.day
