-- Which articles came in last, each in its newest capture of these ingest days?
SELECT
    capture_id, part_no, ingest_date, source_id, left(title, 300) AS title, left(outlet, 100) AS outlet,
    published_at, published_day, published_from, published_to, published_precision, published_method
FROM articles
WHERE ingest_date BETWEEN $from AND $to
QUALIFY row_number() OVER (PARTITION BY article_id, part_no ORDER BY ingest_date DESC, capture_id DESC) = 1
ORDER BY ingest_date DESC, published_day DESC NULLS LAST, title, capture_id, part_no
LIMIT $limit;
