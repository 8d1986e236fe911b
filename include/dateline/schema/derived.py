"""Tables that are derived from the published ones by comparing pages with each other; the lake can do without them."""

from __future__ import annotations

import pyarrow as pa

from .column import COUNT, DAY, FLAG, NUMBER, TEXT, Column, Table
from .common import OWNER

STORIES = Table(
    "stories",
    "one article, in its newest version, and the story that it tells",
    (
        *OWNER,
        Column("article_id", TEXT, "As in articles.", required=True),
        Column(
            "story_id",
            TEXT,
            "Same for all copies of one text: hash of the earliest copy's article_id and part_no.",
            required=True,
        ),
        Column("is_representative", FLAG, "True for the earliest copy, one a story.", required=True),
        Column("n_articles", COUNT, "Articles that tell the story; 1 where there is no copy.", required=True),
        Column(
            "similarity",
            NUMBER,
            "Share of word 5-grams that it has in common with the representative, of those of both (Jaccard).",
            unit="ratio",
            source="resemblance (Broder 1997)",
            required=True,
        ),
        Column(
            "containment",
            NUMBER,
            "Share of the shorter text's word 5-grams that the other has too, this and the representative.",
            unit="ratio",
            source="containment (Broder 1997)",
            required=True,
        ),
        Column("how", TEXT, "Why it is in the story: same_text or near_duplicate; NULL for the representative."),
        Column(
            "matched_capture_id", TEXT, "The copy that it was found equal or close to; NULL for the representative."
        ),
        Column("matched_part_no", COUNT, "Which article of that page."),
        Column("matched_similarity", NUMBER, "Jaccard similarity with that copy.", unit="ratio"),
        Column("matched_containment", NUMBER, "Containment with that copy.", unit="ratio"),
        Column("compared_day", DAY, "Day that decides which articles it was compared with.", required=True),
        Column(
            "compared_by",
            TEXT,
            "What that day is: published (the first day it allows, where known to a month), else ingested.",
            required=True,
        ),
    ),
    key=("capture_id", "part_no"),
    order=("story_id", "compared_day", "capture_id", "part_no"),
    warning="Made after publishing: articles of the last commit may be missing until `dateline corpus` has run.",
)

STORY_PAGES = Table(
    "story_pages",
    "one article that is a page of a story printed over several",
    (
        *OWNER,
        Column("article_id", TEXT, "As in articles.", required=True),
        Column("head_article_id", TEXT, "Article of the first page that is there; the same for all.", required=True),
        Column("head_capture_id", TEXT, "Its newest capture, that of the row where it is the head.", required=True),
        Column("page_no", COUNT, "Number of the page in its story, from 1.", unit="pages", required=True),
        Column("n_pages", COUNT, "Pages of the story that are there.", unit="pages", required=True),
        Column("stated_pages", COUNT, "Pages that it has, as one of them says; NULL where none does.", unit="pages"),
        Column(
            "how",
            TEXT,
            "What numbers the page: first_page (its address has no number), address, or page_line.",
            required=True,
        ),
        Column(
            "evidence", TEXT, "The number as it is written, and what the page shares with the first.", required=True
        ),
    ),
    key=("capture_id", "part_no"),
    order=("head_article_id", "page_no", "capture_id", "part_no"),
    warning="Made after publishing. Nothing in articles changes: joined_articles has the joined texts.",
)

LINE, PATH = "line", "path"

PROOF = pa.struct([("capture_id", pa.string()), ("block_no", pa.int32())])

SITE_PROFILES = Table(
    "site_profiles",
    "one line, or one path of tags, that stands on at least three pages of a site",
    (
        Column("site", TEXT, "Registrable domain, as in captures.", required=True),
        Column("kind", TEXT, "line: a block's words; path: where blocks stand in the markup.", required=True),
        Column(
            "section",
            TEXT,
            "Host and first folder that a path was counted in; * for the whole site.",
            required=True,
        ),
        Column("line_key", TEXT, "Hash of the folded words of a line; the words are in the blocks that prove it."),
        Column("dom_path", TEXT, "Path of tags, as in blocks."),
        Column("n_pages", COUNT, "Pages that have it; copies of one story count as one.", unit="pages", required=True),
        Column(
            "n_kept",
            COUNT,
            "Pages on which it was part of the article: any such block of a line, at least half the characters of a path.",
            unit="pages",
            required=True,
        ),
        Column("n_looked_at", COUNT, "Pages of the site or section that were looked at.", unit="pages", required=True),
        Column("first_seen", DAY, "First ingest date of a page that has it.", required=True),
        Column("last_seen", DAY, "Last ingest date of one.", required=True),
        Column("proofs", pa.list_(PROOF), "Up to five of the pages: capture_id and block_no."),
    ),
    key=("site", "kind", "section", "line_key", "dom_path"),
    order=("site", "kind", "section", "line_key", "dom_path"),
    warning="Reading heeds them only where the setting `profiles` pins a snapshot of them.",
)
