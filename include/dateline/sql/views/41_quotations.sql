-- Who said what, through whom? One row a quotation and speaker; speaker is NULL where nobody is named.
CREATE OR REPLACE VIEW quotations AS
WITH chains AS (
    SELECT ingest_date, source_id, capture_id, part_no, quote_no, list(text ORDER BY hop) AS heard_through
    FROM quote_sources
    GROUP BY ALL
),
spoken AS (
    SELECT *, unnest(CASE WHEN len(speakers) > 0 THEN speakers ELSE [NULL] END) AS speaker_place
    FROM quotes
)
SELECT
    coalesce(entities.name, spoken.speaker_place.text) AS speaker,
    entities.name_key AS speaker_key,
    entities.kb_id AS speaker_kb_id,
    spoken.speaker_text,
    spoken.is_anonymous,
    spoken.text,
    spoken.kind,
    spoken.cue,
    coalesce(chains.heard_through, []) AS heard_through,
    spoken.confidence,
    latest_articles.article_id,
    latest_articles.title,
    latest_articles.outlet,
    latest_articles.published_day,
    latest_articles.url,
    spoken.ingest_date,
    spoken.source_id,
    spoken.capture_id,
    spoken.part_no,
    spoken.quote_no,
    spoken.block_no,
    spoken.start_char,
    spoken.end_char
FROM spoken
JOIN latest_articles USING (ingest_date, source_id, capture_id, part_no)
LEFT JOIN chains USING (ingest_date, source_id, capture_id, part_no, quote_no)
LEFT JOIN entities
    ON entities.ingest_date = spoken.ingest_date
    AND entities.source_id = spoken.source_id
    AND entities.capture_id = spoken.capture_id
    AND entities.part_no = spoken.part_no
    AND entities.cluster_no = spoken.speaker_place.cluster_no;
