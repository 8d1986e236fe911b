-- What came of the newest capture whose id begins so?
SELECT outcome
FROM captures
WHERE starts_with(capture_id, $id)
ORDER BY ingest_date DESC
LIMIT 1;
