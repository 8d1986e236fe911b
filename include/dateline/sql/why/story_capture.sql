-- What came of the newest capture whose id begins so, and is it the newest of its page, as stories want it?
SELECT
    outcome,
    capture_id IN (SELECT capture_id FROM latest_articles) AS is_latest
FROM captures
WHERE starts_with(capture_id, $id)
ORDER BY ingest_date DESC
LIMIT 1;
