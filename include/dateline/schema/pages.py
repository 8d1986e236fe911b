"""Tables of captures, articles and blocks, of what was rejected, and the ledger."""

from __future__ import annotations

import pyarrow as pa

from .column import COUNT, DAY, FLAG, INSTANT, NUMBER, RAW_OFFSET, TEXT, TEXTS, WALL_TIME, Column, Table
from .common import INGEST, OWNER, TEXT_SPAN

AUTHOR_ROLE = pa.struct([("name", pa.string()), ("role", pa.string())])
HEADER = pa.struct([("name", pa.string()), ("value", pa.string())])

CAPTURES = Table(
    "captures",
    "one attempt to obtain one page",
    (
        *OWNER,
        Column("url", TEXT, "Where it was asked for; NULL where the source states none.", source="WARC-Target-URI"),
        Column("url_final", TEXT, "Where the last redirect led."),
        Column("url_canonical", TEXT, "What the page calls itself.", source="link rel=canonical"),
        Column("url_key", TEXT, "Normalised URL: scheme, www, trackers and fragments removed."),
        Column("site", TEXT, "Registrable domain."),
        Column("captured_at", INSTANT, "When, if the source states it.", unit="UTC", source="WARC-Date"),
        Column("source_kind", TEXT, "file, text, jsonl, warc, wet, arc, feed, archive.", required=True),
        Column(
            "source_ref",
            TEXT,
            "Where in the source: path relative to the loaded root, with #offset+length or #line.",
            required=True,
        ),
        Column("warc_record_id", TEXT, "Record id of the archive record.", source="WARC-Record-ID"),
        Column("http_status", COUNT, "Status code of the stored response."),
        Column("headers", pa.list_(HEADER), "Response headers as they came."),
        Column("redirects", TEXTS, "URLs on the way."),
        Column("media_type", TEXT, "What the bytes are, as stated or as found."),
        Column("charset", TEXT, "Character set used for decoding.", source="WHATWG encoding label"),
        Column("charset_source", TEXT, "Why that one: bom, http, meta, utf8, detector, given."),
        Column("payload_sha256", TEXT, "Hash of the bytes; NULL where none came."),
        Column("payload_sha1", TEXT, "SHA-1 of the bytes in base32.", source="WARC-Payload-Digest"),
        Column("n_bytes", pa.int64(), "Size of the payload.", unit="bytes"),
        Column("truncated", TEXT, "Why the bytes end early; NULL where they don't.", source="WARC-Truncated"),
        Column("outcome", TEXT, "One of the closed list of outcomes.", required=True),
        Column("reason", TEXT, "Why, in a word or a short sentence."),
        Column(
            "feed_facts",
            pa.list_(HEADER),
            "What a feed says of the page, as it says it: feed, guid, title, published, updated, author.",
            source="RSS 2.0 item, Atom (RFC 4287) entry",
        ),
    ),
    key=("capture_id",),
    order=("capture_id",),
)

