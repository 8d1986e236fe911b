-- Which paths of tags held text, on how many pages of a site and of its sections? Takes `pages` and `places`.
WITH by_page AS (
    SELECT
        pages.site,
        pages.section,
        pages.story,
        pages.text_sha256,
        pages.ingest_date,
        blocks.dom_path,
        2 * sum(CASE WHEN blocks.text_start IS NOT NULL THEN length(blocks.text) ELSE 0 END)
            >= sum(length(blocks.text)) AS is_kept,
        min({'capture_id': blocks.capture_id, 'block_no': blocks.block_no}) AS proof
    FROM blocks
    JOIN pages USING (capture_id)
    -- Blocks that a profile judged would make it prove itself.
    WHERE blocks.dom_path IS NOT NULL AND NOT starts_with(blocks.reason, $mark)
    GROUP BY ALL
),

by_story AS (
    SELECT
        by_page.site,
        places.section,
        dom_path,
        story,
        places.n_looked_at,
        min(text_sha256) AS text_sha256,
        bool_and(is_kept) AS is_kept,
        min(ingest_date) AS first_seen,
        max(ingest_date) AS last_seen,
        min(proof) AS proof
    FROM by_page
    JOIN places ON places.site = by_page.site AND places.section IN (by_page.section, '*')
    GROUP BY ALL
)

SELECT
    site,
    'path' AS kind,
    section,
    NULL::VARCHAR AS line_key,
    dom_path,
    least(count(*), count(DISTINCT text_sha256))::INTEGER AS n_pages,
    least(count(*) FILTER (is_kept), count(DISTINCT text_sha256) FILTER (is_kept))::INTEGER AS n_kept,
    any_value(n_looked_at)::INTEGER AS n_looked_at,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen,
    list(proof ORDER BY proof)[:$most_proofs] AS proofs
FROM by_story
GROUP BY site, section, dom_path
HAVING n_pages >= $least;
