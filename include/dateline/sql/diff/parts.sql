-- Which articles are in one of two manifests only?
SELECT
    coalesce(after_articles.ingest_date, before_articles.ingest_date) AS ingest_date,
    coalesce(after_articles.source_id, before_articles.source_id) AS source_id,
    coalesce(after_articles.capture_id, before_articles.capture_id) AS capture_id,
    coalesce(after_articles.part_no, before_articles.part_no) AS part_no,
    coalesce(after_articles.title, before_articles.title) AS title,
    after_articles.capture_id IS NOT NULL AS is_added
FROM before_articles
FULL JOIN after_articles USING (ingest_date, source_id, capture_id, part_no)
WHERE before_articles.capture_id IS NULL OR after_articles.capture_id IS NULL
ORDER BY ALL
