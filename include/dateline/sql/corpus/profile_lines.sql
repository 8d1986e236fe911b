-- On how many pages of a site does each line stand? Takes the tables `pages` and `lines` (site, text, line_key).
WITH by_story AS (
    -- Copies of one story are one page: the one with the lowest id stands for them.
    SELECT
        lines.site,
        lines.line_key,
        pages.story,
        min(pages.text_sha256) AS text_sha256,
        -- What a profile took from the text, the page itself had kept.
        bool_or(blocks.kept OR starts_with(blocks.reason, $mark || 'stands')) AS is_kept,
        min(pages.ingest_date) AS first_seen,
        max(pages.ingest_date) AS last_seen,
        min({'capture_id': blocks.capture_id, 'block_no': blocks.block_no}) AS proof
    FROM blocks
    JOIN pages USING (capture_id)
    JOIN lines ON lines.site = pages.site AND lines.text = blocks.text
    GROUP BY lines.site, lines.line_key, pages.story
)
SELECT
    by_story.site,
    'line' AS kind,
    '*' AS section,
    line_key,
    NULL::VARCHAR AS dom_path,
    least(count(*), count(DISTINCT text_sha256))::INTEGER AS n_pages,
    least(count(*) FILTER (is_kept), count(DISTINCT text_sha256) FILTER (is_kept))::INTEGER AS n_kept,
    any_value(n_looked_at)::INTEGER AS n_looked_at,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen,
    list(proof ORDER BY proof)[:$most_proofs] AS proofs
FROM by_story
JOIN places ON places.site = by_story.site AND places.section = '*'
GROUP BY ALL
HAVING n_pages >= $least;
