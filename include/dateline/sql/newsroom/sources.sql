-- What does each source have, and how fresh is it? Those that gave something last come first.
SELECT
    source_id,
    sum(n_captures)::BIGINT AS n_captures,
    coalesce(sum(n_captures) FILTER (outcome = 'article'), 0)::BIGINT AS n_articles,
    max(last_captured_at) AS last_captured_at,
    max(ingest_date) AS last_day,
    max(ingest_date) FILTER (outcome = 'article') AS last_article_day
FROM counted_captures
GROUP BY source_id
ORDER BY last_day DESC, last_captured_at DESC NULLS LAST, n_captures DESC, source_id
LIMIT $limit;
