-- Is every capture that raw holds in the table captures, and no other?
SELECT
    coalesce(expected.ingest_date, captures.ingest_date) AS ingest_date,
    coalesce(expected.source_id, captures.source_id) AS source_id,
    coalesce(expected.capture_id, captures.capture_id) AS capture_id,
    CASE WHEN captures.capture_id IS NULL THEN 'was not read' ELSE 'is not in raw' END AS problem
FROM expected
FULL JOIN captures USING (ingest_date, source_id, capture_id)
WHERE expected.capture_id IS NULL OR captures.capture_id IS NULL
