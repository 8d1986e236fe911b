"""Tables of what is found in blocks: date evidence, date mentions, names, quotations."""

from __future__ import annotations

import pyarrow as pa

from .column import COUNT, DAY, FLAG, NUMBER, OFFSET, TEXT, Column, Table
from .common import BLOCK_SPAN, OWNER, TEXT_SPAN

SPEAKER = pa.struct(
    [
        ("text", pa.string()),
        ("block_no", pa.int32()),
        ("start_char", pa.int32()),
        ("end_char", pa.int32()),
        ("text_start", pa.int32()),
        ("text_end", pa.int32()),
        ("cluster_no", pa.int32()),
    ]
)

DATE_CANDIDATES = Table(
    "date_candidates",
    "one piece of evidence for or against a publication date",
    (
        *OWNER,
        Column("candidate_no", COUNT, "Number within the part, in order of reading.", required=True),
        Column("kind", TEXT, "`hard` (a bound or a stated date) or `soft` (a weight).", required=True),
        Column(
            "source",
            TEXT,
            "What it was read from: json_ld, meta, time_tag, url, feed, byline, caption, weekday, month_day, fact, shell_era, capture ...",
            required=True,
        ),
        Column("value", TEXT, "What it says, as ISO 8601 text, as fine as it is.", source="ISO 8601"),
        Column("value_from", DAY, "First day that it allows or speaks of; NULL where open."),
        Column("value_to", DAY, "Last day that it allows or speaks of; NULL where open."),
        Column(
            "relation",
            TEXT,
            "How a publication date stands to it: `on`, `not_before`, `not_after`, `near`, `none` (says nothing: another layer's time).",
        ),
        Column("block_no", COUNT, "Block that holds it; NULL where it stands in markup, URL or capture."),
        Column("start_char", OFFSET, "Where it begins in the block's text.", unit="code points"),
        Column("end_char", OFFSET, "Where it ends, exclusive.", unit="code points"),
        Column("quote", TEXT, "The characters that were read."),
        Column(
            "weight",
            NUMBER,
            "Log-odds that it adds to its days.",
            unit="log-odds",
            warning="A score, not a probability.",
        ),
        Column("external", FLAG, "True where the knowledge comes from outside the page.", required=True),
        Column("overridden_by", COUNT, "candidate_no of the evidence that beat it; NULL where it stands."),
        Column("note", TEXT, "Why it counts as it does, in words."),
    ),
    key=("capture_id", "part_no", "candidate_no"),
    order=("capture_id", "part_no", "candidate_no"),
)

DATES = Table(
    "dates",
    "one date mention",
    (
        *OWNER,
        *BLOCK_SPAN,
        *TEXT_SPAN,
        Column("text", TEXT, "The words.", required=True),
        Column("type", TEXT, "DATE, TIME, DURATION or SET.", source="TIMEX3 type", required=True),
        Column("value", TEXT, "The value; XXXX where a part stays unknown.", source="TIMEX3 value"),
        Column("mod", TEXT, "START, MID, END, APPROX, ...", source="TIMEX3 mod"),
        Column("quant", TEXT, "EVERY, EACH, ... of a SET.", source="TIMEX3 quant"),
        Column("freq", TEXT, "How often, of a SET.", source="TIMEX3 freq"),
        Column("value_from", DAY, "First day of the value; NULL where it is no calendar time."),
        Column("value_to", DAY, "Last day of the value, inclusive."),
        Column("precision", TEXT, "minute, hour, day, week, month, quarter, season, half, year, decade, century."),
        Column("anchor", TEXT, "What resolved it: `explicit`, `published` or `focus` (a date mentioned before)."),
        Column(
            "function_in_document",
            TEXT,
            "`publication_time` where the mention is the page's own date, else `none`.",
            source="TIMEX3 functionInDocument",
        ),
        Column("rule", TEXT, "The rule that read it."),
        Column(
            "confidence", NUMBER, "Calibrated probability that the value is exactly right, or NULL.", unit="probability"
        ),
    ),
    key=("capture_id", "part_no", "block_no", "start_char", "end_char"),
    order=("capture_id", "part_no", "block_no", "start_char", "end_char", "type"),
    warning="A day spoken about is not a day on which something happened.",
)

