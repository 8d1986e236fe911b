-- What do these articles say? Ingest dates are asked for too, so that only their files are opened.
SELECT articles.capture_id, articles.part_no, articles.text
FROM articles
JOIN wanted USING (capture_id, part_no)
WHERE articles.ingest_date IN (SELECT unnest($ingest_dates));
