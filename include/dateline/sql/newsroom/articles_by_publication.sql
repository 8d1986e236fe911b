-- Which articles were published last within these days, each in its newest capture?
WITH last_published AS (
    SELECT ingest_date, source_id, capture_id, part_no
    FROM published_articles
    WHERE published_day BETWEEN $from AND $to
    ORDER BY published_day DESC, capture_id, part_no
    LIMIT $limit
)
SELECT
    capture_id, part_no, ingest_date, source_id, left(title, 300) AS title, left(outlet, 100) AS outlet,
    published_at, published_day, published_from, published_to, published_precision, published_method
FROM articles
JOIN last_published USING (ingest_date, source_id, capture_id, part_no)
ORDER BY published_day DESC, published_at DESC NULLS LAST, title, capture_id, part_no;
