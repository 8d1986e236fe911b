-- Which captures are in one of two manifests only, or ended otherwise in the other?
SELECT
    coalesce(after_captures.ingest_date, before_captures.ingest_date) AS ingest_date,
    coalesce(after_captures.source_id, before_captures.source_id) AS source_id,
    coalesce(after_captures.capture_id, before_captures.capture_id) AS capture_id,
    coalesce(after_captures.source_ref, before_captures.source_ref) AS source_ref,
    before_captures.outcome AS before_outcome,
    after_captures.outcome AS after_outcome,
    coalesce(before_captures.reason, '') AS before_reason,
    coalesce(after_captures.reason, '') AS after_reason
FROM before_captures
FULL JOIN after_captures USING (ingest_date, source_id, capture_id)
WHERE before_captures.outcome IS DISTINCT FROM after_captures.outcome
    OR before_captures.reason IS DISTINCT FROM after_captures.reason
ORDER BY ALL
