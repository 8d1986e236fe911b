-- What is the decision about this article, and where does its page come from?
SELECT
    title, outlet, source_id, source_ref, published_day, published_from, published_to,
    published_precision, published_zone, published_confidence, published_method, ingest_date
FROM articles
JOIN captures USING (ingest_date, source_id, capture_id)
WHERE articles.capture_id = $capture_id AND articles.part_no = $part_no;
