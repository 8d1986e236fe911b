-- Which articles are compared with each other? The newest version of each, without its text.
SELECT
    ingest_date, source_id, capture_id, part_no, article_id, title,
    published_at, published_day, published_from, published_to, text_sha256
FROM latest_articles
ORDER BY capture_id, part_no;