MENTIONS = Table(
    "mentions",
    "one mention of a name",
    (
        *OWNER,
        *BLOCK_SPAN,
        *TEXT_SPAN,
        Column("text", TEXT, "The words.", required=True),
        Column(
            "label",
            TEXT,
            "PERSON, ORG, GPE, LOC, FAC, NORP, EVENT, LAW, PRODUCT, WORK_OF_ART, LANGUAGE.",
            source="OntoNotes 5 entity type",
            required=True,
        ),
        Column("cluster_no", COUNT, "Row of `entities` in the same part that the mention belongs to."),
        Column("role_title", TEXT, "Title or office beside a person's name."),
        Column("is_metonym", FLAG, "True where a place stands for its government."),
        Column("score", NUMBER, "Model score.", warning="Not a probability."),
    ),
    key=("capture_id", "part_no", "block_no", "start_char", "end_char"),
    order=("capture_id", "part_no", "block_no", "start_char", "end_char", "label"),
)

ENTITIES = Table(
    "entities",
    "one cluster of mentions in one article",
    (
        *OWNER,
        Column("cluster_no", COUNT, "Number within the part, in order of first mention.", required=True),
        Column("name", TEXT, "The longest name in the cluster.", source="schema.org/name", required=True),
        Column("name_key", TEXT, "Folded name for joins: case, dots and leading article removed.", required=True),
        Column("label", TEXT, "Label of the cluster.", source="OntoNotes 5 entity type", required=True),
        Column("kb_id", TEXT, "Id in the knowledge base; NULL where nothing matched.", source="schema.org/sameAs"),
        Column("kb_source", TEXT, "Which knowledge base."),
        Column("link_confidence", NUMBER, "Calibrated probability of kb_id, or NULL.", unit="probability"),
        Column("runner_up", TEXT, "Second best id."),
        Column("country", TEXT, "ISO 3166-1 alpha-2 code.", source="ISO 3166-1"),
        Column("admin1", TEXT, "First-level division code.", source="GeoNames admin1"),
        Column("geonameid", pa.int64(), "GeoNames id.", source="GeoNames"),
        Column("lat", NUMBER, "Latitude.", unit="degrees, WGS 84"),
        Column("lon", NUMBER, "Longitude.", unit="degrees, WGS 84"),
        Column("n_mentions", COUNT, "Mentions in all read blocks.", unit="mentions", required=True),
        Column("n_body_mentions", COUNT, "Mentions in articles.text.", unit="mentions", required=True),
        Column(
            "salience",
            NUMBER,
            "Share of the part's mentions, weighted to the headline and the beginning; 0 to 1.",
            warning="A score, not a probability.",
        ),
    ),
    key=("capture_id", "part_no", "cluster_no"),
    order=("name_key", "capture_id", "part_no", "cluster_no"),
)

QUOTES = Table(
    "quotes",
    "one quotation",
    (
        *OWNER,
        Column("quote_no", COUNT, "Number within the part, in order of reading.", required=True),
        *BLOCK_SPAN,
        *TEXT_SPAN,
        Column("text", TEXT, "The words, without the outer quotation marks.", required=True),
        Column(
            "kind",
            TEXT,
            "`direct` (whole clauses in marks), `mixed` (part of a clause in marks) or `indirect`.",
            required=True,
        ),
        Column("cue", TEXT, "The reporting word."),
        Column("speakers", pa.list_(SPEAKER), "Who is said to have said it; offsets as everywhere."),
        Column("speaker_text", TEXT, "The speaker phrase as written, pronouns too."),
        Column("is_anonymous", FLAG, "True where the speaker is not named anywhere in the article."),
        Column(
            "confidence", NUMBER, "Calibrated probability that span and speaker are right, or NULL.", unit="probability"
        ),
    ),
    key=("capture_id", "part_no", "quote_no"),
    order=("capture_id", "part_no", "quote_no"),
)

QUOTE_SOURCES = Table(
    "quote_sources",
    "one link of the chain between a speaker and the outlet",
    (
        *OWNER,
        Column("quote_no", COUNT, "Row of `quotes` in the same part.", required=True),
        Column(
            "hop",
            COUNT,
            "1 is next to the speaker, then outward; neither the speaker nor the outlet is in the chain.",
            required=True,
        ),
        Column("text", TEXT, "The words that name it.", required=True),
        Column("cluster_no", COUNT, "Row of `entities`, where it is a name."),
        Column("cue", TEXT, "The reporting word."),
    ),
    key=("capture_id", "part_no", "quote_no", "hop"),
    order=("capture_id", "part_no", "quote_no", "hop"),
)