ARTICLES = Table(
    "articles",
    "one clean article of one capture",
    (
        *OWNER,
        Column(
            "article_id",
            TEXT,
            "Same for all captures of one article: hash of the URL key, else of outlet, title and text.",
            required=True,
        ),
        Column("page_kind", TEXT, "article, live_blog, gallery, video, transcript, briefs, teaser.", required=True),
        Column("outlet", TEXT, "Name of the publishing house or site.", source="schema.org/publisher"),
        Column("url", TEXT, "URL of the capture, else what the page calls itself.", source="schema.org/url"),
        Column("title", TEXT, "Headline without the site's suffix.", source="schema.org/headline"),
        Column("standfirst", TEXT, "Summary printed under the headline.", source="schema.org/abstract"),
        Column(
            "text", TEXT, "The body only; blocks joined by blank lines.", source="schema.org/articleBody", required=True
        ),
        Column("language", TEXT, "ISO 639-1 code.", source="schema.org/inLanguage"),
        Column("section", TEXT, "Section as the page states it.", source="schema.org/articleSection"),
        Column("genre", TEXT, "opinion, analysis, ... where stated.", source="schema.org/genre"),
        Column("authors", TEXTS, "Names of the bylined writers.", source="schema.org/author"),
        Column(
            "author_roles", pa.list_(AUTHOR_ROLE), "Other people named for the piece: editor, photographer, agency."
        ),
        Column("agency", TEXT, "Agency that the text is credited to."),
        Column("dateline_text", TEXT, "Dateline as printed.", source="schema.org/dateline"),
        Column("dateline_place", TEXT, "Place of the dateline."),
        Column(
            "is_free",
            FLAG,
            "False where the page states that it must be paid for.",
            source="schema.org/isAccessibleForFree",
        ),
        Column(
            "published_at",
            INSTANT,
            "Instant of publication; NULL where hour or zone is unknown.",
            unit="UTC",
            source="schema.org/datePublished",
        ),
        Column(
            "published_local", WALL_TIME, "Date and time as printed, in published_zone; NULL above minute precision."
        ),
        Column("published_day", DAY, "Day of publication where the outlet is; NULL above day precision."),
        Column("published_from", DAY, "First day that the evidence allows; NULL where open."),
        Column("published_to", DAY, "Last day that the evidence allows, inclusive; NULL where open."),
        Column("published_precision", TEXT, "second, minute, hour, day, month, year, interval; NULL where undated."),
        Column("published_zone", TEXT, "UTC offset or IANA name of published_local."),
        Column("published_zone_source", TEXT, "stated, outlet, dateline; NULL where unknown."),
        Column(
            "published_confidence",
            NUMBER,
            "Calibrated probability that the day is exactly right, or NULL.",
            unit="probability",
        ),
        Column("published_method", TEXT, "Which kind of evidence decided, or `undated: why`.", required=True),
        Column(
            "modified_at", INSTANT, "Last change that the page states.", unit="UTC", source="schema.org/dateModified"
        ),
        Column(
            "n_words",
            COUNT,
            "Words of the text; for scripts without spaces, characters divided by two.",
            unit="words",
            required=True,
        ),
        Column("text_sha256", TEXT, "Hash of the text: the version.", required=True),
        Column("title_key", TEXT, "Folded title for comparison."),
    ),
    key=("capture_id", "part_no"),
    order=("published_day", "article_id", "capture_id", "part_no"),
    warning="Undated is NULL, never the capture time. Several rows may be versions of one article: count with latest_articles.",
)

BLOCKS = Table(
    "blocks",
    "one run of text of a page, kept or not",
    (
        *OWNER,
        Column("block_no", COUNT, "Number within the page, in reading order.", required=True),
        Column("role", TEXT, "What it does on the page; one of the closed list of roles.", required=True),
        Column("layer", TEXT, "Whose time it belongs to: article, rail, shell, archive_tool, unknown.", required=True),
        Column("layer_confidence", NUMBER, "How sure the layer is, 0 to 1.", warning="A score until it is calibrated."),
        Column("era_from", DAY, "First day of the time that the layer's own strings betray."),
        Column("era_to", DAY, "Last day of it."),
        Column("kept", FLAG, "True where names, dates and quotations are looked for in it.", required=True),
        Column("text", TEXT, "The words, entities decoded and white space folded.", required=True),
        *TEXT_SPAN,
        Column(
            "raw_start",
            RAW_OFFSET,
            "Where it begins in the decoded raw page; NULL where the parser moved the text.",
            unit="code points",
        ),
        Column("raw_end", RAW_OFFSET, "Where it ends, exclusive.", unit="code points"),
        Column("raw_reason", TEXT, "Why the raw offsets are NULL."),
        Column("dom_path", TEXT, "Path of tags above it; NULL in plain text."),
        Column("reason", TEXT, "Why it has its role and layer.", required=True),
    ),
    key=("capture_id", "part_no", "block_no"),
    order=("capture_id", "part_no", "block_no"),
)

REJECTED = Table(
    "rejected",
    "one capture whose bytes gave no article",
    (
        *OWNER,
        Column("outcome", TEXT, "One of the closed list of outcomes.", required=True),
        Column("reason", TEXT, "Why, in a word or a short sentence.", required=True),
        Column("stage", TEXT, "Where it was decided: open, decode, read, kind.", required=True),
        Column("detail", TEXT, "What was seen: status, first words, error."),
        Column("requeue_hint", TEXT, "What could be done: fetch_again, raise_limit, none."),
    ),
    key=("capture_id",),
    order=("capture_id",),
)

LEDGER = Table(
    "ledger",
    "the counts of one entry",
    (
        *INGEST,
        Column("expected", COUNT, "Captures that the raw log holds.", unit="captures", required=True),
        Column("collected", COUNT, "Captures with bytes.", unit="captures", required=True),
        Column("articles", COUNT, "Captures that gave an article.", unit="captures", required=True),
        Column("rejected", COUNT, "Captures with bytes that gave none.", unit="captures", required=True),
        Column("withdrawn", COUNT, "Captures that are no longer listed.", unit="captures", required=True),
        Column("undated", COUNT, "Articles without a publication day.", unit="articles", required=True),
        Column("mean_words", NUMBER, "Mean length of the articles.", unit="words"),
    ),
    key=("ingest_date", "source_id"),
    order=("ingest_date", "source_id"),
)
