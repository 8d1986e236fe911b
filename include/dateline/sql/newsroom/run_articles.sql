-- Which articles are in the entries that a run committed?
SELECT
    capture_id, part_no, ingest_date, source_id, left(title, 300) AS title, left(outlet, 100) AS outlet,
    published_at, published_day, published_from, published_to, published_precision, published_method
FROM articles
JOIN builds USING (ingest_date, source_id)
WHERE run_note = $run
ORDER BY ingest_date, source_id, published_day NULLS LAST, title, capture_id, part_no
LIMIT $limit;
