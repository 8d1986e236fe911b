"""What is found in the blocks of an article: dates and their evidence, names, quotations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of `date_candidates`: something that speaks about the publication date, and how it fared.

    `relation` says how a publication date stands to it: `on`, `not_before`, `not_after`, `near`,
    or `none` where it is of another layer's time and says nothing.
    """

    candidate_no: int
    kind: str
    source: str
    value: str | None
    value_from: date | None
    value_to: date | None
    relation: str
    quote: str | None = None
    block_no: int | None = None
    start_char: int | None = None
    end_char: int | None = None
    weight: float = 0.0
    external: bool = False
    overridden_by: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """The answer about the publication date: a value with its interval and evidence, or an honest undated.

    `local` is the date and time as printed (no zone), `at` the instant where the zone is known too.
    `day` is None above day precision. `method` names the deciding evidence, or is `undated: <why>`.
    """

    method: str
    precision: str | None = None
    day: date | None = None
    local: datetime | None = None
    at: datetime | None = None
    first: date | None = None
    last: date | None = None
    zone: str | None = None
    zone_source: str | None = None
    confidence: float | None = None
    modified_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date expression in a block, with its TIMEX3 value and the days that it covers."""

    block_no: int
    start_char: int
    end_char: int
    text: str
    type: str
    value: str | None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    value_from: date | None = None
    value_to: date | None = None
    precision: str | None = None
    anchor: str | None = None
    function_in_document: str = "none"
    rule: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name in a block; `cluster_no` points at the Entity of the same part."""

    block_no: int
    start_char: int
    end_char: int
    text: str
    label: str
    cluster_no: int | None = None
    role_title: str | None = None
    is_metonym: bool | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One cluster of names of one article."""

    cluster_no: int
    name: str
    name_key: str
    label: str
    n_mentions: int
    n_body_mentions: int
    salience: float | None = None
    kb_id: str | None = None
    kb_source: str | None = None
    link_confidence: float | None = None
    runner_up: str | None = None
    country: str | None = None
    admin1: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have said a quotation: the words, where they stand, and the cluster they name."""

    text: str
    block_no: int
    start_char: int
    end_char: int
    cluster_no: int | None = None


@dataclass(frozen=True, slots=True)
class QuoteSource:
    """One link of the chain from the speaker outward; hop 1 is next to the speaker."""

    hop: int
    text: str
    cluster_no: int | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation in a block, without its outer marks."""

    quote_no: int
    block_no: int
    start_char: int
    end_char: int
    text: str
    kind: str
    cue: str | None = None
    speakers: tuple[Speaker, ...] = ()
    speaker_text: str | None = None
    is_anonymous: bool | None = None
    confidence: float | None = None
    sources: tuple[QuoteSource, ...] = ()
